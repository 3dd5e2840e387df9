"""Majority against counting in plain Python, ties and all."""

from itertools import product
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.tasks import get_task
from tests.oracles.typed import typed

MAJORITY = get_task("majority")


@given(st.text("01", min_size=1, max_size=60))
def test_the_one_target_says_whether_half_of_the_bits_or_more_are_ones(bits: str) -> None:
    y = typed(MAJORITY, bits).y
    assert y.shape == (1, 1)
    assert y[0, 0] == (1 if bits.count("1") >= bits.count("0") else 0)


def test_a_tie_counts_as_one_whatever_the_order() -> None:
    for bits in ("01", "10", "0011", "1100", "0101"):
        assert typed(MAJORITY, bits).y[0, 0] == 1


@pytest.mark.parametrize("T", [1, 2, 3, 4, 5, 8, 9])
def test_chance_counts_all_sequences_there_are(T: int) -> None:
    answers = [2 * sum(bits) >= T for bits in product((0, 1), repeat=T)]
    ones = sum(answers) / len(answers)
    np.testing.assert_allclose(MAJORITY.target_distribution(T), [1 - ones, ones])
    assert MAJORITY.chance_loss(T) == pytest.approx(-(ones * log(ones) + (1 - ones) * log(1 - ones)))


def test_ties_no_longer_matter_in_very_long_sequences() -> None:
    assert MAJORITY.chance_loss(10_000) == pytest.approx(log(2), abs=1e-4)
