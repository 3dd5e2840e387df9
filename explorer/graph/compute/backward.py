"""Compile back-propagation through time: the calls that fill every gradient (eqs. 10.17 to 10.28).

Backward is the schedule reversed. Each node pulls one contribution per use of its value; their sum is its
gradient. Parameter gradients are one product over all T·B rows once every node has its own.
"""

from collections.abc import Iterable, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from explorer.graph.arrays import Array, Call, zeros
from explorer.graph.compute.contributions import Backward, Contribution
from explorer.graph.compute.memory import Memory
from explorer.graph.compute.prepared import Prepared, PreparedRows
from explorer.graph.contexts import aligned
from explorer.graph.declaration import Node, Ref, Source, Term, terms_of
from explorer.graph.schedule import Component
from explorer.graph.stretches import in_tree, term_steps
from explorer.graph.truncated import Borders, crosses
from explorer.graph.uses import Use, Uses

Sent = dict[str, list[tuple[Use, Array | None]]]
"""The uses over which gradients come back to each node, and the array that a contribution is kept in, if it has one."""


class BackwardCompiler(Prepared):
    """Collect the calls; `written` remembers which rows of each gradient hold something already."""

    def __init__(self, memory: Memory, components: Sequence[Component], uses: Uses, keep: bool, borders: Borders):
        super().__init__(memory, components)
        self.uses, self.keep, self.borders = uses, keep, borders
        self.written: dict[str, NDArray[np.bool_]] = {name: np.zeros(memory.steps(name), bool) for name in uses.of}
        self.contributions: dict[str, list[Contribution]] = {name: [] for name in uses.of}
        self._slopes: dict[str, tuple[int, int, Array]] = {}
        """The latest derivatives of an elementwise operation: those at the steps from … up to, (rows, n)."""
        self._slope_room: dict[tuple[str, int, int], Array] = {}

    def component(self, component: Component) -> None:
        """All contributions to the nodes of one component; those of later components are complete."""
        relays = self.memory.relays
        nodes = [node for node in component.nodes if node.name in self.uses and node.name not in relays][::-1]
        for node in nodes:
            if node.name in self.memory.seeds:
                seed, total = self.memory.seeds[node.name], self.memory.gradients[node.name]
                self.calls.append(partial(np.copyto, total, seed))
                self.written[node.name][:] = True
        uses = {node.name: [(use, self._array(use)) for use in self.uses.of[node.name]] for node in nodes}
        span = self.memory.spans[component.nodes[0].name]
        members = {node.name for node in component.nodes} if component.direction else set()
        inner, outer = (
            {name: [sent for sent in by if (sent[0].consumer.name in members) == inside] for name, by in uses.items()}
            for inside in (True, False)
        )
        self._push(outer, self.memory.leaves, span[1])
        if not component.direction:
            self.in_blocks(*span, partial(self._at_once, nodes, outer, complete=True))
            return
        for lo, hi in self.memory.blocks(*span)[:: -component.direction]:
            self._at_once(nodes, outer, lo, hi)
            self._cycle(component, inner, lo, hi)

    def _at_once(self, nodes: Iterable[Node], uses: Sent, lo: int, hi: int, complete: bool = False) -> None:
        """What comes back to the nodes over these uses."""
        for node in nodes:
            for use, array in uses[node.name]:
                self._pull(use, lo, hi, array)
            if complete:
                self._pass_back(node.name, lo, hi)

    def slope(self, node: Node, lo: int, hi: int) -> Array:
        """Rows of the derivative of an elementwise operation, worked out now unless those of a whole block were.

        If the gradient at its reader stands for its own, it is multiplied by what that reader multiplies it by.
        """
        start, stop, slope = self._slopes.get(node.name, (0, 0, self.memory.values[node.name]))
        if lo < start or stop < hi:
            value = self.memory.value(node.name, lo, hi)
            key = node.name, len(value), self._lane
            if key not in self._slope_room:
                self._slope_room[key] = zeros(value.shape, value.dtype)
            start, slope = lo, self._slope_room[key]
            self._slopes[node.name] = lo, hi, slope
            assert node.operation.slope is not None
            self.calls.append(partial(node.operation.slope, value, slope))
            relay = self.memory.relays.get(node.name)
            if relay is not None:
                factor = relay.term.factor(relay.slot, BackwardRows(self, relay.consumer, lo, hi, slope))
                self.calls.append(partial(np.multiply, *aligned(slope, factor, slope)))
        return slope[(lo - start) * self.memory.B : (hi - start) * self.memory.B]

    def _cycle(self, component: Component, uses: Sent, lo: int, hi: int) -> None:
        """What comes back within the cycle at the steps of a block, one by one against its direction."""
        for use, _ in (sent for by in uses.values() for sent in by):
            start, stop = self._reach(use, lo, hi)
            if use.consumer.operation.slope is not None and start < stop:
                self.slope(use.consumer, start + use.source.lag, stop + use.source.lag)
        leaves = self.memory.leaves if in_tree(component.nodes[0]) else 0
        for t in range(lo + leaves, hi)[:: -component.direction]:
            self._complete(uses, t, t + 1)
            self._push(uses, t, t + 1)
        if leaves:
            self._complete(uses, 0, leaves)

    def _complete(self, uses: Sent, lo: int, hi: int) -> None:
        """What comes back to each node over these uses: it is then complete, before its sources are."""
        for name, by in uses.items():
            for use, array in by:
                self._pull(use, lo, hi, array)
            self._pass_back(name, lo, hi)

    def _pass_back(self, name: str, lo: int, hi: int) -> None:
        """Of the complete gradient at a node, what goes on to its sources: nothing where it is held."""
        passed = self.memory.passed.get(name)
        if passed is not None:
            start = self.memory.spans[name][0]
            rows = slice(lo - start, hi - start)
            self.calls.append(partial(np.copyto, passed[rows], self.memory.gradients[name][rows]))
            self.calls.append(partial(np.copyto, passed[rows], 0.0, where=self.memory.held[name].mask[rows]))

    def _push(self, uses: Sent, lo: int, hi: int) -> None:
        """Write what parents at the steps lo ≤ t < hi send back to the rows of their children, if that is the use."""
        for use, array in (sent for by in uses.values() for sent in by):
            if use.source.child is not None and array is not None:
                n = array.shape[2]
                rows = self.memory.child_rows(use.source.child, lo, hi)
                out = self.scratch(len(rows), n)
                self._sent_back(use, lo, hi, out)
                self.calls.append(partial(_put_rows, array.reshape(-1, n), rows, out))

    def _array(self, use: Use) -> Array | None:
        """An array of its own for a contribution that is to be kept apart, or comes from parents here and there."""
        children = use.source.child is not None
        if not (self.keep or children):
            return None
        name = use.source.name
        array = np.zeros_like(self.memory.gradients[name])
        if children:
            self.calls.append(partial(array.fill, 0.0))
        self.contributions[name].append(Contribution(use, *self._reach(use, *self.memory.spans[name]), array))
        return array

    def _reach(self, use: Use, lo: int, hi: int) -> tuple[int, int]:
        """The steps of the source, within lo … hi, that the consumer reads."""
        if use.source.child is not None or self.memory.single(use.source.name):
            return lo, hi
        if use.source.every:
            start, stop = self.memory.spans[use.source.name]
        else:
            start, stop = (step - use.source.lag for step in self._steps(use.consumer, use.term))
        return max(lo, start), min(hi, stop)

    def _steps(self, node: Node, term: Term | None) -> tuple[int, int]:
        """The steps of a node, or those at which it has a term, from … up to, counted from 0."""
        memory = self.memory
        if term is None:
            return memory.spans[node.name]
        steps = term_steps(memory.network, node, term, memory.T, memory.sizes)
        return steps.start - 1, steps.stop - 1

    def _pull(self, use: Use, lo: int, hi: int, array: Array | None) -> None:
        """Write or add the contribution of one use to the steps lo ≤ t < hi of its source."""
        name = use.source.name
        lo, hi = self._reach(use, lo, hi)
        if lo >= hi:
            return
        start = self.memory.spans[name][0]
        written = self.written[name][lo - start : hi - start]
        if written.any() and not written.all():
            for t in range(lo, hi):
                self._pull(use, t, t + 1, array)
            return
        total = self.memory.gradient(name, lo, hi)
        if array is not None:
            out = array[lo - start : hi - start].reshape(total.shape)  # of children: written by their parents
        elif written.any():
            out = self.scratch(*total.shape)
        else:
            out = total
        if use.source.child is None:
            self._product(use, lo, hi, out)
        if written.any():
            self.calls.append(partial(np.add, total, out, total))
        elif out is not total:
            self.calls.append(partial(np.copyto, total, out))
        written[:] = True

    def _product(self, use: Use, lo: int, hi: int, out: Array) -> None:
        """Gradient at the consumer times the derivative of the consumer by the source, written to out."""
        if self.memory.single(use.source.name):
            self._added_up(use, out)
            return
        if use.source.every:
            self._parted(use, lo, hi, out)
            return
        self._sent_back(use, lo + use.source.lag, hi + use.source.lag, out)

    def _sent_back(self, use: Use, lo: int, hi: int, out: Array) -> None:
        """The same by the steps of the consumer: nothing over a border of truncated BPTT."""
        rows = BackwardRows(self, use.consumer, lo, hi, out)
        (use.term or use.consumer.operation).vjp(use.slot, rows)
        for t in range(lo, hi) if self.borders else ():
            if crosses(self.borders, t + 1 - use.source.lag, t + 1):
                self.calls.append(partial(out[(t - lo) * self.memory.B : (t - lo + 1) * self.memory.B].fill, 0.0))

    def _parted(self, use: Use, lo: int, hi: int, out: Array) -> None:
        """What comes back to these steps of what a node reads at all of its steps: their part of its gradient."""
        span, (start, _) = self.memory.spans[use.consumer.name], self.memory.spans[use.source.name]
        n = out.shape[1]
        part = self.memory.passed_back(use.consumer.name, *span)[:, (lo - start) * n : (hi - start) * n]
        use.consumer.operation.vjp(use.slot, BackwardRows(self, use.consumer, *span, out, part))

    def _added_up(self, use: Use, out: Array) -> None:
        """What comes back to a step that every step of the consumer reads: the sum over these."""
        span = self.memory.spans[use.consumer.name]
        if self.memory.single(use.consumer.name) or (use.term and use.term.adds_up(use.slot)):
            self._sent_back(use, *span, out)
            return
        assert use.term is not None, "only a term of a sum can read one step at every step"
        others = [source for slot, source in enumerate(use.term.sources) if slot != use.slot]
        if self._same(others):
            use.term.vjp(use.slot, BackwardRows(self, use.consumer, *span, out, self._summed(use.consumer)))
            return
        every_step = np.zeros((span[1] - span[0], *out.shape), self.memory.dtype)
        use.term.vjp(use.slot, BackwardRows(self, use.consumer, *span, every_step.reshape(-1, out.shape[1])))
        self.calls.append(partial(np.add.reduce, every_step, 0, None, out))

    def _same(self, sources: Iterable[Source]) -> bool:
        """Whether what is read is the same at every step."""
        return all(isinstance(source, Ref) and self.memory.single(source.name) for source in sources)

    def _summed(self, node: Node) -> Array:
        """The gradient at a node, (B, n), added up over its steps."""
        every_step = self.memory.passed.get(node.name, self.memory.gradients[node.name])
        total: Array = np.zeros(every_step.shape[1:], self.memory.dtype)
        self.calls.append(partial(np.add.reduce, every_step, 0, None, total))
        return total

    def initial(self) -> dict[str, list[Contribution]]:
        """What comes back to what is read before the first step: arrays like `Memory.initial`."""
        return {
            name: self._outside(name, self.memory.spans[name][0] - rows, self.memory.spans[name][0])
            for name, rows in self.memory.before.items()
            if rows and name in self.uses
        }

    def final(self) -> dict[str, list[Contribution]]:
        """What comes back to what is read after the last step: arrays like `Memory.final`."""
        return {
            name: self._outside(name, self.memory.spans[name][1], self.memory.spans[name][1] + rows)
            for name, rows in self.memory.after.items()
            if rows and name in self.uses
        }

    def _outside(self, name: str, start: int, stop: int) -> list[Contribution]:
        """What comes back to a node at start ≤ t < stop, which are none of its steps: arrays (stop − start, B, n)."""
        found = []
        for use in self.uses.of[name]:
            lo, hi = self._reach(use, start, stop)
            if lo < hi:
                array: Array = np.zeros((stop - start, *self.memory.gradients[name].shape[1:]), self.memory.dtype)
                rows = array[lo - start : hi - start].reshape(-1, array.shape[2])
                self._sent_back(use, lo + use.source.lag, hi + use.source.lag, rows)
                found.append(Contribution(use, lo, hi, array))
        return found

    def parameters(self, nodes: Iterable[Node]) -> None:
        """∇W = Σ_t ∇a(t) source(t)ᵀ (eqs. 10.22 to 10.28), averaged over the batch."""
        memory = self.memory
        of: dict[str, list[Call]] = {}
        for node, term in terms_of(nodes):
            for name in term.parameters if node.name in self.uses else ():
                prepare = partial(self._parameter, name, node, term, first=name not in of)
                of.setdefault(name, []).append(prepare)
        largest = sorted(of, key=lambda name: -memory.parameters[name].size)
        lanes = (largest[::2], largest[1::2]) if self.two else (largest,)
        self.beside(*([prepare for name in lane for prepare in of[name]] for lane in lanes))
        if memory.each > 1:
            self.calls.append(partial(np.multiply, memory.theta_gradient, 1.0 / memory.each, memory.theta_gradient))

    def _parameter(self, name: str, node: Node, term: Term, first: bool) -> None:
        """What a term adds to the gradient of one of its parameters."""
        memory = self.memory
        target = memory.parameter_gradients[name]
        out = target if first else np.zeros_like(target)
        same = term.sources and not memory.single(node.name) and self._same(term.sources)
        gradient = self._summed(node) if same else None
        term.parameter_vjp(name, BackwardRows(self, node, *self._steps(node, term), out, gradient))
        if not first:
            self.calls.append(partial(np.add, target, out, target))


