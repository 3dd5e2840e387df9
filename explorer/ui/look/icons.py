"""Draw the signs on buttons as lines and triangles, so that no font can lack them and every theme colours them."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QToolButton

from explorer.ui.look import theme as themes
from explorer.ui.look.text_size import own_rect, painter_on, sized
from explorer.ui.look.theme import RoleName

SIZE = 16
"""Side of the square, in px, that a sign is drawn in."""


def paint_icon(painter: QPainter, name: str, centre: QPointF, colour: QColor, size: float = SIZE) -> None:
    """Paint the sign `name`, one of `ICONS`, around `centre`; KeyError for another."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(centre)
    painter.scale(size / 16, size / 16)
    painter.setPen(QPen(colour, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    ICONS[name](painter, colour)
    painter.restore()


def _lines(*polylines: tuple[tuple[float, float], ...]) -> Callable[[QPainter, QColor], None]:
    """A sign of strokes through points of a square that reaches from −8 to 8."""
    path = QPainterPath()
    for points in polylines:
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points]))

    def paint(painter: QPainter, colour: QColor) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)

    return paint


def _play(painter: QPainter, colour: QColor) -> None:
    painter.setBrush(colour)
    painter.drawPolygon([QPointF(-3.4, -5), QPointF(5, 0), QPointF(-3.4, 5)])


def _pause(painter: QPainter, colour: QColor) -> None:
    for left in (-4.6, 1.4):
        painter.fillRect(QRectF(left, -5.4, 3.2, 10.8), colour)


def _chevron(x: float, way: int) -> tuple[tuple[float, float], ...]:
    return ((x - 2.2 * way, -4.4), (x + 2.2 * way, 0), (x - 2.2 * way, 4.4))


ICONS: dict[str, Callable[[QPainter, QColor], None]] = {
    "start": _lines(_chevron(1.5, -1), ((-4, -4.6), (-4, 4.6))),
    "fast_back": _lines(_chevron(-2.4, -1), _chevron(2.6, -1)),
    "back": _lines(_chevron(-0.3, -1)),
    "play": _play,
    "pause": _pause,
    "forward": _lines(_chevron(0.3, 1)),
    "fast_forward": _lines(_chevron(-2.6, 1), _chevron(2.4, 1)),
    "end": _lines(_chevron(-1.5, 1), ((4, -4.6), (4, 4.6))),
    "reset": _lines(
        ((-5, -5), (-5, -1), (-1, -1)),
        ((-5, -1), (-2.6, -4), (1, -4.8), (4, -3), (5, 0), (4, 3.4), (1, 5), (-2, 4.4)),
    ),
    "down": _lines(((-3.2, -1.6), (0, 1.6), (3.2, -1.6))),
    "close": _lines(((-3.6, -3.6), (3.6, 3.6)), ((-3.6, 3.6), (3.6, -3.6))),
    "check": _lines(((-4.4, 0.4), (-1.4, 3.4), (4.4, -3.2))),
}
"""The signs there are."""


class IconButton(QToolButton):
    """A button with a drawn sign; `label` is its accessible name and, with the keys, its tool tip."""

    def __init__(self, icon: str, label: str, keys: str = "", role: RoleName | None = None) -> None:
        super().__init__()
        self._icon, self._role, self._idle = icon, role, False
        self._keys = keys
        self.set_label(label)
        self.setIconSize(QSize(SIZE, SIZE))

    def set_icon(self, icon: str) -> None:
        """Show another sign."""
        if icon != self._icon:
            self._icon = icon
            self.update()

    def set_label(self, label: str, keys: str | None = None) -> None:
        """Say differently what the button does, and by which keys where these are others."""
        self._keys = self._keys if keys is None else keys
        self.setAccessibleName(label)
        keys = QKeySequence(self._keys).toString(QKeySequence.SequenceFormat.NativeText)
        self.setToolTip(f"{label} ({keys})" if keys else label)

    def set_idle(self, idle: bool) -> None:
        """Pale the sign of a button that would do nothing now. It stays enabled, so it keeps the keyboard focus."""
        if idle != self._idle:
            self._idle = idle
            self.update()

    def sizeHint(self) -> QSize:
        return sized(31, 28)

    def minimumSizeHint(self) -> QSize:
        return sized(27, 26)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = themes.current()
        colour = theme.role(self._role).line if self._role else theme.text
        if self._idle or not self.isEnabled():
            colour = theme.faint
        paint_icon(painter_on(self), self._icon, own_rect(self).center(), colour)
