"""Collect prepared calls, with what is worked out of θ once in each run."""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from explorer.graph.arrays import Array, Call, zeros
from explorer.graph.compute.lanes import side_by_side, two_pay
from explorer.graph.compute.memory import Memory
from explorer.graph.compute.networks import networks_of
from explorer.graph.declaration import Node, Ref, Source
from explorer.graph.schedule import Component


class Prepared:
    """The calls of one pass, in their order; those in `once` come first, with what is worked out of θ."""

    def __init__(self, memory: Memory, components: Sequence[Component]):
        self.memory = memory
        self.networks = networks_of(memory.networks, memory.each)
        self.two = memory.networks == 1 and two_pay(len(memory.blocks(0, memory.T)), components)
        """Whether calls run in two threads where they can."""
        self.once: list[Call] = []
        self.calls: list[Call] = []
        self._lane = 0
        self._by_row: dict[str, Array] = {}
        self._transposed: dict[str, Array] = {}
        self._complements: dict[str, Array] = {}
        self._tables: dict[tuple[str, str | None], Array] = {}

    def scratch(self, rows: int, n: int) -> Array:
        """Room for an intermediate product that nobody needs afterwards."""
        return self.memory.scratch(rows, n, self._lane)

    def in_blocks(self, lo: int, hi: int, prepare: Callable[[int, int], None]) -> None:
        """Have the calls of lo ≤ t < hi prepared block by block; of many blocks, half run beside the other half."""
        blocks = [partial(prepare, *block) for block in self.memory.blocks(lo, hi)]
        middle = len(blocks) // 2 if self.two else 0
        self.beside(blocks[:middle], blocks[middle:])

    def beside(self, *lanes: Sequence[Call]) -> None:
        """Have calls prepared that run one after another in each lane, and two lanes side by side."""
        before, run = self.calls, list[list[Call]]()
        for self._lane, lane in enumerate(filter(None, lanes)):
            self.calls = []
            for prepare in lane:
                prepare()
            run.append(self.calls)
        self.calls, self._lane = before, 0
        self.calls += [partial(side_by_side, *run)] if len(run) == 2 else run[0] if run else []

    def transposed(self, weight: str) -> Array:
        """A copy of Wᵀ, made before its first use: products run up to half as fast again if it is in this order."""
        if weight not in self._transposed:
            original = self.memory.parameters[weight].swapaxes(-1, -2)
            self._transposed[weight] = zeros(original.shape, original.dtype)
            self.once.append(partial(np.copyto, self._transposed[weight], original))
        return self._transposed[weight]

    def table(self, weight: str, bias: str | None) -> Array:
        """Rows of Wᵀ (+ b), one for each symbol and one for none, of each network, made before their first use."""
        if (weight, bias) not in self._tables:
            columns = self.memory.parameters[weight].swapaxes(-1, -2)
            *networks, count, n = columns.shape
            table = zeros((*networks, count + 1, n), columns.dtype)
            self._tables[weight, bias] = table.reshape(-1, n)
            if bias is None:
                self.once.append(partial(np.copyto, table[..., :-1, :], columns))
            else:
                added = self.memory.parameters[bias]
                self.once.append(partial(np.add, columns, added[..., np.newaxis, :], table[..., :-1, :]))
                self.once.append(partial(np.copyto, table[..., -1, :], added))
        return self._tables[weight, bias]

    def parameter(self, name: str) -> Array:
        """An entry of θ; of several networks, a vector as a row for each sequence, made before its first use."""
        parameter = self.memory.parameters[name]
        if self.memory.networks == 1 or parameter.ndim > 2:
            return parameter
        if name not in self._by_row:
            count, n = parameter.shape
            rows = self._by_row[name] = zeros((self.memory.B, n), parameter.dtype)
            self.once.append(partial(np.copyto, rows.reshape(count, -1, n), parameter[:, np.newaxis]))
        return self._by_row[name]

    def complement(self, parameter: str) -> Array:
        """1 − parameter, made before its first use."""
        if parameter not in self._complements:
            original = self.parameter(parameter)
            self._complements[parameter] = np.empty_like(original)
            self.once.append(partial(np.subtract, 1.0, original, self._complements[parameter]))
        return self._complements[parameter]

    def read(self, source: Source, lo: int, hi: int) -> Array:
        """What a node reads at steps lo ≤ t < hi."""
        assert isinstance(source, Ref)
        return self.memory.source(source, lo, hi)

    def symbols(self, source: Source, lo: int, hi: int) -> NDArray[np.intp] | None:
        """As `read`, for a one-hot node: the place of the 1 in each row; None of others."""
        assert isinstance(source, Ref)
        if source.child is not None or source.name not in self.memory.symbols or self.memory.single(source.name):
            return None
        return self.memory.symbols_read(source, lo, hi)


class PreparedRows:
    """Steps lo ≤ t < hi of a node while its calls are prepared, in either direction; see `contexts.Both`."""

    def __init__(self, prepared: Prepared, node: Node, lo: int, hi: int):
        self._prepared, self._memory, self._node, self._lo, self._hi = prepared, prepared.memory, node, lo, hi
        self.parameter, self.complement = prepared.parameter, prepared.complement
        self.ones, self.scratch = self._memory.ones, prepared.scratch

    def call(self, function: Callable[..., object], *arguments: object) -> None:
        self._prepared.calls.append(partial(function, *arguments))

    def product(self, rows: Array, matrix: Array, out: Array) -> None:
        self._prepared.networks.product(self, rows, matrix, out)

    def read(self, source: Source) -> Array:
        return self._prepared.read(source, self._lo, self._hi)

    def symbols(self, source: Source) -> NDArray[np.intp] | None:
        return self._prepared.symbols(source, self._lo, self._hi)

    @property
    def target_index(self) -> NDArray[np.intp]:
        return self._memory.target_index[self._rows]

    @property
    def mask(self) -> Array:
        return self._memory.mask_of(self._lo, self._hi)

    @property
    def _rows(self) -> slice:
        return self._memory.rows(self._node.name, self._lo, self._hi)
