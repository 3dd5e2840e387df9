"""Make Qt's application; where Qt would abort the process, for want of a screen or a library, say why in one line."""

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from explorer.errors import ExplorerError
from explorer.language import SOURCE, spoken, tr
from explorer.ui import system_libraries
from explorer.wording import either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

SCREENS = ("DISPLAY", "WAYLAND_DISPLAY")
"""The variables that name the screens of Linux."""
SPREAD = "QT_NO_GUI_THREADPOOL"
"""Keeps Qt from handing half of each larger fill to another thread: while all cores train, to wait for that one takes
longer than to paint."""


def check_screen() -> None:
    """Raise ExplorerError where no screen is named: to be asked before Qt, which is slow to find out, is loaded."""
    if sys.platform.startswith("linux") and not any(map(os.environ.get, (*SCREENS, "QT_QPA_PLATFORM"))):
        raise ExplorerError("There is no screen to open a window on; use --screenshot FILE.png, or a command.")


def qt_application() -> "QApplication":
    """The application that there is, or a new one; ends the process in one line, with status 2, where Qt cannot."""
    from PySide6.QtWidgets import QApplication

    there = QApplication.instance()
    if isinstance(there, QApplication):
        return there
    os.environ.setdefault(SPREAD, "1")
    with _last_words():
        app = QApplication(sys.argv[:1])
    _translate_dialogs(app)
    return app


def _translate_dialogs(app: "QApplication") -> None:
    """Let the buttons that Qt names itself ("Cancel") be called so in the language that is spoken."""
    if spoken() == SOURCE:
        return
    from PySide6.QtCore import QLibraryInfo, QTranslator

    texts = QTranslator(app)
    if texts.load(f"qtbase_{spoken()}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(texts)


@contextmanager
def _last_words() -> "Iterator[None]":
    """Inside, what Qt says is held back: if it goes on, for later; if it is about to abort, for our own line."""
    from PySide6.QtCore import QMessageLogContext, QtMsgType, qFormatLogMessage, qInstallMessageHandler

    said: list[str] = []

    def note(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if kind is QtMsgType.QtFatalMsg:
            # Once this returns, Qt aborts; no exception can get past it.
            print(f"rnn-explorer: {why_not(message)}", file=sys.stderr, flush=True)
            os._exit(2)
        said.append(qFormatLogMessage(kind, context, message))

    before = qInstallMessageHandler(note)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
        for line in said:
            print(line, file=sys.stderr)


def why_not(message: str) -> str:
    """Why Qt could not make its application, whose last words are `message`: one sentence, with its remedy."""
    platform = os.environ.get("QT_QPA_PLATFORM")
    named = [f"{name}={os.environ[name]}" for name in SCREENS if os.environ.get(name)]
    try:
        check_screen()
    except ExplorerError as error:
        return str(error)
    if sys.platform.startswith("linux") and (lacking := system_libraries.missing()):
        return system_libraries.sentence(lacking)
    if platform:
        return tr(
            "Qt opens no window with QT_QPA_PLATFORM={platform}; leave it unset, or set it to offscreen.",
            platform=platform,
        )
    if named:
        return tr(
            "No screen answers at {places}; set it to one that is there, or use --screenshot FILE.png, or a command.",
            places=either(named),
        )
    return tr("Qt cannot open a window: {reason}.", reason=message.partition("\n")[0].rstrip(". "))
