"""Say what the marks mean by which two graphs are told apart, as far as there is room."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.language import tr
from explorer.ui.drawing.apart_marks import paint_sign
from explorer.ui.look import theme as themes
from explorer.ui.look.fonts import ui_font
from explorer.ui.look.text_size import own_rect, painter_on, scaled, sized

SIGN, SWATCH, GAP = 12, 18, 5
"""Widths, in px, of the sign and of the stretch of marker, and what is left free after each."""
APART = 14


class MarksLegend(QWidget):
    """The sign and the marker with their words."""

    def __init__(self) -> None:
        super().__init__()
        scaled(self.setFont, ui_font(11))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._words = tr("other number"), tr("other symbol, or only here")
        self.setAccessibleName(tr("A sign marks another number, a text marker another symbol or what is only here"))

    def sizeHint(self) -> QSize:
        first, second = map(_width, self._words)
        return sized(SIGN + GAP + first + APART + SWATCH + GAP + second + 2, 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, place = painter_on(self), themes.current(), own_rect(self)
        middle = place.center().y()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_sign(painter, theme, QPointF(SIGN / 2, middle), SIGN / 2 - 0.5)
        x = SIGN + GAP + _width(self._words[0]) + APART
        themes.draw_with(painter, None, theme.marker)
        painter.drawRoundedRect(QRectF(x, middle - 4, SWATCH, 8), 2, 2)
        painter.setPen(theme.muted)
        painter.setFont(ui_font(11))
        for left, words in ((SIGN + GAP, self._words[0]), (x + SWATCH + GAP, self._words[1])):
            painter.drawText(QRectF(left, 0, place.width(), place.height()), Qt.AlignmentFlag.AlignVCenter, words)


def _width(words: str) -> float:
    """Of words as they are painted, in px of the usual size: a font of the size on the screen may be narrower."""
    return QFontMetricsF(ui_font(11)).horizontalAdvance(words) + 1
