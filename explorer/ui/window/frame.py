"""Be on the screen at once: an empty window in the theme's colours, into which the real one is put when it is made."""

from PySide6.QtCore import QEvent, QObject, QRect, QTimer
from PySide6.QtGui import QCloseEvent, QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget

from explorer.ui.look.text_size import factor, own_rect
from explorer.ui.look.theme import Theme
from explorer.ui.window.division import SMALLEST, USUAL, division

MENUS, HEADER, BELOW, FOLDED, STATUS = 26, 47, 102, 56, 22
"""Heights, in px, of menu bar, what is above and below the graph, training without its curves, and status line."""


class Frame(QWidget):
    """A top-level window that shows where things will be, until `hold` fills it.

    `painted` is true once it is to be seen. What it holds sees its title, its state and its closing as its own.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.painted = False
        self._theme = theme
        self._held: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.setWindowTitle("RNN Explorer")
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)

    def hold(self, window: QWidget) -> None:
        """Fill this with a window, which becomes a part of it, and is shown when events are handled next."""
        self._held = window
        self.setUpdatesEnabled(False)  # else strips of it would be painted while it is laid out
        QTimer.singleShot(0, self, lambda: self.setUpdatesEnabled(True))
        focused = window.focusWidget()
        # Else all of this would be painted below each part of the window that changes.
        window.setAutoFillBackground(True)
        # This was made before the typefaces were there, and what is put into it takes on its font.
        self.setFont(window.font())
        self._column.addWidget(window)
        self._take_on_state()
        window.installEventFilter(self)
        if focused is not None:
            focused.setFocus()

    def end(self) -> None:
        """Close without asking anybody what is to become of changes."""
        if self._held is not None:
            self._held.setProperty("unasked", True)
        self.close()

    def _take_on_state(self) -> None:
        assert self._held is not None
        self.setWindowTitle(self._held.windowTitle())
        self.setWindowModified(self._held.isWindowModified())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.WindowTitleChange, QEvent.Type.ModifiedChange):
            self._take_on_state()
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._held is not None and not self._held.close():
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted = True
        painter, theme = QPainter(self), self._theme
        _fill(painter, self.rect(), theme.window)
        if self._held is not None:
            return
        painter.scale(factor(), factor())
        room = own_rect(self).toRect()
        parts = division(room.width(), room.height() - MENUS - STATUS)
        left, top = parts.settings, MENUS
        right, bottom = room.width() - parts.equations, room.height() - STATUS
        training = bottom - (parts.training if parts.curves else FOLDED)
        _fill(painter, QRect(left, top + HEADER, right - left, training - BELOW - top - HEADER), theme.surface)
        for y in (top - 1, bottom):
            _fill(painter, QRect(0, y, room.width(), 1), theme.border)
        _fill(painter, QRect(left, training, room.width() - left, 1), theme.border)
        _fill(painter, QRect(right, top, 1, training - top), theme.border)


def _fill(painter: QPainter, rect: QRect, colour: QColor) -> None:
    """As fillRect does, with which Qt's pens and brushes would be made first: a tenth of the time until this is seen.

    That is `Qt`, which takes longest of all that Qt makes when it is first named.
    """
    tile = QPixmap(1, 1)
    tile.fill(colour)
    painter.drawPixmap(rect, tile)
