"""Unfold a network along time: vertices (node, t), edges between them, in an order in which all can be computed."""

from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from heapq import heapify, heappop, heappush
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from explorer.graph.declaration import Node, Ref, Sizes
from explorer.graph.feedback import Network
from explorer.graph.operations.base import DATA, HELD, TARGET, TRUNCATED, Stop
from explorer.graph.placed import placed, shaped
from explorer.graph.refs import Vertex as Vertex
from explorer.graph.schedule import schedule, sources
from explorer.graph.stretches import operation_at
from explorer.graph.truncated import Borders, crosses
from explorer.grouping import by_key

_Found = TypeVar("_Found")


class Edge(Struct, frozen=True):
    """`target` is computed from `source`, through `weight` if there is one.

    `through` names the undrawn nodes on the way (such as "argmax"); `stop` says why no gradient can come back over it.
    """

    source: Vertex
    target: Vertex
    weight: str | None = None
    through: tuple[str, ...] = ()
    stop: Stop | None = None

    @property
    def lag(self) -> int:
        return self.target.t - self.source.t


class Graph(Struct, frozen=True, dict=True):
    """The unfolded graph: `vertices` in computation order; `boundary`, the states before step 1 that are read.

    `along` has, for the edges of a drawn graph, those of the whole graph that they stand for.
    """

    network: Network
    T: int
    vertices: tuple[Vertex, ...]
    boundary: tuple[Vertex, ...]
    edges: tuple[Edge, ...]
    along: Mapping[Edge, tuple[Edge, ...]] = {}

    def node(self, vertex: Vertex) -> Node:
        return self.network.node(vertex.name)

    @cached_property
    def into(self) -> dict[Vertex, list[Edge]]:
        """The edges that each vertex is computed from; vertices without any are absent."""
        return by_key(self.edges, lambda edge: edge.target)

    @cached_property
    def out_of(self) -> dict[Vertex, list[Edge]]:
        """The edges that start at each vertex; vertices that nothing reads are absent."""
        return by_key(self.edges, lambda edge: edge.source)

    def once(self, of: Callable[..., _Found], *arguments: object) -> _Found:
        """What a function makes of this graph and these arguments, worked out the first time it is asked for.

        The graph stays while only numbers change, and with it all that follows from it.
        """
        key = of, *arguments
        if key not in self._found:
            self._found[key] = of(self, *arguments)
        found: _Found = self._found[key]
        return found

    @cached_property
    def _found(self) -> dict[tuple[object, ...], Any]:
        return {}

    def leads_along(self, edge: Edge) -> tuple[Edge, ...]:
        """The edges of the whole graph along which an edge of a drawn one leads."""
        return self.along.get(edge, (edge,))


def unfold(
    network: Network,
    T: int,
    mask: tuple[bool, ...] | None = None,
    sizes: Sizes | None = None,
    held: frozenset[Vertex] = frozenset(),
    borders: Borders = (),
) -> Graph:
    """Every node at every of its steps; `sizes` gives the lengths of segments that are not T, and chosen lags.

    `mask[t − 1]` says whether a mixed feedback feeds the target y(t) into step t + 1. No gradient comes back from what
    is `held` as a whole, nor over the `borders` of truncated BPTT. The latest few graphs are kept: the same one comes
    back while only numbers change.
    """
    return _unfold(network, T, mask, tuple((sizes or {}).items()), held, borders)


@lru_cache(maxsize=4)
def _unfold(
    network: Network,
    T: int,
    mask: tuple[bool, ...] | None,
    sizes: tuple[tuple[str, int], ...],
    held: frozenset[Vertex],
    borders: Borders,
) -> Graph:
    network = shaped(placed(network, dict(sizes)), T)
    schedule(network)  # raises the clear sentence for a network that no order computes
    steps = {node.name: node.span.steps(T, dict(sizes)) for node in network.nodes}
    edges: list[Edge] = []
    for node in network.nodes:
        for t in steps[node.name]:
            target_fed = mask[t - 1] if mask is not None and node.operation.switched else None
            for ref, weight in operation_at(network, node, t, T, dict(sizes)).reads(target_fed):
                assert isinstance(ref, Ref)
                there, target = steps[ref.name], Vertex(node.name, t)
                single = network.node(ref.name).span.single
                read = there if ref.every else (there[-1] if single else ref.step(t),)
                edges += [Edge(Vertex(ref.name, s), target, weight, stop=node.operation.stop(ref)) for s in read]
    every = {Vertex(node.name, t) for node in network.nodes for t in steps[node.name]}
    boundary = tuple(sorted({edge.source for edge in edges} - every))
    graph = Graph(network, T, _ordered(network, every, edges), boundary, tuple(edges))
    stops = _constant(graph)
    found = (_stopped(edge, stops.get(edge.source)) for edge in edges)
    found = (_stopped(edge, HELD if edge.target in held else None) for edge in found)
    return replace(graph, edges=tuple(_stopped(edge, _truncated(network, edge, borders)) for edge in found))


def _truncated(network: Network, edge: Edge, borders: Borders) -> Stop | None:
    """What stops a gradient on an edge between two windows; what is there once is in none, nor is the last step."""
    source, target = network.node(edge.source.name), network.node(edge.target.name)
    apart = crosses(borders, edge.source.t, edge.target.t) and target.span.length != "1"
    return TRUNCATED if apart and not source.span.single else None


def _stopped(edge: Edge, stop: Stop | None) -> Edge:
    return replace(edge, stop=stop) if edge.stop is None and stop is not None else edge


def _constant(graph: Graph) -> dict[Vertex, Stop]:
    """The vertices that change smoothly with no parameter and no initial state, and why: data, and what is picked."""
    found: dict[Vertex, Stop] = {}
    for vertex in (*graph.boundary, *graph.vertices):
        node, into = graph.node(vertex), graph.into.get(vertex, ())
        stops = [edge.stop or found.get(edge.source) for edge in into]
        learnt = any(term.parameters for term in node.operation.terms)
        if node.given:
            stops = [TARGET if vertex.name == graph.network.target else DATA]
        elif not into:
            stops = [node.operation.stop(source) for source in sources(node)]
        if stops and stops[0] is not None and all(stops) and not learnt:
            found[vertex] = stops[0]
    return found


def _ordered(network: Network, every: set[Vertex], edges: list[Edge]) -> tuple[Vertex, ...]:
    """Topological order, earliest step first, within a step as declared."""
    rank = {node.name: i for i, node in enumerate(network.nodes)}
    waiting = {vertex: 0 for vertex in every}
    readers: dict[Vertex, list[Vertex]] = {vertex: [] for vertex in every}
    for edge in edges:
        if edge.source in every:
            waiting[edge.target] += 1
            readers[edge.source].append(edge.target)
    ready = [(v.t, rank[v.name], v) for v, n in waiting.items() if n == 0]
    heapify(ready)
    ordered = []
    while ready:
        _, _, vertex = heappop(ready)
        ordered.append(vertex)
        for reader in readers[vertex]:
            waiting[reader] -= 1
            if waiting[reader] == 0:
                heappush(ready, (reader.t, rank[reader.name], reader))
    return tuple(ordered)
