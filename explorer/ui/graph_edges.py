"""Paint the edges: forward arrows, the gradient's arrows beside them, cuts, delays, tags, and parameters' names."""

from math import atan2, cos, hypot, sin

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPolygonF

from explorer.graph.declaration import Mix, OneHotArgmax
from explorer.graph.unfold import Edge, Vertex
from explorer.session.geometry import Path, Point
from explorer.session.view_state import EdgeView
from explorer.ui import fonts
from explorer.ui.camera import qt_path
from explorer.ui.node_painter import DIMMED
from explorer.ui.scene import Scene
from explorer.ui.sheet import SMALLEST_TEXT, Sheet, clamp, faded, pen

BESIDE = 6.0
"""Distance of the gradient's arrow from the forward arrow, in pixels at scale 1."""


def paint_edge(sheet: Sheet, scene: Scene, edge: Edge, alpha: float = 1.0, plain: bool = False) -> None:
    """Paint one edge; `plain` leaves its names and tags out, for want of room."""
    view, theme = scene.view.edge(edge), sheet.theme
    path = sheet.camera.pixels(scene.geometry.path(edge))
    scale = clamp(sheet.camera.scale, 0.45, 1.6)
    sheet.painter.setOpacity(alpha * (DIMMED if view.dimmed else 1.0))
    colour, width = _forward_look(scene, edge, view)
    arrow(sheet, path, colour, width * scale, 8.0 * scale if not plain else 5.0)
    if view.cut:
        _cut(sheet, path, _side(path), scale)
    elif view.backward or view.backward_now:
        strength = 2.6 if view.backward_now else 1.4
        beside = _beside(path, _side(path), BESIDE * scale)
        arrow(sheet, beside, theme.backward.line, strength * scale, (8.0 if view.backward_now else 6.0) * scale)
        if view.backward_now and scene.moving < 1.0:
            _token(sheet, beside.along(scene.moving), theme.backward.line, scale)
    if view.forward_now and scene.moving < 1.0:
        _token(sheet, path.along(scene.moving), theme.forward.line, scale)
    sheet.painter.setOpacity(alpha)
    if scene.geometry.fold > 0 and edge.lag:
        _delay(sheet, scene, edge, scale, alpha)
    if not plain:
        _tags(sheet, scene, edge)
        _name(sheet, scene, edge, view, colour)
    sheet.painter.setOpacity(1.0)


def arrow(sheet: Sheet, path: Path, colour: QColor, width: float, head: float) -> None:
    """A path in pixels with an arrowhead at its end."""
    before, tip = path.curves[-1][1], path.end
    if hypot(tip.x - before.x, tip.y - before.y) < 0.5:
        before = path.along(0.9)
    angle = atan2(tip.y - before.y, tip.x - before.x)
    sheet.painter.setPen(pen(colour, width))
    sheet.painter.setBrush(Qt.BrushStyle.NoBrush)
    # The line ends within the head, so that a thick one does not blunt the tip.
    short = Point(tip.x - cos(angle) * head * 0.7, tip.y - sin(angle) * head * 0.7)
    a, b, _ = path.curves[-1]
    sheet.painter.drawPath(qt_path(Path(path.start, (*path.curves[:-1], (a, b, short)))))
    sheet.painter.setPen(Qt.PenStyle.NoPen)
    sheet.painter.setBrush(colour)
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


def feedback_colour(scene: Scene, edge: Edge) -> QColor | None:
    """Green for a fed-back target, blue for the network's own output; None for any other edge."""
    if not edge.lag:
        return None
    feedback = scene.shown.network.feedback
    signals = {ref for ref in ("y", "yhat", "o")}
    if feedback is None or edge.source.name not in signals:
        return None
    return scene.theme.target.line if edge.source.name == "y" else scene.theme.forward.line


def _forward_look(scene: Scene, edge: Edge, view: EdgeView) -> tuple[QColor, float]:
    theme = scene.theme
    feedback = feedback_colour(scene, edge)
    colour, width = feedback or theme.parameter.line, 1.9 if feedback else 1.5
    if not view.carried:
        colour = faded(colour, 0.75 if feedback else 0.62)
    if view.lit:
        colour, width = theme.text, 3.0
    if view.forward_now:
        colour, width = feedback or theme.forward.line, 3.0
    return colour, width


def _side(path: Path) -> float:
    """On which side of the path the gradient runs, as seen along it: the one where the name is not.

    That is below a level edge, left of one that rises and right of one that falls.
    """
    level = abs(path.end.x - path.start.x) > abs(path.end.y - path.start.y)
    return 1.0 if level else -1.0


def _beside(path: Path, side: float, distance: float) -> Path:
    """The way back, moved sideways; seen along the forward path, side −1 is its left."""

    def off(p: Point, a: Point, b: Point) -> Point:
        length = hypot(b.x - a.x, b.y - a.y) or 1.0
        return Point(p.x - (b.y - a.y) / length * distance * side, p.y + (b.x - a.x) / length * distance * side)

    points = list(path.points)
    last = len(points) - 1
    moved = [off(p, points[max(0, i - 1)], points[min(last, i + 1)]) for i, p in enumerate(points)]
    back = moved[::-1]
    curves = tuple((back[i], back[i + 1], back[i + 2]) for i in range(1, len(back) - 1, 3))
    return Path(back[0], curves)


