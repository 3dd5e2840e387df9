"""Follow one gradient on its way from L(k) back to h(t): the Jacobians it passes, what cuts it, the edges it takes."""

from time import perf_counter

from msgspec import Struct

from explorer.graph.analyse.gradient_flow import edges_between
from explorer.graph.analyse.spectrum import loop_products, spectral_norm
from explorer.graph.equations.cut_words import cut_between
from explorer.graph.schedule import direction_of
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
    """The way from k back to t, worked out a little at a time: `steps` so far, from k to t; none without a loop."""

    def __init__(self, reach: Reach, k: int, t: int) -> None:
        self.k, self.t = k, t
        self.steps: list[Passed] = []
        self.done = False
        self._back = -reach.direction
        self._coming = loop_products(reach.loop, reach.trace, k, t) if reach.loop is not None else iter(())

    def advance(self, seconds: float) -> None:
        """Go on for about so long, at least one step."""
        until = perf_counter() + seconds
        with one_thread():
            while not self.done:
                factor, product = next(self._coming, (None, None))
                if factor is None or product is None:
                    self.done = True
                else:
                    i = self.k + self._back * (1 + len(self.steps))
                    self.steps.append(Passed(i, spectral_norm(factor), spectral_norm(product)))
                if perf_counter() >= until:
                    break


def cut_by(reach: Reach, s: int) -> str:
    """What cuts the way back to step s from the step that follows it along the state, as half a sentence."""
    t = s + reach.direction
    return cut_between(reach.trace.network, reach.trace.flow.stop_between(s, t), s, t)


def path_edges(graph: Graph, state: str, k: int, t: int) -> frozenset[Edge]:
    """The edges of a graph, drawn or whole, on which a gradient goes from L(k) back to step t of a state.

    Where the way is cut, those on which it goes back as far as the cut.
    """
    end, direction = Vertex(state, t), direction_of(graph.network, state)
    if graph.network.output is None or end not in graph.vertices:
        return frozenset()
    loss = Vertex(graph.network.output.loss, k)
    found = edges_between(graph, loss, end)
    # Where the way is cut, the step nearest to t from which on it is not.
    steps = range(t + direction, k + direction, direction)
    return found or next(filter(None, (edges_between(graph, loss, Vertex(state, s)) for s in steps)), frozenset())
