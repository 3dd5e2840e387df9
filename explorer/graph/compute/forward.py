"""Compile forward propagation: the calls that fill every node's value (eqs. 10.8 to 10.11)."""

from collections.abc import Iterable, Sequence
from functools import partial

import numpy as np

from explorer.graph.arrays import Array, Call
from explorer.graph.batch import Symbols
from explorer.graph.compute.memory import Memory
from explorer.graph.compute.prepared import Prepared, PreparedRows
from explorer.graph.contexts import aligned
from explorer.graph.declaration import Node, Operation, Ref, Source, Sum, Term
from explorer.graph.operations.softmax import columns
from explorer.graph.schedule import Component
from explorer.graph.stretches import in_tree, stretches


class ForwardCompiler(Prepared):
    """Collect the calls. Without `careful`, exponentials are taken as they come, which `Program` then checks."""

    def __init__(self, memory: Memory, components: Sequence[Component], careful: bool):
        super().__init__(memory, components)
        self.careful = careful
        self._brought: set[tuple[str, int, int, int]] = set()

    def read(self, source: Source, lo: int, hi: int) -> Array:
        """What a node reads at steps lo ≤ t < hi; children are brought together first."""
        rows = super().read(source, lo, hi)
        if isinstance(source, Ref) and source.child is not None:
            key = (source.name, source.child, lo, hi)
            if key not in self._brought:
                self._brought.add(key)
                values = self.memory.value(source.name, *self.memory.spans[source.name])
                # Without "clip" numpy would check and buffer; all rows are there.
                self.calls.append(partial(values.take, self.memory.child_rows(*key[1:]), 0, rows, "clip"))
        return rows

    def component(self, component: Component) -> None:
        """All steps of a block at once, or what comes from outside the cycle there and then its steps, one by one."""
        memory = self.memory
        for stretch in stretches(memory.network, component.nodes, memory.T, memory.sizes):
            leaves = in_tree(component.nodes[0]) and stretch.steps.start == 1  # which read no children
            if component.direction == 0 or leaves:
                self.in_blocks(
                    stretch.steps.start - 1,
                    stretch.steps.stop - 1,
                    partial(self._at_once, component.nodes, stretch.operations, hold=True),
                )
            else:
                self._cycle(component, dict(stretch.operations), stretch.steps)

    def _hold(self, node: Node, steps: range) -> None:
        """Set what is held at these steps, once the node is computed there."""
        held = self.memory.held.get(node.name)
        if held is not None:
            first, array = steps.start - 1 - self.memory.spans[node.name][0], self.memory.steps_of(node.name)
            rows = slice(first, first + len(steps))
            self.calls.append(partial(np.copyto, array[rows], held.values[rows], where=held.mask[rows]))

    def _at_once(
        self, nodes: Iterable[Node], operations: dict[str, Operation], lo: int, hi: int, hold: bool = False
    ) -> None:
        for node in nodes:
            operations[node.name].forward(ForwardRows(self, node, lo, hi))
            if hold:
                self._hold(node, range(lo + 1, hi + 1))

    def _cycle(self, component: Component, operations: dict[str, Operation], steps: range) -> None:
        members = {node.name for node in component.nodes}
        hoisted: dict[str, Operation] = {}
        for node in component.nodes:
            terms = operations[node.name].terms
            outer = tuple(term for term in terms if not _reads(term, members))
            if outer:
                hoisted[node.name] = Sum(outer)
                operations[node.name] = Sum(tuple(term for term in terms if term not in outer))
        outside = [node for node in component.nodes if node.name in hoisted]
        for lo, hi in self.memory.blocks(steps.start - 1, steps.stop - 1)[:: component.direction]:
            self._at_once(outside, hoisted, lo, hi)
            for t in range(lo + 1, hi + 1)[:: component.direction]:
                for node in component.nodes:
                    operations[node.name].forward(ForwardRows(self, node, t - 1, t, fresh=node.name not in hoisted))
                    self._hold(node, range(t, t + 1))


class ForwardRows(PreparedRows):
    """Those of a node that is computed; see `contexts.Rows`."""

    def __init__(self, compiler: ForwardCompiler, node: Node, lo: int, hi: int, fresh: bool = True):
        super().__init__(compiler, node, lo, hi)
        self.fresh = fresh
        self.biases: list[str] = []
        self.out = self._memory.value(node.name, lo, hi)
        output = self._memory.network.output
        self._predicts = output is not None and node.name in (output.prediction, output.loss)
        self.quick = self._predicts and not compiler.careful
        self.transposed = compiler.transposed

    def room(self, rows: int) -> Array:
        if self.fresh and rows == len(self.out):
            return self.out
        return self.scratch(rows, self.out.shape[1])

    def look_up(self, weight: str, bias: str | None, symbols: Symbols, out: Array) -> None:
        self._prepared.networks.look_up(self, self._prepared.table(weight, bias), symbols, out)

    def put(self, array: Array) -> None:
        out, array = aligned(self.out, array)
        if not self.fresh:
            self.call(np.add, out, array, out)
        elif array is not out:
            self.call(np.copyto, out, array)
        self.fresh = False

    @property
    def sums(self) -> Array:
        rows = len(self.out)
        if not self._predicts:
            return self.scratch(rows * columns(self.out.shape[1]), 1).reshape(rows, -1)
        return self._memory.sums[self._rows]

    @property
    def normaliser(self) -> Array:
        if not self._predicts:
            return self.scratch(len(self.out), 1)[:, 0]
        return self._memory.log_normaliser[self._rows]

    @property
    def logits(self) -> Array:
        assert self._memory.network.output is not None
        return self._memory.value(self._memory.network.output.logits, self._lo, self._hi)

    @property
    def uniform(self) -> Array:
        assert self._memory.uniform is not None
        return self._memory.uniform[self._lo * self._memory.B : self._hi * self._memory.B]


def compile_forward(memory: Memory, components: Sequence[Component], careful: bool) -> list[Call]:
    """One call for all steps wherever the schedule allows it, one per step on its loops."""
    compiler = ForwardCompiler(memory, components, careful)
    for component in components:
        compiler.component(component)
    return compiler.once + compiler.calls


def _reads(term: Term, members: set[str]) -> bool:
    return any(isinstance(source, Ref) and source.name in members for source in term.sources)
