"""A sequence of symbols, as one writes it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.errors import ExplorerError
from explorer.reading.symbols import read_symbols, write_symbols
from tests.each import each

NAMES = {
    "bits": ("0", "1"),
    "letters": ("a", "b", "–"),
    "pairs": ("0+0", "0+1", "1+0", "1+1"),
    "words": ("1", "2", "and", "10", "20"),
    "a text with blanks": ("⏎", "␣", "a", "b"),
    "a text with what cannot be seen": ("U+0007", "␣", "+", "0", "7", "U"),
}


@each(
    ("text", "names", "symbols"),
    [
        ("1 0 1 1", "bits", "1 0 1 1"),
        ("1011", "bits", "1 0 1 1"),
        (" 1, 0,1;1\n", "bits", "1 0 1 1"),
        ("[1, 0, 1]", "bits", "1 0 1"),
        ("(1, 0, 1,)", "bits", "1 0 1"),
        ("ab--b", "letters", "a b – – b"),
        ('"ab"', "letters", "a b"),
        ("['a', 'b', '-']", "letters", "a b –"),
        ("['2', 'and', '20']", "words", "2 and 20"),
        ("1+0 0+1", "pairs", "1+0 0+1"),
        ("1+00+1", "pairs", "1+0 0+1"),
        ("2 and 20", "words", "2 and 20"),
        ("2and20", "words", "2 and 20"),
        ("1 0+1", "a text with what cannot be seen", None),
        ("a b\nb", "a text with blanks", "a ␣ b ⏎ b"),
        ("", "bits", ""),
    ],
)
def test_symbols_are_read_as_one_writes_them(text: str, names: str, symbols: str | None) -> None:
    if symbols is None:
        with pytest.raises(ExplorerError, match=r"“1” is no symbol of the text; write U.0007, ␣, .* or U"):
            read_symbols(text, NAMES[names], "the text")
    else:
        assert [NAMES[names][place] for place in read_symbols(text, NAMES[names], "the text")] == symbols.split()


@given(st.data(), st.sampled_from(list(NAMES)))
def test_what_is_written_reads_the_same(data: st.DataObject, kind: str) -> None:
    names = NAMES[kind]
    places = data.draw(st.lists(st.integers(0, len(names) - 1)))
    assert read_symbols(write_symbols(places, names), names, "it") == places


@given(st.text(), st.sampled_from(list(NAMES)))
def test_any_text_is_read_or_refused_in_a_sentence(text: str, kind: str) -> None:
    try:
        read_symbols(text, NAMES[kind], "it")
    except ExplorerError as error:
        assert str(error).endswith(".") and "\n" not in str(error) and len(str(error)) < 200


def test_a_text_without_end_is_refused_at_once() -> None:
    with pytest.raises(ExplorerError, match="100,001 characters is too long"):
        read_symbols("1" * 100_001, ("0", "1"), "it")
    assert read_symbols("1" * 100_000, ("0", "1"), "it") == [1] * 100_000
    with pytest.raises(ExplorerError, match=r"^“\?” is no symbol of it; write 0 or 1\.$"):
        read_symbols("0?1", ("0", "1"), "it")
    with pytest.raises(ExplorerError, match="write a, b, c, d, e or one of 21 others"):
        read_symbols("?", tuple("abcdefghijklmnopqrstuvwxyz"), "it")
