"""The real program in a process of its own: it starts, ends when told to, and leaves no worker behind.

tests/benchmarks/orphans.py starts and stops it many times.
"""

import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.errors import ExplorerError
from explorer.session.files import Opened, save_document
from explorer.ui import app
from explorer.ui.app import application, screenshot
from explorer.ui.look import theme as themes
from explorer.ui.window.frame import Frame
from explorer.ui.window.main_window import MainWindow
from tests.settings import a_document
from tests.ui.processes import Program

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")


@pytest.fixture
def program() -> Iterator[Program]:
    """The program, once its worker runs."""
    with Program() as program:
        program.until_worker()
        yield program


@LINUX
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_program_and_its_worker(program: Program, number: signal.Signals) -> None:
    program.process.send_signal(number)
    assert program.ended() == (0, "")
    assert program.gone(2)


@LINUX
def test_a_signal_ends_the_program_while_it_trains() -> None:
    with Program(trains=True) as program:
        program.until_training()
        program.process.terminate()
        assert program.ended() == (0, "")
        assert program.gone(2)


@LINUX
@pytest.mark.parametrize("after", [0.02, 0.1, 0.3])
def test_a_signal_before_the_program_is_up_leaves_nothing_either(after: float) -> None:
    with Program() as program:
        time.sleep(after)
        program.process.terminate()
        status, said = program.ended()
        assert status in (0, -signal.SIGTERM) and said == ""
        assert program.gone()


@LINUX
def test_a_program_that_is_killed_leaves_no_worker(program: Program) -> None:
    program.process.kill()
    program.ended()
    assert program.gone()


def test_a_document_is_opened_at_the_start(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "lesson.rnnx"
    save_document(Opened(a_document(length=9)), path)
    frame = Frame(themes.LIGHT)
    qtbot.addWidget(frame)
    window = app._fill(frame, "light", path)
    qtbot.waitUntil(lambda: window.documents.path == path)
    assert window.session.document.length == 9
    frame.end()


def test_a_screenshot_is_the_window_at_the_size_asked_for(tmp_path: Path, qapp: QApplication) -> None:
    path = tmp_path / "window.png"
    screenshot(path, (1000, 700), "dark")
    picture = QImage(str(path))
    assert (picture.width(), picture.height()) == (1000, 700)
    assert picture.pixelColor(3, 500) == themes.DARK.window
    themes.apply(qapp, themes.LIGHT)


def test_a_screenshot_is_a_png(tmp_path: Path, qapp: QApplication) -> None:
    with pytest.raises(ExplorerError, match=r"\.png"):
        screenshot(tmp_path / "window.jpg", (1000, 700))
    assert list(tmp_path.iterdir()) == []


def test_the_application_is_dressed_as_asked(qapp: QApplication) -> None:
    assert application("dark") is qapp
    assert themes.current() is themes.DARK
    application("light")
    assert themes.current() is themes.LIGHT
    assert qapp.applicationName() == "RNN Explorer"


def test_what_should_not_happen_is_said_in_the_window(window: MainWindow, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        raise ZeroDivisionError("a bug")
    except ZeroDivisionError as error:
        app._report(window, type(error), error, error.__traceback__)
    assert "a bug" in window.notice.text.text() and window.notice.isVisible()
    assert "Traceback" in capsys.readouterr().err
