"""Measure a gradient, flat like θ, and clip it."""

from math import sqrt

import numpy as np

from explorer.graph.arrays import Array

_LEAST_SQUARE = {np.dtype(np.float64): 1e-290, np.dtype(np.float32): 1e-25}
"""Sums of squares that are smaller may have lost some of these on the way."""


def norm(gradient: Array) -> float:
    """Return ‖g‖ without overflow on the way: inf or NaN only if an entry or the norm itself is."""
    square = float(gradient.dot(gradient))
    if _LEAST_SQUARE[gradient.dtype] < square < float("inf"):
        return sqrt(square)
    largest = float(np.abs(gradient).max(initial=0.0))
    if largest == 0.0 or not np.isfinite(largest):
        return largest
    scaled = gradient / largest
    return largest * sqrt(float(scaled.dot(scaled)))


def clip(gradient: Array, gradient_norm: float, threshold: float) -> None:
    """Scale g in place to norm v if it is longer: g ← g v / ‖g‖ (section 10.11.1, eqs. 10.48 and 10.49)."""
    if gradient_norm > threshold:
        np.multiply(gradient, threshold / gradient_norm, gradient)
