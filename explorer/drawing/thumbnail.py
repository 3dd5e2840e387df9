"""Draw a network in little, folded, as the canvas would before any number is known: boxes, edges and delays."""

from functools import lru_cache

from msgspec import Struct

from explorer.drawing.geometry import Path, Point, Rect
from explorer.drawing.layout import layout
from explorer.drawing.places import Shape
from explorer.graph.architecture import Architecture
from explorer.graph.drawn import drawn
from explorer.graph.feedback import FREE_RUNNING, connect
from explorer.graph.stretches import in_tree
from explorer.graph.unfold import unfold

T = 4
"""Steps that are unfolded and then folded into one; how many makes no difference to what is drawn, but for a tree."""


class Box(Struct, frozen=True):
    """A node: where it stands, how it is drawn, whether it is a recurrent state, and lives at the last step alone."""

    rect: Rect
    shape: Shape
    state: bool
    last_only: bool


class Line(Struct, frozen=True):
    """An edge: its way, where its delay's square is if it crosses time, and whether it feeds the output back."""

    path: Path
    delay: Point | None
    fed_back: bool


class Thumbnail(Struct, frozen=True):
    """All that is drawn, in the units of the geometry it is taken from."""

    bounds: Rect
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


@lru_cache(maxsize=64)
def thumbnail(architecture: Architecture) -> Thumbnail:
    """The folded drawing of a network; one that feeds its output back is fed its own, as its figure has it.

    A tree is not folded, as in fig. 10.14.
    """
    output, feedback = architecture.output, None
    if output is not None and architecture.takes_feedback:
        feedback = FREE_RUNNING["o" if "o" in output.kind.own else output.kind.own[0]]
    network = connect(architecture, feedback)
    sizes = dict.fromkeys(architecture.dimensions, 2) | dict.fromkeys(architecture.lengths, T)
    tree = any(map(in_tree, architecture.nodes))
    graph = drawn(unfold(network, T, sizes=sizes))
    geometry = layout(graph, sizes, fold=0.0 if tree else 1.0, front=T)
    vertices, edges = (graph.vertices, graph.edges) if tree else (geometry.front_vertices, geometry.front_edges)
    boxes = tuple(
        Box(geometry.node(vertex), place.shape, vertex.name in architecture.states, place.last_only)
        for vertex in vertices
        for place in (geometry.places[vertex.name],)
    )
    fed = (architecture.logits, output.prediction if output else None) if feedback else ()
    lines = tuple(
        Line(geometry.path(edge), geometry.delay(edge), bool(edge.lag) and edge.source.name in fed) for edge in edges
    )
    return Thumbnail(_around(boxes, lines), boxes, lines)


def _around(boxes: tuple[Box, ...], lines: tuple[Line, ...]) -> Rect:
    """What the boxes and the edges take; the geometry's own bounds hold room for names, which are not drawn here."""
    points = [point for line in lines for point in line.path.sampled()]
    xs = [x for box in boxes for x in (box.rect.x, box.rect.right)] + [point.x for point in points]
    ys = [y for box in boxes for y in (box.rect.y, box.rect.bottom)] + [point.y for point in points]
    return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
