"""Follow the state once round the recurrence: the matrix of that loop, its eigenvalues, and products of Jacobians.

From one step to the next ∂h(t+1)/∂h(t) = diag(φ'(a(t+1))) M(t) with M(t) = ∂a(t+1)/∂h(t). What M is follows from
the declared terms: W in figs. 10.3 and 10.5, W V or W J(t) V in fig. 10.4 where the output is fed back, nothing
where the target is. Powers of M are what sections 8.2.5 and 10.7 say of vanishing and exploding gradients.
"""

from collections.abc import Iterator

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.graph.activations import ActivationFunction
from explorer.graph.analyse.trace import Trace
from explorer.graph.arrays import Array
from explorer.graph.declaration import Ref, Softmax, Term
from explorer.graph.feedback import Network
from explorer.graph.refs import refs_in
from explorer.graph.schedule import direction_of, sources
from explorer.graph.truncated import crosses
from explorer.graph.uses import Uses, gradient_uses

SOFTMAX = Softmax.jacobian
"""Stands among a path's factors for J(t) = ∂ŷ(t)/∂o(t) = diag(ŷ) − ŷ ŷᵀ."""


class LoopPath(Struct, frozen=True):
    """One path from the state h(t) to a(t+1): names of weights and SOFTMAX, as they are multiplied, first to last.

    `switched`: it is open only where a mixed feedback feeds the network's own signal.
    """

    factors: tuple[str, ...]
    switched: bool = False


class Loop(Struct, frozen=True):
    """How a state returns to itself: h = `function`(a), and a(t+1) reads h(t) over `paths` that carry a gradient.

    Where the state runs backward in time `direction` is −1, and t + 1 stands for t − 1 in all that follows.
    """

    state: str
    function: ActivationFunction
    paths: tuple[LoopPath, ...]
    direction: int = 1

    @property
    def varies(self) -> bool:
        """Whether M(t) is another one at each step."""
        return any(path.switched or SOFTMAX in path.factors for path in self.paths)

    def paths_at(self, trace: Trace, t: int) -> tuple[LoopPath, ...]:
        """The paths that are open from step t to step t + 1."""
        if crosses(trace.borders, t, t + self.direction):
            return ()
        return tuple(path for path in self.paths if not (path.switched and trace.flow.target_fed(t)))

    def matrix(self, trace: Trace, t: int) -> Array:
        """M(t) = ∂a(t+1)/∂h(t), (n, n), 1 ≤ t ≤ T; zero where no path is open."""
        n = trace.values[self.state].shape[2]
        total: Array = np.zeros((n, n))
        for path in self.paths_at(trace, t):
            first, *rest = (self._factor(trace, name, t) for name in path.factors)
            for factor in rest:
                first = first @ factor
            total += first
        return total

    def jacobian(self, trace: Trace, t: int) -> Array:
        """∂h(t+1)/∂h(t), (n, n), for two steps of the sequence."""
        after = trace.value(self.state, t + self.direction)
        slope = np.empty_like(after)
        self.function.derivative(after, slope)
        (summed,) = sources(trace.network.node(self.state))
        for name in (self.state, summed.name):
            slope[list(trace.held_units(name, t + self.direction))] = 0.0
        return slope[:, None] * self.matrix(trace, t)

    def _factor(self, trace: Trace, name: str, t: int) -> Array:
        if name != SOFTMAX:
            return trace.parameters[name]
        assert trace.network.output is not None
        yhat = trace.value(trace.network.output.prediction, t)
        jacobian: Array = np.diag(yhat) - np.outer(yhat, yhat)
        return jacobian


class _NoLoopError(Exception):
    """The recurrence is no sum of matrix products."""


def loop_of(network: Network, state: str | None = None) -> Loop | None:
    """The loop of a state that is φ of a sum of products with weights; None for any other, gated or in a tree say."""
    state = state or network.state
    direction = direction_of(network, state)
    function = network.node(state).operation.phi
    if function is None or network.node(state).span.tree:
        return None
    (source,) = sources(network.node(state))
    try:
        found = _PathsFrom(network, gradient_uses(network), state)
        paths = tuple(found.into(source.name, direction))
    except _NoLoopError:
        return None
    return Loop(state, function, paths, direction)


class _PathsFrom(Struct, frozen=True):
    """The paths from a state: they lead through nodes that a gradient comes back to."""

    network: Network
    uses: Uses
    state: str

    def into(self, name: str, lag: int) -> list[LoopPath]:
        """The paths that enter a sum by terms at this lag."""
        terms = self.network.node(name).operation.terms
        if not terms:
            raise _NoLoopError
        return [path for term in terms for path in self._over(term, lag)]

    def _over(self, term: Term, lag: int) -> list[LoopPath]:
        read = refs_in(term.sources)
        if not any(source.name in self.uses for source in read):
            return []
        if term.parameters != (term.weight,) or read != (Ref(read[0].name, lag),):
            raise _NoLoopError
        return [LoopPath((*term.parameters, *path.factors), path.switched) for path in self._to(read[0].name)]

    def _to(self, name: str) -> list[LoopPath]:
        """The paths to a node of the same step."""
        if name == self.state:
            return [LoopPath(())]
        if name not in self.uses:
            return []
        node = self.network.node(name)
        if node.operation.terms:
            return self.into(name, lag=0)
        source = sources(node)[-1]  # of a switch, the network's own signal
        if source != Ref(source.name) or not (node.operation.jacobian or node.operation.switched):
            raise _NoLoopError
        passed = (node.operation.jacobian,) if node.operation.jacobian else ()
        paths = self._to(source.name)
        return [LoopPath((*passed, *path.factors), path.switched or node.operation.switched) for path in paths]


def eigenvalues(matrix: Array) -> NDArray[np.complex128]:
    """The eigenvalues of a square matrix of finite numbers, (n,), the largest in magnitude first."""
    found = np.linalg.eigvals(matrix).astype(np.complex128)
    ordered: NDArray[np.complex128] = found[np.argsort(-np.abs(found), kind="stable")]
    return ordered


def spectral_norm(matrix: Array) -> float:
    """The largest factor by which a matrix lengthens a vector, its largest singular value; NaN if it is not finite.

    From the eigenvalues of the smaller Gram matrix, several times as fast as a singular value decomposition.
    """
    largest = float(np.abs(matrix).max(initial=0.0))
    if largest == 0.0:
        return 0.0
    if not np.isfinite(largest):
        return float("nan")
    # Scaled first: the squares of what has vanished or exploded would leave the range of a float.
    scaled = matrix / largest
    return largest * float(np.sqrt(np.linalg.eigvalsh(scaled @ scaled.T)[-1]))


def loop_products(loop: Loop, trace: Trace, k: int, t: int) -> Iterator[tuple[Array, Array]]:
    """For i from the step before k to t: the factor ∂h(i+1)/∂h(i), and ∂h(k)/∂h(i), the product so far; (n, n) each."""
    product: Array = np.eye(trace.values[loop.state].shape[2])
    back = -loop.direction
    for i in range(k + back, t + back, back):
        with np.errstate(all="ignore"):  # what overflows is shown and named, not warned about
            factor = loop.jacobian(trace, i)
            product = product @ factor
        yield factor, product
