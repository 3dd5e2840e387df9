"""Start the application, or take a picture of its window."""

import signal
import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from explorer.errors import ExplorerError
from explorer.export.files import write_atomically
from explorer.resources import resource
from explorer.ui.appearance import LOOKS, Look, wear
from explorer.ui.main_window import MainWindow
from explorer.ui.pictures import png

HEARTBEAT_MS = 200


def application(look: Look = "system") -> QApplication:
    """The QApplication, dressed."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("RNN Explorer")
    app.setDesktopFileName("rnn-explorer")
    wear(look)
    return app


def run(theme: str | None = None) -> int:
    """Open the window and run until it closes; returns the exit status. `theme` None: as the system."""
    look = _look(theme)
    app = application(look)
    app.setWindowIcon(QIcon(str(resource("icon.svg"))))
    window = MainWindow(look=look)
    sys.excepthook = lambda *what: _report(window, *what)

    def end(number: int, frame: object) -> None:
        # Closing ends the worker; leaving every event loop ends a dialog that is being waited for as well.
        window.close()
        app.exit()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    # Python sees a signal only when it runs, so let it run now and then.
    heartbeat = QTimer()
    heartbeat.timeout.connect(lambda: None)
    heartbeat.start(HEARTBEAT_MS)
    window.show()
    return app.exec()


def screenshot(path: Path, size: tuple[int, int], theme: str | None = None) -> None:
    """Save the window as a learner meets it in the middle of a backward pass, at this size, as PNG."""
    if path.suffix.lower() != ".png":
        raise ExplorerError(f"A screenshot is a .png file, and {path.name} is none; rename it.")
    look = _look(theme)
    app = application(look)
    window = MainWindow(look=look)
    window.resize(*size)
    window.show()
    window.complete()
    window.show_middle_of_backward()
    for _ in range(20):
        app.processEvents()
    picture = window.grab().toImage()
    window.close()
    write_atomically(path, png(picture))


def _look(theme: str | None) -> Look:
    return next((look for look in LOOKS if look == theme), "system")


def _report(window: MainWindow, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say in the window that something has gone wrong that should not; the terminal has the details."""
    sys.__excepthook__(kind, error, trace)
    window.say_error(
        f"This should not have happened ({kind.__name__}: {error}). Undo the last change; the terminal says more."
    )
