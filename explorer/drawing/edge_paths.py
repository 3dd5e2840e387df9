"""Lead an edge by its route from the rim of one box to the rim of another: straight, as a loop, or by its lanes."""

from math import copysign

from msgspec import Struct

from explorer.drawing.geometry import Path, Point, Rect, rounded, straight
from explorer.drawing.routes import Route, Side

CORNER, LOOP_CORNER = 16.0, 30.0
"""How round corners are, unfolded and folded."""
ON_CIRCLE = 0.35
"""Where a line leaves a circle sideways, as a share of its width and of its height from the middle."""


class End(Struct, frozen=True):
    """Where a line meets a box: the offset is along the side, from its middle."""

    rect: Rect
    side: Side
    offset: float
    round: bool = False

    @property
    def point(self) -> Point:
        rect, off = self.rect, self.offset
        match self.side:
            case Side.LEFT:
                return Point(rect.x, rect.cy + off)
            case Side.RIGHT:
                return Point(rect.right, rect.cy + off)
            case Side.TOP:
                return Point(rect.cx + off, rect.y)
        return Point(rect.cx + off, rect.bottom)


def led(route: Route, start: End, end: End, beside: float, over: float, into: float, corner: float) -> Path:
    """The way by lanes at these places; those that the route does not have are not looked at."""
    if not route.lanes:
        return direct(start.point, end.point, route)
    points, last = [start.point], end.point
    if start.round and start.side.upright and route.over is None:
        points = _off_circle(start, beside, down=last.y > start.rect.cy)
    if route.over is not None:
        points.append(Point(points[-1].x, over))
    if route.beside is not None:
        points.append(Point(beside, points[-1].y))
        points.append(Point(beside, last.y if route.into is None else into))
    if not end.side.upright:
        points.append(Point(last.x, points[-1].y))
    return rounded([*points, last], corner)


def direct(start: Point, end: Point, route: Route) -> Path:
    """A straight line if the ends face one another; from the upper to the lower side in a bend; else round a corner."""
    if start.x == end.x or start.y == end.y:
        return straight(start, end)
    if route.leaves.upright and route.arrives.upright:
        reach = (end.x - start.x) * 0.6
        return Path(start, ((Point(start.x + reach, start.y), Point(end.x - reach, end.y), end),))
    if route.arrives.upright:
        return rounded([start, Point(start.x, end.y), end], CORNER)
    bend = (end.y - start.y) * 0.5
    return Path(start, ((Point(start.x, start.y + bend), Point(end.x, end.y - bend), end),))


def _off_circle(start: End, beside: float, down: bool) -> list[Point]:
    """Slantwise off the rim of a circle, to the lane."""
    rect = start.rect
    x = rect.cx + copysign(rect.width * ON_CIRCLE, beside - rect.cx)
    y = rect.cy + (1 if down else -1) * rect.height * ON_CIRCLE
    return [Point(x, y), Point(beside, y + (1 if down else -1) * max(12.0, abs(beside - x)))]


def loop(rect: Rect, reach: float, room: tuple[bool, bool], order: tuple[int, int]) -> Path:
    """Out of a box and back into it, x = `reach` at its outermost, in two curves.

    `room` says whether lines land on that side above and below, to which it gives way; `order` which one of how many
    loops it is, from within.
    """
    ahead = 1 if reach > rect.cx else -1
    near = rect.right if ahead > 0 else rect.x
    inner, count = order
    lift, low = (0.12 + 0.1 * inner if count > 1 or room[1] else 0.2), 0.0 if room[1] or count > 1 else 0.1
    lift, y = lift * rect.height, rect.cy + low * rect.height
    return Path(
        Point(near, y - lift),
        (
            (Point(near + ahead * 20, y - 2.1 * lift), Point(reach, y - 1.9 * lift), Point(reach, y)),
            (Point(reach, y + 1.9 * lift), Point(near + ahead * 20, y + 2.1 * lift), Point(near, y + lift)),
        ),
    )
