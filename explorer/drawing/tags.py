"""Choose where on an edge the small boxes of undrawn nodes stand: clear of all other lines and of their gradients."""

from collections.abc import Iterable

from explorer.drawing.geometry import BESIDE, Path, Rect, centred

WIDTH, HEIGHT = 28.0, 15.0
APART = 0.2
"""Share of the way between two of them."""
TRIED = (0.3, 0.27, 0.33, 0.24, 0.36, 0.21, 0.39, 0.18, 0.42, 0.45, 0.48, 0.51)
CLEAR = BESIDE + 2.0


def tag(path: Path, share: float, i: int, count: int) -> Rect:
    """The box number `i` of so many, whose middle is at this share of the way."""
    return centred(*path.along(share + APART * (i - (count - 1) / 2)), WIDTH, HEIGHT)


def share_clear(path: Path, count: int, others: Iterable[Path]) -> float:
    """The share of the way at which so many boxes are clear of other lines; where none is, the first that is tried."""
    points = [point for other in others for point in other.sampled(48)]

    def clear(share: float) -> bool:
        rects = [tag(path, share, i, count) for i in range(count)]
        rooms = [centred(r.cx, r.cy, r.width + 2 * CLEAR, r.height + 2 * CLEAR) for r in rects]
        return not any(room.contains(*point) for room in rooms for point in points)

    return next(filter(clear, TRIED), TRIED[0])
