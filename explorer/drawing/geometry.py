"""Points, rectangles and cubic paths in the abstract units of a drawing: measure, mix and sample them. No Qt."""

from collections.abc import Iterator
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


Cubic = tuple[Point, Point, Point]
"""Two control points and the end of a Bézier curve; it starts where the one before ends."""


class Path(Struct, frozen=True):
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

    def along(self, share: float) -> Point:
        """The point at this share of the way, 0 … 1; each curve counts the same."""
        place = min(max(share, 0.0), 1.0) * len(self.curves)
        index = min(int(place), len(self.curves) - 1)
        here = self.start if index == 0 else self.curves[index - 1][2]
        return _at(here, *self.curves[index], place - index)

    def distance(self, x: float, y: float) -> float:
        """How far a point is from the path."""
        return min(_segment_distance(a, b, x, y) for a, b in pairwise(self.sampled()))


def straight(a: Point, b: Point) -> Path:
    """A straight line, as one cubic."""
    return Path(a, ((mixed(a, b, 1 / 3), mixed(a, b, 2 / 3), b),))


def halved(path: Path) -> Path:
    """The same line with its one curve cut into two, so that it can be mixed with paths of two."""
    (a, b, c), start = path.curves[0], path.start
    ab, bc, cd = mixed(start, a, 0.5), mixed(a, b, 0.5), mixed(b, c, 0.5)
    left, right = mixed(ab, bc, 0.5), mixed(bc, cd, 0.5)
    middle = mixed(left, right, 0.5)
    return Path(start, ((ab, left, middle), (right, cd, c)))


def mixed(a: Point, b: Point, share: float) -> Point:
    """The point at this share of the way from a to b."""
    return Point(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share)


def mixed_rects(a: Rect, b: Rect, share: float) -> Rect:
    """A rectangle on its way from a to b."""
    return Rect(*(p + (q - p) * share for p, q in zip(a, b, strict=True)))


def mixed_paths(a: Path, b: Path, share: float) -> Path:
    """A path on its way from a to b, which have equally many curves."""
    curves = tuple(
        (mixed(p[0], q[0], share), mixed(p[1], q[1], share), mixed(p[2], q[2], share))
        for p, q in zip(a.curves, b.curves, strict=True)
    )
    return Path(mixed(a.start, b.start, share), curves)


def _at(p: Point, a: Point, b: Point, q: Point, t: float) -> Point:
    u = 1.0 - t
    w0, w1, w2, w3 = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
    return Point(w0 * p.x + w1 * a.x + w2 * b.x + w3 * q.x, w0 * p.y + w1 * a.y + w2 * b.y + w3 * q.y)


def _segment_distance(a: Point, b: Point, x: float, y: float) -> float:
    dx, dy = b.x - a.x, b.y - a.y
    square = dx * dx + dy * dy
    share = 0.0 if square == 0 else min(1.0, max(0.0, ((x - a.x) * dx + (y - a.y) * dy) / square))
    return hypot(a.x + share * dx - x, a.y + share * dy - y)
