"""One number is read as it stands there, or refused in a sentence; nothing in between."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.errors import ExplorerError
from explorer.reading.bounds import Bounds
from explorer.reading.number import read_number, read_within
from tests.each import each
from tests.refusals import refusal_of


@each(
    ("text", "value"),
    [
        *[("-0.5", -0.5), (" − 0.5 ", -0.5), ("–0.5", -0.5), ("+2", 2), ("7.", 7), (".25", 0.25), ("007", 7)],
        *[("1e-3", 1e-3), ("1E−3", 1e-3), ("2×10^-3", 2e-3), ("2 × 10⁻³", 2e-3), ("2x10^3", 2e3), ("-2*10^+3", -2e3)],
        *[("0,5", 0.5), ("-12,75", -12.75), ("1234,567", 1234.567), ("1,23e-4", 1.23e-4), ("5,607e-79", 5.607e-79)],
        *[("1/4", 0.25), ("-1 / 3", -1 / 3), ("3/-1,5", -2), ("1e3/2", 500), ("1/∞", 0)],
        *[("∞", math.inf), ("-inf", -math.inf), ("Infinity", math.inf), ("1e400", math.inf)],
    ],
)
def test_people_may_write_a_number_their_way(text: str, value: float) -> None:
    assert read_number(text) == value


@given(st.floats())
def test_what_python_writes_loses_nothing(value: float) -> None:
    back = read_number(repr(value))
    assert back == value or (math.isnan(back) and math.isnan(value))


@pytest.mark.parametrize(
    "text", ["abc", "1.2.3", "--1", "1e", "1e2.5", "0x10", "2×103", "(5)", "1/0", "1/2/4", "/2", "1_0", "٣", "1.+2j"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    assert refusal_of(read_number, text) == f"“{text}” is not a number; write it like −0.5 or 2e-3."


@pytest.mark.parametrize("text", ["0.1 2", "1 234", "1\u2009234", "1, 2", "1;2", "1,234.5", "1.234,5", "1,2,3", "3 -4"])
def test_a_text_of_several_numbers_is_not_made_one(text: str) -> None:
    with pytest.raises(ExplorerError, match="is not one number; write one like"):
        read_number(text)


def test_a_comma_that_may_part_thousands_is_refused_unless_others_show_what_it_is() -> None:
    with pytest.raises(ExplorerError, match=r"“-1,234” in row 2 can be 1\.234 or 1234; write it as one of them"):
        read_number("-1,234", " in row 2")
    assert read_number("-1,234", decimal_comma=True) == -1.234


def test_nothing_written_is_said_and_a_long_text_cut_short() -> None:
    with pytest.raises(ExplorerError, match="There is no number; write one"):
        read_number(" ")
    with pytest.raises(ExplorerError, match="“99999999999999999999999…” is not a number"):
        read_number("9" * 5000 + "x")


@pytest.mark.parametrize(
    ("text", "whole", "sentence"),
    [
        ("11", False, "“11” cannot be used here; write a number from 0.5 to 10"),
        ("2,5", True, "“2,5” cannot be used here; write a whole number from 0.5 to 10"),
        ("nan", True, "cannot be used"),
        ("inf", True, "cannot be used"),
    ],
)
def test_a_number_that_cannot_be_used_is_refused_with_what_can(text: str, whole: bool, sentence: str) -> None:
    with pytest.raises(ExplorerError, match=sentence):
        read_within(text, Bounds(0.5, 10, whole))
    assert read_within("2,5", Bounds(0.5, 10)) == 2.5 and read_within("1e1", Bounds(0.5, 10, whole=True)) == 10


WRITTEN = st.text(st.sampled_from("0123456789.,-+eE x×*10^⁻³∞inf \t\u00a0"), max_size=12)


@given(WRITTEN)
def test_what_is_read_is_what_python_reads(text: str) -> None:
    try:
        value = read_number(text)
    except ExplorerError as error:
        assert str(error).endswith(".") and "\n" not in str(error) and len(str(error)) < 200
        return
    plain = text.strip().replace(",", ".").replace("∞", "inf").replace("- ", "-").replace("+ ", "+")
    for times in (" × 10^", "×10^", " x 10^", "x10^", "*10^", " * 10^"):
        plain = plain.replace(times, "e")
    plain = plain.replace("×10⁻³", "e-3").replace("×10³", "e3")
    if not set(plain) & set("×x*^⁻³"):
        assert repr(value) == repr(float(" ".join(plain.split()).replace("- ", "-").replace("+ ", "+")))
