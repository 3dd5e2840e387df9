"""Mark what differs from the graph beside: a sign for a number, a text marker for a connection and for an output."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from explorer.drawing.geometry import Path
from explorer.session.view.view_state import VertexView
from explorer.ui.drawing.camera import qt_path
from explorer.ui.drawing.sheet import Sheet, clamp, pen
from explorer.ui.look.theme import Theme, draw_with

AROUND = 5.0
"""How far the marker reaches beyond a box, in px."""
BROAD = 12.0
"""How broad it is along an edge, in px at natural size."""
LEAST = 4.2
"""Radius, in px, from which on the sign is written in its disc."""


def paint_marker(sheet: Sheet, rect: QRectF, round_: bool = False) -> None:
    """The marker behind a box or a circle."""
    painter, around = sheet.painter, rect.adjusted(-AROUND, -AROUND, AROUND, AROUND)
    draw_with(painter, None, sheet.theme.marker)
    if round_:
        painter.drawEllipse(around)
    else:
        radius = clamp(8 * sheet.camera.scale, 2.0, 12.0) + AROUND / 2
        painter.drawRoundedRect(around, radius, radius)


def paint_below(sheet: Sheet, rect: QRectF) -> None:
    """The marker below a step of a row over time, at least as wide as can be seen."""
    wider = max(0.0, 3.0 - rect.width()) / 2
    sheet.painter.fillRect(rect.adjusted(-wider, 0, wider, 0), sheet.theme.marker)


def paint_marked_edge(sheet: Sheet, path: Path, scale: float) -> None:
    """The marker behind an edge, whose path is in pixels."""
    draw_with(sheet.painter, pen(sheet.theme.marker, BROAD * scale), None)
    sheet.painter.drawPath(qt_path(path))


def paint_unequal(sheet: Sheet, rect: QRectF, view: VertexView, round_: bool = False) -> None:
    """The sign ≠ on the rim at the lower right, or a mere dot where there is no room for it."""
    if not view.apart:
        return
    inset = 0.13 * rect.width() if round_ else 2.0
    middle = QPointF(rect.right() - inset, rect.bottom() - inset)
    radius = clamp(min(0.12 * rect.width(), 0.22 * rect.height()), 2.4, 8.0)
    paint_sign(sheet.painter, sheet.theme, middle, radius)


def paint_sign(painter: QPainter, theme: Theme, middle: QPointF, radius: float) -> None:
    """The sign ≠ in its disc."""
    draw_with(painter, pen(theme.surface, 1.0), theme.text)
    painter.drawEllipse(middle, radius, radius)
    if radius < LEAST:
        return
    painter.setPen(pen(theme.surface, 0.17 * radius + 0.3))
    for y in (-0.22, 0.22):
        painter.drawLine(middle + QPointF(-0.5, y) * radius, middle + QPointF(0.5, y) * radius)
    painter.drawLine(middle + QPointF(-0.28, 0.58) * radius, middle + QPointF(0.28, -0.58) * radius)
