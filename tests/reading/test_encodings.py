"""A text is decoded by its mark, as UTF-8, or as what is chosen."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.errors import ExplorerError
from explorer.reading.encodings import ENCODINGS, EncodingError, decode

TEXT = "Füße 語\n"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"", "utf-8"),
    ],
)
def test_a_mark_says_what_it_is(mark: bytes, encoding: str) -> None:
    content = mark + TEXT.replace("\n", "\r\n").encode(encoding)
    assert decode(content, "It") == TEXT
    assert decode(content, "It", "latin-1" if mark else None) == TEXT, "whatever is chosen"


def test_one_that_is_chosen_is_used() -> None:
    assert decode("Füße".encode("latin-1"), "It", "latin-1") == "Füße"
    assert decode("語".encode("gb18030"), "It", "gb18030") == "語"
    with pytest.raises(ExplorerError, match="There is no encoding called 'morse'"):
        decode(b"", "It", "morse")


def test_a_refusal_names_the_byte_and_what_could_be_chosen() -> None:
    with pytest.raises(EncodingError) as refusal:
        decode(b"caf\xe9 au lait", "It")
    assert str(refusal.value) == (
        "It is not UTF-8 text: byte 4 (0xE9) does not fit; choose its encoding, Latin-1 (western Europe), UTF-16 or GB "
        "18030 (Chinese), or save it as UTF-8."
    )
    assert refusal.value.content == b"caf\xe9 au lait"


@pytest.mark.parametrize("encoding", [None, "latin-1"])
@pytest.mark.parametrize("content", [b"\x93NUMPY\x01\x00v\x00", b"PK\x03\x04\x14\x00", b"\x89HDF\r\n", b"\x1f\x8b\x08"])
def test_what_is_no_text_is_not_offered_an_encoding(content: bytes, encoding: str | None) -> None:
    with pytest.raises(ExplorerError, match=r"It is no text, but .*; save what it holds as text") as refusal:
        decode(content, "It", encoding)
    assert not isinstance(refusal.value, EncodingError)


@given(st.binary(), st.sampled_from([None, *ENCODINGS]))
def test_any_bytes_are_a_text_or_refused_in_a_sentence(content: bytes, encoding: str | None) -> None:
    try:
        assert "\r" not in decode(content, "It", encoding)
    except ExplorerError as error:
        assert str(error).endswith(".")