def _token(sheet: Sheet, at: Point, colour: QColor, scale: float) -> None:
    sheet.painter.setPen(pen(sheet.theme.surface, 1.5))
    sheet.painter.setBrush(colour)
    sheet.painter.drawEllipse(QPointF(*at), 5.0 * scale, 5.0 * scale)


def _cut(sheet: Sheet, path: Path, side: float, scale: float) -> None:
    """The gradient's arrow as far as it gets: to a double stroke across it."""
    beside = _beside(path, side, BESIDE * scale)
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


def _delay(sheet: Sheet, scene: Scene, edge: Edge, scale: float, alpha: float) -> None:
    """The black square of the folded drawing: a delay by one step, or by the number beside it."""
    at = scene.geometry.delay(edge)
    if at is None:
        return
    grown = clamp((scene.geometry.fold - 0.35) / 0.65, 0.0, 1.0)
    if grown == 0.0:
        return
    side = 11.0 * scale * grown
    centre = sheet.camera.point(at)
    sheet.painter.fillRect(QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side), sheet.theme.text)
    if abs(edge.lag) > 1 or edge.lag < 0:
        font = fonts.ui_font(round(11 * scale))
        sheet.text(centre.x() - side, centre.y(), str(edge.lag).replace("-", "−"), font, sheet.theme.muted, align=1.0)


def _name(sheet: Sheet, scene: Scene, edge: Edge, view: EdgeView, colour: QColor) -> None:
    label = scene.geometry.label(edge)
    if label is None:
        return
    size = clamp(15.5 * sheet.camera.scale, 11.0, 26.0)
    if size > 0.9 * scene.geometry.pitch * sheet.camera.sx:
        return
    at = sheet.camera.point(label.at)
    width = sheet.label_width(label.text, "", size)
    off = 5.0 + width / 2 + size * 0.15
    x, y = at.x() + label.side.x * off, at.y() + label.side.y * (size * 0.75)
    if scene.geometry.fold > 0.5 and edge.lag:
        x += size * 0.5
    ink = sheet.theme.target.text if colour == sheet.theme.target.line else sheet.theme.parameter.text
    used = label.text in scene.view.parameters and (view.forward_now or view.backward_now)
    if view.lit or used:
        ground = sheet.theme.backward.soft if view.backward_now else sheet.theme.parameter.soft
        box = QRectF(x - width / 2 - 5, y - size * 0.68, width + 10, size * 1.36)
        sheet.pill(box, ground, sheet.theme.text if view.lit else scene.accent.line)
        ink = sheet.theme.text
    if view.dimmed:
        sheet.painter.setOpacity(sheet.painter.opacity() * 0.4)
    sheet.label(x, y + size * 0.33, label.text, "", size, ink, align=0.5)


def _tags(sheet: Sheet, scene: Scene, edge: Edge) -> None:
    """The small boxes of undrawn nodes on an edge: what was picked, and the switch of a mixed feedback."""
    theme = sheet.theme
    for name in scene.geometry.tagged(edge):
        box = sheet.camera.rect(scene.geometry.tag(edge, name))
        if edge.source.t < 1 or box.width() < 12:
            continue
        vertex = Vertex(name, edge.source.t)
        state = scene.view.vertex(vertex)
        operation = scene.shown.network.node(name).operation
        border = theme.forward.line if state.value else theme.strong_border
        if state.current:
            border = scene.accent.line
        if state.selected or state.hovered:
            border = theme.text
        width = 2.2 if state.current or state.selected else 1.3
        if isinstance(operation, Mix):
            _switch(sheet, box, edge.source.name == operation.target.name, border, width)
            continue
        sheet.pill(box, scene.accent.soft if state.current else theme.surface, border, width)
        size = box.height() * 0.62
        if size >= SMALLEST_TEXT - 2:
            said = "max" if isinstance(operation, OneHotArgmax) else "draw"
            font = fonts.ui_font(round(min(size, box.width() * 0.36)), 500)
            sheet.text(box.center().x(), box.center().y(), said, font, theme.text if state.value else theme.muted)


def _switch(sheet: Sheet, box: QRectF, target: bool, border: QColor, width: float) -> None:
    """A toggle: its knob on the left, green, feeds the target; on the right, blue, the network's own signal."""
    role = sheet.theme.target if target else sheet.theme.forward
    sheet.pill(box, role.soft, border if border == sheet.theme.text else role.line, width)
    radius = box.height() / 2 - 2.5
    x = box.left() + radius + 2.5 if target else box.right() - radius - 2.5
    sheet.painter.setPen(Qt.PenStyle.NoPen)
    sheet.painter.setBrush(role.line)
    sheet.painter.drawEllipse(QPointF(x, box.center().y()), radius, radius)
