"""Points, rectangles and cubic paths in the abstract units of a drawing: measure, mix and sample them. No Qt."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from math import hypot
from typing import NamedTuple

from msgspec import Struct


class Point(NamedTuple):
    """A place: x to the right, y downward."""

    x: float
    y: float


class Rect(NamedTuple):
    """A rectangle by its left upper corner and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def cx(self) -> float:
        return self.x + self.width / 2

    @property
    def cy(self) -> float:
        return self.y + self.height / 2

    def moved(self, dx: float, dy: float = 0.0) -> "Rect":
        return Rect(self.x + dx, self.y + dy, self.width, self.height)

    def contains(self, x: float, y: float) -> bool:
        return self.x <= x <= self.right and self.y <= y <= self.bottom


def centred(cx: float, cy: float, width: float, height: float) -> Rect:
    """The rectangle of this size around a point."""
    return Rect(cx - width / 2, cy - height / 2, width, height)


BESIDE = 6.0
"""Distance of the gradient's arrow from the forward arrow."""

Cubic = tuple[Point, Point, Point]
"""Two control points and the end of a Bézier curve; it starts where the one before ends."""


class Path(Struct, frozen=True, dict=True):
    """Cubic curves one after another."""

    start: Point
    curves: tuple[Cubic, ...]

    @property
    def end(self) -> Point:
        return self.curves[-1][2]

    @property
    def points(self) -> Iterator[Point]:
        """All points that define the path, control points included."""
        yield self.start
        for curve in self.curves:
            yield from curve

    def sampled(self, steps: int = 12) -> list[Point]:
        """Points along the path, `steps` to a curve, both ends included."""
        found, here = [self.start], self.start
        for a, b, c in self.curves:
            found += [_at(here, a, b, c, i / steps) for i in range(1, steps + 1)]
            here = c
        return found

    @cached_property
    def lengths(self) -> Sequence[float]:
        """About how long each curve is: between its chord and the way by its control points."""
        found, here = [], self.start
        for a, b, c in self.curves:
            chord = hypot(c.x - here.x, c.y - here.y)
            around = hypot(a.x - here.x, a.y - here.y) + hypot(b.x - a.x, b.y - a.y) + hypot(c.x - b.x, c.y - b.y)
            found.append((2 * chord + around) / 3)
            here = c
        return found

    def along(self, share: float) -> Point:
        """The point at this share of the way, 0 … 1."""
        share = min(max(share, 0.0), 1.0)
        if len(self.curves) == 1:
            return _at(self.start, *self.curves[0], share)
        lengths = self.lengths
        rest, here = share * sum(lengths), self.start
        for curve, length in zip(self.curves, lengths, strict=True):
            if rest <= length:
                return _at(here, *curve, rest / length if length else 0.0)
            rest -= length
            here = curve[2]
        return self.end

    def before_end(self, distance: float) -> Point:
        """The point so many units before the end."""
        return self.along(1.0 - distance / (sum(self.lengths) or 1.0))

    def distance(self, x: float, y: float) -> float:
        """How far a point is from the path."""
        return min(_segment_distance(a, b, x, y) for a, b in pairwise(self.sampled()))


def straight(a: Point, b: Point) -> Path:
    """A straight line, as one cubic."""
    return Path(a, ((mixed(a, b, 1 / 3), mixed(a, b, 2 / 3), b),))


def rounded(points: Sequence[Point], radius: float) -> Path:
    """A line from point to point whose corners are as round as there is room for."""
    corners = [points[0]]
    for point in points[1:]:
        if hypot(point.x - corners[-1].x, point.y - corners[-1].y) > 0.5:
            corners.append(point)
    if len(corners) < 3:
        return straight(corners[0], points[-1])
    curves: list[Cubic] = []
    here = corners[0]
    for i in range(1, len(corners) - 1):
        before, corner, after = corners[i - 1 : i + 2]
        back, ahead = (hypot(corner.x - p.x, corner.y - p.y) for p in (before, after))
        # The legs between two corners are shared; the first and the last have an arrow to show.
        cut = min(radius, back * (0.5 if i > 1 else 0.8), ahead * (0.5 if i < len(corners) - 2 else 0.6))
        enter, leave = mixed(corner, before, cut / back), mixed(corner, after, cut / ahead)
        if hypot(enter.x - here.x, enter.y - here.y) > 0.01:
            curves += straight(here, enter).curves
        curves.append((mixed(enter, corner, 0.56), mixed(leave, corner, 0.56), leave))
        here = leave
    curves += straight(here, corners[-1]).curves
    return Path(corners[0], tuple(curves))


