"""The nudge window opens beside the graph, takes the keyboard, and gives it back at Escape."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from explorer.session.edits import WeightEdit
from explorer.ui.editing.nudge_window import least_covering
from explorer.ui.window.main_window import MainWindow

SCREEN = QRect(10, 20, 1440, 900)


@pytest.mark.parametrize(
    ("graph", "left_of"),
    [(QRect(300, 60, 600, 500), False), (QRect(700, 60, 740, 500), True)],
    ids=["room on the right", "room on the left alone"],
)
def test_it_stands_where_there_is_room(graph: QRect, left_of: bool) -> None:
    window = QRect(least_covering(graph, QSize(380, 460), SCREEN), QSize(380, 460))
    assert not window.intersects(graph)
    assert (window.right() < graph.left()) == left_of


@given(
    left=st.integers(10, 1000),
    top=st.integers(20, 600),
    width=st.integers(100, 1440),
    height=st.integers(100, 900),
)
def test_it_is_whole_on_the_screen_and_covers_no_more_than_at_the_right_edge(
    left: int, top: int, width: int, height: int
) -> None:
    graph, size = QRect(left, top, width, height).intersected(SCREEN), QSize(380, 460)
    window = QRect(least_covering(graph, size, SCREEN), size)
    assert SCREEN.contains(window)
    edge = QRect(SCREEN.right() - 379, min(graph.top(), SCREEN.bottom() - 459), 380, 460)
    covered, at_edge = window.intersected(graph), edge.intersected(graph)
    assert covered.width() * covered.height() <= max(0, at_edge.width()) * max(0, at_edge.height())


def test_it_takes_the_keyboard_and_escape_closes_it(window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window.canvas, Qt.Key.Key_N)
    assert window.nudging.dialog is not None
    nudge = window.nudging.dialog
    qtbot.waitUntil(nudge.isActiveWindow, timeout=5000)
    assert nudge.focusWidget() is nudge.panel.slider
    QTest.keyClick(nudge.panel.slider, Qt.Key.Key_Right)
    assert nudge.panel.slider.value() == 1
    QTest.keyClick(nudge.panel.slider, Qt.Key.Key_Escape)
    assert not nudge.isVisible()
    qtbot.waitUntil(window.isActiveWindow, timeout=5000)


def test_what_is_typed_in_it_reaches_no_menu_of_the_window_but_undo_does(window: MainWindow, qtbot: QtBot) -> None:
    window.perform("edit", edits=(WeightEdit("W", (0, 0), 9.0),))
    edited = window.session.document
    window.perform("nudge")
    assert window.nudging.dialog is not None
    panel = window.nudging.dialog.panel
    qtbot.waitUntil(window.nudging.dialog.isActiveWindow, timeout=5000)
    for control in (panel.slider, panel.parameter, panel.keep):
        control.setFocus()
        for key in (Qt.Key.Key_3, Qt.Key.Key_G):
            QTest.keyClick(control, key)
    assert window.session.document == edited and window.session.view.card != "reach"
    QTest.keyClick(panel.slider, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.session.document != edited


def test_it_is_not_there_where_a_network_has_no_loss(window: MainWindow) -> None:
    window.perform("nudge")
    assert window.nudging.dialog is not None and window.nudging.dialog.isVisible()
    window.perform("change", architecture="dynamical_system")
    assert not window.nudging.dialog.isVisible()
    window.perform("nudge")
    assert not window.nudging.dialog.isVisible()
