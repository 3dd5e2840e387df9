"""Running parity against counting ones in plain Python."""

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.tasks import get_task
from tests.oracles.typed import typed

PARITY = get_task("running_parity")


@given(st.lists(st.sampled_from("01"), min_size=1, max_size=60))
def test_the_target_is_whether_the_ones_so_far_are_odd(bits: list[str]) -> None:
    expected = [bits[: t + 1].count("1") % 2 for t in range(len(bits))]
    assert typed(PARITY, bits).y[:, 0].tolist() == expected


def test_sequences_of_a_batch_do_not_mix() -> None:
    batch = PARITY.batch(np.random.default_rng(3), T=20, B=7)
    for b in range(7):
        bits = [PARITY.describe_input(x) for x in batch.inputs["x"][:, b]]
        assert np.array_equal(typed(PARITY, bits).y[:, 0], batch.y[:, b])


def test_the_example_in_the_window() -> None:
    batch = typed(PARITY, "0 1 1 0 1 0")
    assert batch.y[:, 0].tolist() == [0, 1, 0, 0, 1, 1]
    assert batch.inputs["x"][:2, 0].tolist() == [[1, 0], [0, 1]]


def test_chance_is_a_fair_coin() -> None:
    assert PARITY.chance_loss(8) == pytest.approx(log(2))
    assert PARITY.entropy_floor(8) == 0
