"""Start the application, or take a picture of its window."""

import gc
import signal
import sys
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from explorer.errors import ExplorerError
from explorer.language import tr
from explorer.resources import resource
from explorer.ui.look import text_size
from explorer.ui.look.appearance import Look, look_named, theme_of, wear
from explorer.ui.screen import qt_application
from explorer.ui.typography.idle import one_by_one
from explorer.ui.window.frame import Frame
from explorer.ui.window.place import WindowPlace, keep_look, keep_text_size, kept_look, kept_text_size

if TYPE_CHECKING:
    from explorer.session.files import Opened
    from explorer.ui.window.main_window import MainWindow

HEARTBEAT_MS = 200
ENDING = signal.SIGINT, signal.SIGTERM


def application(look: Look = "system") -> QApplication:
    """The QApplication, dressed."""
    app = _application()
    wear(look)
    return app


def run(theme: str | None = None, path: Path | None = None, line: str | None = None) -> int:
    """Open the window, and in it a file or a shared line, and run until it closes; returns the exit status.

    `theme` None: as was chosen last, at first as the system.
    """
    app = _application()
    look = look_named(theme or kept_look())
    text_size.set_factor(kept_text_size() / 100)
    frame = Frame(theme_of(look))
    WindowPlace(frame)
    heartbeat = _end_at_signals(app, frame)
    frame.show()
    while frame.isVisible() and not frame.painted:
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    if not frame.isVisible():
        return 0
    window = _fill(frame, look, path, line)
    sys.excepthook = lambda *what: _report(window, *what)
    status = app.exec()
    heartbeat.stop()
    # These hold the window beyond this. It would go once Python has begun to end, when PySide leaves weak references to
    # it behind that are read when it is no more: a segmentation fault, now and then.
    sys.excepthook = sys.__excepthook__
    for number in ENDING:
        signal.signal(number, signal.SIG_DFL)
    return status


def _fill(frame: Frame, look: Look, path: Path | None = None, line: str | None = None) -> "MainWindow":
    """Make the window, now that something is to be seen: this imports numpy and the engine."""
    from PySide6.QtGui import QIcon

    from explorer.session.document import FIRST
    from explorer.ui.drawing.accessible import install as read_drawings_aloud
    from explorer.ui.typography.typesetter import typesetter
    from explorer.ui.window.main_window import MainWindow
    from explorer.ui.window.system_motion import follow_system

    app, formulas = _application(), typesetter()
    app.setWindowIcon(QIcon(str(resource("icon.svg"))))
    wear(look)
    formulas.put_off()
    read_drawings_aloud()
    window = MainWindow(FIRST, look)
    window.appearance.chosen.connect(keep_look)
    window.appearance.resized.connect(keep_text_size)
    frame.hold(window)
    formulas.when_here(frame, _collect_garbage)
    # To open what was asked for at the start is a change, which would take the offer of the last session away.
    opens = path is not None or line is not None
    say = partial(window.notice.say, lasting=opens, brief=not opens)
    offer = partial(window.documents.offer_last, say, path)
    asked = [] if path is None else [partial(window.opening.open, path)]
    asked += [] if line is None else [partial(window.sharing.open, line)]
    offers = (offer, window.teaching.offer)
    one_by_one(
        frame,
        (
            window.training.trainer.warm_up,  # another process: it is ready by the time that the plots are there
            window.training.build,
            partial(follow_system, window),
            formulas.load,
            *offers,
            partial(_tell_of_mistakes, window),
            *asked,
        ),
    )
    return window


def _tell_of_mistakes(window: "MainWindow") -> None:
    """Say which networks of one's own are left out, and why."""
    from explorer.architectures import own_mistakes

    if mistakes := own_mistakes():
        window.notice.say(" ".join(mistakes), lasting=True)


def _collect_garbage() -> None:
    """From now on, but never look through what is there already: a pause of many frames each time."""
    gc.freeze()
    gc.enable()


def _end_at_signals(app: QApplication, frame: Frame) -> QTimer:
    """Close at SIGINT and SIGTERM, for as long as the result lives."""

    def end() -> None:
        # Closing ends the worker; leaving every event loop ends a dialog that is being waited for as well.
        frame.end()
        app.exit()

    for number in ENDING:
        # When events are handled next: in between, the window may be only half made.
        signal.signal(number, lambda *_: QTimer.singleShot(0, end))
    # Python sees a signal only when it runs, so let it run now and then.
    heartbeat = QTimer()
    heartbeat.timeout.connect(lambda: None)
    heartbeat.start(HEARTBEAT_MS)
    return heartbeat


def screenshot(path: Path, size: tuple[int, int], theme: str | None = None, content: "Opened | None" = None) -> None:
    """Save the window at this size as PNG: on a document where it was left, else in the middle of a backward pass."""
    if path.suffix.lower() != ".png":
        raise ExplorerError("A screenshot is a .png file, and {path} is none; rename it.", path=path.name)
    from explorer.files.atomic import write_atomically
    from explorer.session.document import FIRST
    from explorer.session.stepping import middle_of_backward
    from explorer.ui.parts.pictures import png
    from explorer.ui.window.main_window import MainWindow

    look = look_named(theme)
    app = application(look)
    window = MainWindow(FIRST, look)
    window.resize(*size)
    window.show()
    if content is not None:
        window.do(partial(window.session.open, content))
    if window.session.view.cursor == 0:
        window.perform("end")
        window.perform("go_to", cursor=middle_of_backward(window.session.shown.events))
    for _ in range(20):
        app.processEvents()
    picture = window.grab().toImage()
    window.setProperty("unasked", True)  # nobody would see the question what is to become of edits and runs
    window.close()
    window.deleteLater()  # else every later change of theme would dress it again
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    write_atomically(path, png(picture))


def _application() -> QApplication:
    app = qt_application()
    app.setApplicationName("RNN Explorer")
    app.setDesktopFileName("rnn-explorer")
    return app


def _report(window: "MainWindow", kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say in the window that something has gone wrong that should not; the terminal has the details."""
    sys.__excepthook__(kind, error, trace)
    window.say_error(
        tr(
            "This should not have happened ({kind}: {error}). Undo the last change; the terminal says more.",
            kind=kind.__name__,
            error=error,
        )
    )
