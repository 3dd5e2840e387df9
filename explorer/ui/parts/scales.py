"""Choose round numbers for axes, and take logarithms of what has one. No Qt."""

from math import floor, log10

import numpy as np

from explorer.graph.arrays import Array


def logarithm(values: Array) -> Array:
    """log10, NaN where there is none."""
    with np.errstate(all="ignore"):
        result = np.log10(np.where(values > 0, values, np.nan))
    return np.where(np.isfinite(result), result, np.nan)


def nice_spacing(span: float, ticks: float) -> float:
    """A spacing of 1, 2 or 5 times a power of ten that cuts a span into about so many pieces at most."""
    rough = max(span, 1e-12) / max(1.0, ticks)
    power = 10.0 ** floor(log10(rough))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= rough * 0.999)


def nice_ceiling(value: float) -> float:
    """The least of 1, 2, 5, 10, 20, 50, … that is not below a value."""
    if value <= 1:
        return 1.0
    power = 10.0 ** floor(log10(value))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= value * 0.999999)


def finite(x: Array, y: Array) -> tuple[Array, Array]:
    """The points of a curve that have a place; where all have one they are not copied."""
    known = np.isfinite(x) & np.isfinite(y)
    return (x, y) if known.all() else (x[known], y[known])


def bucketed(x: Array, y: Array, buckets: int) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
    """Cut a curve (x ascending) into equal stretches of x; return means and peaks of each, as two curves.

    The means have at most one point a stretch, the peaks two: what is drawn of them looks like the curve. NaN in
    y is passed over.
    """
    x, y = finite(x, y)
    if len(x) == 0:
        return (x, y), (x, y)
    # Looked for in x, which is sorted: a place worked out for each point would take as long as all that follows.
    bounds = np.searchsorted(x, np.linspace(x[0], x[-1], buckets + 1)[:-1])
    first = bounds[np.flatnonzero(np.diff(np.append(bounds, len(x))))]
    counts = np.diff(np.append(first, len(x)))
    centre, mean = np.add.reduceat(x, first) / counts, np.add.reduceat(y, first) / counts
    # The ends stay where they are: the newest value is the one that is looked at.
    centre[0], mean[0], centre[-1], mean[-1] = x[0], y[0], x[-1], y[-1]
    peaks = np.stack([np.minimum.reduceat(y, first), np.maximum.reduceat(y, first)], axis=1)
    return (centre, mean), (np.repeat(centre, 2), peaks.reshape(-1))
