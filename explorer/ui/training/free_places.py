"""Find a place in a plot where words cover no curve: between two of them, or beside a point."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QFontMetricsF

from explorer.graph.arrays import Array
from explorer.ui.training.run_curves import Curve

_MARGIN = 8.0
"""Px that words take beside their letters; half as many above and below."""
_ACROSS, _DOWN = 24, 16
_APART = 8.0
"""Px between the bar and the words, at least."""
_TRIES = 24


def room_of(item: pg.TextItem, words: str) -> tuple[float, float]:
    """What words take that an item says, px."""
    metrics = QFontMetricsF(item.textItem.font())
    return metrics.horizontalAdvance(words) + _MARGIN, metrics.height() + _MARGIN / 2


def free_between(
    lower: Curve,
    upper: Curve,
    lines: Sequence[Curve],
    view: Sequence[Sequence[float]],
    pixel: tuple[float, float],
    room: tuple[float, float],
) -> tuple[float, float] | None:
    """The centre of the roomiest place between two curves, in view coordinates, or None.

    `lines` are all curves of the plot, `view` the visible range of both axes, `pixel` the size of one, `room` how many
    are needed. No curve has a NaN.
    """
    if not lines or len(lower[0]) < 2 or len(upper[0]) < 2 or not all(pixel):
        return None
    x = lower[0]
    half, clearance = room[0] / 2 * pixel[0], 3 * pixel[1]
    start, stop = max(x[0], view[0][0]) + half, min(x[-1], upper[0][-1], view[0][1]) - half
    best, found = room[1] * pixel[1], None
    centres = np.linspace(start, stop, _TRIES) if stop > start else np.empty(0)
    across = centres[:, None] + np.linspace(-half, half, 9)
    one, other = np.interp(across, *lower), np.interp(across, *upper)
    bottoms, tops = np.minimum(one, other).max(1), np.minimum(np.maximum(one, other).min(1), view[1][1])
    extents = np.stack([_extents(across, *line) for line in lines], 1)
    for centre, bottom, top, taken in zip(centres, bottoms, tops, extents, strict=True):
        for low, high in _free(bottom, top, taken[np.isfinite(taken[:, 0])]):
            if high - low - 2 * clearance > best:
                best, found = high - low - 2 * clearance, (float(centre), float(low + high) / 2)
    return found


def _extents(across: Array, x: Array, y: Array) -> Array:
    """The lowest and the highest point of a curve in each row of places (rows, n): (rows, 2), NaN where it has none."""
    near = np.interp(across, x, y, left=np.nan, right=np.nan)
    return np.stack([np.fmin.reduce(near, 1), np.fmax.reduce(near, 1)], 1)


def _free(bottom: float, top: float, taken: Array) -> list[tuple[float, float]]:
    """What the taken stretches (n, 2) leave of bottom … top."""
    found, at = [], bottom
    for lower, upper in sorted(map(tuple, taken)):
        if lower > at:
            found.append((at, min(lower, top)))
        at = max(at, upper)
    if at < top:
        found.append((at, top))
    return [(lower, upper) for lower, upper in found if upper > lower]


def free_beside(
    start: tuple[float, float],
    lines: Sequence[Curve],
    view: Sequence[Sequence[float]],
    pixel: tuple[float, float],
    room: tuple[float, float],
    upright: float | None,
) -> tuple[float, float] | None:
    """The nearest place to the right, (left end, middle), where words of this room cover no curve; None if nowhere.

    All in view coordinates but the room, which is in px; `pixel` is the size of one. Nor do they cover what is
    `upright` over all of the height.
    """
    width, half = room[0] * pixel[0], room[1] / 2 * pixel[1]
    first, last = start[0] + _APART * pixel[0], view[0][1] - width - _APART * pixel[0]
    if last < first or not all(pixel):
        return None
    lefts, middles = np.linspace(first, last, _ACROSS), np.linspace(view[1][0] + half, view[1][1] - half, _DOWN)
    middles = middles[np.abs(middles - start[1]).argsort()]
    across = lefts[:, np.newaxis] + np.linspace(0.0, width, 17)
    heights = np.stack([np.interp(across, x, y, left=np.nan, right=np.nan) for x, y in lines])
    low, high = np.nanmin(heights, 2, initial=np.inf), np.nanmax(heights, 2, initial=-np.inf)
    for place, left in enumerate(lefts):
        if upright is not None and left < upright < left + width:
            continue
        for middle in middles:
            if not ((low[:, place] < middle + half) & (high[:, place] > middle - half)).any():
                return float(left), float(middle)
    return None
