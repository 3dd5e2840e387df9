"""Paint the numbers of an example as curves over time: the target, and what comes out fed targets and on its own."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from explorer.language import tr
from explorer.session.runs.examples import Row
from explorer.ui.look import theme as themes
from explorer.ui.look.fonts import number_font, ui_font
from explorer.ui.typography.numbers import figures
from explorer.ui.typography.text import LEFTWARD

BEYOND = 2.0
"""Outputs further out than so many times the largest target run along the edge, or the target would be a flat line."""
_LINE = 14.0


def paint_curves(
    painter: QPainter, labels: QRectF, plot: QRectF, rows: Sequence[Row], columns: Sequence[float]
) -> None:
    """The rows' numbers (steps, 1) as lines through the columns, x in px; their titles with a sample of each line."""
    curves = [np.asarray(row.numbers, float)[:, 0] for row in rows]
    largest = [float(np.abs(curve[np.isfinite(curve)]).max(initial=0.0)) for curve in curves]
    limit = min(max(largest), BEYOND * largest[0]) or max(largest) or 1.0
    theme = themes.current()
    painter.setPen(QPen(theme.border, 1))
    painter.drawLine(QPointF(plot.left(), plot.center().y()), QPointF(plot.right(), plot.center().y()))
    painter.setFont(number_font(10))
    painter.setPen(theme.muted)
    above = QRectF(labels.left(), labels.bottom() - _LINE, labels.width(), _LINE)
    painter.drawText(
        above, LEFTWARD, tr("from {limit} to {figures}", limit=figures(-limit, 2), figures=figures(limit, 2))
    )
    for place, (row, curve, pen) in enumerate(zip(rows, curves, _pens(rows), strict=True)):
        heights = np.clip(np.nan_to_num(curve / limit, nan=1.0), -1.0, 1.0) * plot.height() / 2
        painter.setPen(pen)
        points = [QPointF(x, plot.center().y() - h) for x, h in zip(columns, heights.tolist(), strict=True)]
        painter.drawPolyline(QPolygonF(points))
        if len(points) == 1:
            painter.drawPoint(points[0])
        y = labels.top() + (place + 0.5) * _LINE
        painter.drawLine(QPointF(labels.left(), y), QPointF(labels.left() + 10, y))
        painter.setPen(theme.muted)
        painter.setFont(ui_font(11))
        painter.drawText(QRectF(labels.left() + 14, y - 8, labels.width() - 10, 16), LEFTWARD, row.title)


def height_of(rows: Sequence[Row]) -> float:
    """How high the curves of so many rows must be for their titles to stand beside them, in px."""
    return max(64.0, (len(rows) + 1) * _LINE)


def _pens(rows: Sequence[Row]) -> list[QPen]:
    """The target in green; fed targets solid, on its own output dashed, as in the plots; then what was disturbed."""
    theme = themes.current()
    looks: list[tuple[QColor, float, Qt.PenStyle]] = [
        (theme.target.line, 3.0, Qt.PenStyle.SolidLine),
        (theme.text, 1.4, Qt.PenStyle.SolidLine),
        (theme.text, 1.4, Qt.PenStyle.DashLine),
        (theme.backward.line, 1.6, Qt.PenStyle.SolidLine),
    ]
    pens = []
    for _, (colour, width, style) in zip(rows, looks, strict=False):
        pens.append(QPen(colour, width, style, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    return pens
