"""Numbers on the screen: short, honest, and readable back."""

import math
import sys

from hypothesis import given
from hypothesis import strategies as st

from explorer.reading.number import read_number
from explorer.ui.typography.numbers import count, exact, figures, shape
from tests.each import each

finite = st.floats(allow_nan=False, allow_infinity=False)


@each(
    ("value", "text"),
    [
        (0.7311, "0.731"),
        (-0.2689, "−0.269"),
        (0.0, "0"),
        (-0.0, "0"),
        (1, "1.00"),
        (12.34, "12.3"),
        (123.4, "123"),
        (1234.5, "1.23×10³"),
        (0.03125, "0.0312"),
        (0.0099999, "0.0100"),
        (0.00456, "4.56×10⁻³"),
        (-3e-10, "−3.00×10⁻¹⁰"),
        (math.nan, "NaN"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
    ],
)
def test_three_figures_say_it(value: float, text: str) -> None:
    assert figures(value) == text


def test_digits_can_be_chosen() -> None:
    assert figures(3.2e-10, 1) == "3×10⁻¹⁰"
    assert figures(math.pi, 6) == "3.14159"
    assert figures(9.96, 2) == "10"
    assert figures(99.6, 2) == "1.0×10²"


@given(finite, st.integers(1, 12))
def test_what_is_shown_reads_back_within_its_rounding(value: float, digits: int) -> None:
    shown = read_number(figures(value, digits))
    if value == 0 or math.isinf(shown):
        assert abs(shown) == 0 or abs(value) > 0.9 * sys.float_info.max
        return
    place = 10.0 ** (math.floor(math.log10(abs(value))) + 1 - digits)
    assert abs(shown - value) <= 0.5 * place * (1 + 1e-9) + math.ulp(value)
    assert math.copysign(1, shown) == math.copysign(1, value)


@given(st.floats(min_value=1e-30, max_value=1e30), st.integers(1, 6))
def test_a_sign_changes_nothing_else(value: float, digits: int) -> None:
    assert figures(-value, digits) == "−" + figures(value, digits)
    assert "-" not in figures(-value, digits)


@given(st.floats(min_value=0.01, max_value=999.4).map(float))
def test_plain_numbers_stay_short_enough_for_a_cell(value: float) -> None:
    assert len(figures(value)) <= 6


@given(st.floats())
def test_exact_loses_nothing(value: float) -> None:
    back = read_number(exact(value))
    assert back == value or (math.isnan(back) and math.isnan(value))


def test_counts_and_shapes() -> None:
    assert count(1840) == "1,840"
    assert count(-9200000) == "−9,200,000"
    assert (shape(8, 2), shape(8), shape()) == ("8×2", "8", "1")
