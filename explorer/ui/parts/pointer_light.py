"""Lead the eyes of an audience: a round light that follows the pointer, all else dimmed; or a black screen."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QCursor, QPainter, QPainterPath, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QWidget

from explorer.ui.look import theme as themes
from explorer.ui.look.text_size import px

RADIUS = 110
"""Of the light, in px of the usual size of text."""
DIM = QColor(0, 0, 0, 165)
LOOK_MS, REST_LOOKS = 25, 120
"""How often the pointer is looked at, and after how many looks in one place it rests."""


class PointerWatch(QObject):
    """Looks where the pointer is, over whichever widget: most hear nothing of one that only passes over them."""

    moved = Signal(QPoint)
    """Where on the screen."""
    rested = Signal()

    def __init__(self, parent: QObject, where: Callable[[], QPoint] = QCursor.pos) -> None:
        super().__init__(parent)
        self._where, self._last, self._looks = where, where(), 0
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    def watch(self, on: bool) -> None:
        """Begin to look, or end."""
        self._looks = 0
        if on:
            self._timer.start()
        else:
            self._timer.stop()

    def look(self) -> None:
        """See where the pointer is now."""
        place = self._where()
        self._looks = self._looks + 1 if place == self._last else 0
        if place != self._last:
            self._last = place
            self.moved.emit(place)
        elif self._looks == REST_LOOKS:
            self.rested.emit()


class _Over(QWidget):
    """Covers a widget, and is in the way of nothing."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def turn(self, on: bool) -> None:
        """Cover it, or do not."""
        if on:
            self._over.installEventFilter(self)
        else:
            self._over.removeEventFilter(self)
        self._cover()
        self.setVisible(on)
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._cover()
        return False

    def _cover(self) -> None:
        self.setGeometry(self._over.rect())


class BlackScreen(_Over):
    """Nothing is to be seen."""

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), Qt.GlobalColor.black)


class PointerLight(_Over):
    """All is dimmed but what is around the pointer."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self._middle = QPoint()

    def turn(self, on: bool) -> None:
        self.follow(QCursor.pos())
        super().turn(on)

    def follow(self, place: QPoint) -> None:
        """Shine on a place of the screen."""
        before, self._middle = self._middle, self.mapFromGlobal(place)
        self.update(self._around(before).united(self._around(self._middle)))  # all else stays as it is painted

    @property
    def lit(self) -> QRectF:
        """The square around the light, in px of this widget."""
        radius = px(RADIUS)
        return QRectF(self._middle.x() - radius, self._middle.y() - radius, 2 * radius, 2 * radius)

    def _around(self, middle: QPoint) -> QRegion:
        radius = px(RADIUS) + 4
        return QRegion(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dark = QPainterPath(QPointF(0, 0))
        dark.addRect(QRectF(event.rect()).adjusted(-4, -4, 4, 4))
        dark.addEllipse(self.lit)
        painter.fillPath(dark, DIM)
        painter.setPen(QPen(themes.current().strong_border, 2))
        painter.drawEllipse(self.lit)
