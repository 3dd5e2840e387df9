"""Choose where the name of each connection's parameter stands: at the first place clear of boxes, lines and names."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import hypot, inf

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.drawing.geometry import BESIDE, Path, Point, Rect, centred
from explorer.drawing.names import HEIGHT, OFF, name_width

UP, DOWN, LEFT, RIGHT = Point(0, -1), Point(0, 1), Point(-1, 0), Point(1, 0)
BESIDE_DELAY = 0.5 * HEIGHT
"""So much further from a line stands what is beside a delay's square."""
MARGIN = 1.5
SHARED = MARGIN + 1.5
"""So much of its room may a name that is squeezed share with a box."""
APART = 0.35 * HEIGHT
"""So far from one another are names that are squeezed, for two side by side read like a product."""
NEAR = 10.0
"""So far to both sides of a spot counts for where its path leads: over many columns, less than any share of it."""
SQUEEZED = (2.5, 2.0, 1.5)
"""The better side of a line is where the name meets nothing even if it is so many times as wide."""
WIDER = (1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)


class Spot(Struct, frozen=True):
    """A place on any path of a connection and the direction in which the name stands off.

    `place` is a share of the way; or, `from_end`, a distance from its end, where paths are of different length.
    """

    place: float
    side: Point
    from_end: bool = False

    def on(self, path: Path) -> Point:
        return path.before_end(self.place) if self.from_end else path.along(self.place)

    def heading(self, path: Path) -> tuple[float, float]:
        """In which direction the path leads there."""
        step = 2.0 / (sum(path.lengths) or 1.0)
        share = 1.0 - self.place * step / 2.0 if self.from_end else self.place
        a, b = path.along(share - step), path.along(share + step)
        return b.x - a.x, b.y - a.y


def above(dx: float, dy: float, right: bool) -> Point:
    """The direction in which a name stands off the upper side of a line that climbs this way, to the right or left."""
    length = hypot(dx, dy) or 1.0
    way = 1.15 if right else -1.15  # a little further than beside an upright line, for the corner of a name is nearer
    return Point(way * dy / length, -way * dx / length)


class Name(Struct, frozen=True):
    """A name that wants a place: the path that it names, the spots to try in order, and how far aside it must be."""

    tex: str
    path: Path
    spots: Sequence[Spot]
    aside: float = 0.0
    first: bool | None = None
    """Whether it stands at the first step only, or at all but that; None: at every step."""

    def rect(self, spot: Spot, wider: float = 1.0) -> Rect:
        """The room that the name takes there, where columns are so much narrower that it is `wider` beside them."""
        at, width = spot.on(self.path), name_width(self.tex) * wider
        x = at.x + spot.side.x * (OFF * wider + self.aside + width / 2)
        return centred(x, at.y + spot.side.y * 0.75 * HEIGHT, width, HEIGHT)


def spots(path: Path, first: Iterable[Spot] = (), from_end: bool = False) -> Iterator[Spot]:
    """What to try: what is wished, and then the whole path from its middle, on both sides."""
    yield from first
    if from_end:
        whole = sum(path.lengths)
        for distance in (20.0, 18.0, 22.0, 24.0, 26.0, 30.0, 34.0, 38.0, 42.0, 46.0, 50.0, 56.0, 62.0):
            yield from (Spot(distance, side, True) for side in _sides(path, 1.0 - distance / whole))
        return
    for share in (0.5, 0.55, 0.45, 0.6, 0.4, 0.66, 0.34, 0.72, 0.28, 0.78, 0.22, 0.84, 0.16, 0.9):
        yield from (Spot(share, side) for side in _sides(path, share))


def _sides(path: Path, share: float) -> tuple[Point, Point]:
    near = min(0.04, NEAR / (sum(path.lengths) or 1.0))
    a, b = path.along(share - near), path.along(share + near)
    return (RIGHT, LEFT) if abs(b.y - a.y) > abs(b.x - a.x) else (UP, DOWN)


