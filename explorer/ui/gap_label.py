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
    if len(lower[0]) < 2 or len(upper[0]) < 2 or not all(pixel):
        return None
    x = lower[0]
    half, clearance = WIDTH / 2 * pixel[0], 3 * pixel[1]
    start, stop = max(x[0], view[0][0]) + half, min(x[-1], upper[0][-1], view[0][1]) - half
    best, found = HEIGHT * pixel[1], None
    for centre in np.linspace(start, stop, _TRIES) if stop > start else ():
        across = np.linspace(centre - half, centre + half, 9)
        one, other = np.interp(across, *lower), np.interp(across, *upper)
        bottom, top = float(np.minimum(one, other).max()), min(float(np.maximum(one, other).min()), view[1][1])
        taken = [extent for line in lines if (extent := _extent(across, *line))]
        for low, high in _free(bottom, top, taken):
            if high - low - 2 * clearance > best:
                best, found = high - low - 2 * clearance, (float(centre), (low + high) / 2)
    return found


def _extent(across: Array, x: Array, y: Array) -> tuple[float, float] | None:
    """The lowest and the highest point of a curve at these places."""
    near = np.interp(across, x, y, left=np.nan, right=np.nan)
    near = near[np.isfinite(near)]
    return (float(near.min()), float(near.max())) if len(near) else None


def _free(bottom: float, top: float, taken: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """What the taken stretches leave of bottom … top."""
    found, at = [], bottom
    for lower, upper in sorted(taken):
        if lower > at:
            found.append((at, min(lower, top)))
        at = max(at, upper)
    if at < top:
        found.append((at, top))
    return [(lower, upper) for lower, upper in found if upper > lower]
