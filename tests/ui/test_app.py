"""The real program in a process of its own: it starts, ends when told to, and leaves no worker behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from explorer.errors import ExplorerError
from explorer.ui import app
from explorer.ui import theme as themes
from explorer.ui.app import application, screenshot
from explorer.ui.main_window import MainWindow

ROOT = Path(__file__).resolve().parents[2]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")


def start() -> subprocess.Popen[str]:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    return subprocess.Popen([sys.executable, str(ROOT / "main.py")], env=environment, stderr=subprocess.PIPE, text=True)


def children(pid: int) -> list[int]:
    """The processes that a process has started and that are still there."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        try:
            found += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return found


def alive(pid: int) -> bool:
    """Whether a process is still running: a zombie is not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def until(true: object, seconds: float) -> bool:
    """Wait until a function is true, for so long at most."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():  # type: ignore[operator]
            return True
        time.sleep(0.02)
    return False


@pytest.fixture
def program() -> Iterator[subprocess.Popen[str]]:
    """The program, once its worker runs."""
    process = start()
    assert until(lambda: workers(process.pid), 60), process.stderr.read() if process.poll() is not None else ""
    yield process
    process.kill()
    process.wait()
    process.stderr.close()


def workers(pid: int) -> list[int]:
    return [child for child in children(pid) if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


@LINUX
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_program_and_its_worker(program: subprocess.Popen[str], number: signal.Signals) -> None:
    started = children(program.pid)
    program.send_signal(number)
    assert program.wait(2) == 0
    assert until(lambda: not any(map(alive, started)), 2)
    assert program.stderr.read() == ""


@LINUX
def test_a_program_that_is_killed_leaves_no_worker(program: subprocess.Popen[str]) -> None:
    started = children(program.pid)
    program.kill()
    program.wait()
    assert until(lambda: not any(map(alive, started)), 5)


@LINUX
def test_five_starts_and_stops_leave_nothing_behind() -> None:
    started: list[int] = []
    for _ in range(5):
        process = start()
        assert until(lambda process=process: workers(process.pid), 60)
        started += children(process.pid)
        process.terminate()
        assert process.wait(2) == 0
        process.stderr.close()
    assert until(lambda: not any(map(alive, started)), 2)


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
