"""Choose how each connection is led: straight, or by lanes beside the column and between rows, around all boxes.

A route names sides and lanes, not places: rows and columns are set apart by as many lanes as routes need, see `lanes`.
"""

from collections.abc import Iterable, Mapping
from enum import Enum

from msgspec import Struct

from explorer.drawing.connections import Connection
from explorer.drawing.geometry import Point, Rect
from explorer.drawing.places import Place

CLEAR = 4.0
"""So far from a box must a line pass."""


class Side(Enum):
    """A side of a box or of a column."""

    LEFT = "left"
    RIGHT = "right"
    TOP = "top"
    BOTTOM = "bottom"

    @property
    def upright(self) -> bool:
        """Whether a line meets it level."""
        return self in (Side.LEFT, Side.RIGHT)


class Route(Struct, frozen=True):
    """Out of one side of the source and into one of the target; between them straight, or by up to three lanes.

    First in the gap `over`, then upright `beside` a column, then in the gap `into`; gap g is below row g.
    """

    leaves: Side
    arrives: Side
    over: int | None = None
    beside: Side | None = None
    into: int | None = None
    at_source: bool = False
    """Whether the upright lane is beside the source's column, not the target's."""
    loop: bool = False
    """Out of a box and back into it."""
    slanting: bool = False
    """From a child up to its parent, straight if nothing is in the way."""

    @property
    def lanes(self) -> bool:
        return self.beside is not None or self.over is not None

    @property
    def level(self) -> bool:
        """Straight from side to side."""
        return self.leaves.upright and self.arrives.upright and not self.lanes and not self.loop


