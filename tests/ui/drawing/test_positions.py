"""Whatever can be pointed at on the drawing can be found there again: nodes, tags, names of parameters."""

from itertools import combinations, product

import pytest
from PySide6.QtCore import QPointF, QRectF

from explorer.architectures import architectures
from explorer.drawing.geometry import Rect
from explorer.drawing.layout import AXIS
from explorer.graph.unfold import Vertex
from explorer.session.view.view_state import view_state
from explorer.session.viewing import View
from explorer.ui.drawing.camera import LEAST_AXIS, fitted
from explorer.ui.drawing.canvas import Canvas
from explorer.ui.drawing.pointing import thing_at
from explorer.ui.drawing.positions import name_rect, name_size
from explorer.ui.drawing.scene import Detail
from tests.each import each
from tests.session.shown import KINDS, example

ONE_FEEDBACK_EACH = [
    (network.id, "mixed_yhat" if network.takes_feedback else None)
    for network in architectures().values()
    if network.output is not None
]


def found_at(canvas: Canvas, pixel: QPointF) -> object:
    assert canvas._scene is not None
    return thing_at(canvas._scene, canvas._camera, pixel)


@each(("architecture", "feedback"), KINDS)
@each("fold", [0.0, 1.0])
def test_what_is_found_is_where_it_is_pointed_at(
    canvas: Canvas, architecture: str, feedback: str | None, fold: float
) -> None:
    shown = example(architecture, feedback)
    canvas.set_view(view_state(shown, View(len(shown.events))))
    canvas.set_fold(fold)
    assert canvas._scene is not None
    geometry = canvas._scene.geometry
    drawn = geometry.front_vertices if fold else canvas._scene.view.timetable.graph.vertices
    things: list[Vertex | str] = [*drawn, *shown.trace.parameters]
    if not fold:
        things += {Vertex(n, e.source.t) for e in geometry.graph.edges for n in geometry.tagged(e) if e.source.t >= 1}
        things += {canvas._scene.original(ghost) for ghost in geometry.ghosts}
    for thing in things:
        rect = canvas.vertex_rect(thing)
        assert not rect.isEmpty(), thing
        assert found_at(canvas, QPointF(rect.center())) == thing


@each("size", [(447, 374), (693, 316)])
@each(("architecture", "feedback"), ONE_FEEDBACK_EACH)
def test_names_stand_clear_of_boxes_and_of_one_another_in_a_small_window(
    canvas: Canvas, architecture: str, feedback: str | None, size: tuple[int, int]
) -> None:
    canvas.resize(*size)
    for view, fold in product((View(), View(open_cells=True)), (0.0, 1.0)):
        canvas.set_view(view_state(example(architecture, feedback), view))
        canvas.set_fold(fold)
        scene, camera = canvas._scene, canvas._camera
        assert scene is not None
        geometry, half = scene.geometry, 0.22 * name_size(camera)
        edges = dict.fromkeys(geometry.front_edges if fold else geometry.graph.edges)
        rects = [rect for edge in edges if not (rect := name_rect(scene, camera, edge)).isEmpty()]
        letters = [rect.adjusted(0, half, 0, -half) for rect in rects]
        boxes = geometry.front_vertices if fold else (*geometry.graph.vertices, *geometry.ghosts)
        if scene.detail(camera.sx) is Detail.FULL or fold:
            assert not any(a.intersects(b) for a, b in combinations(letters, 2))
            for box in (camera.rect(geometry.node(vertex)).adjusted(1, 1, -1, -1) for vertex in boxes):
                assert not any(rect.intersects(box) for rect in letters)


@pytest.mark.parametrize("size", [(785, 470), (693, 316)], ids=["1440×900", "1280×720"])
@pytest.mark.parametrize("architecture", ["leaky", "deep_skip", "deep_transition"])
def test_names_on_one_level_are_not_read_as_a_product_where_time_is_squeezed(
    canvas: Canvas, architecture: str, size: tuple[int, int]
) -> None:
    canvas.resize(*size)
    canvas.set_view(view_state(example(architecture, None, T=12), View()))
    scene, camera = canvas._scene, canvas._camera
    assert scene is not None
    rects = [rect for edge in scene.geometry.graph.edges if not (rect := name_rect(scene, camera, edge)).isEmpty()]
    apart, half = 0.15 * name_size(camera), 0.22 * name_size(camera)
    letters = [rect.adjusted(-apart, half, apart, -half) for rect in rects]
    assert letters and not any(a.intersects(b) for a, b in combinations(letters, 2))


def test_of_a_parameters_copies_the_nearest_is_found(canvas: Canvas) -> None:
    shown = example("hidden_to_hidden", None)
    canvas.set_view(view_state(shown, View()))
    for name in ("U", "W", "V", "b", "c"):
        at = [canvas.vertex_rect(name, QPointF(canvas.vertex_rect(Vertex("h", t)).center())) for t in (1, 2, 3, 4)]
        middles = [rect.center().x() for rect in at]
        assert middles == sorted(middles) and len(set(middles)) >= 3


def test_an_undrawn_node_is_found_in_the_box_that_stands_for_it(canvas: Canvas) -> None:
    shown = example("hidden_to_hidden", None)
    canvas.set_view(view_state(shown, View()))
    assert canvas.vertex_rect(Vertex("a", 2)) == canvas.vertex_rect(Vertex("h", 2))
    canvas.set_view(view_state(shown, View(0, show_a=True)))
    assert canvas.vertex_rect(Vertex("a", 2)) != canvas.vertex_rect(Vertex("h", 2))


def test_what_is_not_to_be_seen_is_nowhere(canvas: Canvas) -> None:
    canvas.set_view(view_state(example("hidden_to_hidden", None, T=60), View()))
    assert canvas.vertex_rect("W").isEmpty()  # too far out for names
    for thing in (None, "Q", Vertex("x", 61), Vertex("q", 1)):
        assert canvas.vertex_rect(thing).isEmpty()


@pytest.mark.parametrize("height", [200.0, 2000.0, 20000.0])
def test_below_a_whole_drawing_there_is_room_for_the_numbers_of_steps(height: float) -> None:
    view = QRectF(0, 0, 600, 300)
    camera = fitted(Rect(0, 0, 500, height), view)
    assert camera.y(0) >= 0 and view.bottom() - camera.y(height - AXIS) >= LEAST_AXIS / 2
