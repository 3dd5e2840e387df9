"""Unfold a network along time: vertices (node, t), edges between them, in an order in which all can be computed."""

from heapq import heapify, heappop, heappush

from msgspec import Struct

from explorer.graph.declaration import Given, Linear, Mix, Node, OneHotArgmax, OneHotSample, Ref, Sizes, Sum
from explorer.graph.feedback import Network
from explorer.graph.schedule import schedule, sources


class Vertex(Struct, frozen=True, order=True):
    """A node at step t, 1 ≤ t ≤ τ; t outside that range names an initial state."""

    name: str
    t: int


class Edge(Struct, frozen=True):
    """`target` is computed from `source`, through `weight` if there is one.

    `through` names the undrawn nodes on the way (such as "argmax"); `gradient` says whether a gradient comes back.
    """

    source: Vertex
    target: Vertex
    weight: str | None = None
    through: tuple[str, ...] = ()
    gradient: bool = True

    @property
    def lag(self) -> int:
        return self.target.t - self.source.t


class Graph(Struct, frozen=True):
    """The unfolded graph: `vertices` in computation order; `boundary`, the states before step 1 that are read."""

    network: Network
    T: int
    vertices: tuple[Vertex, ...]
    boundary: tuple[Vertex, ...]
    edges: tuple[Edge, ...]

    def node(self, vertex: Vertex) -> Node:
        return self.network.node(vertex.name)


def unfold(network: Network, T: int, mask: tuple[bool, ...] | None = None, sizes: Sizes | None = None) -> Graph:
    """Every node at every of its steps; `sizes` gives the lengths of segments that are not T.

    `mask[t − 1]` says whether a mixed feedback feeds the target y(t) into step t + 1.
    """
    schedule(network)  # raises the clear sentence for a network that no order computes
    steps = {node.name: node.span.steps(T, sizes or {}) for node in network.nodes}
    edges: list[Edge] = []
    for node in network.nodes:
        for t in steps[node.name]:
            for ref, weight in _reads(node, mask[t - 1] if mask else None):
                source = Vertex(ref.name, steps[ref.name][-1] if ref.at_last else t - ref.lag)
                origin = network.node(ref.name)
                gradient = not isinstance(origin.operation, Given)
                edges.append(Edge(source, Vertex(node.name, t), weight, gradient=gradient))
    every = {Vertex(node.name, t) for node in network.nodes for t in steps[node.name]}
    boundary = tuple(sorted({edge.source for edge in edges} - every))
    return Graph(network, T, _ordered(network, every, edges), boundary, tuple(edges))


def _reads(node: Node, target_fed: bool | None) -> list[tuple[Ref, str | None]]:
    """The sources of a node, each with its weight; a mix whose choice is known reads only what it feeds."""
    if isinstance(node.operation, Mix) and target_fed is not None:
        return [(node.operation.target if target_fed else node.operation.own, None)]
    if isinstance(node.operation, Sum):
        weighted = [t for t in node.operation.terms if isinstance(t, Linear)]
        others = [s for t in node.operation.terms if t not in weighted for s in t.sources]
        return [(t.source, t.weight) for t in weighted if isinstance(t.source, Ref)] + [
            (s, None) for s in others if isinstance(s, Ref)
        ]
    return [(ref, None) for ref in sources(node)]


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


def drawn(graph: Graph, optional: bool = False) -> Graph:
    """The graph as the book draws it: nodes without a row are passed through, and optional ones unless asked for."""

    def hidden(vertex: Vertex) -> bool:
        node = graph.node(vertex)
        return node.row is None or (node.optional and not optional)

    into: dict[Vertex, list[Edge]] = {}
    for edge in graph.edges:
        into.setdefault(edge.target, []).append(edge)

    def read_instead(name: str) -> str | None:
        """The drawn node in whose place the initial state of an undrawn one stands: the first it would read, if any."""
        seen = set[str]()
        while name not in seen and hidden(Vertex(name, 0)):
            seen.add(name)
            read = sources(graph.network.node(name))
            name = read[0].name if read else name
        return None if name in seen else name

    def passed(edge: Edge) -> list[Edge]:
        if not hidden(edge.source):
            return [edge]
        middle = edge.source.name
        if edge.source not in into:
            origin = read_instead(middle)
            if origin is None:
                return []
            return [Edge(Vertex(origin, edge.source.t), edge.target, edge.weight, edge.through, False)]
        differentiable = not isinstance(graph.node(edge.source).operation, OneHotArgmax | OneHotSample)
        return [
            Edge(
                before.source,
                edge.target,
                edge.weight or before.weight,
                (*before.through, middle, *edge.through),
                edge.gradient and before.gradient and differentiable,
            )
            for first in into[edge.source]
            for before in passed(first)
        ]

    edges = tuple(e for edge in graph.edges if not hidden(edge.target) for e in passed(edge))
    vertices = tuple(v for v in graph.vertices if not hidden(v))
    boundary = tuple(sorted({e.source for e in edges} - set(vertices)))
    return Graph(graph.network, graph.T, vertices, boundary, edges)
