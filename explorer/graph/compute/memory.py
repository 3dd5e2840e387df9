"""Hold the arrays of one network on one batch size: values, gradients, parameters, allocated once.

Values are (T, B, n) with rows of zeros before and after where another node reads across the ends, so that the
state before t = 1 is a view like any other (and can be set: h(0)).
"""

import math
from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from explorer.graph.arrays import Array, zeros
from explorer.graph.compute.blocks import steps_in_block
from explorer.graph.compute.relays import relays
from explorer.graph.declaration import Node, Ref, Sizes, dimension
from explorer.graph.feedback import Network
from explorer.graph.held import Held, Holds, nothing_held
from explorer.graph.operations.softmax import columns
from explorer.graph.output import Target
from explorer.graph.schedule import sources
from explorer.graph.stretches import in_tree
from explorer.graph.tree import balanced
from explorer.graph.uses import Uses


class Memory:
    """`value`, `gradient`: views as matrices (steps·B, n), over steps lo ≤ t < hi counted from 0 within their segment.

    θ is one flat vector, and so is its gradient; of several `networks`, each with `each` of the B sequences, it is
    (networks, size). `parameters` and `parameter_gradients` are views into them, which makes an optimiser step a few
    operations whatever the network. With `frugal`, an activation takes over the arrays of its source, and no gradients
    are written of the functions in `relays`: those at their readers stand for them. `seeds` holds, for each node named
    in `seeded`, a gradient that comes from outside: beside what BPTT brings, or for the loss, instead of the 1 that it
    begins with. `held` says for each node named there what is held of it; its `passed` gradient, what goes back to its
    sources, is kept apart.
    """

    def __init__(
        self,
        network: Network,
        sizes: Sizes,
        T: int,
        B: int,
        uses: Uses,
        dtype: type = np.float64,
        frugal: bool = False,
        seeded: Collection[str] = (),
        one_hot: Collection[str] = (),
        held: Collection[str] = (),
        networks: int = 1,
    ):
        self.networks, self.each = networks, B // networks
        self.network, self.sizes, self.T, self.B, self.dtype = network, sizes, T, B, dtype
        steps_of = {node.name: node.span.steps(T, sizes) for node in network.nodes}
        self.spans = {name: (steps.start - 1, steps.stop - 1) for name, steps in steps_of.items()}
        self.before, self.after = _margins(network)
        overwritten = _overwritten(network) if frugal else {}
        self.relays = relays(network, uses) if frugal else {}
        own = [node for node in network.nodes if node.name not in overwritten]
        self.values: dict[str, Array] = {}
        self.gradients: dict[str, Array] = {}
        for node in own:
            steps, n = self.steps(node.name), dimension(node.size, sizes)
            self.values[node.name] = zeros((self.before[node.name] + steps + self.after[node.name], B, n), dtype)
            if node.name in uses and node.name not in self.relays:
                self.gradients[node.name] = zeros((steps, B, n), dtype)
        for name, by in overwritten.items():
            self.values[name] = self.steps_of(by)
            if name in uses:
                self.gradients[name] = (
                    zeros(self.steps_of(by).shape, dtype) if by in self.relays else self.gradients[by]
                )
        for name, relay in self.relays.items():
            self.gradients[name] = self.gradients[relay.consumer.name]
        self.initial = {name: self.values[name][:rows] for name, rows in self.before.items() if rows}
        """What is read before the first step, (rows, B, n), the last row the step just before it."""
        self.final = {name: self.values[name][-rows:] for name, rows in self.after.items() if rows}
        """What is read after the last step, (rows, B, n)."""
        shapes = network.architecture.shapes(sizes)
        size = sum(map(math.prod, shapes.values()))
        self.theta: Array = zeros((size,) if networks == 1 else (networks, size), dtype)
        self.theta_gradient: Array = zeros(self.theta.shape, dtype)
        self.parameters = views(self.theta, shapes)
        self.parameter_gradients = views(self.theta_gradient, shapes)
        output = network.output
        predicted, n = 0, 1
        if output is not None and output.kind.target is Target.SYMBOLS:
            predicted, n = self.steps(output.prediction) * B, self.values[output.prediction].shape[2]
        self.sums: Array = zeros((predicted, columns(n)), dtype)
        self.log_normaliser: Array = zeros((predicted,), dtype)
        self.target_index: NDArray[np.intp] = np.zeros(predicted, np.intp)
        """Where the target's entry stands in the prediction of its block, flattened, if targets are symbols."""
        self.mask: Array | None = np.zeros((T * B, 1), dtype) if network.switched else None
        """1 where the target is fed back, 0 where the network's own signal is."""
        self.uniform: Array | None = np.zeros(T * B, dtype) if network.draws else None
        self.seeds: dict[str, Array] = {
            name: np.zeros_like(self.gradients[name]) for name in seeded if name in self.gradients
        }
        self.held: dict[str, Held] = {name: nothing_held(self.steps(name), self.values[name].shape[2]) for name in held}
        self.passed = {name: np.zeros_like(self.gradients[name]) for name in held if name in self.gradients}
        self.symbols: dict[str, NDArray[np.intp]] = {}
        """Of nodes known to be one-hot: which entry is 1, for every row of `values`; n where there is none."""
        for name in one_hot:
            rows, _, n = self.values[name].shape
            self.symbols[name] = np.full(rows * B, n, np.intp)
        self.leaves = next((node.span.leaves(T, sizes) for node in network.nodes if in_tree(node)), 0)
        """The number of leaves of each tree, 0 in a network without one."""
        widest = max((array.shape[2] for array in self.values.values()), default=1)
        self._block = (
            max(map(self.steps, steps_of), default=1)
            if self.leaves
            else steps_in_block(B * widest * np.dtype(dtype).itemsize)
        )
        self._child_rows: NDArray[np.intp] = np.zeros((2, max(self.leaves - 1, 0), B), np.intp)
        self._children: dict[tuple[str, int], Array] = {}
        self.take_trees(None)
        self._rows: dict[tuple[int, int, int], Array] = {}
        self._matrices: dict[tuple[int, int, int], Array] = {}
        self._scratch: dict[tuple[int, int, int], Array] = {}
        self._ones: dict[int, Array] = {}

    def steps(self, name: str) -> int:
        lo, hi = self.spans[name]
        return hi - lo

    def blocks(self, lo: int, hi: int) -> list[tuple[int, int]]:
        """The steps lo ≤ t < hi block by block; of a tree, whose leaves differ from inner nodes, all in one."""
        return [(start, min(start + self._block, hi)) for start in range(lo, hi, self._block)]

    @property
    def rows_in_block(self) -> int:
        return self._block * self.B

    def single(self, name: str) -> bool:
        """Whether a node lives at one step alone."""
        return self.network.node(name).span.single

    def rows(self, name: str, lo: int, hi: int) -> slice:
        """The rows of the steps lo ≤ t < hi among those of all steps of a node."""
        start = self.spans[name][0]
        return slice((lo - start) * self.B, (hi - start) * self.B)

    def value(self, name: str, lo: int, hi: int) -> Array:
        """Rows of a node's value; lo and hi may reach into the zero rows around it."""
        first, array = self.before[name] - self.spans[name][0], self.values[name]
        return self._matrix(array, first + lo, first + hi)

    def gradient(self, name: str, lo: int, hi: int) -> Array:
        """Rows of the gradient at a node."""
        start, array = self.spans[name][0], self.gradients[name]
        return self._matrix(array, lo - start, hi - start)

    def passed_back(self, name: str, lo: int, hi: int) -> Array:
        """Rows of what goes back to the sources of a node: its gradient, but for what is held."""
        if name not in self.passed:
            return self.gradient(name, lo, hi)
        start = self.spans[name][0]
        return self._matrix(self.passed[name], lo - start, hi - start)

    def take_holds(self, holds: Holds) -> None:
        """Take what is held; nothing of the nodes that are not among them."""
        assert holds.keys() <= self.held.keys(), "what is held is compiled"
        for name, mine in self.held.items():
            if name in holds:
                np.copyto(mine.values, holds[name].values)
                np.copyto(mine.mask, holds[name].mask)
            else:
                mine.mask.fill(False)

    def _matrix(self, array: Array, first: int, end: int) -> Array:
        """Steps of an array as one matrix: always the same object for the same rows.

        The calls of a long sequence name the rows of a step several times over; one object instead of several
        keeps them in the processor's cache, which is a sixth of a training step at T = 1000. They are known by
        their address, for a sum and its activation may be the same rows under two names.
        """
        known = id(array), first, end  # all arrays live as long as this memory
        if known not in self._matrices:
            matrix = array[first:end].reshape(-1, array.shape[2])
            address: int = matrix.__array_interface__["data"][0]
            self._matrices[known] = self._rows.setdefault((address, *matrix.shape), matrix)
        return self._matrices[known]

    def symbols_read(self, ref: Ref, lo: int, hi: int) -> NDArray[np.intp]:
        """As `source`, for a one-hot node: the place of the 1 in each row."""
        first = self.before[ref.name] - self.spans[ref.name][0] - ref.lag
        return self.symbols[ref.name][(first + lo) * self.B : (first + hi) * self.B]

    def symbols_of(self, name: str) -> NDArray[np.intp]:
        """As `steps_of`, for a one-hot node, flat."""
        first = self.before[name] * self.B
        return self.symbols[name][first : first + self.steps(name) * self.B]

    def take_trees(self, trees: NDArray[np.intp] | None) -> None:
        """Take the children of inner nodes, (2, leaves − 1, B), by their steps; None for balanced trees."""
        if self.leaves:
            if trees is None:
                trees = np.array(balanced(self.leaves).inner, np.intp).reshape(-1, 2).T[..., np.newaxis]
            self._child_rows[...] = (trees - 1) * self.B + np.arange(self.B)

    def child_rows(self, child: int, lo: int, hi: int) -> NDArray[np.intp]:
        """The rows of a node in which each such child of the inner nodes lo ≤ t < hi stands; they follow the trees."""
        return self._child_rows[child, lo - self.leaves : hi - self.leaves].reshape(-1)

    def place_symbols(self) -> None:
        """Take the place of the 1 anew, where one-hot nodes are read outside their steps."""
        for name, symbols in self.symbols.items():
            for rows in (slice(self.before[name]), slice(self.before[name] + self.steps(name), None)):
                read, n = self.values[name][rows], self.values[name].shape[2]
                symbols.reshape(-1, self.B)[rows] = np.where(read.any(2), read.argmax(2), n)

    def source(self, ref: Ref, lo: int, hi: int) -> Array:
        """What a reference reads at the steps lo … hi of its reader; children once they have been brought together."""
        if ref.every or self.single(ref.name):
            return self.value(ref.name, *self.spans[ref.name])
        if ref.child is not None:
            return self._matrix(self._brought(ref.name, ref.child), lo - self.leaves, hi - self.leaves)
        return self.value(ref.name, lo - ref.lag, hi - ref.lag)

    def _brought(self, name: str, child: int) -> Array:
        """Room for what inner nodes read of such children, (leaves − 1, B, n): in each sequence those of its tree."""
        if (name, child) not in self._children:
            _, B, n = self.values[name].shape
            self._children[name, child] = np.zeros((self.leaves - 1, B, n), self.dtype)
        return self._children[name, child]

    def steps_of(self, name: str) -> Array:
        """A node's value as (steps, B, n), without the rows around it."""
        return self.values[name][self.before[name] : self.before[name] + self.steps(name)]

    def mask_of(self, lo: int, hi: int) -> Array:
        """Rows of the mask of a mixed feedback."""
        assert self.mask is not None, "nothing is switched"
        return self.mask[lo * self.B : hi * self.B]

    def scratch(self, rows: int, n: int, lane: int) -> Array:
        """Room for an intermediate product that nobody needs afterwards; other lanes run at the same time."""
        if (rows, n, lane) not in self._scratch:
            self._scratch[rows, n, lane] = zeros((rows, n), self.dtype)
        return self._scratch[rows, n, lane]

    def ones(self, n: int) -> Array:
        """A vector of ones: a product with it adds up rows, several times as fast as numpy's sum."""
        return self._ones.setdefault(n, np.ones(n, self.dtype))


