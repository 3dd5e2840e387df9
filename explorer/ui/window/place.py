"""Open the window where it was when it was closed last, looking as was chosen last; at first, as there is room."""

from PySide6 import QtCore
from PySide6.QtCore import QByteArray, QEvent, QObject, QSize
from PySide6.QtWidgets import QWidget

from explorer.ui.kept import settings
from explorer.ui.look.text_size import SIZES, USUAL_SIZE
from explorer.ui.window.division import SMALLEST, USUAL

TITLE_BAR = 40
"""Height, in px, that the title bar of a window takes of a screen at most."""


class WindowPlace(QObject):
    """The place of a top-level window, in a file of the user's configuration. Qt moves it onto a screen that is there.

    A place that cannot be read is that of the first time; one that cannot be kept is forgotten.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        kept = settings().value("geometry")
        if not (isinstance(kept, QByteArray) and window.restoreGeometry(kept)):
            window.resize(first_size(window.screen().availableGeometry().size()))
        if window.isFullScreen():  # it was closed while presenting
            # Not imported above: `Qt` is made when first named, for a tenth of the time until the first paint.
            window.setWindowState(window.windowState() & ~QtCore.Qt.WindowState.WindowFullScreen)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Close:
            settings().setValue("geometry", self._window.saveGeometry())
        return super().eventFilter(watched, event)


def first_size(screen: QSize) -> QSize:
    """The size of a window that is new to a screen with so much room beside bars and docks."""
    return QSize(*USUAL).boundedTo(screen - QSize(0, TITLE_BAR)).expandedTo(QSize(*SMALLEST))


def kept_look() -> object:
    """The name of the look that was chosen last; None if none was."""
    return settings().value("look")


def keep_look(look: str) -> None:
    """Keep a look that was chosen, for the next start."""
    settings().setValue("look", look)


def kept_text_size() -> int:
    """The size of text that was chosen last, in per cent; the usual one if none was."""
    kept = settings().value("text size")
    return next((size for size in SIZES if str(size) == str(kept)), USUAL_SIZE)


def keep_text_size(percent: int) -> None:
    """Keep a size of text that was chosen, for the next start."""
    settings().setValue("text size", percent)
