"""What Tab leads to is scrolled to, from wherever it comes."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from explorer.ui.parts.in_sight import InSight


def test_tab_into_an_area_that_was_scrolled_shows_what_it_leads_to_and_the_mouse_scrolls_nothing(qtbot: QtBot) -> None:
    window, inner, area = QWidget(), QWidget(), QScrollArea()
    qtbot.addWidget(window)
    before, first, last = QLineEdit(), QLineEdit(), QLineEdit()
    column = QVBoxLayout(inner)
    column.addWidget(first)
    column.addSpacing(900)
    column.addWidget(last)
    area.setWidget(inner)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    outer = QVBoxLayout(window)
    outer.addWidget(before)
    outer.addWidget(area)
    InSight(window)
    window.resize(300, 200)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    before.setFocus()
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    qtbot.mouseClick(before, Qt.MouseButton.LeftButton)
    first.setFocus(Qt.FocusReason.MouseFocusReason)
    assert first.hasFocus() and first.visibleRegion().isEmpty()
    before.setFocus()
    qtbot.keyClick(before, Qt.Key.Key_Tab)
    assert first.hasFocus() and not first.visibleRegion().isEmpty()
