"""Find a place for a name between two curves where it covers no curve. No Qt."""

from collections.abc import Sequence

import numpy as np

from explorer.graph.operations import Array

Curve = tuple[Array, Array]
WIDTH, HEIGHT = 88.0, 17.0
"""Room that the name needs, px."""
_TRIES = 24


def place_for_label(
    lower: Curve, upper: Curve, lines: Sequence[Curve], view: Sequence[Sequence[float]], pixel: tuple[float, float]
) -> tuple[float, float] | None:
    """The centre of the roomiest place between two curves, in view coordinates, or None.

    `lines` are all curves of the plot, `view` the visible range of both axes, `pixel` the size of one. No curve
    has a NaN.
    """
    if not lines or len(lower[0]) < 2 or len(upper[0]) < 2 or not all(pixel):
        return None
    x = lower[0]
    half, clearance = WIDTH / 2 * pixel[0], 3 * pixel[1]
    start, stop = max(x[0], view[0][0]) + half, min(x[-1], upper[0][-1], view[0][1]) - half
    best, found = HEIGHT * pixel[1], None
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
