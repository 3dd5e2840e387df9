"""Paint the edges: forward arrows, the gradient's arrows beside them, cuts, delays, tags, and parameters' names."""

from math import atan2, cos, hypot, sin

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPolygonF

from explorer.drawing.geometry import BESIDE, Path, Point, beside_back
from explorer.drawing.places import Shape
from explorer.graph.unfold import Edge, Vertex
from explorer.session.view.view_state import EdgeView
from explorer.ui.drawing.apart_marks import paint_marked_edge
from explorer.ui.drawing.camera import qt_path
from explorer.ui.drawing.edit_marks import paint_dot, paint_pen
from explorer.ui.drawing.node_painter import NARROW
from explorer.ui.drawing.positions import name_rect, name_size
from explorer.ui.drawing.scene import Scene
from explorer.ui.drawing.shapes import paint_delay
from explorer.ui.drawing.sheet import DIMMED, SMALLEST_TEXT, Sheet, clamp, pen
from explorer.ui.look.theme import Shades, draw_with, faded

NOWHERE = Point(0.0, 0.0)
PLAIN_HEAD = 5.0
"""Length in px of an arrow's head where nodes are blocks."""


def paint_edge(sheet: Sheet, scene: Scene, edge: Edge, plain: bool, alpha: float = 1.0, line: bool = True) -> None:
    """Paint one edge; `plain` leaves its names and tags out, for want of room.

    Without `line`, nothing else is painted: another edge has the same line.
    """
    view = scene.view.edge(edge)
    if line:
        sheet.painter.setOpacity(alpha * (DIMMED if view.dimmed else 1.0))
        _line(sheet, scene, edge, view, plain)
    if not plain:
        _tags(sheet, scene, edge, view, alpha)
        sheet.painter.setOpacity(alpha * (0.5 if view.dimmed else 1.0))
        _name(sheet, scene, edge, view)
    sheet.painter.setOpacity(1.0)


def _line(sheet: Sheet, scene: Scene, edge: Edge, view: EdgeView, plain: bool) -> None:
    """The forward arrow, that of the gradient or its cut, and the delay."""
    path = sheet.camera.pixels(scene.geometry.path(edge))
    if plain and scene.geometry.places[edge.source.name].shape is Shape.TARGET and _short(path):
        return  # beside the symbol it would be read as a minus
    if not plain:
        path = _from_rim_to_rim(sheet, scene, edge, path)
    scale = clamp(sheet.camera.scale, 0.45, 1.6)
    colour, width = _forward_look(scene, edge, view)
    if view.apart:
        paint_marked_edge(sheet, path, scale)
    arrow(sheet, path, colour, width * scale, 8.0 * scale if not plain else PLAIN_HEAD)
    if view.cut:
        _cut(sheet, path, scene.geometry.gradient_side(edge), scale)
    elif view.backward or view.backward_now or view.on_path:
        strength = 3.4 if view.on_path else 2.6 if view.backward_now else 1.4
        strong = view.on_path or view.backward_now
        beside = beside_back(path, scene.geometry.gradient_side(edge), BESIDE * scale)
        arrow(sheet, beside, sheet.theme.backward.line, strength * scale, (8.0 if strong else 6.0) * scale)
    if scene.geometry.fold > 0 and scene.geometry.delayed(edge):
        _delay(sheet, scene, edge, scale)


def _from_rim_to_rim(sheet: Sheet, scene: Scene, edge: Edge, path: Path) -> Path:
    """A way in px whose ends meet circles, which are smaller than their places where these are no squares."""
    start, end = (_inward(sheet, scene, *where) for where in ((edge.source, path.start), (edge.target, path.end)))
    if start == end == NOWHERE:
        return path
    a, b, c = path.curves[0]
    curves = [(_moved(a, start), b, c), *path.curves[1:]]
    a, b, c = curves[-1]
    curves[-1] = a, _moved(b, end), _moved(c, end)
    return Path(_moved(path.start, start), tuple(curves))


def _moved(point: Point, by: Point) -> Point:
    return Point(point.x + by.x, point.y + by.y)


def _inward(sheet: Sheet, scene: Scene, vertex: Vertex, end: Point) -> Point:
    """How far, in px, a circle's rim is from the end of an edge at its place."""
    place, rect = scene.geometry.places.get(vertex.name), sheet.camera.rect(scene.geometry.node(vertex))
    if place is None or not place.round or vertex.t < 1 or (place.shape is Shape.LOSS and rect.width() < NARROW):
        return NOWHERE
    side, middle = min(rect.width(), rect.height()), rect.center()
    x, y = end.x - middle.x(), end.y - middle.y()
    return Point(x * (side / rect.width() - 1.0), y * (side / rect.height() - 1.0))


def _short(path: Path) -> bool:
    """Whether a straight way has no room for more than the head of an arrow."""
    return len(path.curves) == 1 and path.lengths[0] < 2 * PLAIN_HEAD


