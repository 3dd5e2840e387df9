"""Plain text with mathematics in it is raised in labels, and set as mathematics in titles."""

import pytest
from pytestqt.qtbot import QtBot

from explorer.ui.typography.prose import Title, raised


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("h(4) adds up W h(3)", "h⁽⁴⁾ adds up W h⁽³⁾"),
        ("h₁(4) and W_d h(−2)", "h₁⁽⁴⁾ and W_d h⁽⁻²⁾"),
        ("a_g(5) comes back", "a_g⁽⁵⁾ comes back"),
        ("log(4) of h(t)", "log(4) of h(t)"),
    ],
)
def test_the_step_of_a_node_is_raised(text: str, said: str) -> None:
    assert raised(text) == said


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("h at step 2", [("h", "")]),
        ("a₁ at step 4", [("a_{1}", "")]),
        ("C at step 6", [("C", "")]),
        ("h at node 5", [("h", "")]),
        ("o at the root", [("o", "")]),
        ("∇ with respect to a_g(3)", [(r"\nabla", ""), ("a_{g}", "(3)")]),
        ("Update of W_e", [("W_{e}", "")]),
        ("Parameter α", [(r"\alpha", "")]),
        ("Loss at step 3", []),
    ],
)
def test_a_title_sets_every_symbol_as_mathematics(qtbot: QtBot, text: str, symbols: list[tuple[str, str]]) -> None:
    title = Title()
    qtbot.addWidget(title)
    title.set_text(text)
    assert [(symbol, above) for symbol, above, word, _ in title._pieces() if not word] == symbols
