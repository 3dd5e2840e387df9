"""What the written programs have in common: the data, θ, and forward propagation, in numpy or in PyTorch.

Every node is a dictionary from its steps to arrays (B, n), so that h[t - 1] is h(t−1), and h[0] its initial state.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from explorer.errors import ExplorerError
from explorer.export.script.blocks import Block, blocks
from explorer.export.script.literals import literal, plus
from explorer.export.script.names import Names
from explorer.export.script.update import WORDS, update_lines
from explorer.graph.analyse.events import Kind, list_events
from explorer.graph.analyse.trace import Trace
from explorer.graph.arrays import Array
from explorer.graph.declaration import Node, Ref, Source
from explorer.graph.equations.citations import value_cited
from explorer.graph.optimizers import OPTIMIZERS
from explorer.graph.refs import factors
from explorer.graph.schedule import sources
from explorer.graph.uses import gradient_uses

Lines = Iterator[str]
TREE = """
It is of one tree of T leaves: node t > T joins the nodes child_1[t] and child_2[t], which come before it. For another
tree change T, these two, x at its leaves and y at its root, which is node 2 T - 1.
"""


class ScriptWriter(ABC):
    """Writes the program of one trace; `text` is all of it."""

    title: ClassVar[str]
    package: ClassVar[str]
    """What it imports."""
    array: ClassVar[str]
    """What makes a parameter of a list."""
    plain_array: ClassVar[str]
    """What makes an array of a list that no gradient is asked of."""

    def __init__(self, trace: Trace) -> None:
        self.trace, self.network = trace, trace.network
        if trace.batch.held:
            raise ExplorerError("A program holds nothing by hand; let go what is held first, then write it.")
        trees = trace.batch.trees
        if trees is not None and trace.B > 1 and (trees != trees[..., :1]).any():
            raise ExplorerError("A program is written for one tree, and these sequences have different ones; take one.")
        lengths = {"T", *self.network.lengths}
        self.names = Names({*WORDS, *self.network.dimensions, *lengths, *(f"child_{i + 1}" for i in self._children())})
        for node in self.network.nodes:
            self.names.node(node.name)
        for name in trace.parameters:
            self.names.parameter(name)
        self.blocks = blocks(self.network)
        self.uses = gradient_uses(self.network)
        self._helpers: dict[str, str] = {}

    def text(self) -> str:
        """The program."""
        forward = list(self._forward())  # which says what helpers there are
        helpers = (*self._own_helpers(), *self._helpers.values())
        parts = [
            *([f"import {self.package}"], [], []),
            *(part for helper in helpers for part in ([helper.strip()], [], [])),
            ["# Sizes: steps, sequences, units.", *self._sizes()],
            ["", "# The data at each step; the states before the first (or after the last) step."],
            list(self.data()),
            ["", "# Parameters.", *self._parameters()],
            ["", "# Forward propagation.", *forward],
            list(self._rest()),
        ]
        return "\n".join([f'"""{self._about()}"""', "", *(line for part in parts for line in part or ("",))]) + "\n"

    @abstractmethod
    def value(self, node: Node, script: "WrittenStep") -> str:
        """The expression of a node's value."""

    @abstractmethod
    def _rest(self) -> Lines:
        """All after forward propagation."""

    @abstractmethod
    def _own_helpers(self) -> tuple[str, ...]:
        """Functions that every such program needs."""

    @abstractmethod
    def gradients(self) -> Lines:
        """Lines that put what is trained, and its gradient, into `theta` and `gradient`, by name."""

    def update(self) -> Lines:
        """One update of θ by the rule of the trace: `after`, by name."""
        title = OPTIMIZERS[self.trace.update.rule.optimizer].title
        yield from ("", f"# One update of the parameters, by {title}: what they are after it.")
        yield from self.gradients()
        yield from update_lines(self.trace, self.names, self.plain_array)

    def carried(self, name: str, step: str, at: str) -> str:
        """The value of a node at one step as another reads it, over a border of truncated BPTT, if there is one."""
        return f"{name}[{step}]"

    def define(self, source: str) -> str:
        """Have a function defined; its name."""
        found = re.search(r"def (\w+)", source)
        assert found is not None
        self._helpers[found[1]] = source
        return found[1]

    def _about(self) -> str:
        network, title = self.network, self.network.architecture.title_and_figure
        what = (
            "forward propagation, its gradients and one update" if network.output is not None else "forward propagation"
        )
        fed = f" Fed back: the {network.feedback.title}." if network.feedback is not None else ""
        loss = f" The loss is L = {self.trace.loss!r}." if network.output is not None else ""
        return (
            f"{title}: {what}, by {self.title}.\n\nWritten by RNN Explorer.{fed}{loss}\n"
            f"Every node is a dictionary from its steps to arrays (B, units): h[t] is h(t).{self._matrices()}\n"
        ) + (TREE if self._children() else "")

    def _matrices(self) -> str:
        found = [self.names.node(node.name) for node in self.network.nodes if len(factors(node.size)) > 1]
        return f"\nOf {', '.join(found)} they are (B, rows, columns)." if found else ""

    def _sizes(self) -> Lines:
        trace = self.trace
        yield f"T, B = {trace.T}, {trace.B}"
        for length in self.network.lengths:
            yield f"{length} = {trace.sizes.get(length, trace.T)}"
        if self.network.dimensions:
            names = self.network.dimensions
            yield f"{', '.join(names)} = {', '.join(str(trace.sizes[name]) for name in names)}"
        if trace.borders:
            first = trace.borders[0]
            even = trace.borders == tuple(range(first, trace.T, first))
            written = f"range({first}, T, {first})" if even else trace.borders
            yield f"borders = {written}  # truncated BPTT: no gradient comes back over the ends of these steps"

    def data(self) -> Lines:
        """What is given at each step, and the states outside."""
        trace, batch = self.trace, self.trace.batch
        for node in self.network.nodes:
            parts = list(self._outside(node))
            if node.given:
                parts.append((trace.values[node.name], trace.steps(node.name)[0]))
            name = self.names.node(node.name)
            if not parts:
                yield f"{name} = {{}}"
            for i, (rows, first) in enumerate(parts):
                yield self._steps(f"{name} {'|=' if i else '='} ", rows, first)
        chosen = (("mask", batch.mask, self.network.switched), ("uniform", batch.uniform, self.network.draws))
        for name, array, needed in (*chosen, ("w", batch.loss_weights, True)):
            if needed and array is not None:
                yield self._steps(f"{name} = ", array[..., None], trace.loss_steps[0] if name == "w" else 1)
        for child, ref in self._children().items():
            joining = list(ref.steps[trace.T :])
            yield f"child_{child + 1} = dict(enumerate({joining}, T + 1))  # of each inner node of the tree"

    def _outside(self, node: Node) -> Iterator[tuple[Array, int]]:
        """The states before the first step and after the last, (steps, B, n), each with its first step."""
        trace = self.trace
        before, after = trace.initial.get(node.name), trace.final.get(node.name)
        first = trace.steps(node.name)[0]
        if before is not None and len(before):
            yield before, first - len(before)
        if after is not None and len(after):
            yield after, trace.steps(node.name)[-1] + 1

    def outer_states(self) -> list[str]:
        """The states outside, such as `h[0]`, that a gradient reaches."""
        events, graph = list_events(self.trace.graph, self.trace), self.trace.graph
        reached = (e for e in events if e.kind is Kind.GRADIENT and e.vertex in graph.boundary)
        return [f"{self.names.node(event.name)}[{event.t}]" for event in reached]

    def _children(self) -> dict[int, Ref]:
        refs = (ref for node in self.network.nodes for ref in sources(node))
        return {ref.child: ref for ref in refs if ref.child is not None and ref.steps}

    def _steps(self, start: str, rows: Array, first: int) -> str:
        """A line with a dictionary of arrays (steps, B, n) behind `start`; zeros are written as such."""
        start += "by_step("
        array = literal(rows, len(start)) if np.any(rows) else self.zeros(rows.shape)
        return f"{start}{array}{f', first={first}' if first != 1 else ''})"

    @abstractmethod
    def zeros(self, shape: tuple[int, ...]) -> str:
        """An array of zeros."""

    def _parameters(self) -> Lines:
        for name, array in self.trace.parameters.items():
            start = f"{self.names.parameter(name)} = {self.array}("
            yield f"{start}{literal(array, len(start))})"

    def _forward(self) -> Lines:
        for block in self.blocks:
            at, indent = self.opening(block)
            yield from indent[1]
            for node in block.nodes:
                place = f"{self.names.node(node.name)}[{at}]"
                line = f"{indent[0]}{place} = {self.value(node, WrittenStep(self, node, at))}"
                yield cited(line, value_cited(self.network, node.name))

    def printing(self, gradient: str, loss: str) -> Lines:
        """What a program prints: the loss and, by the line `gradient`, each gradient that it is for; or the states."""
        if self.network.output is not None:
            yield f'print(f"loss = {{{loss}}}")'
            names = (*map(self.names.parameter, self.trace.parameters), *self.outer_states())
            yield from (gradient.format(name=name) for name in names)
            yield "for name, value in after.items():"
            yield '    print(f"{name} after the update =\\n{value}")'
            return
        state = self.network.node(self.network.state)
        name = self.names.node(state.name)
        yield f"for t in range(1, {self.last(state)} + 1):"
        yield f'    print(f"{name}({{t}}) = {{{name}[t]}}")'

    def opening(self, block: Block, backward: bool = False) -> tuple[str, tuple[str, list[str]]]:
        """The step of a block, "t" in a loop, with the indent of its lines and the line that opens it."""
        if block.single:
            return self.last(block.nodes[0]), ("", [])
        steps = block.steps
        back = backward != (block.direction < 0)
        return "t", ("    ", [f"for t in {f'reversed({steps})' if back else steps}:"])

    def last(self, node: Node) -> str:
        """The one step of a node that has but one."""
        if node.span.length == "1":
            return "1"
        return f"2 * {node.span.length} - 1" if node.span.tree else node.span.length