class BackwardRows(PreparedRows):
    """Those of a node that sends gradients back; see `contexts.BackRows`."""

    def __init__(
        self, compiler: BackwardCompiler, node: Node, lo: int, hi: int, out: Array, gradient: Array | None = None
    ):
        super().__init__(compiler, node, lo, hi)
        self._compiler = compiler
        self.gradient = self._memory.passed_back(node.name, lo, hi) if gradient is None else gradient
        self.out = out

    def outer(self, gradient: Array, source: Source) -> None:
        self._prepared.networks.outer(self, gradient, self.read(source), self.symbols(source))

    def total(self, rows: Array) -> None:
        self._prepared.networks.total(self, rows)

    @property
    def value(self) -> Array:
        return self._memory.value(self._node.name, self._lo, self._hi)

    @property
    def slope(self) -> Array:
        return self._compiler.slope(self._node, self._lo, self._hi)

    @property
    def weighted(self) -> bool:
        return self._node.name in self._memory.seeds


def _put_rows(array: Array, rows: NDArray[np.intp], found: Array) -> None:
    array[rows] = found


def compile_backward(
    memory: Memory, components: Sequence[Component], uses: Uses, keep: bool, borders: Borders
) -> Backward:
    """Compile the backward pass; with `keep`, contributions keep arrays of their own."""
    compiler = BackwardCompiler(memory, components, uses, keep, borders)
    if memory.network.output is not None and memory.network.output.loss in uses:
        memory.gradients[memory.network.output.loss].fill(1.0)
    for component in reversed(components):
        compiler.component(component)
    compiler.parameters(memory.network.nodes)
    initial, final = (compiler.initial(), compiler.final()) if keep else ({}, {})
    return Backward(compiler.once + compiler.calls, compiler.contributions, initial, final)
