"""Find the part of a widget that is to be painted again: that of some columns, or of what travels along edges."""

from collections.abc import Collection, Iterable
from itertools import islice

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QRegion

from explorer.drawing.geometry import Rect
from explorer.ui.drawing.camera import Camera
from explorer.ui.drawing.graph_painter import visible_columns
from explorer.ui.drawing.scene import Detail, Scene
from explorer.ui.drawing.tiles import Tiles
from explorer.ui.look.text_size import rect_on_screen


def region_of(scene: Scene, camera: Camera, columns: Iterable[int], steps: Collection[int] = ()) -> QRegion | None:
    """Where these columns are painted, and the states outside that are of these steps; None: everywhere."""
    geometry, found = scene.geometry, set(columns)
    spread = geometry.fold > 0.0 or bool(geometry.lone) or bool(geometry.wide_edges(1, 1))
    if spread or scene.detail(camera.sx) is Detail.FAR or len(found) > geometry.steps.T // 2 + 1:
        return None
    region = QRegion()
    for ghost in (ghost for ghost in geometry.ghosts if ghost.t in steps):
        region += rect_on_screen(camera.rect(geometry.node(ghost)).adjusted(-4, -4, 4, 4))
    for index in found:
        column = geometry.column(index)
        # Feedback edges and the frame reach beyond the column.
        wide = Rect(column.x - column.width * 0.7, column.y, column.width * 2.4, column.height)
        region += rect_on_screen(camera.rect(wide).adjusted(-4, -20, 4, 20))
    return region


def waiting(scene: Scene, camera: Camera, view: QRectF, tiles: Tiles) -> list[int]:
    """The columns in view of which an old picture is shown, first those that wait longest."""
    if not tiles.old or scene.detail(camera.sx) is Detail.FAR:
        return []
    seen = visible_columns(scene, camera, view)
    return [index for index in tiles.old if index in seen]


def due(scene: Scene, camera: Camera, exposed: QRegion, view: QRectF, tiles: Tiles) -> list[int]:
    """The columns to paint anew in a frame: as many as there is time for, of those that are exposed as a whole."""

    def whole(index: int) -> bool:
        region = region_of(scene, camera, (index,)) or QRegion(rect_on_screen(view))
        return (region & QRegion(rect_on_screen(view)) - exposed).isEmpty()

    return list(islice(filter(whole, waiting(scene, camera, view, tiles)), tiles.room))


def region_of_moving(scene: Scene, camera: Camera) -> QRect:
    """Around where values and gradients travel along the edges of the current event: as one, painted in one go."""
    region = QRect()
    for edge in scene.view.forward_now | scene.view.backward_now:
        xs, ys = zip(*camera.pixels(scene.geometry.path(edge)).points, strict=True)
        around = QRectF(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)).adjusted(-16, -16, 16, 16)
        region |= rect_on_screen(around)
    return region
