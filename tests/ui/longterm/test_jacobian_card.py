"""Products of Jacobians: two networks side by side on one scale; a step is chosen by click, and marked."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from explorer.session.document import show
from explorer.session.viewing import View
from explorer.ui.longterm.jacobian_card import JacobianCard
from explorer.ui.look.theme import Theme
from explorer.ui.parts import lazy_work
from tests.settings import a_document, changed
from tests.ui.longterm.conftest import Give
from tests.ui.painting import pixels, share_of

LSTM = a_document("lstm", feedback=None, length=6, hidden=3)


def test_gates_stand_beside_tanh_units_and_both_say_what_is_left(give: Give) -> None:
    card = JacobianCard()
    give(card, LSTM, View())
    assert [side.title for side in card.plot.sides] == ["LSTM", "Hidden → hidden"]
    assert "LSTM: ‖∂s(6)/∂s(1)‖ = " in card.words.text() and "Π f ≤ " in card.words.text()
    assert card.plot.chart(0).right() < card.plot.chart(1).left()
    assert "Π f of the units" in card.plot.accessibleName()


def test_a_click_follows_the_gradient_to_its_step_here_but_not_in_the_other_network(qtbot: QtBot, give: Give) -> None:
    card = JacobianCard()
    give(card, LSTM, View())
    chosen: list[object] = []
    card.step_chosen.connect(lambda *what: chosen.append(what))
    qtbot.mouseClick(card.plot, Qt.MouseButton.LeftButton, pos=card.plot.place(0, 3, 0.0).toPoint())
    qtbot.mouseClick(card.plot, Qt.MouseButton.LeftButton, pos=card.plot.place(1, 3, 0.0).toPoint())
    assert chosen == [(6, 3, "s")]


def test_a_click_on_what_is_about_to_go_does_nothing(qtbot: QtBot, give: Give, monkeypatch: pytest.MonkeyPatch) -> None:
    card = JacobianCard()
    give(card, LSTM, View())
    chosen: list[object] = []
    card.step_chosen.connect(lambda *what: chosen.append(what))
    monkeypatch.setattr(lazy_work, "SLICE", 0.0)
    card.show_view(show(changed(LSTM, seed=9)), View())
    card._slice()
    assert card.busy and card.multiplied is None
    qtbot.mouseClick(card.plot, Qt.MouseButton.LeftButton, pos=card.plot.place(0, 3, 0.0).toPoint())
    assert chosen == []


def test_the_path_that_is_picked_out_decides_where_all_begins(give: Give) -> None:
    card = JacobianCard()
    give(card, LSTM, View(path=(4, 2, "h")))
    assert "‖∂h(4)/∂h(2)‖" in card.words.text()
    assert card.states.findChildren(QToolButton)[1].isChecked()


def test_one_without_a_counterpart_has_all_the_room(give: Give) -> None:
    card = JacobianCard()
    give(card, a_document("vector_to_sequence", "tune", length=4), View())
    assert len(card.plot.sides) == 1 and card.plot.chart(0).width() > 0.7 * card.plot.width()
    assert "No gated network" in card.words.text() + card.words.toolTip()


def test_curves_and_cells_are_painted_in_both_themes(give: Give, theme: Theme) -> None:
    card = JacobianCard()
    give(card, LSTM, View())
    picture = pixels(card.plot.grab().toImage())
    assert share_of(picture, theme.backward.line) > 0.001
