"""Find a place for a name between two curves where it covers no curve. No Qt."""

from collections.abc import Sequence

import numpy as np

from explorer.graph.operations import Array

WIDTH, HEIGHT = 88.0, 17.0
"""Room that the name needs, px."""
_TRIES = 24


def place_for_label(
    x: Array,
    low: Array,
    high: Array,
    lines: Sequence[tuple[Array, Array]],
    view: Sequence[Sequence[float]],
    pixel: tuple[float, float],
) -> tuple[float, float] | None:
    """The centre of the roomiest place between (x, low) and (x, high), in view coordinates, or None.

    `lines` are all curves of the plot as (x, y), `view` the visible range of both axes, `pixel` the size of one.
    """
    known = np.isfinite(x) & np.isfinite(low) & np.isfinite(high)
    if known.sum() < 2 or not all(pixel):
        return None
    x, low, high = x[known], low[known], high[known]
    half, clearance = WIDTH / 2 * pixel[0], 3 * pixel[1]
    start, stop = max(x[0], view[0][0]) + half, min(x[-1], view[0][1]) - half
    best, found = HEIGHT * pixel[1], None
    for centre in np.linspace(start, stop, _TRIES) if stop > start else ():
        across = np.linspace(centre - half, centre + half, 9)
        one, other = np.interp(across, x, low), np.interp(across, x, high)
        bottom, top = float(np.minimum(one, other).max()), min(float(np.maximum(one, other).min()), view[1][1])
        taken = [extent for extent in (_extent(across, *line) for line in lines) if extent]
        for lower, upper in _free(bottom, top, taken):
            if upper - lower - 2 * clearance > best:
                best, found = upper - lower - 2 * clearance, (float(centre), (lower + upper) / 2)
    return found


def _extent(across: Array, x: Array, y: Array) -> tuple[float, float] | None:
    """The lowest and the highest point of a curve at these places."""
    real = np.isfinite(x) & np.isfinite(y)
    if not real.any():
        return None
    near = np.interp(across, x[real], y[real], left=np.nan, right=np.nan)
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
