"""Collect prepared calls, with what is worked out of θ once in each run."""

from functools import partial

import numpy as np

from explorer.graph.arrays import Array, Call
from explorer.graph.compute.memory import Memory
from explorer.graph.declaration import Ref, Source


class Prepared:
    """The calls of one pass, in their order."""

    def __init__(self, memory: Memory):
        self.memory = memory
        self.calls: list[Call] = []
        self._transposed: dict[str, Array] = {}
        self._complements: dict[str, Array] = {}

    def transposed(self, weight: str) -> Array:
        """A copy of Wᵀ, made before its first use: products run up to half as fast again if it is in this order."""
        if weight not in self._transposed:
            original = self.memory.parameters[weight].T
            self._transposed[weight] = np.empty_like(original, order="C")
            self.calls.append(partial(np.copyto, self._transposed[weight], original))
        return self._transposed[weight]

    def complement(self, parameter: str) -> Array:
        """1 − parameter, made before its first use."""
        if parameter not in self._complements:
            original = self.memory.parameters[parameter]
            self._complements[parameter] = np.empty_like(original)
            self.calls.append(partial(np.subtract, 1.0, original, self._complements[parameter]))
        return self._complements[parameter]

    def read(self, source: Source, lo: int, hi: int) -> Array:
        """What a node reads at steps lo ≤ t < hi."""
        assert isinstance(source, Ref)
        return self.memory.source(source, lo, hi)
