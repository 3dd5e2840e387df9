"""Write on a drawing: text and mathematical labels, on any painter, as glyphs on screen and as outlines in SVG."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPaintEngine, QPainter, QPainterPath, QPen

from explorer.ui import fonts
from explorer.ui.camera import Camera
from explorer.ui.formula import Formula
from explorer.ui.theme import DARK, LIGHT, Theme

SMALLEST_TEXT = 9.0
"""Below this many pixels nothing is written."""


class Sheet:
    """A painter with the camera and the theme it paints by."""

    def __init__(self, painter: QPainter, camera: Camera, theme: Theme) -> None:
        self.painter, self.camera, self.theme = painter, camera, theme
        # An SVG with text would look different wherever the fonts are missing.
        self.outlines = painter.paintEngine().type() == QPaintEngine.Type.SVG

    def text(self, x: float, y: float, text: str, font: QFont, colour: QColor, align: float = 0.5) -> None:
        """Write on one line, vertically centred on y; `align` 0 starts at x, 0.5 is centred on it, 1 ends there."""
        width, capital = _measure(text, font)
        place = QPointF(x - width * align, y + capital / 2)
        if self.outlines:
            path = QPainterPath()
            path.addText(place, font, text)
            self.painter.fillPath(path, colour)
            return
        self.painter.setFont(font)
        self.painter.setPen(colour)
        self.painter.drawText(place, text)

    def label(
        self, x: float, baseline: float, symbol: str, step: str, size: float, colour: QColor, align: float = 0.0
    ) -> float:
        """Write a symbol with its step raised, such as h^(3); returns its width. No step: the symbol alone."""
        formula = _formula(symbol, round(size * 2) / 2, self.theme.name, colour.rgba())
        font = fonts.math_font(size * 0.74)
        raised = f"({step})" if step else ""
        gap = size * 0.04
        above = gap + _measure(raised, font)[0] if raised else 0.0
        width = formula.width + above
        x -= width * align
        formula.paint(self.painter, x, baseline)
        if raised:
            place = QPointF(x + formula.width + gap, baseline - size * 0.36)
            if self.outlines:
                path = QPainterPath()
                path.addText(place, font, raised)
                self.painter.fillPath(path, colour)
            else:
                self.painter.setFont(font)
                self.painter.setPen(colour)
                self.painter.drawText(place, raised)
        return width

    def label_width(self, symbol: str, step: str, size: float) -> float:
        """How wide `label` will be."""
        formula = _formula(symbol, round(size * 2) / 2, self.theme.name, self.theme.text.rgba())
        return formula.width + (size * 0.04 + _measure(f"({step})", fonts.math_font(size * 0.74))[0] if step else 0.0)

    def pill(self, rect: QRectF, fill: QColor, border: QColor | None = None, width: float = 1.0) -> None:
        """A rectangle with round ends."""
        self.painter.setPen(Qt.PenStyle.NoPen if border is None else pen(border, width))
        self.painter.setBrush(fill)
        radius = rect.height() / 2
        self.painter.drawRoundedRect(rect, radius, radius)


def pen(colour: QColor, width: float, dashed: bool = False) -> QPen:
    """A pen with round ends."""
    made = QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    if dashed:
        made.setDashPattern([4.0, 3.5])
        made.setCapStyle(Qt.PenCapStyle.FlatCap)
    return made


def faded(colour: QColor, alpha: float) -> QColor:
    """The colour, see-through."""
    copy = QColor(colour)
    copy.setAlphaF(colour.alphaF() * alpha)
    return copy


def clamp(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)


@lru_cache(maxsize=512)
def _formula(symbol: str, size: float, theme: str, ink: int) -> Formula:
    return Formula(symbol, size, LIGHT if theme == LIGHT.name else DARK, QColor.fromRgba(ink))


@lru_cache(maxsize=4096)
def _measure(text: str, font: QFont) -> tuple[float, float]:
    """Width and height of capitals. Fonts come from `fonts`, which hands out the same object for the same size."""
    metrics = QFontMetricsF(font)
    return metrics.horizontalAdvance(text), metrics.capHeight()


def text_width(text: str, font: QFont) -> float:
    """How wide a text is on one line."""
    return _measure(text, font)[0]
