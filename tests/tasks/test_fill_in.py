"""Filling in gaps against looking left and right in plain Python."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.tasks import get_task
from tests.oracles.typed import typed

FILL_IN = get_task("fill_in")


def answer(heard: str) -> str:
    found = typed(FILL_IN, heard).y[:, 0]
    return "".join(FILL_IN.output_symbols[symbol] for symbol in found)


@given(st.text("ace_", min_size=3, max_size=30))
def test_each_gap_is_filled_with_the_letter_midway_between_its_neighbours(heard: str) -> None:
    expected = []
    for t in range(len(heard)):
        before = [letter for letter in heard[: t + 1] if letter != "_"][-1:]
        after = [letter for letter in heard[t:] if letter != "_"][:1]
        neighbours = [ord(letter) for letter in before + after]
        expected.append(chr(sum(neighbours) // len(neighbours)) if neighbours else "a")
    assert answer(heard) == "".join(expected)


def test_by_example() -> None:
    assert answer("a_e_c_c") == "acedccc"


@pytest.mark.parametrize("T", [3, 4, 7, 8])
def test_every_second_step_but_the_last_is_a_gap(T: int) -> None:
    x = FILL_IN.batch(np.random.default_rng(0), T, 50).symbols["x"]
    gaps = [t for t in range(T) if FILL_IN.input_symbols[x[t, 0]] == "_"]
    assert gaps == list(range(1, T - 1, 2))
    assert ((x == 3).all(1) == (x == 3).any(1)).all()


@pytest.mark.parametrize("T", [3, 4, 5])
def test_chance_counts_all_sequences_there_are(T: int) -> None:
    choices = ["_" if t in range(1, T - 1, 2) else "ace" for t in range(T)]
    answers = "".join(answer("".join(heard)) for heard in product(*choices))
    expected = [answers.count(letter) / len(answers) for letter in "abcde"]
    np.testing.assert_allclose(FILL_IN.target_distribution(T), expected)
