"""Paint bars over symbols, and the black square of a delay."""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import ArrayLike
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from explorer.ui.look import theme as themes
from explorer.ui.look.theme import Theme
from explorer.ui.typography.numbers import MINUS
from explorer.ui.typography.text import paint_text, screen_scale


def paint_bars(
    painter: QPainter,
    rect: QRectF,
    values: ArrayLike,
    colour: QColor,
    *,
    top: float = 1.0,
    labels: Sequence[str] = (),
    marked: Collection[int] = (),
    theme: Theme | None = None,
) -> None:
    """A bar chart of values (n,) from 0 to `top`, for ŷ over its symbols; what is not finite gets no bar.

    Labels stand below where there is room. The bars of the indices `marked`, those of the target, carry a
    bar's width of green under the axis.
    """
    theme = theme or themes.current()
    v = np.asarray(values, float)
    if v.size == 0:
        return
    pitch = rect.width() / v.size
    labelled = len(labels) == v.size and pitch * screen_scale(painter) >= 8
    label_height = min(11.0, 0.3 * rect.height()) if labelled else 0.0
    floor = rect.bottom() - label_height - 3
    width = min(0.72 * pitch, 14.0)
    shares = np.clip(np.where(np.isfinite(v), v, 0.0) / top, 0.0, 1.0) if top > 0 else np.zeros(v.shape)
    lefts = rect.left() + (np.arange(v.size) + 0.5) * pitch - width / 2
    painter.save()
    themes.draw_with(painter, None, colour)
    for left, height in zip(lefts.tolist(), (shares * (floor - rect.top())).tolist(), strict=True):
        if height > 0:
            painter.drawRect(QRectF(left, floor - height, width, height))
    painter.setBrush(theme.target.line)
    for i in marked:
        painter.drawRect(QRectF(float(lefts[i]) - 1, floor + 1, width + 2, 2.2))
    painter.setPen(QPen(theme.strong_border, 0.8))
    painter.drawLine(QLineF(rect.left(), floor, rect.right(), floor))
    painter.restore()
    if labelled:
        for i, label in enumerate(labels):
            ink = theme.target.text if i in marked else theme.muted
            below = QRectF(rect.left() + i * pitch, floor + 3, pitch, label_height)
            paint_text(painter, below, label, 0.85 * label_height, ink, fit=True)


def paint_delay(painter: QPainter, centre: QPointF, colour: QColor, size: float = 9, steps: int = 1) -> None:
    """The black square of a folded graph: what passes it arrives `steps` time steps later (fig. 10.2).

    Their number, if it is not one, stands on the side of the column: left of what is ahead, right of what is back.
    """
    square = QRectF(centre.x() - size / 2, centre.y() - size / 2, size, size)
    painter.fillRect(square, colour)
    if steps != 1:
        beside = square.translated((1 if steps < 0 else -1) * (size + 3), 0)
        said = f"{steps}".replace("-", MINUS)
        paint_text(painter, beside, said, 1.1 * size, colour, "left" if steps < 0 else "right")
