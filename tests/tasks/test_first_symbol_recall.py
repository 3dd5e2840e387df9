"""First-symbol recall against looking at the first symbol."""

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.tasks import get_task
from tests.oracles.typed import typed


@given(st.text("abcde", min_size=1, max_size=60))
def test_the_one_target_is_the_first_symbol(sequence: str) -> None:
    task = get_task("first_symbol_recall", symbols=5)
    y = typed(task, sequence).y
    assert y.shape == (1, 1)
    assert task.output_symbols[y[0, 0]] == sequence[0]


def test_each_sequence_of_a_batch_has_its_own() -> None:
    task = get_task("first_symbol_recall", symbols=4)
    batch = task.batch(np.random.default_rng(1), T=9, B=50)
    assert batch.y.tolist() == [[row.tolist().index(1) for row in batch.inputs["x"][0]]]


def test_chance_is_a_fair_die() -> None:
    assert get_task("first_symbol_recall", symbols=6).chance_loss(20) == pytest.approx(log(6))
