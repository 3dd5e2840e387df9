"""Tell of what parts the picture of a column is made, so that only what has come to look different is painted again."""

from collections.abc import Callable

from msgspec import Struct

from explorer.drawing.places import Shape
from explorer.graph.unfold import Edge, Vertex
from explorer.ui.drawing.positions import ABOVE, beside_size
from explorer.ui.drawing.scene import Scene
from explorer.ui.drawing.sheet import Sheet

AROUND = 9.0
"""How far, in px, frames, marks and names reach above and below the box of a node at most."""


class ColumnPart(Struct, frozen=True):
    """Something in a column: how it is painted, and on what that depends besides the camera and the theme.

    `band`: all of it lies between these heights, in px.
    """

    paint: Callable[[Sheet], None]
    look: object
    band: tuple[float, float] = (0.0, 1e5)


class ColumnParts(Struct, frozen=True):
    """What a column is painted of: a ground, and things on it in this order."""

    ground: ColumnPart
    things: tuple[ColumnPart, ...] = ()


NOTHING = ColumnParts(ColumnPart(lambda sheet: None, None))
"""What a column is made of of which nothing is painted yet."""


def edges_look(scene: Scene, edges: tuple[Edge, ...]) -> object:
    """On what it depends how edges look."""
    view = scene.view
    tags = [view.vertex(Vertex(name, edge.source.t)) for edge in edges for name in scene.geometry.tagged(edge)]
    views = [view.edge(edge) for edge in edges]
    now = any(one.forward_now or one.backward_now for one in views) or any(tag.current for tag in tags)
    return scene.alike, views, tags, view.event if now else None


def vertex_look(scene: Scene, vertex: Vertex) -> object:
    """On what it depends how a node looks."""
    view, trace, scales = scene.view.vertex(vertex), scene.shown.trace, scene.scales
    shape = scene.geometry.places[vertex.name].shape
    seen = view.value or shape in (Shape.INPUT, Shape.TARGET)
    value = (scene.value(vertex).tobytes(), scales.values[vertex.name]) if seen else None
    gradient = (trace.gradient(vertex.name, vertex.t).tobytes(), scales.gradient) if view.gradient else None
    weight = (scene.loss_weight(vertex), scales.loss) if shape is Shape.LOSS else None
    event = scene.view.event if view.current else None
    return scene.alike, view, value, gradient, scene.target_entries(vertex.t), weight, event


def vertex_band(sheet: Sheet, scene: Scene, vertex: Vertex) -> tuple[float, float]:
    """Between which heights, in px, a node is painted."""
    rect = sheet.camera.rect(scene.geometry.node(vertex))
    named = scene.geometry.places[vertex.name].shape is Shape.TARGET
    return rect.top() - AROUND - ABOVE * beside_size(sheet.camera) * named, rect.bottom() + AROUND
