"""Wherever the slider of the fold stands, however long the sequence: the step that is looked at is in view, whole."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.drawing.layout import layout
from explorer.session.view.view_state import view_state
from explorer.session.viewing import View
from explorer.ui.drawing.camera import folding
from explorer.ui.drawing.canvas import Canvas
from explorer.ui.drawing.canvas_header import SNAP, CanvasHeader
from explorer.ui.look import theme as themes
from tests.session.shown import KINDS, example
from tests.ui.painting import pixels

STAGES = (0.02, 0.5, 0.66, 0.9, 1.0)


@settings(max_examples=100)
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


@pytest.mark.parametrize(("architecture", "feedback"), KINDS)
@pytest.mark.parametrize("T", [1, 40])
def test_every_stage_shows_something(qtbot: QtBot, architecture: str, feedback: str | None, T: int) -> None:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(700, 420)
    canvas.set_motion(False)
    canvas.show()
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


def test_resizing_a_half_folded_drawing_fits_it_again(qtbot: QtBot) -> None:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.set_motion(False)
    canvas.show()
    shown = example("hidden_and_output", "mixed_yhat", 40)
    canvas.set_view(view_state(shown, View(50)))
    for size in ((1400, 700), (500, 300)):
        canvas.resize(*size)
        canvas.set_fold(0.5)
        there = canvas._camera, canvas._scene.geometry.squeeze if canvas._scene else 0
        canvas.resize(900, 480)
        canvas.resize(*size)
        assert (canvas._camera, canvas._scene.geometry.squeeze if canvas._scene else 0) == there


def test_half_folded_one_zooms_in_and_out_again(qtbot: QtBot) -> None:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.set_motion(False)
    canvas.resize(900, 480)
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
