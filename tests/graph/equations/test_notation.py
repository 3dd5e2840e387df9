"""A symbol is declared once, as TeX; sentences write it with letters."""

import pytest

from explorer.graph.equations.notation import plain


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
        ("h_1", "h₁"),
        (r"\Gamma", "Γ"),
        ("a_g", "a_g"),
        (r"\tanh", "tanh"),
    ],
)
def test_a_symbol_is_written_with_letters(tex: str, written: str) -> None:
    assert plain(tex) == written
