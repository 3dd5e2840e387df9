"""Go with the keys from one thing of the drawing to the next: of `spots_near`, the `neighbour` in a direction."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF

from explorer.graph.unfold import Edge, Vertex
from explorer.session.viewing import Selection
from explorer.ui.drawing.camera import Camera
from explorer.ui.drawing.pointing import edges_near, tags_on, vertices_near, weight_on
from explorer.ui.drawing.positions import bias_rect, name_rect, rect_of
from explorer.ui.drawing.scene import Detail, Scene
from explorer.ui.parts.ways import Way, ahead

UNNAMED = 6.0
"""Half the size, in pixels, of the place on an edge of a parameter that has no room for its name."""


class Pickable(NamedTuple):
    """What can be picked out, and where it stands, in pixels; a parameter has a spot for each of its copies."""

    thing: Selection
    rect: QRectF


def spots_near(scene: Scene, camera: Camera, pixel: QPointF) -> list[Pickable]:
    """All that can be picked out in the column at a pixel and in those beside it; folded or in a tree, everywhere."""
    geometry, detail = scene.geometry, scene.detail(camera.sx)
    spots = []
    for vertex in vertices_near(scene, camera, pixel):
        rect = camera.rect(geometry.node(vertex))
        spots.append(Pickable(scene.original(vertex), rect))
        biases = geometry.places[vertex.name].biases if vertex.t >= 1 else ()
        if biases and scene.detail(rect.width() / geometry.places[vertex.name].rect.width) is Detail.FULL:
            spots.append(Pickable(biases[-1], bias_rect(rect)))
    if detail is Detail.FAR and geometry.fold == 0.0:
        return spots
    for edge in edges_near(scene, camera, pixel):
        spots += [Pickable(vertex, rect) for vertex, rect in tags_on(scene, camera, edge)]
        if edge.weight is not None:
            spots.append(Pickable(weight_on(scene, edge), _weight_rect(scene, camera, edge)))
    return [spot for spot in spots if not spot.rect.isEmpty()]


def neighbour(spots: list[Pickable], here: QRectF, way: Way) -> Pickable | None:
    """The nearest spot in a direction, those straight ahead before those aside; None if there is none."""
    found = ahead([spot.rect for spot in spots], here, way)
    return None if found is None else spots[found]


def _weight_rect(scene: Scene, camera: Camera, edge: Edge) -> QRectF:
    """Where a weight is named; without room for its name, the place on its edge where that would stand."""
    named, label = name_rect(scene, camera, edge), scene.geometry.label(edge)
    if not named.isEmpty() or label is None:
        return named
    at = camera.point(label.at)
    return QRectF(at.x() - UNNAMED, at.y() - UNNAMED, 2 * UNNAMED, 2 * UNNAMED)


def standing(scene: Scene, camera: Camera, last: QPointF) -> QRectF:
    """Where one is: at what is picked out, of a parameter's copies at the one nearest to a pixel, or at the event.

    Empty if there is neither.
    """
    picked = scene.view.selection if scene.view.selection is not None else scene.view.current
    if picked is None:
        return QRectF()
    here = [spot.rect for spot in spots_near(scene, camera, last) if spot.thing == picked]
    found = here or [rect_of(scene, camera, picked, last)]
    return min(found, key=lambda rect: (rect.center() - last).manhattanLength())


def first_of(spots: list[Pickable]) -> Pickable | None:
    """The thing to begin with: of the nodes of steps, the one furthest down on the left, where the graph begins."""

    def order(spot: Pickable) -> tuple[bool, int, float]:
        before_first = not isinstance(spot.thing, Vertex) or spot.thing.t < 1
        return before_first, spot.rect.center().toPoint().x(), -spot.rect.center().y()

    return min(spots, key=order, default=None)
