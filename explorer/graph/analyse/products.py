"""Multiply the Jacobians of a recurrence along time: what a state at k still owes to one at t, ∂s(k)/∂s(t).

The whole Jacobian comes of one backward pass over copies of one sequence, each beginning at one unit of s(k), whatever
paths there are between. Beside it stands what passes unit by unit from step to step and through nothing else: the
forget gate in s(t) = f(t) ⊙ s(t−1) + …, so that the direct path is Π f (section 10.10.1).
"""

from collections.abc import Generator

import numpy as np
from msgspec import Struct

from explorer.graph.analyse.copies import A_FRAME, computed, passes
from explorer.graph.analyse.spectrum import spectral_norm
from explorer.graph.analyse.trace import OneStep, Trace
from explorer.graph.arrays import Array
from explorer.graph.declaration import Node, Ref, Term
from explorer.graph.feedback import Network
from explorer.graph.refs import refs_in
from explorer.graph.schedule import direction_of
from explorer.graph.terms.base import Elementwise
from explorer.graph.uses import gradient_uses


class Products(Struct, frozen=True, eq=False):
    """Of a state from step k back: entries [t − 1] of arrays over its steps, NaN beyond k.

    `norms` (steps,) is the largest singular value of ∂s(k)/∂s(t). `shares` (steps, n) is what of each unit passes into
    step t directly: the gate where the state is carried (`carried`), else the slope φ'(a(t)); None where it is neither.
    `direct` (steps, n) is the product of the gates from t + 1 to k, None without any.
    """

    state: str
    k: int
    direction: int
    norms: Array
    shares: Array | None
    direct: Array | None

    @property
    def carried(self) -> bool:
        return self.direct is not None

    def steps(self) -> range:
        """The steps that a gradient comes back to, from k on."""
        return _back(self.k, len(self.norms), self.direction)


def multiplying(trace: Trace, state: str, k: int) -> Generator[None, None, Products]:
    """The products from step k of a recurrent state back to each of its steps, of a trace of one sequence.

    It pauses after each pass, and after the norm of each step.
    """
    direction = direction_of(trace.network, state)
    steps = len(trace.values[state])
    norms = np.full(steps, np.nan)
    whole = yield from jacobians_from(trace, state, k)
    back = _back(k, steps, direction)
    for t in back:
        norms[t - 1] = spectral_norm(whole[t - 1])
        yield
    gates, direct = carried(trace, state), None
    if gates is not None:
        direct = np.full_like(gates, np.nan)
        passing = np.ones(gates.shape[1])
        for t in back:
            direct[t - 1] = passing
            passing = passing * gates[t - 1]
    return Products(state, k, direction, norms, slopes(trace, state) if gates is None else gates, direct)


def _back(k: int, steps: int, direction: int) -> range:
    """The steps from k on against the direction in which a node of so many steps is computed."""
    return range(k, 0, -1) if direction > 0 else range(k, steps + 1)


def jacobians_from(trace: Trace, state: str, k: int) -> Generator[None, None, Array]:
    """∂(state, k)/∂(state, t) over all paths as entry [t − 1], (steps, n, n); zero where k does not depend on t.

    It pauses after each pass.
    """
    steps, _, n = trace.values[state].shape
    found = np.zeros((steps, n, n))
    for part in passes(trace, n, A_FRAME):
        rows = range(n)[part]
        program = computed(trace, len(rows), root=state)
        seed = program.memory.seeds[state]
        seed.fill(0.0)
        for b, unit in enumerate(rows):
            seed[k - 1, b, unit] = 1.0
        with np.errstate(all="ignore"):  # what overflows is shown and named, not warned about
            program.backward()
        found[:, part] = program.memory.gradients[state]
        yield
    return found


def carried(trace: Trace, state: str) -> Array | None:
    """∂(state, t)/∂(state, t−1) unit by unit, through the terms that take the state as it was: (steps, n).

    Such a term is f ⊙ s(t−1), u ⊙ h(t−1) or α ⊙ h(t−1), and the gate stays as it is; None without one.
    """
    node, direction = trace.network.node(state), direction_of(trace.network, state)
    terms = [(term, slot) for term, slot in _carrying(node) if term.sources[slot] == Ref(state, direction)]
    if not terms:
        return None
    steps, _, n = trace.values[state].shape
    total: Array = np.zeros((steps, n))
    for t in trace.steps(state):
        for term, slot in terms:
            at = OneStep(trace, t, np.ones((1, n)), np.zeros((1, n)))
            term.vjp(slot, at)
            total[t - 1] += at.out[0]
        total[t - 1, list(trace.held_units(state, t))] = 0.0
    return total


def carriers(network: Network, state: str) -> tuple[str, ...]:
    """The symbols of the gates or shares that carry a state on: f of an LSTM's s, α of a leaky unit."""
    symbols = {p.name: p.symbol for p in network.architecture.parameters}
    found: list[str] = []
    for term, slot in _carrying(network.node(state)):
        others = [source for other, source in enumerate(term.sources) if other != slot]
        found += [network.node(source.name).symbol for source in refs_in(others)]
        found += [term.written(symbols[name]) for name in term.parameters]
    return tuple(dict.fromkeys(found))


def slopes(trace: Trace, state: str) -> Array | None:
    """φ'(a(t)) of a state that is a function of a sum, unit by unit: (steps, n); None of any other."""
    function = trace.network.node(state).operation.phi
    if function is None:
        return None
    values = trace.values[state][:, 0]
    found = np.empty_like(values)
    function.derivative(values, found)
    held = trace.batch.held.get(state)
    return found if held is None else held.passed(found[:, None])[:, 0]


def followed_states(network: Network) -> tuple[str, ...]:
    """The recurrent states whose products can be followed from step to step: those that another step depends on.

    Those that are carried come first, of these the last declared, for it is nearest to the output. In a tree there is
    no one way from step to step.
    """
    order = [node.name for node in network.nodes]
    found = [
        name
        for name in network.architecture.states
        if not network.node(name).span.tree
        and not network.node(name).span.single
        and gradient_uses(network, name).of[name]
    ]
    return tuple(sorted(found, key=lambda name: -order.index(name) if _carrying(network.node(name)) else 1))


def _carrying(node: Node) -> list[tuple[Term, int]]:
    """The terms of a node that take its own earlier value unit by unit, with its number among their sources."""
    return [
        (term, slot)
        for term in node.operation.terms
        if isinstance(term, Elementwise)
        for slot, source in enumerate(term.sources)
        if isinstance(source, Ref) and source.name == node.name
    ]
