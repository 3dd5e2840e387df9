"""Say where in the picture a node, a tag or a parameter's name stands, in pixels: an editor can open there."""

from PySide6.QtCore import QLineF, QPointF, QRectF

from explorer.drawing.lanes import ROW_GAP
from explorer.drawing.names import HEIGHT
from explorer.drawing.places import Shape
from explorer.graph.unfold import Edge, Vertex
from explorer.session.viewing import Selection
from explorer.ui.drawing.camera import Camera
from explorer.ui.drawing.scene import Detail, Scene
from explorer.ui.drawing.sheet import SMALLEST_TEXT, clamp, label_width

FAR_OFF = 0.4
"""So far from its edge, in its own size, does a parameter's name belong to it no more."""
LINE = 1.36
"""How high the room of a parameter's name is, as a multiple of the size of its letters."""
ABOVE = 1.3
"""So far above a target's circle does its name begin, in the size of its letters."""


def beside_size(camera: Camera) -> float:
    """Pixels high that targets and losses are named beside their circles."""
    return clamp(13.5 * camera.scale, 10.5, 24.0)


def name_size(camera: Camera) -> float:
    """Pixels high that parameters are named beside their edges: less than usual where rows are near to one another."""
    least = clamp(ROW_GAP * camera.sy / LINE, SMALLEST_TEXT, 11.0)
    return clamp(HEIGHT * camera.scale, least, 26.0)


def name_rect(scene: Scene, camera: Camera, edge: Edge) -> QRectF:
    """Where the parameter of an edge is named; empty where it has none, or no room for its name."""
    label, size = scene.geometry.label(edge), name_size(camera)
    if label is None or scene.geometry.pitch * camera.sx < 2.5 * size:
        return QRectF()
    if size > HEIGHT * camera.sx * label.room:
        return QRectF()
    at, width = camera.point(label.at), label_width(label.text, "", size)
    x = at.x() + label.side.x * (5.0 * min(1.0, camera.sx) + width / 2 + size * 0.15)
    y = at.y() + label.side.y * (size * 0.75)
    if label.beside_delay:
        x += label.side.x * size * 0.5
    rect = QRectF(x - width / 2, y - size * LINE / 2, width, size * LINE)
    for vertex in (edge.source, edge.target):
        letters, box = rect.adjusted(0, 0.15 * size, 0, -0.15 * size), camera.rect(scene.geometry.node(vertex))
        rect.translate(0.0, _out_of(letters, box))
    return rect if abs(rect.center().y() - y) < FAR_OFF * size else QRectF()


def _out_of(name: QRectF, box: QRectF) -> float:
    """How far up or down a name must move to be clear of a box, which is nearer on the screen than in the drawing."""
    if not name.intersects(box):
        return 0.0
    return box.top() - name.bottom() if name.center().y() < box.center().y() else box.bottom() - name.top()


def bias_rect(rect: QRectF) -> QRectF:
    """Where the bias stands in a node's box: the right end of its head line."""
    return QRectF(rect.right() - rect.width() * 0.3, rect.y(), rect.width() * 0.3, rect.height() * 0.36)


def rect_of(scene: Scene, camera: Camera, thing: Selection, near: QPointF) -> QRectF:
    """Where a thing stands; of a parameter's copies, the one nearest to a pixel. Empty if it is not to be seen."""
    rects = rects_of(scene, camera, thing)
    return min(rects, key=lambda rect: QLineF(rect.center(), near).length(), default=QRectF())


def rects_of(scene: Scene, camera: Camera, thing: Selection) -> list[QRectF]:
    """Where a thing stands, a parameter at each of its copies; none if it is not to be seen."""
    if thing is None:
        return []
    found = [_vertex_rect(scene, camera, thing)] if isinstance(thing, Vertex) else _copies(scene, camera, thing)
    return [rect for rect in found if not rect.isEmpty()]


def rects_with_names(scene: Scene, camera: Camera, thing: Selection) -> list[QRectF]:
    """Where a thing stands, together with the name above the circle of a target, or beside that of a loss."""
    rects = rects_of(scene, camera, thing)
    if not isinstance(thing, Vertex) or thing.name not in scene.geometry.places or scene.squeezed(camera.sx):
        return rects
    left, above, size = 0.0, 0.0, beside_size(camera)
    shape = scene.geometry.places[thing.name].shape
    if shape is Shape.TARGET:
        above = ABOVE * size
    elif shape is Shape.LOSS and scene.view.vertex(thing).value:
        left, above = label_width(scene.symbol(thing), scene.step(thing), size) + 3.0, 0.5 * size
    return [rect.adjusted(-left, -above, 0, 0) for rect in rects]


def _vertex_rect(scene: Scene, camera: Camera, vertex: Vertex) -> QRectF:
    geometry, table = scene.geometry, scene.view.timetable
    for ghost in geometry.ghosts:
        if scene.original(ghost) == vertex:
            return camera.rect(geometry.node(ghost))
    if vertex not in table.value_at:
        return QRectF()
    if scene.detail(camera.sx) is Detail.FULL or geometry.fold > 0.5:
        for edge in _edges(scene):
            if edge.source.t == vertex.t and vertex.name in geometry.tagged(edge):
                return camera.rect(geometry.tag(edge, vertex.name))
    return camera.rect(geometry.node(table.host(vertex)))


def _copies(scene: Scene, camera: Camera, name: str) -> list[QRectF]:
    """Where a parameter is named: beside edges, and in the boxes of nodes that add it."""
    geometry = scene.geometry
    if scene.detail(camera.sx) is not Detail.FULL and geometry.fold < 0.5:
        return []
    together = scene.together(name)
    beside = [name_rect(scene, camera, edge) for edge in _edges(scene) if edge.weight in together]
    folded = geometry.front_vertices if geometry.fold > 0.5 else geometry.graph.vertices
    inside = [v for v in folded if v.name in geometry.places and name in geometry.places[v.name].biases]
    return beside + [bias_rect(camera.rect(geometry.node(vertex))) for vertex in inside]


def _edges(scene: Scene) -> tuple[Edge, ...]:
    return scene.geometry.front_edges if scene.geometry.fold > 0.5 else scene.geometry.graph.edges