class WrittenStep:
    """What a node reads, in the program; see `contexts.Script`."""

    def __init__(self, writer: ScriptWriter, node: Node, at: str) -> None:
        self._writer, self._node, self._at = writer, node, at
        self.back_to = "t"
        self.mask, self.uniform = f"mask[{at}]", f"uniform[{at}]"
        self.helper = writer.define
        self.parameter = writer.names.parameter
        output = writer.network.output
        self.logits = "" if output is None else self.read(Ref(output.logits))

    def read(self, source: Source) -> str:
        if self.may_cross(source):
            return self._writer.carried(self._name(source), self.step(source), self._at)
        return f"{self._name(source)}[{self.step(source)}]"

    def every(self, source: Source) -> str:
        name = self._name(source)
        return f"[{name}[t] for t in {self.steps(source)}]"

    def steps(self, source: Source) -> str:
        """The range of all steps of a source."""
        assert isinstance(source, Ref)
        return f"range(1, {self._writer.last(self._writer.network.node(source.name))} + 1)"

    def may_cross(self, source: Source) -> bool:
        """Whether a border of truncated BPTT may lie between what is read and this step."""
        assert isinstance(source, Ref)
        single = self._writer.network.node(source.name).span.single
        return bool(self._writer.trace.borders and source.lag) and not single

    def _name(self, source: Source) -> str:
        assert isinstance(source, Ref)
        return self._writer.names.node(source.name)

    def step(self, source: Source) -> str:
        """The step at which a source is read."""
        assert isinstance(source, Ref)
        read = self._writer.network.node(source.name)
        if read.span.single:
            return self._writer.last(read)
        if source.child is not None and source.steps:
            return f"child_{source.child + 1}[{self._at}]"
        return plus(self._at, -source.lag)


def cited(line: str, cited: str) -> str:
    return f"{line}  # {cited}" if cited else line
