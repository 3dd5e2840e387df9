"""Paint what shows that a node is a cell: a mark that opens it, the frame of an open one; and tell where they are."""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt

from explorer.drawing.cell_frames import frame
from explorer.graph.unfold import Vertex
from explorer.ui.drawing.camera import Camera
from explorer.ui.drawing.scene import Scene
from explorer.ui.drawing.sheet import SMALLEST_TEXT, Sheet, clamp, pen
from explorer.ui.look.theme import draw_with, faded

NARROW = 46.0
"""Width in pixels below which a closed cell bears no mark."""
STACKED = 3.0
"""So far, in px, does a closed cell's second outline stand out."""


def paint_open_cell(sheet: Sheet, scene: Scene, vertex: Vertex) -> None:
    """The frame of an open cell, behind all that is inside it; nothing for what is none."""
    rect = _frame(scene, sheet.camera, vertex)
    if rect is None:
        return
    scale = clamp(sheet.camera.scale, 0.45, 1.5)
    radius = 12.0 * scale
    draw_with(sheet.painter, pen(sheet.theme.strong_border, 1.2), faded(sheet.theme.parameter.soft, 0.55))
    sheet.painter.drawRoundedRect(rect, radius, radius)
    if scene.handled:
        _mark(sheet, mark_rect(scene, sheet.camera, vertex), closed=False)


def paint_closed_cell(sheet: Sheet, scene: Scene, vertex: Vertex) -> None:
    """What a closed cell bears besides its value: a second outline behind it, to be painted before its own."""
    if not is_closed(scene, vertex):
        return
    rect = sheet.camera.rect(scene.geometry.node(vertex))
    out, radius = STACKED * clamp(sheet.camera.scale, 0.6, 1.5), clamp(9 * sheet.camera.scale, 2.0, 12.0)
    draw_with(sheet.painter, pen(sheet.theme.strong_border, 1.1), faded(sheet.theme.parameter.soft, 0.55))
    sheet.painter.drawRoundedRect(rect.adjusted(-out, -out, out, out), radius + out, radius + out)


def paint_inside(sheet: Sheet, scene: Scene, vertex: Vertex) -> None:
    """On a closed cell its mark, and beside that what is computed in it now."""
    if not is_closed(scene, vertex):
        return
    mark = mark_rect(scene, sheet.camera, vertex)
    if mark.isEmpty():
        return
    if scene.handled:
        _mark(sheet, mark, closed=True)
    event = scene.view.event
    now = None if event is None or scene.view.current != vertex else event.vertex
    size = max(mark.height() * 1.15, SMALLEST_TEXT)
    if now is not None and now != vertex and not scene.squeezed(sheet.camera.sx):
        place = QPointF(mark.left() - 4.0, mark.bottom() - mark.height() * 0.12)
        symbol = scene.shown.network.node(now.name).symbol
        sheet.label(place.x(), place.y(), symbol, "", size, scene.accent.text, align=1.0)


def is_closed(scene: Scene, vertex: Vertex) -> bool:
    """Whether a drawn vertex of the steps 1 … T stands for all that is in its cell."""
    return vertex.t >= 1 and vertex.name in scene.view.timetable.cell_of.values()


def cell_at(scene: Scene, camera: Camera, pixel: QPointF) -> Vertex | None:
    """The cell, open or closed, at a pixel."""
    geometry = scene.geometry
    cells = scene.shown.architecture.cells
    shown = geometry.front_vertices if geometry.fold > 0.5 else geometry.graph.vertices
    for vertex in shown if cells else ():
        if vertex.name in cells:
            rect = _frame(scene, camera, vertex) or camera.rect(geometry.node(vertex))
            if rect.contains(pixel):
                return vertex
    return None


def mark_rect(scene: Scene, camera: Camera, vertex: Vertex) -> QRectF:
    """The small square that opens a cell, in its right upper corner, or closes it, on the left one of its frame.

    A closed cell that has no room for it beside its name has none.
    """
    side = clamp(10.0 * camera.scale, 7.0, 15.0)
    opened = _frame(scene, camera, vertex)
    if opened is not None:
        return QRectF(opened.x() - side * 0.4, opened.y() - side * 0.4, side, side)
    rect = camera.rect(scene.geometry.node(vertex))
    if rect.width() < NARROW:
        return QRectF()
    return QRectF(rect.right() - side * 1.7, rect.y() + side * 0.7, side, side)


def _frame(scene: Scene, camera: Camera, vertex: Vertex) -> QRectF | None:
    found = frame(scene.geometry, vertex)
    return None if found is None else camera.rect(found)


def _mark(sheet: Sheet, rect: QRectF, closed: bool) -> None:
    """A square with a plus or a minus."""
    draw_with(sheet.painter, pen(sheet.theme.muted, 1.1), sheet.theme.surface)
    sheet.painter.drawRoundedRect(rect, 2.0, 2.0)
    middle, arm = rect.center(), rect.width() * 0.26
    sheet.painter.drawLine(QLineF(middle.x() - arm, middle.y(), middle.x() + arm, middle.y()))
    if closed:
        sheet.painter.drawLine(QLineF(middle.x(), middle.y() - arm, middle.x(), middle.y() + arm))
    sheet.painter.setBrush(Qt.BrushStyle.NoBrush)
