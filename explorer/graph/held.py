"""Hold nodes at given numbers whatever they would be computed to: do(h = v), an intervention on a running network."""

from collections.abc import Mapping

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.graph.arrays import Array

Mask = NDArray[np.bool_]


class Held(Struct, frozen=True, eq=False):
    """What is held of one node, in every sequence: where `mask` (steps, 1, n) says so, `values` (steps, 1, n) stand.

    What follows is computed from them. No gradient goes back through what is held, for it depends on nothing.
    """

    mask: Mask
    values: Array

    def units(self, row: int) -> tuple[int, ...]:
        """The units held at one of the steps, counted from 0 as their rows are."""
        return tuple(np.flatnonzero(self.mask[row, 0]).tolist())

    def whole(self, row: int) -> bool:
        """Whether all units are held at this step, so that nothing of the node is computed there."""
        return bool(self.mask[row].all())

    def passed(self, gradients: Array) -> Array:
        """Of the gradients at the node, (steps, B, n), what goes back to its sources: nothing where it is held."""
        return np.where(self.mask, 0.0, gradients)

    def written(self, row: int, unit: int, value: float) -> "Held":
        """The same with one unit more held, or at another number."""
        mask, values = self.mask.copy(), self.values.copy()
        mask[row, 0, unit], values[row, 0, unit] = True, value
        return Held(mask, values)


def nothing_held(steps: int, n: int) -> Held:
    """Nothing of a node of n units."""
    return Held(np.zeros((steps, 1, n), bool), np.zeros((steps, 1, n)))


Holds = Mapping[str, Held]
"""What is held, by node."""
