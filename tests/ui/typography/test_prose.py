"""Plain text with mathematics in it is raised in labels, and set as mathematics in titles."""

import pytest
from pytestqt.qtbot import QtBot

from explorer.architectures import architectures
from explorer.graph.equations.by_event import equation_of
from explorer.session.session import Session
from explorer.ui.typography.indices import with_indices
from explorer.ui.typography.prose import Title, raised
from tests.each import each
from tests.settings import a_document


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
    ("text", "html"),
    [
        ("a_g2(3) adds up W_d h(2)", "a<sub>g2</sub>(3) adds up W<sub>d</sub> h(2)"),
        ("s̃₁(3) is given; 1 < 2 & so on", "s̃₁(3) is given; 1 &lt; 2 &amp; so on"),
        ("kept in my_file_name", "kept in my_file_name"),
    ],
)
def test_an_index_is_lowered_in_a_sentence(text: str, html: str) -> None:
    assert with_indices(text) == html


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("h at step 2", [("h", "")]),
        ("a₁ at step 4", [("a_{1}", "")]),
        ("C at step 6", [("C", "")]),
        ("h at node 5", [("h", "")]),
        ("o at the root", [("o", "")]),
        ("∇ with respect to a_g(3)", [(r"\nabla", ""), ("a_{g}", "(3)")]),
        ("a_v1 at step 1", [("a_{v1}", "")]),
        ("∇ with respect to a_g2(3)", [(r"\nabla", ""), ("a_{g2}", "(3)")]),
        ("∇ with respect to s̃₁(3)", [(r"\nabla", ""), (r"\tilde{s}_{1}", "(3)")]),
        ("ŷ at step 2", [(r"\hat{y}", "")]),
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


@each("id", architectures())
def test_no_title_of_any_network_leaves_a_symbol_with_an_index_as_it_is_typed(qtbot: QtBot, id: str) -> None:
    title = Title()
    qtbot.addWidget(title)
    session = Session(a_document(length=2))
    session.change(architecture=id)
    for said in {equation_of(session.shown.trace, event).title for event in session.shown.events}:
        title.set_text(said)
        assert not [word for _, _, word, _ in title._pieces() if "_" in word or "(" in word], said
