"""Mark what was changed by hand: a pen on the drawing, a corner in a matrix; and say what stood there before."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from explorer.graph.arrays import Index
from explorer.graph.equation import Equation, Factor, Role
from explorer.graph.equations.notation import plain_vertex
from explorer.graph.unfold import Vertex
from explorer.language import tr
from explorer.session.document import Shown
from explorer.session.edited import Edited
from explorer.session.originals import computed_before, original_entry, original_value
from explorer.ui.drawing.sheet import Sheet, clamp, pen
from explorer.ui.look.theme import draw_with
from explorer.ui.typography.numbers import figures

BY_HAND = tr("edited by hand")
PIN = ((-2.2, 3.2), (2.2, 3.2), (1.4, 2.3), (1.4, 0.4), (2.4, -0.6), (0.35, -0.6), (0.0, -3.6), (-0.35, -0.6),
       (-2.4, -0.6), (-1.4, 0.4), (-1.4, 2.3))  # fmt: skip
"""A pin, (x, y) with y up, in a disc of radius 6.5."""
PICTURE, NEEDLE = 4.5, 8.5
"""The smallest radius of a disc with a picture in it, and how far a small pin's needle reaches down, in px."""
CORNER = 6.5
"""Side, in px, of the triangle in the corner of a cell."""


def paint_pen(sheet: Sheet, x: float, y: float, held: bool = False) -> None:
    """A pen in a disc around a point in pixels, a pin for what is held.

    Where there is no room for a picture, the pen is a mere dot, and the pin one with a needle.
    """
    radius = clamp(6.5 * sheet.camera.scale, 2.6, 10.0)
    painter, theme = sheet.painter, sheet.theme
    small_pin = held and radius < PICTURE
    if small_pin:
        painter.setPen(pen(theme.surface, 4.0))
        painter.drawLine(QPointF(x, y), QPointF(x, y + NEEDLE))
    draw_with(painter, pen(theme.surface, 1.2), theme.parameter.text)
    painter.drawEllipse(QPointF(x, y), radius, radius)
    if small_pin:
        painter.setPen(pen(theme.parameter.text, 1.6))
        painter.drawLine(QPointF(x, y), QPointF(x, y + NEEDLE))
    if radius < PICTURE:
        return
    unit = radius / 6.5

    def at(along: float, across: float) -> QPointF:
        # The pen points down to the left.
        return QPointF(x + (along - across) * unit, y - (along + across) * unit)

    draw_with(painter, None, theme.surface)
    if held:
        painter.drawPolygon(QPolygonF([QPointF(x + px * unit, y - py * unit) for px, py in PIN]))
        return
    body = (at(-0.9, -0.95), at(2.2, -0.95), at(2.2, 0.95), at(-0.9, 0.95), at(-2.7, 0.0))
    painter.drawPolygon(QPolygonF(body))


def said_of_hold(shown: Shown, vertex: Vertex) -> str:
    """Which units of a node are held by hand, and what they would be."""
    units, free = shown.trace.held_units(vertex.name, vertex.t), original_value(shown, vertex)
    if len(units) == len(free) > 1:
        return tr("held by hand")
    would = ", ".join(figures(float(free[unit])) for unit in units)
    if len(free) == 1:
        return tr("held by hand (would be {numbers})", numbers=would)
    numbers = ", ".join(str(unit + 1) for unit in units)
    return tr("held by hand: unit {units} (would be {numbers})", units=numbers, numbers=would)


def paint_dot(sheet: Sheet, x: float, y: float, size: float) -> None:
    """A dot beside a parameter's name of this size in pixels."""
    radius = clamp(size * 0.18, 2.0, 4.5)
    draw_with(sheet.painter, pen(sheet.theme.surface, 1.0), sheet.theme.parameter.text)
    sheet.painter.drawEllipse(QPointF(x, y), radius, radius)


def paint_corner(painter: QPainter, cell: QRectF, ink: QColor, ground: QColor) -> None:
    """A triangle in the upper right corner of a cell, set off from a cell of any colour."""
    side = min(CORNER, cell.width() * 0.5, cell.height() * 0.5)
    corner = cell.topRight()
    painter.setPen(Qt.PenStyle.NoPen)
    for reach, colour in ((side + 1.5, ground), (side, ink)):
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF([corner - QPointF(reach, 0), corner, corner + QPointF(0, reach)]))


def edited_entries(shown: Shown, edited: Edited, factor: Factor) -> frozenset[Index]:
    """The entries of an equation's array that were changed by hand, as they are indexed there."""
    name = factor.parameter
    if factor.vertex is not None and factor.role in (Role.VALUE, Role.TARGET):
        return frozenset((unit,) for unit in edited.units.get(_set_at(factor.vertex), ()))
    if name is None or name not in edited.entries or factor.role is not Role.PARAMETER:
        return frozenset()
    if not np.may_share_memory(factor.array, shown.trace.parameters[name]):
        return frozenset()  # what an update makes of it
    entries = edited.entries[name]
    return frozenset(index[::-1] for index in entries) if factor.transposed else entries


def said_of_entry(shown: Shown, name: str, index: Index) -> str:
    """That an entry of a parameter was changed by hand, and from what."""
    return _was(original_entry(shown, name, index))


def _was(before: float) -> str:
    return tr("{by_hand} (was {said})", by_hand=BY_HAND, said=figures(float(before), 6))


def _set_at(vertex: Vertex) -> Vertex:
    """Where it was set: a state stands for all steps before the first."""
    return vertex if vertex.t >= 1 else Vertex(vertex.name, 0)


def said_of_vertex(shown: Shown, vertex: Vertex, inside: bool = False) -> str:
    """That an input, a target or an initial state was changed by hand, or a node is held, and from what.

    `inside`: it is named, as what is inside a closed cell.
    """
    if inside:
        return f"{plain_vertex(shown.trace, vertex)}: {said_of_vertex(shown, vertex)}"
    if vertex in shown.edited.held:
        return said_of_hold(shown, vertex)
    before = original_value(shown, vertex)
    if vertex.t < 1:
        said = tr("zero") if not before.any() else ", ".join(figures(v) for v in before)
        return tr("{by_hand} (was {said})", by_hand=BY_HAND, said=said)
    said = shown.said(vertex.name, before)
    return tr("{by_hand} (was {said})", by_hand=BY_HAND, said=said)


def said_of_computed(shown: Shown, equation: Equation) -> str:
    """What a loss or a prediction was without the edits by hand, in a sentence; "" where they change nothing."""
    vertex, output = equation.left.vertex, shown.network.output
    total = equation.left.role is Role.LOSS and equation.left.tex == "L"
    judged = vertex is not None and output is not None and vertex.name in (output.prediction, output.loss)
    if not total and (not judged or equation.left.role in (Role.GRADIENT, Role.DIFFERENCE)):
        return ""
    before = computed_before(shown, vertex)
    said = "" if before is None else ", ".join(map(figures, before))
    return tr("Without the edits by hand it was {said}.", said=said) if said else ""


def said_of_entry_before(shown: Shown, factor: Factor, index: Index) -> str:
    """What one entry of a value was without the edits by hand, of it or of others; "" where they change nothing."""
    if index in edited_entries(shown, shown.edited, factor):
        assert factor.vertex is not None
        return _was(original_value(shown, _set_at(factor.vertex))[index])
    if factor.vertex is None or factor.vertex.t < 1 or factor.role not in (Role.VALUE, Role.LOSS):
        return ""
    before = computed_before(shown, factor.vertex)
    return (
        ""
        if before is None
        else tr("was {before} without the edits by hand", before=figures(float(before[index or 0]), 6))
    )
