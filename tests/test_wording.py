"""Counts, lists and places are put into words in one way."""

import doctest

import pytest

from explorer import wording


def test_the_examples_hold() -> None:
    assert doctest.testmod(wording).attempted >= 3 and not doctest.testmod(wording).failed


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 entries"), (1, "1 entry"), (2, "2 entries"), (10_000, "10,000 entries")]
)
def test_one_is_not_several(count: int, said: str) -> None:
    assert wording.counted(count, "entry", "entries") == said


def test_one_word_is_no_list_and_a_vector_has_no_rows() -> None:
    assert (wording.listed(["W"]), wording.listed(["W", "b"])) == ("W", "W and b")
    assert wording.entry_place((4,)) == "entry 5"
