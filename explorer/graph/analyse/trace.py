"""All that was computed when a network ran once on one batch: values, gradients, contributions, the update, its effect.

A trace is finished before anybody looks at it, so stepping is a cursor over it and stepping back restores exactly.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

import numpy as np
from msgspec import Struct

from explorer.graph.analyse.gradient_flow import GradientFlow
from explorer.graph.arrays import Array
from explorer.graph.batch import Batch
from explorer.graph.compute.contributions import Contribution
from explorer.graph.compute.networks import OneNetwork
from explorer.graph.compute.updates import Update
from explorer.graph.declaration import Node, Operation, Ref, Sizes, Source, Term, terms_of
from explorer.graph.feedback import Network
from explorer.graph.stretches import operation_at, term_steps
from explorer.graph.truncated import Borders, crosses
from explorer.graph.unfold import Graph, Vertex, unfold
from explorer.graph.uses import Use

_NETWORK = OneNetwork()


class MiniBatch(Struct, frozen=True, eq=False):
    """The mini-batch of which a trace shows the first of `size` sequences, while the update is made by all of them.

    `iteration`: that of the update, counted from 1. `gradients` by parameter are means.
    """

    iteration: int
    size: int
    gradients: Mapping[str, Array]


class Trace(Struct, frozen=True, eq=False, dict=True):
    """All arrays of one run. Node arrays are (T, B, n), or (1, B, n) for a node at the last step alone.

    `gradients` are ∂L_b/∂node for the loss of each sequence b by itself; `parameter_gradients` are those of
    `loss`, the mean over the batch. `initial` and `final` hold what is read before the first and after the last step,
    (rows, B, n), the row nearest to the sequence last in the one and first in the other. `contributions[name]` add up
    to `gradients[name]`; `initial_contributions` and `final_contributions` are like `initial` and `final`.
    `parameters_after` is θ after one `update`, and `loss_after` the loss there. With a
    `mini_batch` the update is that of all its sequences, and everything else of the one that is shown. With `borders`
    BPTT was truncated there: gradients are what is left of ∂L then.
    """

    network: Network
    sizes: Sizes
    T: int
    B: int
    batch: Batch
    parameters: Mapping[str, Array]
    values: Mapping[str, Array]
    initial: Mapping[str, Array]
    final: Mapping[str, Array]
    gradients: Mapping[str, Array]
    contributions: Mapping[str, tuple[Contribution, ...]]
    parameter_gradients: Mapping[str, Array]
    initial_contributions: Mapping[str, tuple[Contribution, ...]]
    final_contributions: Mapping[str, tuple[Contribution, ...]]
    loss: float
    loss_per_step: Array
    update: Update
    parameters_after: Mapping[str, Array]
    loss_after: float
    mini_batch: MiniBatch | None = None
    borders: Borders = ()

    def passed(self, name: str) -> Array:
        """What goes back from a node to its sources, shaped as its gradient: that, but for what is held of the node."""
        held = self.batch.held.get(name)
        return self.gradients[name] if held is None else held.passed(self.gradients[name])

    def held_units(self, name: str, t: int) -> tuple[int, ...]:
        """The units of node (name, t) that are held by hand, counted from 0."""
        held = self.batch.held.get(name)
        return () if held is None or not self._inside(name, t) else held.units(self._index(name, t))

    @property
    def finite(self) -> bool:
        """Whether every loss and gradient is a number."""
        arrays = (*self.gradients.values(), *self.parameter_gradients.values(), *self.values.values())
        return bool(np.isfinite(self.loss)) and all(np.isfinite(a).all() for a in arrays)

    @property
    def loss_steps(self) -> range:
        """The steps that have a loss."""
        return range(0) if self.network.output is None else self.steps(self.network.output.loss)

    @property
    def last(self) -> int:
        """The last step of all that has a loss or a number of its own: T, or that of the root of a tree."""
        return max(self.T, self.loss_steps.stop - 1)

    def steps(self, name: str) -> range:
        """The steps of a node, counted from 1 within its segment."""
        return self.network.node(name).span.steps(self.T, self.sizes)

    def term_steps(self, node: Node, term: Term) -> range:
        """The steps at which a node has a term."""
        return term_steps(self.network, node, term, self.T, self.sizes)

    def operation(self, node: Node, t: int) -> Operation:
        """How a node is computed at step t."""
        return operation_at(self.network, node, t, self.T, self.sizes)

    def _index(self, name: str, t: int) -> int:
        return 0 if self.network.node(name).span.single else t - 1

    def value(self, name: str, t: int, b: int = 0) -> Array:
        """Node (name, t) in sequence b, (n,); before step 1 the initial state, after the last the final."""
        if t < 1:
            rows = self.initial[name]
            return _row(rows, max(t - 1, -len(rows)), b)  # one state stands for every step before the first
        beyond = t - self.steps(name).stop
        if beyond >= 0:
            rows = self.final.get(name, np.zeros((1, self.B, self.values[name].shape[2])))
            return _row(rows, min(beyond, len(rows) - 1), b)
        return _row(self.values[name], self._index(name, t), b)

    def gradient(self, name: str, t: int, b: int = 0) -> Array:
        """∂L_b/∂(name, t), (n,); before step 1 and after the last that of the one state which is read there."""
        if self._inside(name, t):
            return _row(self.gradients[name], self._index(name, t), b)
        sent = (self.contribution(c, t, b) for c in self._contributions(name, t))
        return sum(sent, np.zeros(self.gradients[name].shape[2]))

    def contribution(self, contribution: Contribution, t: int, b: int = 0) -> Array:
        """What one use sends back to its source at step t, (n,)."""
        name = contribution.use.source.name
        if self._inside(name, t):
            return _row(contribution.array, self._index(name, t), b)
        return _row(contribution.array, t - 1 if t < 1 else t - self.steps(name).stop, b)

    @cached_property
    def initial_gradients(self) -> dict[str, Array]:
        """∂L_b/∂ the states before step 1, (B, n): each stands for all steps before it."""
        return {name: self._added_up(name, kept) for name, kept in self.initial_contributions.items()}

    @cached_property
    def final_gradients(self) -> dict[str, Array]:
        """∂L_b/∂ the states after the last step, (B, n): each stands for all steps after it."""
        return {name: self._added_up(name, kept) for name, kept in self.final_contributions.items()}

    def _added_up(self, name: str, kept: tuple[Contribution, ...]) -> Array:
        total = sum((c.array for c in kept), np.zeros((1, *self.gradients[name].shape[1:])))
        return np.asarray(total.sum(0))

    def _inside(self, name: str, t: int) -> bool:
        """Whether a node is computed or given at step t, not only read there."""
        return self.network.node(name).span.single or t in self.steps(name)

    def _contributions(self, name: str, t: int) -> tuple[Contribution, ...]:
        """All that reach step t of a node, in any sequence."""
        of = self.contributions
        if not self._inside(name, t):
            of = self.initial_contributions if t < 1 else self.final_contributions
        return tuple(c for c in of.get(name, ()) if c.lo < t <= c.hi)

    @cached_property
    def graph(self) -> Graph:
        """The network unfolded as it ran, with the feedback and the tree of the first sequence."""
        mask = None if self.batch.mask is None else tuple(bool(m) for m in self.batch.mask[:, 0])
        held = frozenset(
            Vertex(name, t)
            for name, held in self.batch.held.items()
            for row, t in enumerate(self.steps(name))
            if held.whole(row)
        )
        return unfold(self.network, self.T, mask, self.sizes, held, self.borders)

    @cached_property
    def flow(self) -> GradientFlow:
        """Where gradients flow in the first sequence."""
        return self.graph.once(GradientFlow)

    def reaching(self, name: str, t: int) -> tuple[Contribution, ...]:
        """The contributions that reach node (name, t) of the first sequence.

        A use sends nothing back where no gradient reaches its consumer: not from ŷ(τ), which no later step is fed.
        Where a mixed feedback feeds the target, the gradient ends: neither the switch nor what it left out has one.
        """
        if not self.flow.reached(Vertex(name, t)):
            return ()
        return tuple(c for c in self._contributions(name, t) if self.consumers(c.use, t))

    def consumers(self, use: Use, t: int) -> tuple[Vertex, ...]:
        """The vertices from which a gradient comes back over a use of a node at its step t."""
        name = use.consumer.name
        if use.source.every or self.network.node(use.source.name).span.single:
            steps: Iterable[int] = self.steps(name)
        else:
            steps = (reader for reader in use.source.readers(t) if not crosses(self.borders, t, reader))
        return tuple(v for v in (Vertex(name, step) for step in steps) if self.flow.reached(v))

    def parameter_contributions(self, name: str) -> Array:
        """What each step of the nodes that use a parameter adds to its gradient: (steps, *shape), mean over the batch.

        Summed over t that is the parameter's entry in `parameter_gradients` (eqs. 10.22 to 10.28).
        """
        users = [node.name for node, term in terms_of(self.network.nodes) if name in term.parameters]
        longest = max(self.steps(user)[-1] for user in users)
        found = np.zeros((longest, *self.parameters[name].shape))
        for node, term in terms_of(self.network.nodes):
            if name in term.parameters and node.name in self.gradients:
                first, passed = self.steps(node.name).start, self.passed(node.name)
                for t in self.term_steps(node, term):
                    step = OneStep(self, t, passed[t - first], np.zeros_like(self.parameters[name]))
                    term.parameter_vjp(name, step)
                    found[t - 1] += step.out / self.B
        return found

    def read(self, ref: Ref, t: int, b: int = 0) -> Array:
        """What a node at step t finds where it refers to `ref`, (n,)."""
        return self.value(ref.name, self.step_read(ref, t, b), b)

    def step_read(self, ref: Ref, t: int, b: int = 0) -> int:
        """The step at which a node at step t reads another."""
        if b and ref.child is not None and self.batch.trees is not None:
            return int(self.batch.trees[ref.child, t - self.T - 1, b])
        return self.steps(ref.name)[-1] if self.network.node(ref.name).span.single else ref.step(t)


def _row(array: Array, step: int, b: int) -> Array:
    row: Array = array[step, b]
    return row


class OneStep:
    """One step of a node from which a gradient comes back, computed at once, (B, n); see `contexts.TermBack`."""

    def __init__(self, trace: Trace, t: int, gradient: Array, out: Array):
        self._trace, self._t, self.gradient, self.out = trace, t, gradient, out

    def call(self, function: Callable[..., object], *arguments: object) -> None:
        with np.errstate(all="ignore"):  # what overflows is shown and named, not warned about
            function(*arguments)

    def read(self, source: Source) -> Array:
        assert isinstance(source, Ref)
        return np.stack([self._trace.read(source, self._t, b) for b in range(self._trace.B)])

    def parameter(self, name: str) -> Array:
        return self._trace.parameters[name]

    def complement(self, parameter: str) -> Array:
        return np.asarray(1.0 - self._trace.parameters[parameter])

    def product(self, rows: Array, matrix: Array, out: Array) -> None:
        _NETWORK.product(self, rows, matrix, out)

    def outer(self, gradient: Array, source: Source) -> None:
        _NETWORK.outer(self, gradient, self.read(source), None)

    def total(self, rows: Array) -> None:
        _NETWORK.total(self, rows)

    def symbols(self, source: Source) -> None:
        """Nothing is known to be one-hot here."""

    def ones(self, n: int) -> Array:
        return np.ones(n)

    def scratch(self, rows: int, n: int) -> Array:
        return np.zeros((rows, n))
