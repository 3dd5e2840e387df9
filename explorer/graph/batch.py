"""Hold what a network is run on (`Batch`): inputs, targets, and what else comes from outside, for B sequences."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.graph.operations import Array

Symbols = NDArray[np.intp]


class Batch(Struct, frozen=True, eq=False):
    """B sequences of one length, so that nothing is padded; what is absent is of no use to the network.

    `inputs`: the given nodes that are not the target by name, (steps, B, n) each; an input without time has one step.
    `y`: class indices (steps, B) where targets are symbols, else (steps, B, n_y); empty without an output.
    `symbols`: of the inputs that are one-hot, which entry is 1, (steps, B).
    `mask` (T, B): 1 where a mixed feedback feeds the target. `uniform` (T, B), in [0, 1): for sampling.
    `initial`: states before the first step by node, zero where absent. One is (B, n), and then stands for every step
    before the first that is read, or (rows, B, n), the last row the step just before the first. `final`: likewise the
    states after the last step, the first row the step just after it, of what runs backward in time.
    `loss_weights`, shaped as the losses: w(t) ≥ 0 in L = Σ_t w(t) L(t), 1 where absent.
    """

    inputs: Mapping[str, Array]
    y: NDArray[np.number] = np.zeros((0, 0))
    symbols: Mapping[str, Symbols] = {}
    mask: Array | None = None
    uniform: Array | None = None
    initial: Mapping[str, Array] = {}
    final: Mapping[str, Array] = {}
    loss_weights: Array | None = None

    def sequences(self, chosen: slice) -> "Batch":
        """Some of the sequences, as views."""
        return self._each(lambda array, axis: array[(*[slice(None)] * axis, chosen)])

    def repeated(self, times: int) -> "Batch":
        """So many copies of every sequence, side by side."""
        return self._each(lambda array, axis: np.repeat(array, times, axis))

    def _each(self, change: Callable[[NDArray[Any], int], NDArray[Any]]) -> "Batch":
        """Every array changed along its axis of sequences."""

        def changed(array: NDArray[Any] | None) -> NDArray[Any] | None:
            return None if array is None else change(array, 1)

        return Batch(
            {name: change(x, 1) for name, x in self.inputs.items()},
            change(self.y, 1),
            {name: change(symbols, 1) for name, symbols in self.symbols.items()},
            changed(self.mask),
            changed(self.uniform),
            {name: change(state, state.ndim - 2) for name, state in self.initial.items()},
            {name: change(state, state.ndim - 2) for name, state in self.final.items()},
            changed(self.loss_weights),
        )
