"""aⁿbⁿ against strings written out in plain Python."""

import re
from itertools import product
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.tasks import get_task


@given(seed=st.integers(0, 2**32 - 1), longest=st.integers(2, 7), T=st.integers(2, 60))
def test_a_sequence_is_made_of_strings_with_as_many_b_as_a(seed: int, longest: int, T: int) -> None:
    batch = get_task("a_n_b_n", longest=longest).batch(np.random.default_rng(seed), T, 1)
    x, y = batch.symbols["x"][:, 0].tolist(), batch.y[:, 0].tolist()
    assert x[1:] == y[:-1], "the next symbol is what is asked for"

    *whole, rest = re.findall("a+b*", "".join("ab"[symbol] for symbol in (*x, y[-1])))
    for string in whole:
        assert 1 <= string.count("a") == string.count("b") <= longest
    assert rest.count("b") <= rest.count("a") <= longest


def beginnings(longest: int, length: int) -> dict[str, float]:
    """How likely each first `length` symbols are, by writing out enough strings of every n."""
    found: dict[str, float] = {}
    enough = -(-length // 2)
    for chosen in product(range(1, longest + 1), repeat=enough):
        text = "".join("a" * n + "b" * n for n in chosen)[:length]
        found[text] = found.get(text, 0.0) + longest**-enough
    return found


def entropy_of(texts: dict[str, float]) -> float:
    return -sum(p * log(p) for p in texts.values())


@pytest.mark.parametrize("longest", [2, 3])
@pytest.mark.parametrize("T", [2, 5, 10])
def test_floor_and_chance_are_those_of_all_texts_there_are(longest: int, T: int) -> None:
    task = get_task("a_n_b_n", longest=longest)
    texts = beginnings(longest, T + 1)
    b = sum(p * text[1:].count("b") for text, p in texts.items()) / T
    np.testing.assert_allclose(task.target_distribution(T), [1 - b, b])
    assert task.entropy_floor(T) == pytest.approx(entropy_of(texts) / T), "the first symbol is always a"
