"""One zooms, pans and fits the canvas with wheel, mouse and keys; what matters stays in sight."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from pytestqt.qtbot import QtBot

from explorer.graph.unfold import Vertex
from explorer.ui.drawing.canvas import Canvas
from explorer.ui.drawing.scene import Detail
from tests.session.shown import example
from tests.ui.drawing.canvases import empty_place, fed, look, showing, wheel


def detail(canvas: Canvas) -> Detail:
    assert canvas._scene is not None
    return canvas._scene.detail(canvas._camera.sx)


@pytest.mark.parametrize(("T", "level"), [(4, Detail.FULL), (20, Detail.BLOCKS), (100, Detail.FAR)])
def test_detail_follows_the_zoom(canvas: Canvas, T: int, level: Detail) -> None:
    showing(canvas, fed(T))
    assert detail(canvas) is level
    zoomed_in = canvas._camera.sx
    while detail(canvas) is not Detail.FULL:
        canvas.zoom_in()
        assert canvas._camera.sx > zoomed_in
        zoomed_in = canvas._camera.sx


def test_the_wheel_zooms_about_the_pointer(canvas: Canvas) -> None:
    showing(canvas, fed(20))
    at = QPoint(450, 240)
    there = canvas._camera.units(QPointF(at))
    for _ in range(6):
        wheel(canvas, at, 60)
    assert canvas._camera.sx > 1
    now = canvas._camera.units(QPointF(at))
    assert abs(now.x - there.x) * canvas._camera.sx < 4 and abs(now.y - there.y) * canvas._camera.sy < 4
    for _ in range(20):
        wheel(canvas, at, -60)
    fitted_again = canvas._camera
    canvas.fit()
    assert canvas._camera == fitted_again


def test_zoom_has_an_end(canvas: Canvas) -> None:
    showing(canvas, fed())
    for _ in range(60):
        canvas.zoom_in()
    look(canvas)
    assert canvas._camera.sx <= 8.0
    for _ in range(60):
        canvas.zoom_out()
    look(canvas)
    assert canvas._camera.sx > 0.1


def test_dragging_pans_and_selects_nothing(canvas: Canvas, qtbot: QtBot) -> None:
    showing(canvas, fed(20))
    canvas.zoom(4.0)
    heard: list[object] = []
    canvas.selected.connect(heard.append)
    before = canvas._camera.dx
    start = QPoint(400, 200)
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 6):
        qtbot.mouseMove(canvas, start - QPoint(20 * step, 0))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=start - QPoint(100, 0))
    assert canvas._camera.dx == before - 100
    assert heard == []


def test_shift_and_wheel_scrolls_along_time_and_so_does_the_bar(canvas: Canvas) -> None:
    showing(canvas, fed(20))
    assert not canvas._bar.isVisible()
    canvas.zoom(4.0)
    assert canvas._bar.isVisible()
    before, value = canvas._camera.dx, canvas._bar.value()
    wheel(canvas, QPoint(400, 200), -15, shift=True)
    assert canvas._camera.dx == before - 120
    assert canvas._bar.value() == value + 120
    assert canvas._scene is not None
    bounds, area = canvas._scene.geometry.bounds, canvas._area()
    canvas._bar.setValue(0)
    assert canvas._camera.x(bounds.x) == pytest.approx(area.left(), abs=1)
    canvas._bar.setValue(canvas._bar.maximum())
    assert canvas._camera.x(bounds.right) == pytest.approx(area.right(), abs=2)


@pytest.mark.parametrize("how", ["key", "double click"])
def test_everything_fits_again(canvas: Canvas, qtbot: QtBot, how: str) -> None:
    showing(canvas, fed(20))
    whole = canvas._camera
    canvas.zoom(5.0)
    assert canvas._camera != whole
    if how == "key":
        qtbot.keyClick(canvas, Qt.Key.Key_0)
    else:
        qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=empty_place(canvas))
    assert canvas._camera == whole


def test_plus_and_minus_zoom(canvas: Canvas, qtbot: QtBot) -> None:
    showing(canvas, fed(20))
    whole = canvas._camera.sx
    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas._camera.sx > whole
    qtbot.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas._camera.sx == pytest.approx(whole)


def test_the_current_column_comes_into_sight(canvas: Canvas) -> None:
    showing(canvas, fed(30))
    canvas.zoom(6.0)
    for t in (30, 1, 15):
        canvas.ensure_visible(t)
        rect = canvas.vertex_rect(Vertex("h", t))
        assert rect.left() >= 0 and rect.right() <= canvas.width()
    settled = canvas._camera
    canvas.ensure_visible(15)
    assert canvas._camera == settled


def test_resizing_keeps_a_fitted_drawing_fitted(canvas: Canvas) -> None:
    showing(canvas, fed())
    canvas.resize(600, 300)
    for vertex in (Vertex("x", 1), Vertex("y", 4)):
        assert canvas.rect().contains(canvas.vertex_rect(vertex))
    canvas.resize(330, 250)
    look(canvas)


def test_other_numbers_keep_the_place_another_length_does_not(canvas: Canvas) -> None:
    showing(canvas, example("hidden_to_hidden", None, 20))
    canvas.zoom(4.0)
    place = canvas._camera
    showing(canvas, example("hidden_to_hidden", None, 20, hidden=2))
    assert canvas._camera == place
    showing(canvas, example("hidden_to_hidden", None, 5))
    assert canvas._fits


def test_where_one_looks_is_said_once_it_has_settled_and_not_of_the_folded_drawing(
    canvas: Canvas, qtbot: QtBot
) -> None:
    showing(canvas, fed(20))
    heard: list[object] = []
    canvas.sight_changed.connect(heard.append)
    canvas.zoom(3.0)
    qtbot.waitUntil(lambda: len(heard) == 1)
    canvas.set_fold(1.0)
    canvas.zoom(2.0)
    qtbot.waitUntil(lambda: not canvas._looked.isActive())
    assert len(heard) == 1 and heard[0] is not None