def paint_alternative(sheet: Sheet, scene: Scene, edge: Edge, path: Path, alpha: float) -> None:
    """Paint, dashed, the edge that a mixed feedback could take instead of the one that it takes."""
    colour = (_feedback(scene, edge) or scene.theme.parameter).line
    scale = clamp(sheet.camera.scale, 0.45, 1.6)
    sheet.painter.setOpacity(alpha * 0.75)
    draw_with(sheet.painter, pen(colour, 1.4 * scale, dashed=True), None)
    pixels = sheet.camera.pixels(path)
    sheet.painter.drawPath(qt_path(pixels))
    sheet.painter.setOpacity(alpha)
    at = sheet.camera.point(scene.geometry.delay_on(edge, path))
    paint_delay(sheet.painter, at, sheet.theme.muted, 9.0 * scale, scene.geometry.steps_of(edge))
    sheet.painter.setOpacity(1.0)


def paint_tokens(sheet: Sheet, scene: Scene) -> None:
    """What travels along the edges of the current event: values forward, gradients backward."""
    if scene.moving >= 1.0:
        return
    scale = clamp(sheet.camera.scale, 0.45, 1.6)
    for edge in scene.view.forward_now:
        path = sheet.camera.pixels(scene.geometry.path(edge))
        _token(sheet, path.along(scene.moving), sheet.theme.forward.line, scale)
    for edge in scene.view.backward_now:
        path = beside_back(
            sheet.camera.pixels(scene.geometry.path(edge)), scene.geometry.gradient_side(edge), BESIDE * scale
        )
        _token(sheet, path.along(scene.moving), sheet.theme.backward.line, scale)


def arrow(sheet: Sheet, path: Path, colour: QColor, width: float, head: float) -> None:
    """A path in pixels with an arrowhead at its end."""
    if len(path.curves) == 1:
        head = min(head, 0.8 * path.lengths[0])  # a short way is not all head, which would cover what it comes from
    before, tip = path.curves[-1][1], path.end
    if hypot(tip.x - before.x, tip.y - before.y) < 0.5:
        before = path.along(0.9)
    angle = atan2(tip.y - before.y, tip.x - before.x)
    draw_with(sheet.painter, pen(colour, width), None)
    # The line ends within the head, so that a thick one does not blunt the tip.
    short = Point(tip.x - cos(angle) * head * 0.7, tip.y - sin(angle) * head * 0.7)
    a, b, _ = path.curves[-1]
    sheet.painter.drawPath(qt_path(Path(path.start, (*path.curves[:-1], (a, b, short)))))
    draw_with(sheet.painter, None, colour)
    half = head * 0.42 + width * 0.25
    back = Point(tip.x - cos(angle) * head, tip.y - sin(angle) * head)
    sheet.painter.drawPolygon(
        QPolygonF(
            [
                QPointF(*tip),
                QPointF(back.x - sin(angle) * half, back.y + cos(angle) * half),
                QPointF(back.x + sin(angle) * half, back.y - cos(angle) * half),
            ]
        )
    )
    sheet.painter.setBrush(Qt.BrushStyle.NoBrush)


def _feedback(scene: Scene, edge: Edge) -> Shades | None:
    """Green for a fed-back target, blue for the network's own output; None for any other edge."""
    if not scene.geometry.delayed(edge) or scene.shown.network.feedback is None:
        return None
    shape = scene.geometry.places[edge.source.name].shape
    if shape is Shape.TARGET:
        return scene.theme.target
    own = shape is Shape.BARS or edge.source.name == scene.logits
    return scene.theme.forward if own else None


def _forward_look(scene: Scene, edge: Edge, view: EdgeView) -> tuple[QColor, float]:
    """The colour and the width of the forward arrow."""
    feedback = _feedback(scene, edge)
    colour, width = (feedback.line, 1.9) if feedback else (scene.theme.parameter.line, 1.5)
    if view.forward_now:
        return feedback.line if feedback else scene.theme.forward.line, 3.0
    if view.lit:
        return scene.theme.text, 3.0
    return (colour, width) if view.carried else (faded(colour, 0.65), width)


def _token(sheet: Sheet, at: Point, colour: QColor, scale: float) -> None:
    draw_with(sheet.painter, pen(sheet.theme.surface, 1.5), colour)
    sheet.painter.drawEllipse(QPointF(*at), 5.0 * scale, 5.0 * scale)


