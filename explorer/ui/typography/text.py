"""Paint interface text and numbers on a canvas of any zoom, sharp, and shrunk to fit where that is asked for."""

import math
from functools import lru_cache
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPaintEngine, QPainter, QPainterPath, QTransform

from explorer.ui.look import theme as themes
from explorer.ui.look.fonts import number_font, ui_font
from explorer.ui.typography.indices import LOWER, SMALL, parts
from explorer.ui.typography.numbers import figures

Side = Literal["left", "centre", "right"]
LEFTWARD = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHTWARD = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
"""How Qt places text in a rectangle: one line half way up, or as many as it needs from the top."""


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
    """Paint one line, centred vertically in `rect`, with figures of equal width; the indices of symbols are lowered.

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
        for part, at, font in _placed(text, pixels, weight):
            outlines.addText(at, font, part)
        painter.fillPath(QTransform.fromScale(zoom, zoom).map(outlines).translated(x, y), colour)
        return
    painter.setPen(colour)
    if zoom == 1.0:
        for part, at, font in _placed(text, pixels, weight):
            painter.setFont(font)
            painter.drawText(QPointF(x, y) + at, part)
        return
    painter.save()
    painter.translate(x, y)
    painter.scale(zoom, zoom)
    for part, at, font in _placed(text, pixels, weight):
        painter.setFont(font)
        painter.drawText(at, part)
    painter.restore()


def paint_instead(painter: QPainter, rect: QRectF, why: str) -> None:
    """Write in the place of a picture why there is none, in as many lines as it takes."""
    painter.setPen(themes.current().muted)
    painter.setFont(ui_font(12))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, why)


def paint_number(
    painter: QPainter, rect: QRectF, value: float, size: float, colour: QColor, side: Side = "right", digits: int = 3
) -> None:
    """Paint a number with as many of these figures as `rect` has room for; what is too wide with one is smaller."""
    said = [figures(value, few) for few in range(digits, 0, -1)]
    pixels = max(1, round(size * screen_scale(painter)))
    fitting = (text for text in said if _extent(text, pixels, QFont.Weight.Normal)[0] * size / pixels <= rect.width())
    paint_text(painter, rect, next(fitting, said[-1]), size, colour, side, fit=True)


@lru_cache(maxsize=8192)
def _placed(text: str, pixels: int, weight: int) -> tuple[tuple[str, QPointF, QFont], ...]:
    """The parts of a text, each with its place from the start of the base line and its font: indices small and low."""
    x, found = 0.0, []
    for part, low in parts(text):
        font = number_font(max(1, round(SMALL * pixels)) if low else pixels, weight)
        found.append((part, QPointF(x, LOWER * pixels if low else 0.0), font))
        x += QFontMetricsF(font).horizontalAdvance(part)
    return tuple(found)


@lru_cache(maxsize=8192)
def _extent(text: str, pixels: int, weight: int) -> tuple[float, float]:
    """The width of a text, and the height of a capital, in px."""
    last, at, font = _placed(text, pixels, weight)[-1]
    wide = at.x() + QFontMetricsF(font).horizontalAdvance(last)
    return wide, QFontMetricsF(number_font(pixels, weight)).capHeight()
