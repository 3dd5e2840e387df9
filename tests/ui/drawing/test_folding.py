"""Wherever the slider of the fold stands, however long the sequence: the step that is looked at is in view, whole."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.drawing.layout import layout
from explorer.graph.unfold import Vertex
from explorer.session.view.view_state import view_state
from explorer.session.viewing import View
from explorer.ui.drawing.camera import folding
from explorer.ui.drawing.canvas import Canvas
from explorer.ui.drawing.canvas_header import SNAP, CanvasHeader
from explorer.ui.look import theme as themes
from tests.each import each
from tests.session.shown import KINDS, example
from tests.ui.drawing.canvases import fed, look, middle, showing
from tests.ui.painting import pixels

STAGES = (0.02, 0.5, 0.66, 0.9, 1.0)


@settings(max_examples=40)
@given(
    kind=st.sampled_from(KINDS),
    T=st.sampled_from((1, 2, 3, 5, 8, 12, 13, 40, 200)),
    fold=st.floats(0, 1),
    share=st.floats(0, 1),
    width=st.integers(320, 2600),
    height=st.integers(240, 1400),
)
def test_the_front_is_in_view_and_grows(
    kind: tuple[str, str | None], T: int, fold: float, share: float, width: int, height: int
) -> None:
    shown = example(*kind, T)
    view, front = QRectF(34, 8, width, height), 1 + round(share * (T - 1))
    unfolded = layout(view_state(shown, View()).timetable.graph, shown.sizes)
    cameras = [folding(unfolded, f, front, view) for f in (0.0, fold, 1.0)]
    least, now, most = (camera.sx for _, camera in cameras)
    assert least * (1 - 1e-9) <= now <= most * (1 + 1e-9)
    geometry, camera = cameras[1]
    everything = view.adjusted(-1e-3, -1e-3, 1e-3, 1e-3)
    for vertex in (*geometry.front_vertices, *geometry.vertices_at(1), *geometry.vertices_at(T)):
        assert everything.contains(camera.rect(geometry.node(vertex)))
    for path in (*map(geometry.path, geometry.front_edges), *(way for _, way in geometry.alternatives)):
        assert all(everything.contains(camera.point(point)) for point in path.sampled(4))


@each(("architecture", "feedback"), KINDS)
@each("T", [1, 40])
def test_every_stage_shows_something(canvas: Canvas, architecture: str, feedback: str | None, T: int) -> None:
    canvas.resize(700, 420)
    shown = example(architecture, feedback, T)
    canvas.set_view(view_state(shown, View(len(shown.events) * 2 // 5)))
    for fold in STAGES:
        canvas.set_fold(fold)
        QApplication.processEvents()
        painted = pixels(canvas.grab().toImage())[8:350, 34:-14]  # without names of rows and legend
        inked = (painted != themes.LIGHT.surface.getRgb()[:3]).any(axis=2)
        assert inked.mean() > 0.02
        ink = np.flatnonzero(inked.any(axis=0))
        assert abs((ink[0] + ink[-1]) / 2 - inked.shape[1] / 2) < 60, "in the middle"


def test_resizing_a_half_folded_drawing_fits_it_again(canvas: Canvas) -> None:
    shown = example("hidden_and_output", "mixed_yhat", 40)
    canvas.set_view(view_state(shown, View(50)))
    for size in ((1400, 700), (500, 300)):
        canvas.resize(*size)
        canvas.set_fold(0.5)
        there = canvas._camera, canvas._scene.geometry.squeeze if canvas._scene else 0
        canvas.resize(900, 480)
        canvas.resize(*size)
        assert (canvas._camera, canvas._scene.geometry.squeeze if canvas._scene else 0) == there


def test_half_folded_one_zooms_in_and_out_again(canvas: Canvas) -> None:
    canvas.set_view(view_state(example("hidden_and_output", "mixed_yhat", 40), View(50)))
    canvas.set_fold(0.5)
    whole = canvas._camera
    canvas.zoom_in()
    assert canvas._camera.sx > whole.sx
    canvas.zoom_out()
    canvas.zoom_out()
    assert (canvas._camera.sx, canvas._camera.sy) == (whole.sx, whole.sy)


@pytest.mark.parametrize(("value", "end"), [(1, 0), (SNAP, 0), (100 - SNAP, 100), (99, 100), (50, 50)])
def test_the_slider_snaps_at_its_ends(qtbot: QtBot, value: int, end: int) -> None:
    header = CanvasHeader()
    qtbot.addWidget(header)
    heard: list[float] = []
    header.fold_changed.connect(heard.append)
    header.fold.setSliderDown(True)
    header.fold.setValue(value)
    header.fold.setSliderDown(False)
    assert header.fold.value() == end and heard[-1] == end / 100


def test_folding_and_unfolding(canvas: Canvas) -> None:
    shown = fed()
    showing(canvas, shown, 30)
    unfolded = look(canvas)
    heard: list[float] = []
    canvas.fold_changed.connect(heard.append)
    canvas.show_fold(1.0)
    assert heard == [1.0] and canvas.fold == 1.0
    assert canvas.vertex_rect(Vertex("h", 1)) == canvas.vertex_rect(Vertex("h", 4))
    folded = look(canvas)
    canvas.set_fold(0.4)
    between = look(canvas)
    assert (folded != unfolded).any() and (between != folded).any() and (between != unfolded).any()
    canvas.show_fold(0.4)  # as far as it is: nothing to do
    assert (look(canvas) == between).all()
    canvas.show_fold(0.0)
    assert canvas.fold == 0.0
    assert (look(canvas) == unfolded).all()


def test_folding_is_seen_to_happen_where_motion_is_on(canvas: Canvas, qtbot: QtBot) -> None:
    showing(canvas, fed())
    canvas.set_motion(True)
    heard: list[float] = []
    canvas.fold_changed.connect(heard.append)
    canvas.animate_fold(1.0)
    qtbot.waitUntil(lambda: canvas.fold == 1.0, timeout=4000)
    assert len(heard) > 3 and heard == sorted(heard)


def test_whoever_takes_hold_of_the_fold_has_it(canvas: Canvas, qtbot: QtBot) -> None:
    showing(canvas, fed(), 0)
    canvas.set_motion(True)
    canvas.animate_fold(1.0)
    qtbot.waitUntil(lambda: canvas.fold > 0.05, timeout=4000)
    canvas.set_fold(0.3)
    qtbot.wait(80)
    assert canvas.fold == 0.3


def test_a_value_travels_along_its_edge_and_leaves_no_trace(canvas: Canvas, qtbot: QtBot) -> None:
    shown = fed()
    showing(canvas, shown, 2)
    canvas.set_motion(True)
    showing(canvas, shown, 3)
    canvas._set_moving(0.5)
    travelling = look(canvas)
    canvas.set_motion(False)
    arrived = look(canvas)
    assert (travelling != arrived).any()
    assert (look(showing(canvas, shown, 3)) == arrived).all()


def test_the_folded_drawing_shows_the_current_step(canvas: Canvas) -> None:
    shown = fed()
    showing(canvas, shown, 1)
    canvas.set_fold(1.0)
    first = look(canvas)
    showing(canvas, shown, next(i for i, event in enumerate(shown.events, 1) if event.t == 3))
    assert canvas._scene is not None and canvas._scene.geometry.front == 3
    assert (look(canvas) != first).any()


def test_a_node_of_the_folded_drawing_is_selected_at_its_step(canvas: Canvas, qtbot: QtBot) -> None:
    shown = fed()
    showing(canvas, shown, next(i for i, event in enumerate(shown.events, 1) if event.t == 3))
    canvas.set_fold(1.0)
    heard: list[object] = []
    canvas.selected.connect(heard.append)
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=middle(canvas, Vertex("h", 3)))
    assert heard == [Vertex("h", 3)]
