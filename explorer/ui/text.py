"""Paint interface text and numbers on a canvas of any zoom, sharp, and shrunk to fit where that is asked for."""

import math
from typing import Literal

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from explorer.ui.fonts import number_font

Side = Literal["left", "centre", "right"]
_ALIGNMENT = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "centre": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}


def screen_scale(painter: QPainter) -> float:
    """How many px on the screen one unit of the painter's coordinates is: the zoom of a canvas."""
    transform = painter.worldTransform()
    return math.hypot(transform.m11(), transform.m12())


def paint_text(
    painter: QPainter,
    rect: QRectF,
    text: str,
    size: float,
    colour: QColor,
    side: Side = "centre",
    *,
    weight: int = QFont.Weight.Normal,
    fit: bool = False,
) -> None:
    """Paint one line, centred vertically in `rect`, with figures of equal width.

    `size` is in the painter's units and may be any fraction of one: fonts come in whole pixels only, so the text
    is laid out at the size it has on the screen. With `fit`, text wider than `rect` is made smaller.
    """
    scale = screen_scale(painter)
    font = number_font(max(1, round(size * scale)), weight)
    zoom = size * scale / font.pixelSize()
    if fit:
        wide = QFontMetricsF(font).horizontalAdvance(text) * zoom
        zoom *= min(1.0, 0.94 * rect.width() * scale / wide) if wide else 1.0
    painter.save()
    painter.translate(rect.topLeft())
    painter.scale(zoom / scale, zoom / scale)
    painter.setFont(font)
    painter.setPen(colour)
    room = QRectF(0, 0, rect.width() * scale / zoom, rect.height() * scale / zoom)
    flags = Qt.AlignmentFlag.AlignVCenter | _ALIGNMENT[side] | Qt.TextFlag.TextDontClip | Qt.TextFlag.TextSingleLine
    painter.drawText(room, flags, text)
    painter.restore()
