"""Gather the edges of an unfolded drawing that differ in their step only: they share a route, lanes and ports."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from explorer.graph.feedback import Network
from explorer.graph.tree import Tree
from explorer.graph.unfold import Edge, Vertex
from explorer.grouping import by_key


class Connection(Struct, frozen=True):
    """All edges from one node to another over the same weight at the same lag.

    Of one that is `shared`, many steps read the same vertex: a context, or the last state. It has no lag. In a tree,
    what comes from a first child has lag 1, for it stands on the left, and what comes from any other −1.
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
    tree: Tree | None = None
    """The tree whose nodes are the steps, if they are."""

    def of(self, edge: Edge) -> Connection:
        source, target, weight = edge.source.name, edge.target.name, edge.weight
        if (source, target, weight) in self.shared:
            return Connection(source, target, weight, edge.through, shared=True)
        lag = 0 if (source, target) in self.crossing else edge.lag
        if self.tree is not None and lag:
            lag = 1 if edge.source.t == self.tree.children(edge.target.t)[0] else -1
        return Connection(source, target, weight, edge.through, lag)

    def gathered(self, edges: Iterable[Edge]) -> tuple[Connection, ...]:
        """The connections of these edges, each once, in order."""
        return tuple(dict.fromkeys(map(self.of, edges)))


def connections(edges: Iterable[Edge], segments: Mapping[str, str], tree: Tree | None) -> Connections:
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
        if (tree is None and len(found) == 1 and len(targets[key]) > 1) or (key[:2] in crossing and key[1] not in lone)
    }
    return Connections(frozenset(shared), frozenset(crossing), tree)


def written(network: Network, found: Iterable[Connection], symbols: Mapping[str, str]) -> dict[Connection, str]:
    """The TeX beside the edges of each connection, "" for none; those on one line are named together, beside one."""
    weighted = (c for c in found if c.weight is not None)
    together = by_key(weighted, lambda c: (c.source, c.target, c.lag, c.shared))
    named: dict[Connection, str] = {}
    for on_line in together.values():
        text = _together(list(dict.fromkeys(_beside(network, c, symbols) for c in on_line)))
        # An initial state passes through less than what is read later in its place.
        named |= {c: text for c in on_line if c.weight == on_line[0].weight}
    return {c: named.get(c, "") for c in found}


def _together(names: list[str]) -> str:
    """Names on one line; of many with one letter, as lead into a closed cell, the letter."""
    letters = {name.partition("_")[0] for name in names}
    return f"{letters.pop()}_{{\\ldots}}" if len(names) > 2 and len(letters) == 1 else ", ".join(names)


def _beside(network: Network, c: Connection, symbols: Mapping[str, str]) -> str:
    """The parameter's symbol, or 1 − α where that is the factor."""
    symbol = symbols.get(c.weight or "", c.weight or "")
    for name in (c.target, *c.through):
        for term in getattr(network.node(name).operation, "terms", ()):
            if term.beside == c.weight and c.source in [source.name for source in term.sources]:
                return str(term.written(symbol))
    return symbol
