"""A cell of the picture of reach lights its path in the graph, until the stepper moves on."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from explorer.ui.window.main_window import MainWindow
from tests.settings import a_document
from tests.ui.showing import on_screen


def test_a_chosen_path_is_lit_in_the_graph_and_a_step_ends_it(qtbot: QtBot) -> None:
    window = on_screen(qtbot, MainWindow(a_document(architecture="hidden_to_hidden", feedback=None)))
    window.perform("end")
    window.cards.reach.choose(5, 2)
    view = window.canvas.view
    assert view is not None and view.path is not None
    assert {vertex.t for vertex in view.path.vertices} == {2, 3, 4, 5}
    window.perform("back")
    assert window.canvas.view is not None and window.canvas.view.path is None
    window.close()


def test_a_path_can_be_followed_before_the_picture_of_a_longer_sequence_is_there(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.perform("network_hidden_to_hidden")
    window.perform("change", length=2)
    window.perform("reach")
    qtbot.waitUntil(lambda: window.cards.reach.reach is not None and not window.cards.reach.busy)
    window.perform("change", length=9)
    window.perform("follow_gradient", k=9, t=1)
    assert window.cards.reach.cell == (9, 1)
    qtbot.waitUntil(lambda: not window.cards.reach.busy)
    assert window.cards.reach.cell == (9, 1) and window.cards.reach.bars.isVisible()


def test_the_picture_fills_its_panel_on_a_laptop(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(1440, 900)
    qtbot.keyClick(window.canvas, Qt.Key.Key_G)
    qtbot.waitUntil(lambda: window.cards.reach.reach is not None and not window.cards.reach.busy)
    high = window.cards.reach.height()
    assert high >= 150
    assert (
        window.cards.reach.map.frame().height() >= 0.7 * high
        and window.cards.reach.spectrum.frame().height() >= 0.75 * high
    )


@pytest.mark.parametrize("size", [(1440, 900), (1024, 640)], ids=["curves", "no curves"])
def test_a_second_g_leads_back_to_what_was_there(qtbot: QtBot, window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    qtbot.waitUntil(lambda: window.training.folded == (size == (1024, 640)))
    window.training.views.tabs.choose("drift")
    before = window.training.folded, window.training.height()
    qtbot.keyClick(window.canvas, Qt.Key.Key_G)
    qtbot.waitUntil(window.cards.reach.isVisible)
    assert window.canvas.hasFocus(), "the second one is heard"
    qtbot.keyClick(window.canvas, Qt.Key.Key_G)
    qtbot.waitUntil(lambda: not window.cards.reach.isVisible())
    assert window.training.views.tabs.chosen == "drift"
    qtbot.waitUntil(lambda: (window.training.folded, window.training.height()) == before)
