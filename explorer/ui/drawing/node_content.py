"""Paint what is in a node's box: its name and biases, its value and, once known, its gradient."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF

from explorer.drawing.places import Place, Shape
from explorer.graph.unfold import Vertex
from explorer.session.view.view_state import VertexView
from explorer.ui.drawing.cells import is_closed, mark_rect
from explorer.ui.drawing.edit_marks import paint_dot
from explorer.ui.drawing.scene import Scene
from explorer.ui.drawing.sheet import SMALLEST_TEXT, Sheet, clamp, label_width, pen, text_width
from explorer.ui.drawing.strips import paint_probabilities, paint_strip

LOW, NARROW = 12.0, 22.0
"""Where numbers would be lower than this, they stand beside the name, if they are then wider than that, in px."""
LEAST = 6.0
"""So high must numbers be at least, in px, or else the name is smaller."""
AFTER_NAME = 4.0
SMALL, SMALLER = 0.82, 0.55
"""How large biases are written, as a share of the name's size, and how large where there is no room for that."""


class _Name(NamedTuple):
    """A node's name: its size, 0 if there is no room for it; the step raised beside it; its width at the longest."""

    size: float
    step: str
    width: float


class _Box(NamedTuple):
    """A box with what is kept free within its rim; `beside`: its numbers stand beside its name, not below it."""

    rect: QRectF
    pad: float
    name: _Name
    beside: bool

    @property
    def left(self) -> float:
        return self.rect.x() + self.pad

    @property
    def right(self) -> float:
        return self.rect.right() - self.pad

    @property
    def baseline(self) -> float:
        """Of the name."""
        return self.rect.y() + self.name.size * 1.22


def node_name(sheet: Sheet, scene: Scene, vertex: Vertex, room: float) -> _Name:
    """The name that a node's box has room for, without its step if need be.

    It is the same at every step, as large as the longest step allows.
    """
    full = clamp(16.0 * sheet.camera.scale, 11.5, 30.0)
    symbol = scene.symbol(vertex)
    for step in (scene.step(vertex), ""):
        longest = "8" * len(str(scene.shown.trace.steps(vertex.name)[-1])) if step.isdigit() else step
        size = full * min(1.0, room / label_width(symbol, longest, full))
        if size >= SMALLEST_TEXT:
            return _Name(size, step, label_width(symbol, longest, size))
    return _Name(0.0, "", 0.0)


def paint_content(sheet: Sheet, scene: Scene, vertex: Vertex, place: Place, view: VertexView, rect: QRectF) -> None:
    """What is in a box at full detail."""
    pad, edge = (clamp(0.09 * side, 3.0, 16.0) for side in (rect.width(), rect.height()))
    name = node_name(sheet, scene, vertex, rect.width() - 2 * pad)
    single = place.shape is Shape.INPUT and scene.value(vertex).size == 1
    if place.shape is Shape.INPUT and scene.squeezed(sheet.camera.sx):
        # Room for one thing only: an input shows its symbol rather than its name, and one number needs no head for it.
        name = _Name(0.0, "", 0.0) if single else name._replace(width=0.0)
    head = name.size * 1.62 if name.size else pad
    body = rect.adjusted(pad, head, -pad, -edge)
    beside = 0 < name.width < body.width() - NARROW and body.height() < LOW
    if name.size and not beside and body.height() < LEAST:
        smaller = max(SMALLEST_TEXT, min(name.size, 0.42 * rect.height())) / name.size
        name = _Name(name.size * smaller, name.step, name.width * smaller)
        head = 1.35 * name.size
        body.setTop(rect.y() + head)
    box = _Box(rect, pad, name, beside)
    few = place.shape is Shape.BARS and len(scene.value(vertex)) <= 3
    if beside or (few and name.width <= body.width() / 2 - 3):
        body.adjust(name.width + AFTER_NAME if name.width else 0.0, edge - head, 0, 0)
        if beside and is_closed(scene, vertex) and scene.handled:
            body.setRight(mark_rect(scene, sheet.camera, vertex).left() - 3.0)  # a box with room beside has one
    elif place.shape is Shape.BARS:
        body.setTop(rect.y() + 0.9 * head)
    if name.width:
        ink = sheet.theme.text if view.value else sheet.theme.muted
        sheet.label(box.left, box.baseline, scene.symbol(vertex), name.step, name.size, ink)
    if place.shape is Shape.INPUT:
        if not single:
            _said(sheet, scene, vertex, box, body)
    elif name.size:
        _biases(sheet, scene, place, box)
    if view.value:
        _numbers(sheet, scene, vertex, place, view, body)


