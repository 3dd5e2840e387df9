"""Leave out of an unfolded graph what the book's drawings leave out, and what is inside closed cells: `drawn`."""

from msgspec import Struct
from msgspec.structs import replace

from explorer.graph.cells import inside_cells
from explorer.graph.operations.base import DATA
from explorer.graph.schedule import sources
from explorer.graph.unfold import Edge, Graph, Vertex


def drawn(graph: Graph, optional: bool = False, closed: bool = False) -> Graph:
    """The graph as the book draws it: nodes without a row are passed through, and optional ones unless asked for.

    With its cells `closed`, what is inside a cell is drawn as one with it.
    """
    return graph.once(_drawn, optional, closed)


class _Way(Struct, frozen=True):
    """An edge of the drawn graph, and those of the whole graph along which it leads."""

    edge: Edge
    along: tuple[Edge, ...]


def _drawn(graph: Graph, optional: bool, closed: bool) -> Graph:
    cell_of = inside_cells(graph.network) if closed else {}

    def hidden(vertex: Vertex) -> bool:
        node = graph.node(vertex)
        return vertex.name not in cell_of and (node.row is None or (node.optional and not optional))

    def read_instead(name: str) -> str | None:
        """The drawn node in whose place the initial state of an undrawn one stands: the first it would read, if any."""
        seen = set[str]()
        while name not in seen and hidden(Vertex(name, 0)):
            seen.add(name)
            read = sources(graph.network.node(name))
            name = read[0].name if read else name
        return None if name in seen else name

    def ways(edge: Edge) -> list[_Way]:
        if not hidden(edge.source):
            return [_Way(edge, (edge,))]
        middle = edge.source.name
        if edge.source not in graph.into:
            origin = read_instead(middle)
            if origin is None:
                return []
            stop = edge.stop or DATA
            first = Edge(Vertex(origin, edge.source.t), edge.target, edge.weight, edge.through, stop)
            return [_Way(first, (edge,))]
        before = [way for into in graph.into[edge.source] for way in ways(into)]
        return [_Way(_joined(way.edge, edge), (*way.along, edge)) for way in before]

    def place(vertex: Vertex) -> Vertex:
        return Vertex(cell_of.get(vertex.name, vertex.name), vertex.t)

    along: dict[Edge, tuple[Edge, ...]] = {}
    for way in (way for edge in graph.edges if not hidden(edge.target) for way in ways(edge)):
        source, target = place(way.edge.source), place(way.edge.target)
        edge = replace(way.edge, source=source, target=target)
        if source != target:
            along[edge] = (*along.get(edge, ()), *way.along)
    vertices = tuple(v for v in graph.vertices if not hidden(v) and v.name not in cell_of)
    boundary = tuple(sorted({e.source for e in along} - set(vertices)))
    return replace(graph, vertices=vertices, boundary=boundary, edges=tuple(along), along=along)


def _joined(before: Edge, after: Edge) -> Edge:
    """The way by one edge and then by the other, through the node between them."""
    through = (*before.through, before.target.name, *after.through)
    return Edge(before.source, after.target, after.weight or before.weight, through, before.stop or after.stop)
