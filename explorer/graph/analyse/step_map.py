"""Take one step of a recurrence as a map of its whole state on itself, F(s) for a constant input, with its Jacobian.

The whole state is all that one step hands to the next: h; h and s of an LSTM; h and ŷ where the output is fed back; as
many earlier steps as are read at a lag. What backpropagates through one step gives ∂F/∂s, whatever the network.
"""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from msgspec import Struct

from explorer.errors import ExplorerError
from explorer.graph.analyse.trace import Trace
from explorer.graph.arrays import Array
from explorer.graph.batch import Batch
from explorer.graph.compute.memory import final_states, initial_states
from explorer.graph.compute.program import Program
from explorer.graph.declaration import Sizes
from explorer.graph.feedback import Network
from explorer.graph.plain import plain

Inputs = Mapping[str, Array]
"""The constant input by node, (n,) each."""


class Member(Struct, frozen=True):
    """A node in the whole state: of so many steps (`rows`), the latest last, from entry `start` on, n each."""

    name: str
    rows: int
    n: int
    start: int

    @property
    def entries(self) -> slice:
        """Where all its steps are in the whole state."""
        return slice(self.start, self.start + self.rows * self.n)

    @property
    def latest(self) -> slice:
        """Where its latest step is in the whole state."""
        return slice(self.entries.stop - self.n, self.entries.stop)


class StepMap:
    """The step that computes a state node, for the weights of a trace and all else as in its sequence.

    Of nodes in other segments of time, such as an encoder's, everything stays as it is there. Raises ExplorerError,
    with the reason, where a step is no map of its own state.
    """

    def __init__(self, trace: Trace, name: str):
        network = trace.network
        _check(network, name)
        self._trace, self.name = trace, name
        self.backward = name in final_states(network)
        self._way = slice(None, None, -1 if self.backward else 1)  # rows lie in the order of time
        span = network.node(name).span
        self.members = _members(trace, name)
        self.size = self.members[-1].entries.stop
        self.inputs = tuple(given for given in network.inputs if network.node(given).span.length in (span.length, "1"))
        self._sizes: Sizes = {**trace.sizes} if span.length == "T" else {**trace.sizes, span.length: 1}
        self._T = 1 if span.length == "T" else trace.T

    @property
    def start(self) -> Array:
        """The whole state before the first step of the sequence, (size,)."""
        rows = self._trace.final if self.backward else self._trace.initial
        return np.concatenate([rows[member.name][self._way, 0].ravel() for member in self.members])

    def visited(self, values: Mapping[str, Array]) -> Array:
        """The whole state after each step of sequences, (steps, B, size), by the values (steps, B, n) of their nodes.

        What is read from before the first step is what `start` has.
        """
        parts = []
        for member in self.members:
            series = values[member.name][self._way]
            steps, B = series.shape[:2]
            first = self.start[member.entries].reshape(member.rows, 1, member.n)
            whole = np.concatenate([np.repeat(first, B, 1), series])
            parts += [whole[row + 1 : row + 1 + steps] for row in range(member.rows)]
        visited: Array = np.concatenate(parts, 2)
        return visited[self._way]

    def node_after(self, states: Array, inputs: Inputs) -> Array:
        """The value of the state node itself after a step from these whole states: (B, n)."""
        value: Array = self._run(states, inputs, "").memory.steps_of(self.name)[0].copy()
        return value

    def after(self, states: Array, inputs: Inputs) -> Array:
        """F of each of these whole states, (B, size) both."""
        return self._taken(self._run(states, inputs, ""))

    def jacobians(self, states: Array, inputs: Inputs) -> Array:
        """∂F/∂s at each of these whole states: (B, size, size); what is picked one-hot counts as constant."""
        B = len(states)
        found = np.zeros((B, self.size, self.size))
        for member in self.members:
            older = np.arange(member.start, member.latest.start)
            found[:, older, older + member.n] = 1.0
            program = self._run(np.repeat(states, member.n, 0), inputs, member.name)
            seed = program.memory.seeds.get(member.name)
            if seed is None:  # picked one-hot, it stays as it is nearby
                continue
            seed.fill(0.0)
            seed[0] = np.tile(np.eye(member.n), (B, 1))
            with np.errstate(all="ignore"):  # what overflows is for the caller to notice
                program.backward()
            kept = program.final_contributions if self.backward else program.initial_contributions
            for other in self.members:
                sent = sum((c.array for c in kept.get(other.name, ())), np.zeros((other.rows, 1, 1)))
                rows = sent[self._way].swapaxes(0, 1)
                wide = np.broadcast_to(rows, (B * member.n, other.rows, other.n)).reshape(B, member.n, -1)
                found[:, member.latest, other.entries] = wide
        return found

    def _run(self, states: Array, inputs: Inputs, root: str) -> Program:
        program = _program(self._trace.network, tuple(self._sizes.items()), self._T, len(states), root)
        for name, array in program.memory.parameters.items():
            np.copyto(array, self._trace.parameters[name])
        program.load(self._batch(states, inputs))
        program.forward()
        return program

    def _batch(self, states: Array, inputs: Inputs) -> Batch:
        given, B = self._trace.batch.repeated(len(states)), len(states)
        begun = {
            member.name: states[:, member.entries].reshape(B, member.rows, member.n).swapaxes(0, 1)[self._way]
            for member in self.members
        }
        x = {**given.inputs, **{name: np.tile(inputs[name], (1, B, 1)) for name in self.inputs}}
        return Batch(
            x,
            given.y[: self._T],
            mask=None if given.mask is None else given.mask[: self._T],
            initial=given.initial if self.backward else {**given.initial, **begun},
            final={**given.final, **begun} if self.backward else given.final,
        )

    def _taken(self, program: Program) -> Array:
        """The whole state after the step of a program that has run."""
        memory, parts = program.memory, []
        for member in self.members:
            values = memory.values[member.name]
            first = memory.before[member.name] if self.backward else memory.steps(member.name)
            rows = values[first : first + member.rows][self._way]
            parts.append(rows.swapaxes(0, 1).reshape(len(rows[0]), -1))
        return np.concatenate(parts, 1)


