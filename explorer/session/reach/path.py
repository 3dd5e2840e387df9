"""Follow one gradient on its way from L(k) back to h(t): the Jacobians it passes, what cuts it, the edges it takes."""

from time import perf_counter

from msgspec import Struct

from explorer.graph.spectrum import products, spectral_norm
from explorer.graph.unfold import Edge, Graph, Vertex
from explorer.session.reach.reach import Reach
from explorer.training.threads import one_thread


class Passed(Struct, frozen=True):
    """One step back: ‖∂h(i+1)/∂h(i)‖, and ‖∂h(k)/∂h(i)‖ of the product of all factors so far (spectral norms).

    Either is NaN where a number is beyond a float.
    """

    i: int
    factor: float
    product: float


class Walk:
    """The way from k back to t, worked out a little at a time: `steps` so far, i = k − 1 … t; none without a loop."""

    def __init__(self, reach: Reach, k: int, t: int) -> None:
        self.k, self.t = k, t
        self.steps: list[Passed] = []
        self.done = False
        self._coming = products(reach.loop, reach.trace, k, t) if reach.loop is not None else iter(())

    def advance(self, seconds: float) -> None:
        """Go on for about so long, at least one step."""
        until = perf_counter() + seconds
        with one_thread():
            while not self.done:
                factor, product = next(self._coming, (None, None))
                if factor is None or product is None:
                    self.done = True
                else:
                    i = self.k - 1 - len(self.steps)
                    self.steps.append(Passed(i, spectral_norm(factor), spectral_norm(product)))
                if perf_counter() >= until:
                    break


def cut_by(reach: Reach, s: int) -> str:
    """What cuts the way from step s + 1 back to step s, as half a sentence."""
    trace = reach.trace
    feedback, mask = trace.network.feedback, trace.batch.mask
    if feedback is None:
        return f"step {s + 1} reads nothing of step {s}"
    if feedback.own is None or (mask is not None and mask[s - 1, 0]):
        return f"step {s + 1} is fed the target y({s})"
    if feedback.own == "argmax":
        return f"step {s + 1} is fed the arg max of o({s}), which has no derivative"
    return f"step {s + 1} is fed a symbol drawn from ŷ({s}), which has no derivative"


def path_edges(graph: Graph, state: str, k: int, t: int) -> frozenset[Edge]:
    """The edges of a graph, drawn or whole, on which a gradient goes from L(k) back to h(t).

    Where the way is cut, those on which it goes back as far as the cut.
    """
    if graph.network.output is None:
        return frozenset()
    into: dict[Vertex, list[Edge]] = {}
    for edge in graph.edges:
        if edge.gradient and edge.source.t >= t and edge.target.t <= k:
            into.setdefault(edge.target, []).append(edge)
    loss, end = Vertex(graph.network.output.loss, k), Vertex(state, t)
    come: list[Edge] = []
    seen, frontier = {loss}, [loss]
    while frontier:
        for edge in into.get(frontier.pop(), ()):
            come.append(edge)
            if edge.source not in seen:
                seen.add(edge.source)
                frontier.append(edge.source)
    out_of: dict[Vertex, list[Edge]] = {}
    for edge in come:
        out_of.setdefault(edge.source, []).append(edge)
    # Up again from where it ends, so that no dead end beside the way is left in.
    ends = [end] if end in seen else [v for v in seen if v.name == state and v.t == _earliest(seen, state)]
    found: set[Edge] = set()
    while ends:
        for edge in out_of.get(ends.pop(), ()):
            if edge not in found:
                found.add(edge)
                ends.append(edge.target)
    return frozenset(found)


def _earliest(seen: set[Vertex], state: str) -> int:
    return min(v.t for v in seen if v.name == state)
