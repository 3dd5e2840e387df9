"""Keep painted columns as pictures, so that panning and stepping paint only what is new, and zooming can hurry."""

from collections.abc import Callable, Collection, Iterable
from math import floor

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from explorer.drawing.geometry import Rect
from explorer.ui.drawing.camera import Camera
from explorer.ui.drawing.scene import Scene
from explorer.ui.drawing.sheet import Sheet

MOST = 96
"""So many columns are kept; more are never in sight at once, for narrower ones are painted as one picture."""
MOST_AT_ONCE = 6
"""So many columns that were shown before are painted anew in one frame; the others follow in the next frames."""
FEW_AT_ONCE = 2
"""So many are where new numbers come ten times a second."""
REACH = 1.1
"""How far, in columns, an edge into a column may come from on either side and still be in its picture."""


class _Tile(Struct, frozen=True):
    picture: QPixmap
    look: tuple[object, ...]


class Tiles:
    """Pictures of columns. At another zoom they are painted anew, or, in a `hurry`, stretched until there is time.

    `gentle`: a frame paints few columns anew.
    """

    def __init__(self) -> None:
        self._kept: dict[int, _Tile] = {}
        self.old: dict[int, None] = {}
        """The columns that are still shown as they were; first those that wait longest."""
        self._due: Collection[int] = ()
        self.hurry = self.gentle = False
        self.drawn = False
        """Whether the last frame showed columns as pictures."""

    @property
    def room(self) -> int:
        """How many columns that were shown before there is time for in a frame."""
        return FEW_AT_ONCE if self.gentle else MOST_AT_ONCE

    def begin(self, due: Collection[int]) -> None:
        """A new frame is painted, in which of the old columns those that are `due` are painted anew."""
        self._due, self.drawn = due, False

    def forget(self, columns: Iterable[int] | None = None) -> None:
        """Paint these columns, or all, anew when they are next shown."""
        if columns is None:
            self._kept.clear()
            self.old.clear()
        else:
            self.old |= dict.fromkeys(columns)

    def draw(self, sheet: Sheet, scene: Scene, t: int, paint: Callable[[Sheet, int], None]) -> None:
        """Draw the column of step t, which `paint` paints if it is not kept."""
        self.drawn = True
        geometry, camera = scene.geometry, sheet.camera
        reach = geometry.arrangement.at(t)[0].pitch * REACH
        area = Rect(geometry.x(t) - reach, -8.0, 2 * reach, geometry.height + 8.0)
        place, ratio = camera.rect(area), sheet.painter.device().devicePixelRatio() * sheet.painter.transform().m11()
        look = _look(scene, camera, ratio)
        tile = self._kept.get(t)
        if tile is not None and self.hurry and tile.look != look:
            whole = QRectF(tile.picture.rect())
            sheet.painter.drawPixmap(place, tile.picture, whole.adjusted(0, 0, -2 * ratio, -2 * ratio))
            return
        # On whole device pixels, so that the picture is drawn as it was painted.
        left, top = floor(place.left() * ratio) / ratio, floor(place.top() * ratio) / ratio
        if tile is None or tile.look != look or (t in self.old and t in self._due):
            self.old.pop(t, None)
            if len(self._kept) >= MOST:
                self._kept.clear()
            size = QRectF(0, 0, place.width() + 2, place.height() + 2).toAlignedRect().size()
            picture = QPixmap(size * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint(Sheet(painter, camera.panned(-left, -top), sheet.theme), t)
            painter.end()
            tile = self._kept[t] = _Tile(picture, look)
        sheet.painter.drawPixmap(QPointF(left, top), tile.picture)


def _look(scene: Scene, camera: Camera, ratio: float) -> tuple[object, ...]:
    """All that a picture depends on besides the view: panning by whole pixels leaves it as it is."""
    x, y = (round((offset * ratio) % 1.0, 4) % 1.0 for offset in (camera.dx, camera.dy))
    return camera.sx, camera.sy, x, y, ratio, scene.theme.name
