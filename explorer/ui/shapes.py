"""Paint the parts of a network's drawing: node boxes, discs, tokens, arrows, bars, delay squares, selection."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from msgspec import Struct
from numpy.typing import ArrayLike
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF

from explorer.ui import theme as themes
from explorer.ui.numbers import visible
from explorer.ui.symbols import lay_out, paint_symbol
from explorer.ui.text import Side, paint_text, screen_scale
from explorer.ui.theme import RADIUS, Role, Theme

HEAD = 7.5
"""Length of an arrow's head in px, at a line of 1.5 px."""


def paint_node(
    painter: QPainter,
    rect: QRectF,
    line: QColor,
    fill: QColor | None = None,
    *,
    width: float = 1.4,
    dashed: bool = False,
    radius: float = RADIUS + 2,
) -> None:
    """A rounded box. Without `fill` it has the theme's surface; dashed says that it is not computed yet."""
    painter.setPen(_pen(line, width, dashed))
    painter.setBrush(fill or themes.current().surface)
    painter.drawRoundedRect(rect, radius, radius)


def paint_disc(
    painter: QPainter,
    centre: QPointF,
    radius: float,
    line: QColor,
    fill: QColor | None = None,
    *,
    width: float = 1.6,
    dashed: bool = False,
) -> None:
    """A circle, for a loss or a target."""
    painter.setPen(_pen(line, width, dashed))
    painter.setBrush(fill or themes.current().surface)
    painter.drawEllipse(centre, radius, radius)


def paint_token(painter: QPainter, centre: QPointF, radius: float, symbol: str, role: Role) -> None:
    """A one-hot vector as the symbol it stands for, in a disc; spaces and line ends are made visible."""
    paint_disc(painter, centre, radius, role.line)
    rect = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
    paint_text(painter, rect, visible(symbol), radius, role.text, weight=QFont.Weight.DemiBold, fit=True)


def paint_bars(
    painter: QPainter,
    rect: QRectF,
    values: ArrayLike,
    colour: QColor,
    *,
    top: float = 1.0,
    labels: Sequence[str] = (),
    marked: int | None = None,
    mark: QColor | None = None,
    theme: Theme | None = None,
) -> None:
    """A bar chart of values (n,) from 0 to `top`, for ŷ over its symbols; what is not finite gets no bar.

    Labels stand below where there is room. The bar of index `marked`, that of the target, carries a bar's width
    of `mark` (green unless said otherwise) under the axis.
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
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    for left, height in zip(lefts.tolist(), (shares * (floor - rect.top())).tolist(), strict=True):
        if height > 0:
            painter.drawRect(QRectF(left, floor - height, width, height))
    if marked is not None:
        painter.setBrush(mark or theme.target.line)
        painter.drawRect(QRectF(float(lefts[marked]) - 1, floor + 1, width + 2, 2.2))
    painter.setPen(QPen(theme.strong_border, 0.8))
    painter.drawLine(QLineF(rect.left(), floor, rect.right(), floor))
    painter.restore()
    if labelled:
        for i, label in enumerate(labels):
            ink = theme.target.text if i == marked else theme.muted
            below = QRectF(rect.left() + i * pitch, floor + 3, pitch, label_height)
            paint_text(painter, below, visible(label), 0.85 * label_height, ink, fit=True)


class Arrow(Struct, frozen=True):
    """An arrow's shaft and head, to be made once and painted often; `middle` is where its label goes."""

    shaft: QPainterPath
    head: QPolygonF
    middle: QPointF

    @staticmethod
    def straight(start: QPointF, end: QPointF, head: float = HEAD) -> "Arrow":
        """From point to point."""
        third = (end - start) / 3
        return Arrow.curved(start, start + third, end - third, end, head)

    @staticmethod
    def curved(start: QPointF, control: QPointF, other_control: QPointF, end: QPointF, head: float = HEAD) -> "Arrow":
        """Along a cubic Bézier curve; the head points the way the curve ends."""
        way = QLineF(other_control, end)
        if way.length() == 0:
            way = QLineF(start, end)
        unit = QPointF(way.dx(), way.dy()) / (way.length() or 1.0)
        # The shaft ends inside the head, or its blunt end would stick out at the tip.
        back = unit * (0.95 * head)
        shaft = QPainterPath(start)
        shaft.cubicTo(control, other_control - back, end - back)
        side = QPointF(-unit.y(), unit.x()) * (0.42 * head)
        return Arrow(
            shaft, QPolygonF([end, end - unit * head + side, end - unit * head - side]), shaft.pointAtPercent(0.5)
        )

    def paint(self, painter: QPainter, colour: QColor, width: float = 1.5, dashed: bool = False) -> None:
        """Stroke the shaft and fill the head."""
        painter.setPen(_pen(colour, width, dashed))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self.shaft)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(self.head)


def paint_edge_label(
    painter: QPainter,
    centre: QPointF,
    symbol: str,
    colour: QColor,
    *,
    superscript: str = "",
    size: float = 14,
    ground: QColor | None = None,
) -> QRectF:
    """A symbol on a small ground of its own, so that the line under it does not strike it out; return its extent."""
    label = lay_out(symbol, superscript, size)
    rect = QRectF(0, 0, label.width + 5, label.ascent + label.descent + 4)
    rect.moveCenter(centre)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground or themes.current().surface)
    painter.drawRoundedRect(rect, 3, 3)
    paint_symbol(painter, QPointF(rect.left() + 2.5, rect.top() + 2 + label.ascent), symbol, superscript, size, colour)
    return rect


def paint_delay(painter: QPainter, centre: QPointF, colour: QColor, size: float = 9, steps: int = 1) -> None:
    """The black square of a folded graph: what passes it arrives `steps` time steps later (fig. 10.2)."""
    square = QRectF(centre.x() - size / 2, centre.y() - size / 2, size, size)
    painter.fillRect(square, colour)
    if steps != 1:
        beside = square.translated(size + 2, 0)
        paint_text(painter, beside, f"{steps}", 1.1 * size, colour, "left")


def paint_ring(painter: QPainter, rect: QRectF, colour: QColor | None = None, radius: float = RADIUS + 2) -> None:
    """A ring around what is selected, a little outside of `rect`."""
    painter.setPen(_pen(colour or themes.current().forward.line, 2.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(-3.5, -3.5, 3.5, 3.5), radius + 3, radius + 3)


def paint_column_frame(painter: QPainter, rect: QRectF, colour: QColor, label: str = "", side: Side = "centre") -> None:
    """A dashed frame around the time step that the cursor is in, its name below in the same colour."""
    painter.setPen(_pen(colour, 1.2, dashed=True))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect, RADIUS, RADIUS)
    if label:
        below = QRectF(rect.left(), rect.bottom() + 3, rect.width(), 16)
        paint_text(painter, below, label, 12, colour, side, weight=QFont.Weight.DemiBold)


@contextmanager
def dimmed(painter: QPainter, share: float = 0.3) -> Iterator[None]:
    """Paint what is inside the `with` block at this share of the opacity now set."""
    before = painter.opacity()
    painter.setOpacity(before * share)
    try:
        yield
    finally:
        painter.setOpacity(before)


def _pen(colour: QColor, width: float, dashed: bool = False) -> QPen:
    pen = QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.RoundJoin)
    if dashed:
        pen.setDashPattern([3.2, 2.4])
    return pen
