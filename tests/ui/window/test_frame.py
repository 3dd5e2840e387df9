"""A frame is on the screen at once; then it holds the window as if it were the window."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from explorer.session.explained import CONTROLS
from explorer.ui.look.theme import DARK, Theme
from explorer.ui.window.division import SMALLEST, USUAL
from explorer.ui.window.frame import Frame
from explorer.ui.window.main_window import MainWindow
from tests.ui.showing import on_screen

MAIN = Path(__file__).parents[3] / "main.py"


class Window(QMainWindow):
    """Has a field with the focus; can refuse to be closed."""

    def __init__(self) -> None:
        super().__init__()
        self.field, self.refuses = QLineEdit(), False
        self.setCentralWidget(self.field)
        self.setWindowTitle("one[*]")
        self.field.setFocus()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Close and self.refuses:
            event.ignore()
            return True
        return super().event(event)


@pytest.fixture
def frame(qtbot: QtBot) -> Frame:
    """A frame in the dark, shown and painted."""
    made = on_screen(qtbot, Frame(DARK))
    qtbot.waitUntil(lambda: made.painted)
    return made


@pytest.fixture
def window(frame: Frame) -> Window:
    """What the frame holds."""
    made = Window()
    frame.hold(made)
    return made


def test_what_it_holds_keeps_its_typeface_though_the_frame_was_made_before_typefaces_were_there(frame: Frame) -> None:
    frame.setFont(QFont("before"))
    made = Window()
    family = made.field.font().family()
    frame.hold(made)
    assert family != "before" and made.field.font().family() == family


def test_it_shows_where_things_will_be_in_the_colours_of_its_theme(theme: Theme, qtbot: QtBot) -> None:
    frame = Frame(theme)
    qtbot.addWidget(frame)
    picture = frame.grab().toImage()
    assert (picture.width(), picture.height()) == USUAL
    assert picture.pixelColor(QPoint(100, 400)) == theme.window
    assert picture.pixelColor(QPoint(600, 300)) == theme.surface
    assert picture.pixelColor(QPoint(600, 800)) == theme.window
    assert {theme.window.name(), theme.surface.name(), theme.border.name()} == {
        QColor(picture.pixel(x, y)).name() for x in range(0, USUAL[0], 3) for y in range(USUAL[1])
    }


def test_it_is_no_smaller_than_the_window(frame: Frame) -> None:
    assert (frame.minimumWidth(), frame.minimumHeight()) == SMALLEST


def test_the_window_fills_it_and_has_the_keyboard(frame: Frame, window: Window, qtbot: QtBot) -> None:
    assert not window.isWindow()
    qtbot.waitUntil(lambda: window.size() == frame.size())
    frame.activateWindow()
    qtbot.waitUntil(lambda: window.field.hasFocus())


def test_title_and_unsaved_changes_are_those_of_the_window(frame: Frame, window: Window) -> None:
    assert (frame.windowTitle(), frame.isWindowModified()) == ("one[*]", False)
    window.setWindowTitle("two[*]")
    window.setWindowModified(True)
    assert (frame.windowTitle(), frame.isWindowModified()) == ("two[*]", True)
    window.setWindowModified(False)
    assert not frame.isWindowModified()


def test_it_closes_only_if_the_window_does(frame: Frame, window: Window) -> None:
    window.refuses = True
    assert not frame.close()
    assert frame.isVisible()
    window.refuses = False
    assert frame.close()


def test_the_real_window_works_in_it_as_by_itself(frame: Frame, qtbot: QtBot) -> None:
    window = MainWindow()
    frame.hold(window)
    frame.activateWindow()
    # The focus is there at once, but shortcuts work only where they can be seen.
    qtbot.waitUntil(lambda: window.canvas.isVisible() and window.canvas.hasFocus())
    qtbot.keyClick(window.canvas, Qt.Key.Key_Space)
    assert window.session.cursor == 1
    qtbot.keyClick(window.canvas, Qt.Key.Key_Right)
    assert window.session.cursor == 2
    window.perform("change", architecture="hidden_to_hidden")
    assert "Hidden" in frame.windowTitle()
    window.sidebar.sequence.length.setFocus()
    window.perform("explain")
    card = window.explaining.explainer.card
    assert card.isVisible() and card.name.text() == CONTROLS["length"].name
    window.canvas.setFocus()
    qtbot.waitUntil(card.isHidden)
    qtbot.waitUntil(lambda: window.training.losses.plot is not None)
    qtbot.keyClick(window.canvas, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert not frame.isVisible()
    assert not window.training.trainer.worker.alive


@pytest.mark.parametrize("after", [0.0, 0.2, 0.5, 2.5])
def test_a_signal_ends_it_in_good_order_however_far_it_has_come(after: float) -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    code = f"""
import signal, sys
sys.path.insert(0, {str(MAIN.parent)!r})
from explorer.ui import app

class Frame(app.Frame):
    def show(self):
        super().show()
        print("up", flush=True)

app.Frame = Frame
raise SystemExit(app.run("dark"))
"""
    with subprocess.Popen(
        [sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as started:
        assert started.stdout is not None
        started.stdout.readline()
        time.sleep(after)
        assert started.poll() is None
        started.send_signal(signal.SIGTERM)
        _, said = started.communicate(timeout=20)
    assert (started.returncode, said.replace("This plugin does not support propagateSizeHints()\n", "")) == (0, "")
