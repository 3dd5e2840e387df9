"""Keep painted columns as pictures, so that panning and stepping paint only what is new, and zooming can hurry."""

from collections.abc import Callable, Collection, Iterable, Sequence
from math import ceil, floor, inf

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from explorer.drawing.geometry import Rect
from explorer.ui.drawing.camera import Camera
from explorer.ui.drawing.column_parts import NOTHING, ColumnPart, ColumnParts
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
    ground: QPixmap
    things: QPixmap
    """What is on the ground, which is seen through it."""
    look: tuple[object, ...]
    parts: ColumnParts


class Tiles:
    """Pictures of columns. At another zoom they are painted anew, or, in a `hurry`, stretched until there is time.

    `gentle`: a frame paints few columns anew.
    """

    def __init__(self) -> None:
        self._kept: dict[int, _Tile] = {}
        self.old: dict[int, None] = {}
        """The columns that are still shown as they were; first those that wait longest."""
        self._unlike = set[int]()
        """The columns that are not to be shown as they were."""
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
        """Paint what looks different in these columns when they are next shown; or all columns, whole."""
        if columns is None:
            self._kept.clear()
            self.old.clear()
        else:
            self.old |= dict.fromkeys(columns)

    def compare(self) -> None:
        """Paint in the next frame what looks different in any column."""
        self._unlike = set(self._kept)
        self.old.clear()

    def draw(self, sheet: Sheet, scene: Scene, t: int, column: Callable[[Sheet, int], ColumnParts]) -> None:
        """Draw the column of step t: of the parts that `column` tells, those are painted that are not kept."""
        self.drawn = True
        geometry, camera = scene.geometry, sheet.camera
        reach = geometry.arrangement.at(t)[0].pitch * REACH
        area = Rect(geometry.x(t) - reach, -8.0, 2 * reach, geometry.height + 8.0)
        place, ratio = camera.rect(area), sheet.painter.device().devicePixelRatio() * sheet.painter.transform().m11()
        look = _look(scene, camera, ratio)
        tile = self._kept.get(t)
        if tile is not None and self.hurry and tile.look != look:
            whole = QRectF(tile.ground.rect()).adjusted(0, 0, -2 * ratio, -2 * ratio)
            for picture in (tile.ground, tile.things):
                sheet.painter.drawPixmap(place, picture, whole)
            return
        # On whole device pixels, so that the picture is drawn as it was painted.
        left, top = floor(place.left() * ratio) / ratio, floor(place.top() * ratio) / ratio
        if tile is None or tile.look != look or t in self._unlike or (t in self.old and t in self._due):
            self.old.pop(t, None)
            self._unlike.discard(t)
            if len(self._kept) >= MOST:
                self._kept.clear()
            here = Sheet(sheet.painter, camera.panned(-left, -top), sheet.theme)
            size = QRectF(0, 0, place.width() + 2, place.height() + 2).toAlignedRect().size()
            before = tile if tile is not None and tile.look == look else _Tile(*_empty(size, ratio), look, NOTHING)
            tile = self._kept[t] = _brought_up(before, here, column(here, t))
        for picture in (tile.ground, tile.things):
            sheet.painter.drawPixmap(QPointF(left, top), picture)


def _empty(size: QSize, ratio: float) -> tuple[QPixmap, QPixmap]:
    pictures = QPixmap(size * ratio), QPixmap(size * ratio)
    for picture in pictures:
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
    return pictures


def _brought_up(tile: _Tile, sheet: Sheet, parts: ColumnParts) -> _Tile:
    """The tile with what it is of now: what looks as it did stays, painted as it is."""
    before = tile.parts
    if before.ground.look != parts.ground.look:
        _paint(tile.ground, sheet, [parts.ground])
    unlike = {i for i, part in enumerate(parts.things) if before is NOTHING or part.look != before.things[i].look}
    for row in _rows(parts.things):
        if unlike.intersection(row):
            _paint(tile.things, sheet, [parts.things[i] for i in row])
    return _Tile(tile.ground, tile.things, tile.look, parts)


def _rows(parts: Sequence[ColumnPart]) -> list[list[int]]:
    """The parts, by their places, that have to be painted together: they are at the same height."""
    rows: list[list[int]] = []
    lowest = -inf
    for i in sorted(range(len(parts)), key=lambda i: parts[i].band):
        top, bottom = parts[i].band
        if top > lowest + 1.0:
            rows.append([])
        rows[-1].append(i)
        lowest = max(lowest, bottom)
    return rows


def _paint(picture: QPixmap, sheet: Sheet, parts: Sequence[ColumnPart]) -> None:
    """Paint parts on a picture, in place of what is there at their height."""
    painter = QPainter(picture)
    top, bottom = floor(min(part.band[0] for part in parts)), ceil(max(part.band[1] for part in parts))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
    painter.fillRect(QRectF(0, top, picture.deviceIndependentSize().width(), bottom - top), Qt.GlobalColor.transparent)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for part in parts:
        part.paint(Sheet(painter, sheet.camera, sheet.theme))
    painter.end()


def _look(scene: Scene, camera: Camera, ratio: float) -> tuple[object, ...]:
    """All that a picture depends on besides the view: panning by whole pixels leaves it as it is."""
    x, y = (round((offset * ratio) % 1.0, 4) % 1.0 for offset in (camera.dx, camera.dy))
    return camera.sx, camera.sy, x, y, ratio, scene.theme.name
