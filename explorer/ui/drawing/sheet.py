"""Write and stroke on a drawing: a painter together with its camera and theme, and what is asked of it often."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from explorer.ui.drawing.camera import Camera
from explorer.ui.look.fonts import number_font
from explorer.ui.look.theme import Theme, draw_with
from explorer.ui.typography.symbols import paint_symbol, symbol_width
from explorer.ui.typography.text import Side, paint_text

SMALLEST_TEXT = 9.0
"""Below this many pixels nothing is written."""
DIMMED = 0.25
"""Opacity of what slow motion leaves in the background."""


class Sheet:
    """A painter with the camera and the theme it paints by. All coordinates here are pixels."""

    def __init__(self, painter: QPainter, camera: Camera, theme: Theme) -> None:
        self.painter, self.camera, self.theme = painter, camera, theme

    def text(
        self, x: float, y: float, text: str, size: float, colour: QColor, side: Side = "centre", weight: int = 400
    ) -> None:
        """Write a line, vertically centred on y: from x, around x or up to x, by its `side`."""
        left = x - {"left": 0.0, "centre": 500.0, "right": 1000.0}[side]
        paint_text(self.painter, QRectF(left, y - 20, 1000, 40), text, round(size), colour, side, weight=weight)

    def word(self, rect: QRectF, word: str, size: float, colour: QColor, weight: int, room: float) -> None:
        """Write a symbol in the middle; a wider one from the left on, smaller or cut where there is less room."""
        width, middle = text_width(word, size, weight), rect.center()
        if width <= rect.width():
            self.text(middle.x(), middle.y(), word, size, colour, weight=weight)
            return
        size = clamp(size * room / width, SMALLEST_TEXT, size)
        while len(word) > 2 and text_width(word, size, weight) > room:
            word = f"{word[:-2]}…"
        self.text(rect.left(), middle.y(), word, size, colour, "left", weight)

    def label(
        self, x: float, baseline: float, symbol: str, step: str, size: float, colour: QColor, align: float = 0.0
    ) -> float:
        """Write a symbol with its step raised, such as h^(3), or alone; returns its width."""
        width = label_width(symbol, step, size)
        place = QPointF(x - width * align, baseline)
        paint_symbol(self.painter, place, symbol, _raised(step), _size(size), colour)
        return width

    def pill(self, rect: QRectF, fill: QColor, border: QColor | None = None, width: float = 1.0) -> None:
        """A rectangle with round ends."""
        draw_with(self.painter, None if border is None else pen(border, width), fill)
        radius = rect.height() / 2
        self.painter.drawRoundedRect(rect, radius, radius)


def label_width(symbol: str, step: str, size: float) -> float:
    """How wide `Sheet.label` writes."""
    return symbol_width(symbol, _raised(step), _size(size))


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, weight: int = QFont.Weight.Normal) -> float:
    """How wide `Sheet.text` writes."""
    return QFontMetricsF(number_font(round(size), weight)).horizontalAdvance(text)


def pen(colour: QColor, width: float, dashed: bool = False) -> QPen:
    """A pen with round ends; treat as read-only, for it is shared."""
    return _pen(colour.rgba(), round(width, 2), dashed)


def clamp(value: float, low: float, high: float) -> float:
    """The value, but no less than `low` and no more than `high`."""
    return min(max(value, low), high)


@lru_cache(maxsize=1024)
def _pen(colour: int, width: float, dashed: bool) -> QPen:
    cap = Qt.PenCapStyle.FlatCap if dashed else Qt.PenCapStyle.RoundCap
    made = QPen(QColor.fromRgba(colour), width, Qt.PenStyle.SolidLine, cap, Qt.PenJoinStyle.RoundJoin)
    if dashed:
        made.setDashPattern([4.0, 3.5])
    return made


def _raised(step: str) -> str:
    return f"({step})" if step else ""


def _size(size: float) -> float:
    """Half pixels, so that few sizes have to be laid out while zooming."""
    return round(size * 2) / 2
