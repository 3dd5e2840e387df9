"""Where gradients flow in an unfolded network: which losses reach a vertex, over which edges, and what cuts a path.

`uses` says which operation passes a gradient to which of its sources; `unfold` puts what stops one on each edge. All
that is shown or asked of gradients follows from these.
"""

from functools import cached_property

from msgspec import Struct

from explorer.graph.operations.base import TARGET, Stop
from explorer.graph.unfold import Edge, Graph, Vertex


class Cut(Struct, frozen=True):
    """`vertex`, or what stands in its place, is read by `reader`, which has a gradient but sends none back to it."""

    vertex: Vertex
    reader: Vertex
    stop: Stop


class GradientFlow(Struct, frozen=True, eq=False, dict=True):
    """The flow over a whole graph (not a drawn one), of the sequence whose targets the graph feeds."""

    graph: Graph

    def reached(self, vertex: Vertex) -> bool:
        """Whether a gradient comes back to this vertex, from any loss, however small it is."""
        return vertex in self._losses

    def over(self, edge: Edge) -> bool:
        """Whether a gradient comes back over an edge of the whole graph; over none into a loss, see `_losses`."""
        output = self.graph.network.output
        into_loss = output is not None and edge.target.name == output.loss
        return edge.stop is None and not into_loss and self.reached(edge.target)

    def losses(self, vertex: Vertex) -> tuple[int, ...]:
        """The steps k whose L(k) sends a gradient back to this vertex."""
        bits = self._losses.get(vertex, 0)
        return tuple(k for k in range(bits.bit_length()) if bits >> k & 1)

    @cached_property
    def _losses(self) -> dict[Vertex, int]:
        """Of each vertex that a gradient reaches: of which losses, as a set of bits, bit k for L(k)."""
        output = self.graph.network.output
        if output is None:
            return {}
        found = {v: 1 << v.t for v in self.graph.vertices if v.name == output.loss}
        for vertex in reversed(self.graph.vertices):
            losses = found.get(vertex)
            if losses is None:
                continue
            if vertex.name == output.loss:
                # It differentiates straight to its logits (eq. 10.18), past the prediction.
                sources = [Vertex(output.logits, vertex.t)]
            else:
                sources = [edge.source for edge in self.graph.into.get(vertex, ()) if edge.stop is None]
            for source in sources:
                found[source] = found.get(source, 0) | losses
        return found

    def cuts(self, vertex: Vertex) -> tuple[Cut, ...]:
        """What cuts the paths over which a gradient would come back to this vertex otherwise, one for each reader.

        In place of the logits a target may be fed, which no edge leads to.
        """
        out_of = self.graph.out_of
        frontier: list[tuple[Edge, Stop | None]] = [(edge, None) for edge in self._onward(vertex)]
        found: dict[Vertex, Cut] = {}
        while frontier:
            edge, before = frontier.pop(0)
            stop = before or edge.stop
            if not self.reached(edge.target):
                frontier += [(after, stop) for after in out_of.get(edge.target, ())]
            elif stop is not None:
                found.setdefault(edge.target, Cut(vertex, edge.target, stop))
        return tuple(found.values())

    def way(self, vertex: Vertex, k: int) -> tuple[tuple[Vertex, ...], Cut | None]:
        """A shortest way from a vertex to L(k), and what cuts it first, None if a gradient comes back along it.

        A way that is not cut is preferred. Empty if L(k) is computed without the vertex. As in `cuts`, the target that
        is fed in place of the logits is on a way.
        """
        output = self.graph.network.output
        if output is None:
            return (), None
        loss = Vertex(output.loss, k)
        for through in (False, True):
            before: dict[Vertex, tuple[Vertex, Stop | None] | None] = {vertex: None}
            frontier = [vertex]
            for here in frontier:
                for edge in self._onward(here):
                    if edge.target not in before and (through or edge.stop is None):
                        before[edge.target] = here, edge.stop
                        frontier.append(edge.target)
            if loss in before:
                return _walked(before, loss)
        return (), None

    def _onward(self, vertex: Vertex) -> list[Edge]:
        """The edges out of a vertex, and of logits those of the target that is fed in their place."""
        output, onward = self.graph.network.output, list(self.graph.out_of.get(vertex, ()))
        if output is not None and vertex.name == output.logits:
            fed = self.graph.out_of.get(Vertex(output.target, vertex.t), ())
            onward += [edge for edge in fed if edge.stop == TARGET]
        return onward

    def target_fed(self, t: int) -> bool:
        """Whether y(t) is fed into another step."""
        target = self.graph.network.target
        read = self.graph.out_of.get(Vertex(target, t), ()) if target is not None else ()
        return any(edge.stop == TARGET for edge in read)

    def stop_between(self, s: int, t: int) -> Stop | None:
        """What stops a gradient on an edge from step s to step t, or after it within step t, if there is such a one."""
        frontier = [edge for edge in self.graph.edges if (edge.source.t, edge.target.t) == (s, t)]
        stops = [edge.stop for edge in frontier if edge.stop is not None]
        while frontier and not stops:
            unreached = [edge.target for edge in frontier if not self.reached(edge.target)]
            frontier = [edge for v in unreached for edge in self.graph.out_of.get(v, ()) if edge.target.t == t]
            stops = [edge.stop for edge in frontier if edge.stop is not None]
        return stops[0] if stops else None


def _walked(
    before: dict[Vertex, tuple[Vertex, Stop | None] | None], end: Vertex
) -> tuple[tuple[Vertex, ...], Cut | None]:
    """The way that was walked to its end, and its first cut."""
    way, cut = [end], None
    while (step := before[way[0]]) is not None:
        source, stop = step
        if stop is not None:
            cut = Cut(source, way[0], stop)
        way.insert(0, source)
    return tuple(way), cut


def edges_between(graph: Graph, loss: Vertex, end: Vertex) -> frozenset[Edge]:
    """The edges, of a whole or a drawn graph, on which a gradient goes from a loss back to `end`; none if it is cut."""
    seen, frontier = {loss}, [loss]
    while frontier:
        for edge in graph.into.get(frontier.pop(), ()):
            if edge.stop is None and edge.source not in seen:
                seen.add(edge.source)
                frontier.append(edge.source)
    found: set[Edge] = set()
    frontier = [end]
    while frontier:
        for edge in graph.out_of.get(frontier.pop(), ()):
            if edge.stop is None and edge.target in seen and edge not in found:
                found.add(edge)
                frontier.append(edge.target)
    return frozenset(found)
