"""Where one can point and click with the mouse, one can with the keys: arrows lead from place to place."""

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from explorer.ui.parts.focus_ring import FocusRing
from explorer.ui.parts.key_pointer import KeyPointer
from explorer.ui.parts.ways import Way, ahead
from explorer.ui.training.example_rows import ExampleRows
from explorer.ui.training.fed_rows import FedRows
from explorer.ui.window.main_window import MainWindow
from tests.ui.showing import on_screen

Key = Qt.Key
GRID = [QRectF(20 * column, 20 * row, 16, 16) for row in range(2) for column in range(3)]


class Painted(QWidget):
    """Six places, in two rows, that notes where the mouse is."""

    def __init__(self) -> None:
        super().__init__()
        self.setMouseTracking(True)
        self.pointed: list[int] = []
        self.clicked: list[int] = []
        KeyPointer(self, lambda: GRID)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self.pointed.append(place(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self.clicked.append(place(event.position()))


def place(at: QPointF) -> int:
    return next(n for n, rect in enumerate(GRID) if rect.contains(at))


def test_arrows_point_and_return_and_space_click(qtbot: QtBot) -> None:
    widget = on_screen(qtbot, Painted(), 80, 60)
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    widget.clearFocus()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    ring = widget.findChild(FocusRing)
    assert ring is not None and ring.geometry() == widget.rect()
    for key in (Key.Key_Right, Key.Key_Right, Key.Key_Down, Key.Key_Return, Key.Key_Left, Key.Key_Up, Key.Key_Space):
        QTest.keyClick(widget, key)
    assert widget.pointed == [0, 1, 4, 3, 0]
    assert widget.clicked == [4, 0]
    assert ring.geometry().contains(GRID[0].toAlignedRect())
    widget.clearFocus()
    assert not ring.isVisible()


@pytest.mark.parametrize(("way", "there"), [("left", None), ("right", 1), ("up", None), ("down", 3)])
def test_the_next_place_is_the_nearest_straight_ahead(way: Way, there: int | None) -> None:
    assert ahead(GRID, GRID[0], way) == there


def test_a_symbol_is_made_wrong_with_the_keys(qtbot: QtBot, window: MainWindow) -> None:
    window.perform("change", architecture="output_to_hidden")
    window.training.running.step()
    qtbot.waitUntil(lambda: window.training.book.iteration >= 1, timeout=20_000)
    window.perform("look", card="example")
    rows = next(w for kind in (ExampleRows, FedRows) for w in window.findChildren(kind) if w.isVisible())
    heard: list[object] = []
    rows.injected.connect(heard.append)
    for key in (Key.Key_Right, Key.Key_Right, Key.Key_Return):
        QTest.keyClick(rows, key)
    assert heard == [2]