def beside_back(path: Path, side: float, distance: float) -> Path:
    """The way back, moved sideways; seen along the forward path, side −1 is its left."""

    def off(p: Point, a: Point, b: Point) -> Point:
        length = hypot(b.x - a.x, b.y - a.y) or 1.0
        return Point(p.x - (b.y - a.y) / length * distance * side, p.y + (b.x - a.x) / length * distance * side)

    points = list(path.points)
    last = len(points) - 1
    moved = [off(p, points[max(0, i - 1)], points[min(last, i + 1)]) for i, p in enumerate(points)]
    start, end = path.start, points[-1]
    dx, dy = end.x - start.x, end.y - start.y
    bent = any(abs((p.x - start.x) * dy - (p.y - start.y) * dx) > 0.01 * hypot(dx, dy) for p in points)
    if not bent and min(abs(dx), abs(dy)) > 0.01:
        # A slanting line leads from one level side to another; beside it, both are reached as well.
        moved = [Point(p.x - distance * side * hypot(dx, dy) / dy, p.y) for p in points]
    back = moved[::-1]
    curves = tuple((back[i], back[i + 1], back[i + 2]) for i in range(1, len(back) - 1, 3))
    return Path(back[0], curves)


def mixed(a: Point, b: Point, share: float) -> Point:
    """The point at this share of the way from a to b."""
    return Point(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share)


def mixed_rects(a: Rect, b: Rect, share: float) -> Rect:
    """A rectangle on its way from a to b."""
    return Rect(*(p + (q - p) * share for p, q in zip(a, b, strict=True)))


def mixed_paths(a: Path, b: Path, share: float) -> Path:
    """A path on its way from a to b."""
    count = max(len(a.curves), len(b.curves))
    a, b = _cut(a, count), _cut(b, count)
    curves = tuple(
        (mixed(p[0], q[0], share), mixed(p[1], q[1], share), mixed(p[2], q[2], share))
        for p, q in zip(a.curves, b.curves, strict=True)
    )
    return Path(mixed(a.start, b.start, share), curves)


def _cut(path: Path, count: int) -> Path:
    """The same line in `count` curves: the longest is halved until there are as many."""
    curves = list(path.curves)
    while len(curves) < count:
        lengths = Path(path.start, tuple(curves)).lengths
        i = lengths.index(max(lengths))
        (a, b, c), start = curves[i], path.start if i == 0 else curves[i - 1][2]
        ab, bc, cd = mixed(start, a, 0.5), mixed(a, b, 0.5), mixed(b, c, 0.5)
        left, right = mixed(ab, bc, 0.5), mixed(bc, cd, 0.5)
        middle = mixed(left, right, 0.5)
        curves[i : i + 1] = [(ab, left, middle), (right, cd, c)]
    return Path(path.start, tuple(curves))


def _at(p: Point, a: Point, b: Point, q: Point, t: float) -> Point:
    u = 1.0 - t
    w0, w1, w2, w3 = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
    return Point(w0 * p.x + w1 * a.x + w2 * b.x + w3 * q.x, w0 * p.y + w1 * a.y + w2 * b.y + w3 * q.y)


def _segment_distance(a: Point, b: Point, x: float, y: float) -> float:
    dx, dy = b.x - a.x, b.y - a.y
    square = dx * dx + dy * dy
    share = 0.0 if square == 0 else min(1.0, max(0.0, ((x - a.x) * dx + (y - a.y) * dy) / square))
    return hypot(a.x + share * dx - x, a.y + share * dy - y)