def _cut(sheet: Sheet, path: Path, side: float, scale: float) -> None:
    """The gradient's arrow as far as it gets: to a double stroke across it."""
    beside = beside_back(path, side, BESIDE * scale)
    colour = sheet.theme.backward.line
    points = [beside.along(i / 24) for i in range(11)]
    sheet.painter.setPen(pen(colour, 1.4 * scale, dashed=True))
    sheet.painter.drawPolyline(QPolygonF([QPointF(*p) for p in points]))
    end, before = points[-1], points[-2]
    length = hypot(end.x - before.x, end.y - before.y) or 1.0
    ux, uy = (end.x - before.x) / length, (end.y - before.y) / length
    sheet.painter.setPen(pen(colour, 2.2 * scale))
    for step in (1.0, 5.0):
        x, y = end.x + ux * step * scale, end.y + uy * step * scale
        reach = 5.5 * scale
        # Slanted, as a cut is.
        sx, sy = -uy * reach + ux * 2.0 * scale, ux * reach + uy * 2.0 * scale
        sheet.painter.drawLine(QPointF(x - sx, y - sy), QPointF(x + sx, y + sy))


def _delay(sheet: Sheet, scene: Scene, edge: Edge, scale: float) -> None:
    """The black square of the folded drawing, which grows while the drawing folds."""
    at, grown = scene.geometry.delay(edge), clamp((scene.geometry.fold - 0.35) / 0.65, 0.0, 1.0)
    if at is not None and grown > 0.0:
        paint_delay(
            sheet.painter, sheet.camera.point(at), sheet.theme.text, 11.0 * scale * grown, scene.geometry.steps_of(edge)
        )


def _name(sheet: Sheet, scene: Scene, edge: Edge, view: EdgeView) -> None:
    """The parameter's name beside its edge, on a ground where it is picked out or used now."""
    at, size, theme = name_rect(scene, sheet.camera, edge), name_size(sheet.camera), sheet.theme
    label = scene.geometry.label(edge)
    if at.isEmpty() or label is None or edge.weight is None:
        return
    feedback = _feedback(scene, edge)
    ink = feedback.text if feedback else theme.parameter.text
    named = [view, *map(scene.view.edge, scene.geometry.on_one_line(edge))]
    lit, forward, backward = (any(getattr(v, how) for v in named) for how in ("lit", "forward_now", "backward_now"))
    if lit or forward or backward:
        ground = (theme.backward if backward else theme.forward if forward else theme.parameter).soft
        sheet.pill(at.adjusted(-5, 0, 5, 0), ground, theme.text if lit else scene.accent.line)
        ink = theme.text
    elif not scene.transparent:
        # Lines that pass behind are not read as strokes of the letter.
        sheet.pill(at.adjusted(-2, size * 0.15, 2, -size * 0.15), faded(theme.surface, 0.8))
    middle = at.center()
    sheet.label(middle.x(), middle.y() + size * 0.33, label.text, "", size, ink, align=0.5)
    if any(map(scene.view.edited_parameter, scene.together(edge.weight))):
        paint_dot(sheet, at.right() + size * 0.18, middle.y() - size * 0.38, size)


def _tags(sheet: Sheet, scene: Scene, edge: Edge, view: EdgeView, alpha: float) -> None:
    """The small boxes of undrawn nodes on an edge: what was picked, and the switch of a mixed feedback."""
    theme = sheet.theme
    for name in scene.geometry.tagged(edge):
        box = sheet.camera.rect(scene.geometry.tag(edge, name))
        if edge.source.t < 1 or box.width() < 9:
            continue
        state = scene.view.vertex(Vertex(name, edge.source.t))
        sheet.painter.setOpacity(alpha * (DIMMED if state.dimmed and not view.on_path else 1.0))
        operation = scene.shown.network.node(name).operation
        border, width = theme.forward.line if state.value else theme.strong_border, 1.3
        if state.current:
            border, width = scene.accent.line, 2.4
        if state.selected or state.hovered:
            border, width = theme.text, 2.0
        if operation.switched:
            target = edge.source.name == scene.shown.network.target
            _switch(sheet, box, target, border if width > 1.3 else None, width)
        else:
            sheet.pill(box, scene.accent.soft if state.current else theme.surface, border, width)
            size = min(box.height() * 0.62, box.width() * 0.36)
            if size >= SMALLEST_TEXT - 3:
                ink = theme.text if state.value else theme.muted
                sheet.text(box.center().x(), box.center().y(), operation.tag, size, ink, weight=500)
        if state.edited:
            paint_pen(sheet, box.right(), box.y(), state.held)


def _switch(sheet: Sheet, box: QRectF, target: bool, border: QColor | None, width: float) -> None:
    """A toggle: its knob on the left, green, feeds the target; on the right, blue, the network's own signal."""
    role = sheet.theme.target if target else sheet.theme.forward
    sheet.pill(box, role.soft, border or role.line, width)
    inset = box.height() * 0.5
    x = box.left() + inset if target else box.right() - inset
    draw_with(sheet.painter, None, role.line)
    sheet.painter.drawEllipse(QPointF(x, box.center().y()), box.height() * 0.32, box.height() * 0.32)