class Routes(Struct, frozen=True, dict=True):
    """Chooses routes among these places; rows are counted from the lowest, 0."""

    places: Mapping[str, Place]
    bundles: Mapping[Connection, tuple[object, ...]]
    """Connections that part only before their targets, which stand side by side, by what they share."""
    centred: frozenset[str]
    """What has no column, but stands in the middle below or above all of them."""
    tree: bool
    """Whether steps are the nodes of a tree: a column is higher than those of its children."""
    written: Mapping[Connection, str]
    """The TeX beside the edges of each connection, "" for none."""

    def unfolded(self, c: Connection) -> Route:
        """The way from one step to another."""
        source, target = self.places[c.source], self.places[c.target]
        if source.segment != target.segment or c.shared:
            return self._shared(source, target)
        if c.lag == 0:
            return self._within(c, source, target)
        ahead, behind = (Side.RIGHT, Side.LEFT) if c.lag > 0 else (Side.LEFT, Side.RIGHT)
        if self.tree and self.climbs(c):
            return Route(Side.TOP, Side.BOTTOM, slanting=True)
        if self.tree:
            into = None if self._open(target, behind) and c not in self.bundles else target.row
            return Route(ahead, behind if into is None else Side.BOTTOM, beside=ahead, into=into, at_source=True)
        if abs(c.lag) > 1:
            return self._over_columns(source, target, ahead)
        level = source.row == target.row and c not in self.bundles
        if level and self._open(source, ahead) and self._open(target, behind):
            return Route(ahead, behind)
        return self._beside(c, source, target, ahead, behind, behind)

    def folded(self, c: Connection) -> Route:
        """The way within the one column that all have become; back into it where time passes."""
        source, target = self.places[c.source], self.places[c.target]
        if source.segment != target.segment:
            return self._shared(source, target)
        if c.lag == 0 or c.shared:
            return self._within(c, source, target)
        ahead = Side.RIGHT if (c.lag > 0) != self.tree else Side.LEFT  # a first child stands on the left
        if c.source == c.target:
            return Route(ahead, ahead, loop=True)
        return self._beside(c, source, target, ahead, ahead, ahead)

    def climbs(self, c: Connection) -> bool:
        """Whether nothing of its node stands above a child, nor below what reads it."""
        source, target = self.places[c.source], self.places[c.target]
        boxes = [place for place in self.places.values() if place.in_tree]
        return not any(
            _in_line(box.rect, end.rect) and (box.row - end.row) * way > 0
            for end, way in ((source, 1), (target, -1))
            for box in boxes
        )

    def _within(self, c: Connection, source: Place, target: Place) -> Route:
        if source.row == target.row:
            ahead = source.rect.cx < target.rect.cx
            leaves, arrives = (Side.RIGHT, Side.LEFT) if ahead else (Side.LEFT, Side.RIGHT)
            low, high = sorted((source.rect.cx, target.rect.cx))
            if not any(low < box.rect.cx < high for box in self._row(source)):
                return Route(leaves, arrives)
            return Route(Side.TOP, Side.TOP, over=source.row + 1)
        up = source.row < target.row
        leaves, arrives = (Side.TOP, Side.BOTTOM) if up else (Side.BOTTOM, Side.TOP)
        if c in self.bundles and self._free(source.rect.cx, source, target.row):
            return Route(leaves, arrives, over=target.row if up else target.row + 1)
        if self._straight(source, target):
            return Route(leaves, arrives)
        sides = [side for side in (Side.LEFT, Side.RIGHT) if self._open(source, side) and self._open(target, side)]
        side = sides[0] if sides else Side.RIGHT
        return self._beside(c, source, target, side, side, side)

    def _beside(self, c: Connection, source: Place, target: Place, leaves: Side, arrives: Side, beside: Side) -> Route:
        """By an upright lane; over and into gaps where other boxes of the row stand in the way."""
        up = source.row < target.row
        over = into = None
        if not self._open(source, leaves):
            over, leaves = (source.row + 1, Side.TOP) if up or source.row == target.row else (source.row, Side.BOTTOM)
        if c in self.bundles or not self._open(target, arrives):
            into, arrives = (target.row, Side.BOTTOM)
        return Route(leaves, arrives, over, beside, into)

    def _over_columns(self, source: Place, target: Place, ahead: Side) -> Route:
        """Along the gap next to the target, above it if the source is not below."""
        from_below = source.row < target.row
        gap, arrives = (target.row, Side.BOTTOM) if from_below else (target.row + 1, Side.TOP)
        if source.row == target.row or (source.row == gap - 1 if from_below else source.row == gap):
            return Route(Side.TOP if from_below or source.row == target.row else Side.BOTTOM, arrives, over=gap)
        return Route(ahead, arrives, beside=ahead, into=gap, at_source=True)

    def _shared(self, source: Place, target: Place) -> Route:
        """From what stands alone, or at one step, to every step that reads it; or to what stands alone."""
        if target.lone:
            if source.row == target.row:
                return Route(Side.RIGHT, Side.LEFT)
            leaves = Side.TOP if source.row < target.row else Side.BOTTOM
            if self._free(source.rect.cx, source, target.row + (1 if source.row < target.row else -1)):
                return Route(leaves, Side.LEFT)
            return Route(Side.RIGHT, Side.LEFT, beside=Side.RIGHT, at_source=True)
        gap, arrives = target.row, Side.BOTTOM
        if source.row > target.row and not source.lone:
            gap, arrives = target.row + 1, Side.TOP
        below = source.row < gap
        leaves = Side.TOP if below else Side.BOTTOM
        if source.name in self.centred and (source.row + 1 != gap if below else source.row != gap):
            # It stands below or above all columns: along them first, and up beside each.
            along, arrives = (source.row + 1 if below else source.row), Side.LEFT
            into, arrives = (None, arrives) if self._open(target, arrives) else (target.row, Side.BOTTOM)
            return Route(leaves, arrives, over=along, beside=Side.LEFT, into=into)
        if self._free(source.rect.cx, source, gap if below else gap - 1):
            return Route(leaves, arrives, over=gap)
        return Route(Side.RIGHT, arrives, beside=Side.RIGHT, into=gap, at_source=True)

    def _row(self, place: Place) -> Iterable[Place]:
        """The other boxes of a row."""
        boxes = self.places.values()
        return [b for b in boxes if b.row == place.row and b.segment == place.segment and b.name != place.name]

    def _open(self, place: Place, side: Side) -> bool:
        """Whether nothing of the row stands between a box and this side of the column."""
        ahead = 1 if side is Side.RIGHT else -1
        return not any((box.rect.cx - place.rect.cx) * ahead > 0 for box in self._row(place))

    def _free(self, x: float, source: Place, row: int) -> bool:
        """Whether an upright line at x meets no box between the source's row and this one, both excluded."""
        low, high = sorted((source.row, row))
        return not any(
            low < box.row < high and box.rect.x - CLEAR < x < box.rect.right + CLEAR
            for box in self.places.values()
            if box.segment == source.segment
        )

    def _straight(self, source: Place, target: Place) -> bool:
        """Whether the line that `direct` draws meets no box between."""
        low, high = sorted((source.row, target.row))
        between = [b.rect for b in self.places.values() if low < b.row < high and b.segment == source.segment]
        start, end = _facing(source.rect, target.rect)
        bend = (end.y - start.y) / 2
        for i in range(1, 40):
            t = i / 40
            x = start.x + (end.x - start.x) * t * t * (3 - 2 * t)
            y = start.y + bend * (3 * t * (1 - t)) + (end.y - start.y) * t**3
            if any(_near(rect, x, y) for rect in between):
                return False
        return True


def _near(rect: Rect, x: float, y: float) -> bool:
    return rect.x - CLEAR < x < rect.right + CLEAR and rect.y - CLEAR < y < rect.bottom + CLEAR


def _in_line(one: Rect, other: Rect) -> bool:
    """Whether an upright line can meet both."""
    return one.x < other.right + CLEAR and other.x < one.right + CLEAR


def _facing(source: Rect, target: Rect) -> tuple[Point, Point]:
    """The middles of the sides that two boxes of different rows turn to one another."""
    up = source.cy > target.cy
    return Point(source.cx, source.y if up else source.bottom), Point(target.cx, target.bottom if up else target.y)


def bundles(connections: Iterable[Connection], places: Mapping[str, Place]) -> dict[Connection, tuple[object, ...]]:
    """What is led together to targets that stand side by side: from one source to two or more boxes of another row."""
    found: dict[tuple[object, ...], list[Connection]] = {}
    for c in connections:
        source, target = places[c.source], places[c.target]
        if source.segment == target.segment and not c.shared and abs(c.lag) < 2 and source.row != target.row:
            found.setdefault((c.source, c.lag, target.row), []).append(c)
    return {c: key for key, together in found.items() if len({c.target for c in together}) > 1 for c in together}
