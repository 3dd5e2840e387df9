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
    half = WIDTH / 2 * pixel[0]
    start, stop = max(x[0], view[0][0]) + half, min(x[-1], view[0][1]) - half
    best, found = HEIGHT / 2, None
    for centre in np.linspace(start, stop, _TRIES) if stop > start else ():
        across = np.linspace(centre - half, centre + half, 9)
        one, other = np.interp(across, x, low), np.interp(across, x, high)
        bottom, top = np.minimum(one, other).max(), min(np.maximum(one, other).min(), view[1][1])
        # Other curves may cross the gap: take the widest part that they leave free.
        bounds = [bottom, top]
        for own, heights in lines:
            real = np.isfinite(own) & np.isfinite(heights)
            if real.any():
                near = np.interp(across, own[real], heights[real], left=np.nan, right=np.nan)
                bounds += [value for value in (np.nanmin(near), np.nanmax(near)) if bottom < value < top] if (
                    np.isfinite(near).any()
                ) else []
        edges = np.sort(bounds)
        widest = int(np.argmax(np.diff(edges)))
        room = (edges[widest + 1] - edges[widest]) / 2 / pixel[1]
        if top > bottom and room > best:
            best, found = room, (float(centre), float((edges[widest] + edges[widest + 1]) / 2))
    return found
