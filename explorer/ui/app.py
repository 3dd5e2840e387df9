"""Start the application, or take a picture of its window."""

import signal
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from explorer.errors import ExplorerError
from explorer.export.files import write_atomically
from explorer.resources import resource
from explorer.ui import theme as themes
from explorer.ui.main_window import MainWindow
from explorer.ui.pictures import png


def application(theme: str | None = None) -> QApplication:
    """The QApplication, dressed in this theme or in the system's, which it then follows."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("RNN Explorer")
    app.setDesktopFileName("rnn-explorer")
    if theme is None:
        themes.follow_system(app)
    else:
        themes.apply(app, themes.DARK if theme == "dark" else themes.LIGHT)
    return app


def run(theme: str | None = None) -> int:
    """Open the window and run until it closes; returns the exit status."""
    app = application(theme)
    app.setWindowIcon(QIcon(str(resource("icon.svg"))))
    window = MainWindow()
    window.show()
    # Python sees a signal only when it runs, so let it run now and then: Ctrl+C and SIGTERM close the window,
    # which ends the worker too.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: window.close())
    heartbeat = QTimer()
    heartbeat.timeout.connect(lambda: None)
    heartbeat.start(200)
    return app.exec()


def screenshot(path: Path, size: tuple[int, int], theme: str | None = None) -> None:
    """Save the window as a learner meets it in the middle of a backward pass, at this size, as PNG."""
    if path.suffix.lower() != ".png":
        raise ExplorerError(f"A screenshot is a .png file, and {path.name} is none; rename it.")
    app = application(theme)
    window = MainWindow()
    window.resize(*size)
    window.show()
    window.complete()
    window.show_middle_of_backward()
    for _ in range(20):
        app.processEvents()
    picture = window.grab().toImage()
    window.close()
    write_atomically(path, png(picture))
