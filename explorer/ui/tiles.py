"""Keep painted columns as pictures, so that panning and stepping paint only what is new."""

from collections.abc import Callable, Iterable
from math import floor

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from explorer.session.geometry import Rect
from explorer.ui.camera import Camera
from explorer.ui.scene import Scene
from explorer.ui.sheet import Sheet

MOST = 96
"""So many columns are kept; more are never in sight at once, for narrower ones are painted as one picture."""
REACH = 1.1
"""How far, in columns, an edge into a column may come from on either side and still be in its picture."""


class Tiles:
    """Pictures of columns at one zoom, one theme and one geometry: at another, all are painted anew."""

    def __init__(self) -> None:
        self._kept: dict[int, QPixmap] = {}
        self._look: tuple[object, ...] = ()

    def forget(self, columns: Iterable[int] | None = None) -> None:
        """Paint these columns, or all, anew when they are next shown."""
        if columns is None:
            self._kept.clear()
        else:
            for t in columns:
                self._kept.pop(t, None)

    def draw(self, sheet: Sheet, scene: Scene, t: int, paint: Callable[[Sheet, int], None]) -> None:
        """Draw the column of step t, which `paint` paints if it is not kept."""
        ratio = sheet.painter.device().devicePixelRatio()
        self._check(scene, sheet.camera, ratio)
        geometry, camera = scene.geometry, sheet.camera
        area = Rect(geometry.x(t) - geometry.pitch * REACH, -8.0, geometry.pitch * 2 * REACH, geometry.height + 8.0)
        place = camera.rect(area)
        # On whole device pixels, so that the picture is drawn as it was painted.
        left, top = floor(place.left() * ratio) / ratio, floor(place.top() * ratio) / ratio
        tile = self._kept.get(t)
        if tile is None:
            if len(self._kept) >= MOST:
                self._kept.clear()
            size = QRectF(0, 0, place.width() + 2, place.height() + 2).toAlignedRect().size()
            tile = QPixmap(size * ratio)
            tile.setDevicePixelRatio(ratio)
            tile.fill(Qt.GlobalColor.transparent)
            painter = QPainter(tile)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint(Sheet(painter, camera.panned(-left, -top), sheet.theme), t)
            painter.end()
            self._kept[t] = tile
        sheet.painter.drawPixmap(QPointF(left, top), tile)

    def _check(self, scene: Scene, camera: Camera, ratio: float) -> None:
        part = ((camera.dx * ratio) % 1.0, (camera.dy * ratio) % 1.0)
        # Panning by whole pixels leaves all of this as it is, up to the rounding of the offsets.
        look = (camera.sx, camera.sy, *(round(p, 4) % 1.0 for p in part), ratio, scene.theme.name, id(scene.geometry))
        if look != self._look:
            self._kept.clear()
            self._look = look
