"""Find the part of a widget that is to be painted again: that of some columns, or of what travels along edges."""

from collections.abc import Collection, Iterable
from itertools import islice

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QWidget

from explorer.ui.drawing.camera import Camera
from explorer.ui.drawing.graph_painter import axis_line, frame_around, visible_columns
from explorer.ui.drawing.scene import Detail, Scene
from explorer.ui.drawing.tiles import Tiles
from explorer.ui.look.text_size import rect_on_screen

ASIDE = 36.0
"""How far, in px, from the ends of an edge's own line a gradient may travel beside it."""


def repaint(widget: QWidget, region: QRegion | None) -> None:
    """Paint this of a widget again; None: everything."""
    if region is None:
        widget.update()
    else:
        widget.update(region)


def region_of(scene: Scene, camera: Camera, columns: Iterable[int], steps: Collection[int] = ()) -> QRegion | None:
    """Where these columns are painted, and the states outside that are of these steps; None: everywhere."""
    geometry, found = scene.geometry, set(columns)
    if not found:
        return QRegion()
    spread = geometry.fold > 0.0 or bool(geometry.lone) or bool(geometry.wide_edges(1, 1))
    if spread or scene.detail(camera.sx) is Detail.FAR or len(found) > geometry.steps.T // 2 + 1:
        return None
    region = QRegion()
    for ghost in (ghost for ghost in geometry.ghosts if ghost.t in steps):
        box = camera.rect(geometry.node(ghost))
        region += _strip(scene, camera, box.left() - 4.0, box.right() + 4.0)
    for index in found:
        column = geometry.column(index)
        # Feedback edges and the frame reach beyond the column.
        left, right = column.x - 0.7 * column.width, column.x + 1.7 * column.width
        region += _strip(scene, camera, camera.x(left) - 4.0, camera.x(right) + 4.0)
    return _with_frame(scene, camera, region)


def _with_frame(scene: Scene, camera: Camera, region: QRegion) -> QRegion:
    """The frame around a step is painted whole or not at all: dashes of which a part is clipped away are others."""
    frame = frame_around(scene, camera)
    if frame is None:
        return region
    strip = _strip(scene, camera, frame.left() - 4.0, frame.right() + 4.0)
    return region + strip if region.intersects(strip) else region


def _strip(scene: Scene, camera: Camera, left: float, right: float) -> QRect:
    """All of the drawing between two places, in px.

    All strips are of one height, so that several are painted as few rectangles, and they end above the legend.
    """
    size, middle = axis_line(scene.geometry, camera)
    top, bottom = camera.y(0.0) - 20.0, max(camera.y(scene.geometry.height), middle + size / 2) + 3.0
    return rect_on_screen(QRectF(left, top, right - left, bottom - top))


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


def region_of_moving(scene: Scene, camera: Camera) -> QRegion:
    """Around where values and gradients travel along the edges of the current event: as one, painted in one go."""
    region = QRect()
    for edge in scene.view.forward_now | scene.view.backward_now:
        xs, _ = zip(*camera.pixels(scene.geometry.path(edge)).points, strict=True)
        region |= _strip(scene, camera, min(xs) - ASIDE, max(xs) + ASIDE)
    return _with_frame(scene, camera, QRegion(region))
