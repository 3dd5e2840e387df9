"""A symbol is declared once, as TeX; sentences write it with letters."""

import pytest

from explorer.graph.plain import plain, plain_factor


@pytest.mark.parametrize(
    ("tex", "written"),
    [
        ("h", "h"),
        (r"\hat{y}", "ŷ"),
        (r"\hat{k}", "k̂"),
        (r"\tilde{y}", "ỹ"),
        (r"\bar{h}", "h̄"),
        (r"\alpha", "α"),
        ("W^{(1)}", "W⁽¹⁾"),
        (r"\Gamma", "Γ"),
        ("a_g", "a_g"),
        (r"\tanh", "tanh"),
    ],
)
def test_a_symbol_is_written_with_letters(tex: str, written: str) -> None:
    assert plain(tex) == written


@pytest.mark.parametrize(("symbol", "written"), [("h_1", "h₁"), ("W_{12}", "W₁₂"), ("W_d", "W_d")])
def test_a_number_below_is_written_small(symbol: str, written: str) -> None:
    assert plain(symbol) == written


@pytest.mark.parametrize(
    ("tex", "written"),
    [("h^{(3)}", "h(3)"), (r"\hat{y}^{(-2)}", "ŷ(−2)"), (r"\left( 1 - \alpha \right)", "(1 − α)"), ("x", "x")],
)
def test_what_enters_a_product_is_written_with_its_step_behind(tex: str, written: str) -> None:
    assert plain_factor(tex) == written
