"""Choose round numbers for axes, and take logarithms of what has one. No Qt."""

from math import floor, log10

import numpy as np

from explorer.graph.operations import Array


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