def chosen(
    names: Mapping[object, Name], boxes: Sequence[Rect], lines: Mapping[object, Sequence[Path]], shift: float
) -> dict[object, Spot]:
    """A spot for each name; `lines` holds all paths by what they belong to, and `shift` is one column's width.

    Names stand in the neighbouring columns as well. Where no spot is clear, the one with the least in its way. What
    would meet another name once time is squeezed stands on the other side of its line, if it meets none there.
    """
    points = {key: np.concatenate([np.empty((0, 2)), *map(_dense, paths)]) for key, paths in lines.items()}
    every = np.concatenate([np.empty((0, 2)), *points.values()])
    solid = np.array([*boxes], dtype=float).reshape(-1, 4)
    found: dict[object, Spot] = {}

    def beside(key: object, wider: float = 1.0) -> list[Rect]:
        """The other names that have a place."""
        first = names[key].first
        near = {
            k: names[k].rect(s, wider) for k, s in found.items() if None in (first, f := names[k].first) or f is first
        }
        return [rect.moved(step * shift) for k, rect in near.items() if k != key for step in (-1, 0, 1)]

    def against(key: object, rect: Rect, others: list[Rect]) -> float:
        """How much is in the way of a name."""
        hits = _hits(every, rect) + 6.0 * _overlaps(solid, rect) + 8.0 * _on(others, rect)
        # Beside other lines there may be their gradients'.
        return hits + 0.3 * (_hits(every, rect, BESIDE) - _hits(points[key], rect, BESIDE))

    for key, name in sorted(names.items(), key=lambda item: len(item[1].path.curves)):
        others, least = beside(key), inf
        for spot in name.spots:
            hits = against(key, name.rect(spot), others)
            if hits < least:
                least, found[key] = hits, spot
            if hits == 0.0:
                break
    for key, name in names.items() if shift else ():
        spot = found[key]
        across = Spot(spot.place, Point(-spot.side.x, spot.side.y))
        if spot.from_end or not spot.side.x or against(key, name.rect(across), beside(key)):
            continue
        for wider in SQUEEZED:
            others = beside(key, wider)
            here, there = (_meets(name.rect(side, wider), wider, others, solid) for side in (spot, across))
            if here != there:
                found[key] = across if here else spot
            if not (here and there):
                break
    return found


def room(
    names: Mapping[object, Name], spots: Mapping[object, Spot], boxes: Sequence[Rect], shift: float
) -> dict[object, float]:
    """How many times as wide each name may be before it meets another or a box; `shift` as in `chosen`.

    Of two that meet, the one whose place was found last gives way, and leaves its room to the other.
    """
    columns = (-1, 0, 1) if shift else (0,)
    solid = np.array([*boxes], dtype=float).reshape(-1, 4)
    found: dict[object, float] = dict.fromkeys(spots, 1.0)
    left = list(spots)
    for wider in WIDER:
        taken: list[tuple[Rect, bool | None]] = []
        for key in list(left):
            name, rect = names[key], names[key].rect(spots[key], wider)
            others = [other for other, first in taken if first is name.first or None in (first, name.first)]
            itself = [rect.moved(step * shift, 0.0) for step in columns if step]
            if _meets(rect, wider, [*others, *itself], solid):
                left.remove(key)
                continue
            found[key] = wider
            taken += [(rect.moved(step * shift, 0.0), name.first) for step in columns]
    return found


def _meets(rect: Rect, wider: float, others: Sequence[Rect], solid: NDArray[np.float64]) -> bool:
    """Whether a name that is so many times as wide lies on a box, or is too near to another on its level."""
    within = Rect(rect.x + SHARED, rect.y + SHARED, rect.width - 2 * SHARED, rect.height - 2 * SHARED)
    around = Rect(rect.x - APART * wider, rect.y - SHARED, rect.width + 2 * APART * wider, rect.height + 2 * SHARED)
    return bool(_overlaps(solid, within) or _on(others, around))


def _dense(path: Path) -> NDArray[np.float64]:
    """Points along a path, nowhere further apart than a letter is wide."""
    found, here = [], path.start
    for (a, b, c), length in zip(path.curves, path.lengths, strict=True):
        found.append(_bernstein(max(6, int(length / 5))) @ np.array((here, a, b, c)))
        here = c
    return np.concatenate(found)


@lru_cache(maxsize=256)
def _bernstein(count: int) -> NDArray[np.float64]:
    """What the four points of a cubic are multiplied by to give so many points along it."""
    t = np.linspace(0.0, 1.0, count)
    u = 1 - t
    return np.stack([u**3, 3 * u * u * t, 3 * u * t * t, t**3], 1)


def _hits(points: NDArray[np.float64], rect: Rect, beside: float = 0.0) -> float:
    x, y, off = points[:, 0], points[:, 1], MARGIN + beside
    inside = (x > rect.x - off) & (x < rect.right + off) & (y > rect.y - off) & (y < rect.bottom + off)
    return float(np.count_nonzero(inside))


def _overlaps(solid: NDArray[np.float64], rect: Rect) -> float:
    x, y, width, height = solid.T
    apart = (
        (rect.right + MARGIN < x)
        | (x + width + MARGIN < rect.x)
        | (rect.bottom + MARGIN < y)
        | (y + height + MARGIN < rect.y)
    )
    return float(np.count_nonzero(~apart))


def _on(taken: Iterable[Rect], rect: Rect) -> float:
    return _overlaps(np.array([*taken], dtype=float).reshape(-1, 4), rect)
