"""Examples stand on the colours of a unit; a click goes to a symbol in the graph, and the list says whom to look at."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from explorer.graph.unfold import Vertex
from explorer.session.document import show
from explorer.session.viewing import SeenUnits, View
from explorer.ui.look.theme import Theme
from explorer.ui.parts import lazy_work
from explorer.ui.units.card import UnitsCard
from explorer.ui.window.main_window import MainWindow
from tests.settings import a_document
from tests.ui.painting import pixels
from tests.ui.showing import on_screen

LEFT = Qt.MouseButton.LeftButton


def test_a_walk_through_examples_nodes_and_units(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(1280, 800)
    window.perform("change", architecture="lstm", length=8)
    window.perform("units")
    card = window.cards.units
    qtbot.waitUntil(lambda: card.seen is not None and not card.busy)
    written, ranking, session = card.written, card.ranking, window.session

    # A click on a symbol: that example is shown, and the graph is at that step.
    assert card.seen is not None and card.seen.wanted.node == "h"
    place = next(i for i, line in enumerate(card.seen.lines) if not line.shown)
    number, value = card.seen.lines[place].number, card.seen.lines[place].values[4]
    qtbot.mouseClick(written, LEFT, pos=written.cell(place, 4).center().toPoint())
    assert session.document.example == number and session.selection == Vertex("h", 5)
    assert session.event is not None and session.event.vertex == Vertex("h", 5)
    np.testing.assert_allclose(session.shown.trace.value("h", 5), value, atol=1e-12)
    window.perform("undo")
    assert session.document.example == 0

    # By keys, one step on.
    qtbot.waitUntil(lambda: card.shown is session.shown and not card.busy)
    written.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Return):
        qtbot.keyClick(written, key)
    assert session.selection == Vertex("h", 6)

    # The list: the best first, and another by a click and by keys.
    best, second, third = ranking._order[:3]
    assert session.view.seen_units.unit is None and card.words.text().startswith(f"h, unit {best + 1}: η² = ")
    qtbot.mouseClick(ranking, LEFT, pos=ranking.line(second).center().toPoint())
    assert session.view.seen_units.unit == second
    qtbot.waitUntil(lambda: card.words.text().startswith(f"h, unit {second + 1}: "))
    ranking.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(ranking, Qt.Key.Key_Down)
    assert session.view.seen_units.unit == third
    qtbot.mouseClick(ranking, LEFT, pos=ranking.line(best).center().toPoint())
    assert session.view.seen_units.unit == best

    # A gate, and a number that is known.
    gate = card.node.findData("f")
    card.node.activated.emit(gate)
    card.fact.activated.emit(card.fact.findData("step"))
    qtbot.waitUntil(lambda: card.words.text().startswith("f, unit") and "r² = " in card.words.text())
    assert (session.view.seen_units.node, session.view.seen_units.fact, session.view.seen_units.unit) == (
        "f",
        "step",
        None,
    )
    assert "f(1), unit" in written.said(0, 0)

    # Held by hand: the colours of what is shown follow at once.
    window.perform("hold", name="f", t=2, value=0.125)
    qtbot.waitUntil(lambda: card.shown is session.shown and not card.busy)
    (shown,) = (line for line in card.seen.lines if line.shown)
    assert (shown.values[1] == 0.125).all()


def test_while_another_network_is_worked_out_nothing_is_asked_of_the_one_before(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = on_screen(qtbot, UnitsCard())
    card.show_view(show(a_document("gru", length=4, hidden=2, feedback=None)), View(cursor=3))
    qtbot.waitUntil(lambda: card.seen is not None and not card.busy)
    assert card.seen is not None and card.seen.wanted.node == "h"
    monkeypatch.setattr(lazy_work, "SLICE", 0.0)
    card.show_view(show(a_document("deep_stacked", length=4, hidden=2, feedback=None)), View(cursor=3))
    card._slice()
    qtbot.mouseClick(card.written, LEFT, pos=card.written.cell(0, 1).center().toPoint())
    monkeypatch.undo()
    qtbot.waitUntil(lambda: not card.busy)
    assert card.seen is not None and card.seen.wanted.node == "h2"


def test_colours_are_those_of_the_unit_in_both_themes(qtbot: QtBot, theme: Theme) -> None:
    card = on_screen(qtbot, UnitsCard(), 640, 260)
    card.show_view(
        show(a_document("hidden_to_hidden", length=6, hidden=3, feedback=None)), View(seen_units=SeenUnits(unit=1))
    )
    qtbot.waitUntil(lambda: card.seen is not None and not card.busy)
    assert card.seen is not None
    image = pixels(card.written.grab().toImage())
    limit = card.written._limit
    for place, step in ((1, 0), (2, 3)):
        corner = card.written.cell(place, step).topLeft().toPoint()
        wanted = theme.value.rgba(card.seen.lines[place].values[step, 1], limit)
        assert image[corner.y() + 3, corner.x() + 3][:3].tolist() == wanted[:3].tolist()
