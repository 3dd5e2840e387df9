"""Look at states of many units in a plane: that of their principal components, or of two units."""

import numpy as np
from msgspec import Struct

from explorer.graph.arrays import Array


class Plane(Struct, frozen=True, eq=False):
    """The plane through `origin` (n,) along two `axes` (2, n), unit vectors at a right angle.

    `shares` (2,): of principal components, how much of the variance is along each; None of two units. With a single
    unit the second axis is zero.
    """

    origin: Array
    axes: Array
    shares: Array | None = None

    def project(self, states: Array) -> Array:
        """The coordinates (…, 2) of states (…, n), which may be beyond all numbers."""
        with np.errstate(all="ignore"):
            placed: Array = (states - self.origin) @ self.axes.T
        return placed

    def lift(self, places: Array) -> Array:
        """The states (…, n) in the plane at these coordinates (…, 2)."""
        lifted: Array = self.origin + places @ self.axes
        return lifted


def principal(states: Array, before: Plane | None = None) -> Plane:
    """The plane of the first two principal components of states (N, n), through their mean.

    Which way a component points is arbitrary: as in the plane `before`, if there is one, so that a picture does not
    turn over while a network learns; else its largest entry is positive. States that are not finite are left out.
    """
    known = states[np.isfinite(states).all(1)]
    n = states.shape[1]
    if not len(known):
        return Plane(np.zeros(n), np.eye(2, n), np.zeros(2))
    origin = known.mean(0)
    # Of the covariance, as there are many states of few units; of what is symmetric these are the eigenvectors.
    _, variance, directions = np.linalg.svd((known - origin).T @ (known - origin) / len(known))
    axes, shares = np.zeros((2, n)), np.zeros(2)
    count = min(2, n)
    axes[:count] = directions[:count]
    if variance.sum() > 0:
        shares[:count] = variance[:count] / variance.sum()
    for axis in range(count):
        alike = axes[axis] @ before.axes[axis] if before is not None and before.axes.shape == axes.shape else 0.0
        if alike == 0.0:
            alike = axes[axis, np.abs(axes[axis]).argmax()]
        axes[axis] *= 1.0 if alike >= 0 else -1.0
    return Plane(origin, axes, shares)


def of_units(states: Array, units: tuple[int, int]) -> Plane:
    """The plane of two units, counted from 0; all others as they are in the mean of states (N, n)."""
    known = states[np.isfinite(states).all(1)]
    origin = known.mean(0) if len(known) else np.zeros(states.shape[1])
    origin[list(units)] = 0.0
    axes = np.zeros((2, states.shape[1]))
    axes[(0, 1), units] = 1.0
    return Plane(origin, axes)
