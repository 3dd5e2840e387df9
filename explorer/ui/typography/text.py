"""Paint interface text and numbers on a canvas of any zoom, sharp, and shrunk to fit where that is asked for."""

import math
from functools import lru_cache
from typing import Literal

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPaintEngine, QPainter, QPainterPath, QTransform

from explorer.ui.look.fonts import number_font

Side = Literal["left", "centre", "right"]


def selectable(painter: QPainter) -> bool:
    """Whether letters are to be written as text where they are outlines otherwise: the device says so."""
    return bool(getattr(painter.device(), "selectable", False))


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
    pixels = max(1, round(size * scale))
    wide, capital = _extent(text, pixels, weight)
    zoom = size / pixels
    if fit and wide * zoom > 0.94 * rect.width():
        zoom = 0.94 * rect.width() / wide
    free = rect.width() - wide * zoom
    x = rect.left() + {"left": 0.0, "centre": free / 2, "right": free}[side]
    # By the height of capitals and figures, not of the font: so they look centred.
    y = rect.center().y() + capital * zoom / 2
    if painter.paintEngine().type() == QPaintEngine.Type.SVG and not selectable(painter):
        # As outlines: an SVG that names fonts looks different wherever they are missing.
        outlines = QPainterPath()
        outlines.addText(QPointF(0, 0), number_font(pixels, weight), text)
        painter.fillPath(QTransform.fromScale(zoom, zoom).map(outlines).translated(x, y), colour)
        return
    painter.setFont(number_font(pixels, weight))
    painter.setPen(colour)
    if zoom == 1.0:
        painter.drawText(QPointF(x, y), text)
        return
    painter.save()
    painter.translate(x, y)
    painter.scale(zoom, zoom)
    painter.drawText(QPointF(0, 0), text)
    painter.restore()


@lru_cache(maxsize=8192)
def _extent(text: str, pixels: int, weight: int) -> tuple[float, float]:
    """The width of a text, and the height of a capital, in px."""
    metrics = QFontMetricsF(number_font(pixels, weight))
    return metrics.horizontalAdvance(text), metrics.capHeight()
