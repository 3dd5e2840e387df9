"""The cards in the window: brought up by their keys, linked with graph and stepper, as live as the weights."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from explorer.graph.unfold import Vertex
from explorer.session.edits import WeightEdit
from explorer.ui.parts.lazy_card import LazyCard
from explorer.ui.window.main_window import MainWindow


@pytest.fixture
def lstm(window: MainWindow, qtbot: QtBot) -> MainWindow:
    window.perform("network_lstm")
    window.perform("change", hidden=2)
    return window


def shown(qtbot: QtBot, card: LazyCard) -> None:
    qtbot.waitUntil(lambda: card.isVisible() and not card.busy, timeout=60_000)


def test_each_has_a_key_and_the_key_leads_back(qtbot: QtBot, lstm: MainWindow) -> None:
    cards, shift = lstm.cards, Qt.KeyboardModifier.ShiftModifier
    before = lstm.training.views.tabs.chosen
    qtbot.keyClick(lstm.canvas, Qt.Key.Key_G, shift)
    shown(qtbot, cards.composition)
    qtbot.keyClick(lstm.canvas, Qt.Key.Key_J)
    shown(qtbot, cards.jacobians)
    qtbot.keyClick(lstm.canvas, Qt.Key.Key_W)
    shown(qtbot, cards.cliff)
    qtbot.keyClick(lstm.canvas, Qt.Key.Key_W)
    assert lstm.training.views.tabs.chosen == before


def test_each_says_at_its_tab_what_it_shows(window: MainWindow) -> None:
    tabs = window.training.views.tabs
    for id, figure in (("composition", "10.15"), ("jacobians", "10.10.1"), ("cliff", "10.17")):
        assert figure in tabs.tip(id)


def test_a_step_of_the_products_is_followed_in_the_graph_and_in_the_picture_of_reach(
    qtbot: QtBot, lstm: MainWindow
) -> None:
    lstm.perform("jacobians")
    card = lstm.cards.jacobians
    shown(qtbot, card)
    qtbot.mouseClick(card.plot, Qt.MouseButton.LeftButton, pos=card.plot.place(0, 2, 0.0).toPoint())
    assert lstm.session.view.path == (6, 2, "s")
    view = lstm.canvas.view
    assert view is not None and view.path is not None
    assert lstm.cards.reach.cell == (6, 2)


def test_arrows_move_through_a_picture_that_has_the_keyboard(qtbot: QtBot, lstm: MainWindow) -> None:
    cards = lstm.cards
    lstm.perform("jacobians")
    shown(qtbot, cards.jacobians)
    cards.jacobians.plot.setFocus()
    for _ in range(2):
        qtbot.keyClick(cards.jacobians.plot, Qt.Key.Key_Left)
    assert lstm.session.view.path == (6, 4, "s")
    qtbot.keyClick(cards.jacobians.plot, Qt.Key.Key_Right)
    assert lstm.session.view.path == (6, 5, "s")
    lstm.perform("composition")
    shown(qtbot, cards.composition)
    cards.composition.plot.setFocus()
    qtbot.keyClick(cards.composition.plot, Qt.Key.Key_Left)
    event = lstm.session.event
    assert event is not None and event.t == 5
    lstm.perform("cliff")
    shown(qtbot, cards.cliff)
    cards.cliff.map.setFocus()
    qtbot.keyClick(cards.cliff.map, Qt.Key.Key_Up)
    assert lstm.session.view.longterm.start == pytest.approx((0.0, 2 / 48))


def test_without_a_loss_the_state_is_selected(qtbot: QtBot, window: MainWindow) -> None:
    window.perform("network_dynamical_system")
    window.perform("jacobians")
    card = window.cards.jacobians
    shown(qtbot, card)
    qtbot.mouseClick(card.plot, Qt.MouseButton.LeftButton, pos=card.plot.place(0, 3, 0.0).toPoint())
    assert window.session.selection == Vertex("s", 3)


def test_a_curve_moves_the_stepper_and_an_edited_weight_moves_the_curves(qtbot: QtBot, window: MainWindow) -> None:
    window.perform("network_hidden_to_hidden")
    window.perform("composition")
    card = window.cards.composition
    shown(qtbot, card)
    qtbot.mouseClick(card.plot, Qt.MouseButton.LeftButton, pos=card.plot.curve(2).last().toPoint())
    event = window.session.event
    assert event is not None and (event.name, event.t) == ("h", 2) and card.words.text().startswith("h(2)")
    before = card.composed
    window.perform("edit", edits=[WeightEdit("W", (0, 0), 2.0)])
    shown(qtbot, card)
    assert card.composed is not before
    card.gain.activated.emit(card.gain.findData(3.0))
    assert window.session.view.longterm.gain == 3.0
