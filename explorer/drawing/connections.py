"""Gather the edges of an unfolded drawing that differ in their step only: they share a route, lanes and ports."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from explorer.graph.unfold import Edge, Vertex


class Connection(Struct, frozen=True):
    """All edges from one node to another over the same weight at the same lag.

    Of one that is `shared`, many steps read the same vertex: a context, or the last state. It has no lag.
    """

    source: str
    target: str
    weight: str | None
    through: tuple[str, ...]
    lag: int = 0
    shared: bool = False


class Connections(Struct, frozen=True, dict=True):
    """All connections of a drawing, and which one an edge belongs to."""

    shared: frozenset[tuple[str, str, str | None]]
    crossing: frozenset[tuple[str, str]]
    """Pairs of nodes that do not live in the same stretch of time."""

    def of(self, edge: Edge) -> Connection:
        source, target, weight = edge.source.name, edge.target.name, edge.weight
        if (source, target, weight) in self.shared:
            return Connection(source, target, weight, edge.through, shared=True)
        lag = 0 if (source, target) in self.crossing else edge.lag
        return Connection(source, target, weight, edge.through, lag)

    def gathered(self, edges: Iterable[Edge]) -> tuple[Connection, ...]:
        """The connections of these edges, each once, in order."""
        return tuple(dict.fromkeys(map(self.of, edges)))


def connections(edges: Iterable[Edge], segments: Mapping[str, str]) -> Connections:
    """Tell the connections of a drawing apart; `segments` says in which stretch of time, or alone, each node is."""
    sources: dict[tuple[str, str, str | None], set[Vertex]] = {}
    targets: dict[tuple[str, str, str | None], set[Vertex]] = {}
    crossing = set[tuple[str, str]]()
    for edge in edges:
        key = edge.source.name, edge.target.name, edge.weight
        sources.setdefault(key, set()).add(edge.source)
        targets.setdefault(key, set()).add(edge.target)
        if segments[edge.source.name] != segments[edge.target.name]:
            crossing.add(key[:2])
    lone = {name for name, segment in segments.items() if segment == name}
    shared = {
        key
        for key, found in sources.items()
        if (len(found) == 1 and len(targets[key]) > 1) or (key[:2] in crossing and key[1] not in lone)
    }
    return Connections(frozenset(shared), frozenset(crossing))
