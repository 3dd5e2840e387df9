"""Find the part of a widget that is to be painted again: that of some columns, or of what travels along edges."""

from collections.abc import Iterable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QRegion

from explorer.drawing.geometry import Rect
from explorer.ui.drawing.camera import Camera
from explorer.ui.drawing.scene import Detail, Scene
from explorer.ui.look.text_size import rect_on_screen


def region_of(scene: Scene, camera: Camera, columns: Iterable[int]) -> QRegion | None:
    """Where these columns are painted, with the states outside; None: everywhere."""
    geometry, found = scene.geometry, set(columns)
    spread = geometry.fold > 0.0 or bool(geometry.lone) or bool(geometry.wide_edges(1, 1))
    if spread or scene.detail(camera.sx) is Detail.FAR or len(found) > geometry.steps.T // 2 + 1:
        return None
    region = QRegion()
    for ghost in geometry.ghosts:
        region += rect_on_screen(camera.rect(geometry.node(ghost)).adjusted(-4, -4, 4, 4))
    for index in found:
        column = geometry.column(index)
        # Feedback edges and the frame reach beyond the column.
        wide = Rect(column.x - column.width * 0.7, column.y, column.width * 2.4, column.height)
        region += rect_on_screen(camera.rect(wide).adjusted(-4, -20, 4, 20))
    return region


def region_of_moving(scene: Scene, camera: Camera) -> QRegion:
    """Where values and gradients travel along the edges of the current event."""
    region = QRegion()
    for edge in scene.view.forward_now | scene.view.backward_now:
        xs, ys = zip(*camera.pixels(scene.geometry.path(edge)).points, strict=True)
        around = QRectF(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)).adjusted(-16, -16, 16, 16)
        region += rect_on_screen(around)
    return region