def _said(sheet: Sheet, scene: Scene, vertex: Vertex, box: _Box, body: QRectF) -> None:
    """What an input is, at the right end of its head line, or beside its numbers."""
    said, size = scene.said(vertex), 0.9 * box.name.size
    if not size or text_width(said, size, 600) > box.right - box.left - box.name.width - 2:
        return
    y = box.rect.center().y() if box.beside else box.rect.y() + 0.92 * box.name.size
    sheet.text(box.right, y, said, size, sheet.theme.parameter.text, "right", 600)
    if box.beside:
        body.setRight(body.right() - text_width(said, size, 600) - AFTER_NAME)


def _numbers(sheet: Sheet, scene: Scene, vertex: Vertex, place: Place, view: VertexView, body: QRectF) -> None:
    """The value, and below it the gradient once it is known."""
    gradient_area = None
    if view.gradient:
        gap = clamp(2.5 * sheet.camera.scale, 1.5, 6.0)
        below = body.height() * (0.36 if place.shape is Shape.BARS else 0.5) - gap / 2
        gradient_area = QRectF(body.x(), body.bottom() - below, body.width(), below)
        body.setBottom(gradient_area.top() - gap)
    _value(sheet, scene, vertex, place, body)
    if gradient_area is not None:
        gradient = scene.shown.trace.gradient(vertex.name, vertex.t)
        paint_strip(sheet, gradient_area, gradient, scene.scales.gradient, "gradient", matrix=place.rows)


def _value(sheet: Sheet, scene: Scene, vertex: Vertex, place: Place, rect: QRectF) -> None:
    value = scene.value(vertex)
    if place.shape is Shape.BARS:
        labels = scene.shown.labels(scene.shown.network.node(vertex.name).size)
        targets = scene.target_entries(vertex.t)
        paint_probabilities(sheet, rect, value, scene.scales.values[vertex.name], labels, targets)
    else:
        digits = 2 if place.shape is Shape.INPUT else 3
        paint_strip(sheet, rect, value, scene.scales.values[vertex.name], "value", digits, place.rows)


def _biases(sheet: Sheet, scene: Scene, place: Place, box: _Box) -> None:
    """The biases that are added here, small: at the right end of the head line, or below the name, if there is room."""
    for size in (SMALL * box.name.size, max(SMALLER * box.name.size, SMALLEST_TEXT)):
        width = sum(label_width(f"+{scene.geometry.symbol(name)}", "", size) + 3 for name in place.biases) - 3
        right, baseline = box.right, box.baseline
        if box.beside:
            right, baseline = box.left + width, box.baseline + 0.95 * box.name.size
            fits = width <= box.name.width + AFTER_NAME and baseline < box.rect.bottom() - 0.2 * size
        else:
            fits = box.name.width + width + size * 0.3 <= box.right - box.left
        if fits:
            break
    else:
        return
    lit = scene.view.picked_parameter in place.biases
    for name in reversed(place.biases):
        ink = sheet.theme.text if lit else sheet.theme.muted
        width = sheet.label(right, baseline, f"+{scene.geometry.symbol(name)}", "", size, ink, align=1.0)
        if lit:
            sheet.painter.setPen(pen(sheet.theme.text, 1.6))
            sheet.painter.drawLine(QPointF(right - width, baseline + 3.5), QPointF(right, baseline + 3.5))
        if scene.view.edited_parameter(name):
            paint_dot(sheet, right + size * 0.2, baseline - size * 0.72, size)
        right -= width + 3
