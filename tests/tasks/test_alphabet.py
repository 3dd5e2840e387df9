"""Characters become small indices and visible names."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.tasks.alphabet import LARGEST_ALPHABET, index_text, visible_name
from tests.refusals import refusal_of


def refusal(text: str) -> str:
    return refusal_of(index_text, text, "The text")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=2).filter(lambda text: len(set(text)) > 1))
def test_the_indices_spell_the_text(text: str) -> None:
    alphabet, indices = index_text(text, "The text")
    assert alphabet == tuple(sorted(set(text)))
    assert indices.dtype == np.uint8
    assert "".join(alphabet[index] for index in indices) == text


def test_an_empty_text() -> None:
    assert refusal("") == "The text is empty; give at least two different characters."


def test_one_character_however_often() -> None:
    expected = "holds no character but '\\n', so there is nothing to predict"
    assert expected in refusal("\n")
    assert expected in refusal("\n" * 50)


def test_too_many_different_characters() -> None:
    assert refusal("".join(chr(0x10000 + i) for i in range(100_000))) == (
        "The text holds 100,000 different characters, of which the 255 most frequent make less than half of it; give a "
        "text with fewer."
    )


def test_of_more_characters_the_most_frequent_are_kept_and_the_rest_is_one_symbol() -> None:
    alphabet, indices = index_text("abacadae◇", "The text", most=3)
    assert alphabet == ("a", "b", "□"), "of those as frequent the first; ◇ is taken"
    assert indices.tolist() == [0, 1, 0, 2, 0, 2, 0, 2, 2]
    chinese = "".join(chr(0x4E00 + i) * (2 if i < 300 else 1) for i in range(400))
    alphabet, indices = index_text(chinese, "The text")
    assert len(alphabet) == 256 and alphabet[-1] == "◇" and (indices == 255).sum() == len(chinese) - 2 * 255


def test_the_largest_alphabet_still_fits() -> None:
    characters = "".join(chr(0x4E00 + i) for i in range(LARGEST_ALPHABET))
    alphabet, indices = index_text(characters, "The text")
    assert len(alphabet) == LARGEST_ALPHABET
    assert indices.tolist() == list(range(LARGEST_ALPHABET))


def test_half_a_character_is_named_with_its_place() -> None:
    expected = "The text holds half of a character (U+D83D) at position 3; remove it."
    assert refusal("ab\ud83dc") == expected


@pytest.mark.parametrize(
    ("character", "name"),
    [
        *((plain, plain) for plain in ("h", "é", "語", "😀")),
        *((" ", "␣"), ("\n", "⏎"), ("\t", "⇥"), ("␣", "U+2423")),
        *(("\0", "U+0000"), ("\u00a0", "U+00A0"), ("\u200b", "U+200B"), ("\u0301", "◌\u0301")),
    ],
)
def test_every_character_has_a_name_that_can_be_seen(character: str, name: str) -> None:
    assert visible_name(character) == name


@given(st.characters(), st.characters())
def test_no_two_characters_share_a_name(one: str, other: str) -> None:
    assert (visible_name(one) == visible_name(other)) == (one == other)