def _members(trace: Trace, name: str) -> tuple[Member, ...]:
    """The nodes that a step of a state's segment computes and the next reads, in the state's direction of time.

    The state need not be one of them: in fig. 10.4 it is the output alone.
    """
    length = trace.network.node(name).span.length
    found: list[Member] = []
    start = 0
    for other, read in (trace.final if name in trace.final else trace.initial).items():
        node = trace.network.node(other)
        if not node.given and node.span.length == length:
            rows, _, n = read.shape
            found.append(Member(other, rows, n, start))
            start += rows * n
    return tuple(found)


def _check(network: Network, name: str) -> None:
    """Raise ExplorerError where a step is no map of the state, with the reason."""
    node, title = network.node(name), network.architecture.title
    symbol = plain(node.symbol)
    if node.span.tree:
        raise ExplorerError(
            "In {title} a node follows from two others, so no one step moves {state}.", title=title, state=symbol
        )
    names = (*initial_states(network), *final_states(network))
    read = [other for other in map(network.node, names) if other.span.length == node.span.length]
    if not read:
        raise ExplorerError(
            "No step of '{title}' reads anything of the step before, so nothing moves {state}.",
            title=title,
            state=symbol,
        )
    if any(other.given or other.operation.switched for other in read):
        raise ExplorerError(
            "Each step of '{title}' is fed the target before it, so where {state} goes is not up to the input "
            "alone; look at it at test time.",
            title=title,
            state=symbol,
        )
    if network.draws:
        raise ExplorerError(
            "'{title}' is fed symbols drawn by chance, so no one place follows from {state}.", title=title, state=symbol
        )


@lru_cache(maxsize=24)
def _program(network: Network, sizes: tuple[tuple[str, int], ...], T: int, B: int, root: str) -> Program:
    """Compiled once for so many states; with the name of a root, to propagate back from it."""
    named: Sizes = dict(sizes)
    if not root:
        return Program(network, named, T, B)
    return Program(network, named, T, B, keep=True, seeded=(root,), root=root)
