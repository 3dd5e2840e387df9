"""Hold what a network is run on (`Batch`): inputs, targets, and what else comes from outside, for B sequences."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.graph.arrays import Array
from explorer.graph.held import Holds

Symbols = NDArray[np.intp]
"""What stands for symbols: their numbers, from 0 on."""


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
    `trees` (2, leaves − 1, B): of each inner node of the tree over each sequence the steps of its two children, as in
    `Tree`, all of one number of leaves; balanced where absent.
    `held`: what is held by hand whatever it would be computed to, by node, for a program that was compiled for it.
    """

    inputs: Mapping[str, Array]
    y: NDArray[np.number] = np.zeros((0, 0))
    symbols: Mapping[str, Symbols] = {}
    mask: Array | None = None
    uniform: Array | None = None
    initial: Mapping[str, Array] = {}
    final: Mapping[str, Array] = {}
    loss_weights: Array | None = None
    trees: Symbols | None = None
    held: Holds = {}

    def sequences(self, start: int, stop: int) -> "Batch":
        """The sequences start ≤ b < stop, as views; written out, as training cuts each mini-batch from a larger."""
        initial = {name: state[..., start:stop, :] for name, state in self.initial.items()} if self.initial else {}
        final = {name: state[..., start:stop, :] for name, state in self.final.items()} if self.final else {}
        mask, uniform, weights, trees = self.mask, self.uniform, self.loss_weights, self.trees
        return Batch(
            {name: x[:, start:stop] for name, x in self.inputs.items()},
            self.y[:, start:stop],
            {name: symbols[:, start:stop] for name, symbols in self.symbols.items()} if self.symbols else {},
            None if mask is None else mask[:, start:stop],
            None if uniform is None else uniform[:, start:stop],
            initial,
            final,
            None if weights is None else weights[:, start:stop],
            None if trees is None else trees[..., start:stop],
            self.held,
        )

    def repeated(self, times: int) -> "Batch":
        """So many copies of every sequence, side by side."""
        return _joined([self], lambda arrays, axis: np.repeat(arrays[0], times, axis))

    @classmethod
    def side_by_side(cls, batches: Sequence["Batch"]) -> "Batch":
        """The sequences of all, those of the first one first; they are of one length and have the same parts."""
        return _joined(batches, np.concatenate)


_SEQUENCE_AXES = {
    "inputs": 1,
    "y": 1,
    "symbols": 1,
    "mask": 1,
    "uniform": 1,
    "initial": -2,
    "final": -2,
    "loss_weights": 1,
    "trees": -1,
}


def _joined(batches: Sequence[Batch], join: Callable[[Sequence[NDArray[Any]], int], NDArray[Any]]) -> Batch:
    """What `join` makes of the arrays of all at the same place, and of the axis along which their sequences stand."""
    found: dict[str, Any] = {}
    for name, axis in _SEQUENCE_AXES.items():
        arrays = [getattr(batch, name) for batch in batches]
        if isinstance(arrays[0], Mapping):
            found[name] = {key: join([array[key] for array in arrays], axis) for key in arrays[0]}
        elif arrays[0] is not None:
            found[name] = join(arrays, axis)
    return Batch(**found, held=batches[0].held)
