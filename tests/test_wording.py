"""Lists and places are put into words in one way."""

import doctest

from explorer import wording


def test_the_examples_hold() -> None:
    assert doctest.testmod(wording).attempted >= 3 and not doctest.testmod(wording).failed


def test_one_word_is_no_list_and_a_vector_has_no_rows() -> None:
    assert (wording.listed(["W"]), wording.listed(["W", "b"])) == ("W", "W and b")
    assert wording.entry_place((4,)) == "entry 5"
