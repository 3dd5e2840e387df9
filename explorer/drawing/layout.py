"""Place the drawn graph: `layout` gives the `Geometry` with a box for every node and a path for every edge.

There is no search for a layout: a node stands in the column of its step and in its declared row. Edges that are not
straight have lanes of their own, by which rows and columns are set apart. Units are abstract; a view scales them.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import prod

from msgspec.structs import replace

from explorer.drawing.connections import Connection, Connections, connections, written
from explorer.drawing.drawn_graph import Geometry
from explorer.drawing.geometry import centred
from explorer.drawing.lanes import ROW_GAP, Lanes, lanes
from explorer.drawing.leading import Lines
from explorer.drawing.mixed_loops import mixed_weights, other_ways
from explorer.drawing.outside import counted, states_outside
from explorer.drawing.places import Place, biases, extent, shape_of
from explorer.drawing.ports import ports
from explorer.drawing.routes import Routes, bundles
from explorer.drawing.segments import arranged
from explorer.drawing.steps import Steps, every, kept, shortened
from explorer.drawing.trees import columns, in_order, lifts
from explorer.graph.cells import closed_cells
from explorer.graph.declaration import Node, Sizes
from explorer.graph.refs import shape_of_size
from explorer.graph.stretches import in_tree
from explorer.graph.tree import Tree
from explorer.graph.unfold import Edge, Graph

COLUMN = 128.0
"""One column of a declared shift."""
TOP = 14.0
"""Room for names above the top row."""
AXIS = 32.0
"""Height below the lowest row for "t = 1", "t = 2", …"""


def layout(graph: Graph, sizes: Sizes, fold: float = 0.0, front: int = 1, steps: Steps | None = None) -> Geometry:
    """The geometry of a drawn graph; `fold` runs from 0, unfolded, to 1, folded into what step `front` holds.

    All steps are drawn, unless `steps` leaves some out; segments of another length are then shortened likewise.
    """
    sizes = graph.network.with_lengths(sizes, graph.T)
    names = {vertex.name for vertex in graph.vertices}
    nodes = [node for node in graph.network.nodes if node.name in names]
    stretches = _segments(nodes, graph)
    own = _steps(nodes, stretches, graph, sizes, steps)
    alone = {name for name, segment in stretches.items() if segment == name}
    graph = kept(graph, lambda v: v.name in alone or own[stretches[v.name]].drawn(v.t))
    tree = graph.network.tree
    placed = _placed(nodes, stretches, graph, sizes)
    known = connections(graph.edges, stretches, tree)
    graph = _merged(graph, known, own, stretches)
    apart = known.gathered(graph.edges)
    mixes = mixed_weights(graph.network, graph.edges)
    others = [
        other for e in _one_each(graph.edges) if e.weight in mixes for other in other_ways(graph.network, e, names)
    ]
    together = tuple(dict.fromkeys((*apart, *known.gathered(others))))
    symbols = {parameter.name: parameter.symbol for parameter in graph.network.architecture.parameters}
    names_beside = written(graph.network, together, symbols)
    routes = Routes(placed, bundles(together, placed), _centred(placed, apart), tree is not None, names_beside)
    led = lanes(routes, apart, together)
    placed, gaps, height = _rows(placed, led)
    stood: tuple[float, ...] = ()
    lifted: tuple[float, ...] = ()
    if tree is not None:
        climbing = all(routes.climbs(c) for c in apart if c.lag)
        stood = columns(tree) if climbing else in_order(tree)
        lifted = _lifts(placed, tree, stood)
        placed, gaps, height = _raised(placed, gaps, height, max(lifted))
    outside = counted(graph, placed)
    arrangement = arranged(placed, own, led, routes.centred, names_beside, *outside, stood, lifted)
    lines = Lines(
        places=placed,
        lengths={node.name: node.span.length for node in graph.network.nodes},
        outside=states_outside(graph, placed, arrangement.segments),
        arrangement=arrangement,
        known=known,
        lanes=led,
        apart=ports(led.unfolded, placed, led.keys, together=False),
        together=ports(led.folded, placed, led.keys, together=True),
        gaps=gaps,
    )
    return Geometry(
        graph=graph,
        places=placed,
        symbols=symbols,
        mixed=mixes,
        lines=lines,
        written=names_beside,
        height=height + AXIS,
        fold=fold,
        front=front,
    )


def _segments(nodes: list[Node], graph: Graph) -> dict[str, str]:
    """The stretch of time in which each node stands, by the name of its length; what stands alone is one of its own.

    Alone is an input without time, and what lives at the last step of one stretch and is read in another.
    """
    found = {node.name: node.span.length for node in nodes}
    read_elsewhere = {e.source.name for e in graph.edges if found[e.source.name] != found[e.target.name]}
    for node in nodes:
        if node.span.length == "1" or (node.span.single and node.name in read_elsewhere):
            found[node.name] = node.name
    return found


def _steps(
    nodes: list[Node], stretches: Mapping[str, str], graph: Graph, sizes: Sizes, steps: Steps | None
) -> dict[str, Steps]:
    lengths: dict[str, int] = {}
    for span in (node.span for node in nodes):  # a tree has more steps than the sequence of its leaves
        lengths[span.length] = max(lengths.get(span.length, 0), span.steps(graph.T, sizes)[-1])
    whole = steps is None or not steps.gaps or graph.network.tree is not None
    used = dict.fromkeys(stretches[node.name] for node in nodes if stretches[node.name] != node.name)
    found = {name: every(lengths[name]) if whole else shortened(lengths[name]) for name in used}
    if steps is not None and "T" in found and not whole:
        found["T"] = steps
    return found


def _merged(graph: Graph, known: Connections, own: Mapping[str, Steps], stretches: Mapping[str, str]) -> Graph:
    """Into each column of steps that are left out, what all of them read leads but once."""
    seen = set[tuple[object, ...]]()
    edges = []
    for edge in graph.edges:
        c, steps = known.of(edge), own.get(stretches[edge.target.name])
        if c.shared and steps is not None and not steps.drawn(edge.target.t):
            key = c, steps.column(edge.target.t)
            if key in seen:
                continue
            seen.add(key)
        edges.append(edge)
    return replace(graph, edges=tuple(edges))


def _centred(places: Mapping[str, Place], found: Iterable[Connection]) -> frozenset[str]:
    """What stands in the middle, below or above all columns: an input without time that has its row for itself."""
    rows = [place.row for place in places.values()]
    computed = {c.target for c in found}
    lone = [place for place in places.values() if place.lone and place.name not in computed]
    return frozenset(place.name for place in lone if rows.count(place.row) == 1)


def _one_each(edges: tuple[Edge, ...]) -> list[Edge]:
    """An edge of each kind."""
    return list({(e.source.name, e.target.name, e.weight, e.through, e.lag): e for e in edges}.values())


def _placed(nodes: list[Node], stretches: Mapping[str, str], graph: Graph, sizes: Sizes) -> dict[str, Place]:
    """The places in their columns, in rows that are as far apart as without any lane."""
    names = {node.name for node in nodes}
    rows = sorted({node.row for node in nodes if node.row is not None})
    closed = [graph.network.node(cell) for cell in closed_cells(graph.network, names)]
    found = {}
    for node in nodes:
        assert node.row is not None
        shape = shape_of(graph.network, node)
        *matrix, columns = shape_of_size(node.size, sizes)
        width, height = extent(shape, prod((*matrix, columns)), *matrix)
        rect = centred(_shift(node, closed) * COLUMN, -100.0 * rows.index(node.row), width, height)
        added = () if node in closed else biases(graph.network, node, names)
        segment = stretches[node.name]
        row = rows.index(node.row)
        found[node.name] = Place(node.name, shape, rect, row, segment, added, node.last_only, in_tree(node), *matrix)
    return found


def _shift(node: Node, closed: list[Node]) -> float:
    """A closed cell stands in the middle of its column, and what is above it moves there with it."""
    below = [cell for cell in closed if cell.row is not None and node.row is not None and cell.row <= node.row]
    return node.shift - max(below, key=lambda cell: cell.row or 0.0).shift if below else node.shift


def _rows(places: Mapping[str, Place], led: Lanes) -> tuple[dict[str, Place], dict[int, tuple[float, float]], float]:
    """The places, the upper and the lower end of each gap, and the height of all rows, set apart by their lanes."""
    count = 1 + max(place.row for place in places.values())
    gaps: dict[int, tuple[float, float]] = {}
    middle: dict[int, float] = {}
    y = TOP
    gaps[count] = y, y + led.gaps.get(count, 0.0)
    y = gaps[count][1]
    for row in reversed(range(count)):
        height = max(place.rect.height for place in places.values() if place.row == row)
        middle[row] = y + height / 2
        gaps[row] = y + height, y + height + led.gaps.get(row, ROW_GAP if row else 0.0)
        y = gaps[row][1]
    moved = {
        name: replace(p, rect=centred(p.rect.cx, middle[p.row], p.rect.width, p.rect.height))
        for name, p in places.items()
    }
    return moved, gaps, y


def _lifts(places: Mapping[str, Place], tree: Tree, stood: Sequence[float]) -> tuple[float, ...]:
    """How far above the leaves each node of a tree stands."""
    boxes = [place.rect for place in places.values() if place.in_tree]
    height = max(rect.bottom for rect in boxes) - min(rect.y for rect in boxes)
    return lifts(tree, stood, height, ROW_GAP, COLUMN)


def _raised(
    places: Mapping[str, Place], gaps: Mapping[int, tuple[float, float]], height: float, above: float
) -> tuple[dict[str, Place], dict[int, tuple[float, float]], float]:
    """The same where leaves stand, with room above for the higher nodes of a tree."""
    moved = {name: replace(place, rect=place.rect.moved(0.0, above)) for name, place in places.items()}
    return moved, {gap: (top + above, bottom + above) for gap, (top, bottom) in gaps.items()}, height + above