def views(flat: Array, shapes: dict[str, tuple[int, ...]]) -> dict[str, Array]:
    """Views of one flat vector, one after another in these shapes; or of several, (networks, size), side by side."""
    found, at = {}, 0
    for name, shape in shapes.items():
        size = int(np.prod(shape))
        found[name] = flat[..., at : at + size].reshape(*flat.shape[:-1], *shape)
        at += size
    return found


def initial_states(network: Network) -> tuple[str, ...]:
    """The names of the nodes that are read before the first step, so that they have an initial state."""
    return tuple(name for name, steps in _margins(network)[0].items() if steps)


def final_states(network: Network) -> tuple[str, ...]:
    """The names of the nodes that are read after the last step, as what runs backward in time is."""
    return tuple(name for name, steps in _margins(network)[1].items() if steps)


def _margins(network: Network) -> tuple[dict[str, int], dict[str, int]]:
    """How many steps before the first and after the last step each node is read."""
    before = {node.name: 0 for node in network.nodes}
    after = dict(before)
    for node in network.nodes:
        for ref in sources(node):
            before[ref.name] = max(before[ref.name], ref.lag)
            after[ref.name] = max(after[ref.name], -ref.lag)
    return before, after


def _overwritten(network: Network) -> dict[str, str]:
    """Sums whose arrays an activation may take over: only it reads them, at the same step.

    An activation's derivative is read off its value, and a sum's needs no value of its own, so a(t) need not
    outlive h(t) in training. An activation of an activation must leave its source alone, and that of the logits too,
    for the loss is computed from them.
    """
    readers: dict[str, list[tuple[Node, Ref]]] = {}
    for node in network.nodes:
        for ref in sources(node):
            readers.setdefault(ref.name, []).append((node, ref))
    found: dict[str, str] = {}
    for name, by in readers.items():
        node, (reader, ref) = network.node(name), by[0]
        alone = len(by) == 1 and ref == Ref(name) and name != network.logits and reader.span == node.span
        if alone and not node.operation.needs_value and reader.operation.in_place:
            found[name] = reader.name
    return found
