"""Put a batch where a program finds it: inputs, targets, and whatever else comes from outside."""

from collections.abc import Mapping
from typing import cast

import numpy as np

from explorer.graph.arrays import Array
from explorer.graph.batch import Batch, Symbols
from explorer.graph.compute.memory import Memory
from explorer.graph.output import Target


class Loader:
    """Takes batches; `fills_targets`: whether targets that are symbols are read as one-hot vectors too."""

    def __init__(self, memory: Memory, weights: Array | None, fills_targets: bool):
        self._memory, self._weights = memory, weights
        network, B = memory.network, memory.B
        symbols = {name: memory.symbols_of(name).reshape(-1, B) for name in memory.symbols}
        self._inputs = [(name, memory.steps_of(name)) for name in network.inputs]
        self._input_symbols = [(name, symbols[name]) for name in network.inputs if name in symbols]
        self._states_left = self._trees_left = False
        self._mask = None if memory.mask is None else memory.mask.reshape(-1, B)
        self._uniform = None if memory.uniform is None else memory.uniform.reshape(-1, B)
        output, self._fills_targets = network.output, fills_targets
        self._symbols = output is not None and output.kind.target is Target.SYMBOLS
        self._y: Array | None = None
        if output is not None:
            self._y = memory.steps_of(output.target)
            self._y_symbols = symbols.get(output.target)
            n = self._y.shape[2]
            self._one_hot: Array = np.eye(n, dtype=memory.dtype)
            self._target_index = memory.target_index.reshape(-1, B)
            rows = np.arange(len(memory.target_index)) % memory.rows_in_block
            self._first_in_block = (rows * n).reshape(-1, B)

    def load(self, batch: Batch) -> None:
        """See `Program.load`."""
        memory = self._memory
        for name, values in self._inputs:
            np.copyto(values, batch.inputs[name])
        for name, symbols in self._input_symbols:
            np.copyto(symbols, batch.symbols[name])
        if batch.initial or batch.final or self._states_left:
            _fill(memory.initial, batch.initial)
            _fill(memory.final, batch.final)
            memory.place_symbols()
            self._states_left = bool(batch.initial or batch.final)
        if memory.held:
            memory.take_holds(batch.held)
        if batch.trees is not None or self._trees_left:
            memory.take_trees(batch.trees)
            self._trees_left = batch.trees is not None
        if self._y is not None:
            if self._symbols:
                self._load_symbols(cast("Symbols", batch.y), self._y)
            else:
                np.copyto(self._y, batch.y)
        if self._weights is not None:
            assert batch.loss_weights is not None, "a weighted loss needs weights"
            np.copyto(self._weights, batch.loss_weights)
        if self._mask is not None:
            assert batch.mask is not None, "a mixed feedback needs a mask"
            np.copyto(self._mask, batch.mask)
        if self._uniform is not None:
            assert batch.uniform is not None, "sampling needs uniform numbers"
            np.copyto(self._uniform, batch.uniform)

    def _load_symbols(self, symbols: Symbols, y: Array) -> None:
        np.add(self._first_in_block, symbols, self._target_index)
        if self._fills_targets:
            # Without "clip" numpy would check and buffer; all symbols are within.
            self._one_hot.take(symbols, 0, y, "clip")
            if self._y_symbols is not None:
                np.copyto(self._y_symbols, symbols)


def _fill(states: Mapping[str, Array], given: Mapping[str, Array]) -> None:
    for name, rows in states.items():
        rows[...] = given.get(name, 0.0)
