"""A citation that the keys have led to is framed, and can be read all the same."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from explorer.ui.parts.cited import CitedLabel
from explorer.ui.parts.focus_ring import FocusRing


def test_its_frame_stands_around_its_words_and_goes_with_it(qtbot: QtBot) -> None:
    around, label = QWidget(), CitedLabel()
    qtbot.addWidget(around)
    column = QVBoxLayout(around)
    column.addWidget(label)
    label.cite("part of eq. 10.1")
    around.show()
    around.activateWindow()
    qtbot.waitUntil(around.isActiveWindow)
    label.clearFocus()
    label.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(label.hasFocus)
    ring = around.findChild(FocusRing)
    assert ring.isVisible() and ring.geometry().contains(label.geometry(), True)
    label.cite("")
    assert not ring.isVisible()
