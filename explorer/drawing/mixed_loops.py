"""Say which ways a mixed feedback has: the edge that it takes at a step, and the one that it could take instead."""

from collections.abc import Collection, Iterable

from msgspec.structs import replace

from explorer.graph.feedback import Network
from explorer.graph.schedule import sources
from explorer.graph.unfold import Edge, Vertex


def mixed_weights(network: Network, edges: Iterable[Edge]) -> frozenset[str | None]:
    """The parameters through which what a mixed feedback feeds is read."""
    mixes = {node.name for node in network.nodes if node.operation.switched}
    return frozenset(edge.weight for edge in edges if mixes.intersection(edge.through))


def other_ways(network: Network, edge: Edge, drawn: Collection[str]) -> tuple[Edge, ...]:
    """The edges that could have led to where this one leads, had the feedback been switched; `drawn` names nodes.

    Of an initial signal, which is neither, what takes its place at later steps.
    """
    found = []
    for mix in network.nodes:
        for source in sources(mix) if mix.operation.switched else ():
            passed = edge.through.index(mix.name) + 1 if mix.name in edge.through else 0
            node, through = network.node(source.name), [mix.name, *edge.through[passed:]]
            while node.name not in drawn:  # a pick is a tag on the way from what it is picked from
                through.insert(0, node.name)
                node = network.node(sources(node)[0].name)
            if node.name != edge.source.name:
                origin = Vertex(node.name, edge.source.t)
                found.append(replace(edge, source=origin, through=tuple(through)))
    return tuple(found)
