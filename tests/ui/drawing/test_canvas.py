"""The canvas is driven by the real mouse and keys, repaints what changed, and looks the same however it got there."""

import re
from itertools import pairwise

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QRegion, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.graph.unfold import Vertex
from explorer.session.document import Shown, show
from explorer.session.edits import WeightEdit
from explorer.session.view.view_state import view_state
from explorer.session.viewing import View
from explorer.ui.drawing import tiles
from explorer.ui.drawing.canvas import Canvas
from explorer.ui.drawing.graph_painter import paint_graph
from explorer.ui.drawing.pointing import description, thing_at
from explorer.ui.drawing.scene import Detail
from explorer.ui.drawing.sheet import Sheet, text_width
from explorer.ui.drawing.tiles import MOST_AT_ONCE, _Tile
from explorer.ui.look import theme as themes
from explorer.ui.look.theme import Theme
from explorer.ui.typography.numbers import figures
from tests.session.shown import KINDS, example
from tests.settings import a_document
from tests.ui.painting import pixels, share_of


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(900, 480)
    canvas.set_motion(False)
    canvas.show()
    return canvas


def showing(canvas: Canvas, shown: Shown, cursor: int | None = None) -> Canvas:
    canvas.set_view(view_state(shown, View(len(shown.events) if cursor is None else cursor)))
    QApplication.processEvents()
    return canvas


def fed(T: int = 4, hidden: int = 3) -> Shown:
    return example("hidden_and_output", "free_running_yhat", T, hidden)


def middle(canvas: Canvas, vertex: Vertex) -> QPoint:
    return canvas.vertex_rect(vertex).center()


def empty_place(canvas: Canvas) -> QPoint:
    """A pixel where there is nothing to point at."""
    assert canvas._scene is not None
    places = (QPoint(x, y) for x in range(20, canvas.width(), 40) for y in range(20, canvas.height() - 60, 40))
    return next(p for p in places if thing_at(canvas._scene, canvas._camera, QPointF(p)) is None)


def look(canvas: Canvas) -> np.ndarray:
    """The picture, once every column is painted as it is now."""
    picture = pixels(canvas.grab().toImage())
    return look(canvas) if canvas.behind else picture


def wheel(canvas: Canvas, at: QPoint, degrees: int, shift: bool = False) -> None:
    modifiers = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        QPointF(at), QPointF(canvas.mapToGlobal(at)), QPoint(), QPoint(0, degrees * 8),
        Qt.MouseButton.NoButton, modifiers, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)


def detail(canvas: Canvas) -> Detail:
    assert canvas._scene is not None
    return canvas._scene.detail(canvas._camera.sx)


# Looks.


@pytest.mark.parametrize(("architecture", "feedback"), KINDS)
def test_every_network_paints_at_every_stage(canvas: Canvas, architecture: str, feedback: str | None) -> None:
    shown = example(architecture, feedback)
    stages = [look(showing(canvas, shown, int(len(shown.events) * share))) for share in (0.0, 0.5, 1.0)]
    assert all((a != b).any() for a, b in pairwise(stages))
    assert share_of(stages[0], themes.LIGHT.backward.line) == 0
    assert share_of(stages[-1], themes.LIGHT.backward.line) > 0


@pytest.mark.parametrize("T", [4, 20, 100])
def test_the_theme_is_followed(canvas: Canvas, theme: Theme, T: int) -> None:
    picture = look(showing(canvas, fed(T)))
    other = themes.DARK if theme is themes.LIGHT else themes.LIGHT
    assert share_of(picture, theme.surface) > 0.3 > share_of(picture, other.surface)
    assert share_of(picture, theme.loss.line) > 0
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    themes.apply(application, other)
    assert share_of(look(canvas), other.surface) > 0.3


@pytest.mark.parametrize(("T", "level"), [(4, Detail.FULL), (20, Detail.BLOCKS), (100, Detail.FAR)])
def test_detail_follows_the_zoom(canvas: Canvas, T: int, level: Detail) -> None:
    showing(canvas, fed(T))
    assert detail(canvas) is level
    zoomed_in = canvas._camera.sx
    while detail(canvas) is not Detail.FULL:
        canvas.zoom_in()
        assert canvas._camera.sx > zoomed_in
        zoomed_in = canvas._camera.sx


@pytest.mark.parametrize("T", [4, 20, 100])
def test_stepping_back_looks_as_before(canvas: Canvas, T: int) -> None:
    shown = fed(T)
    cursors = range(len(shown.events) // 2, len(shown.events) // 2 + 8)
    forth = [look(showing(canvas, shown, cursor)) for cursor in cursors]
    back = [look(showing(canvas, shown, cursor)) for cursor in reversed(cursors)][::-1]
    assert all((a == b).all() for a, b in zip(forth, back, strict=True))
    assert any((a != b).any() for a, b in pairwise(forth))


@pytest.mark.parametrize("T", [4, 20])
def test_columns_kept_as_pictures_look_as_painted_anew(canvas: Canvas, T: int) -> None:
    shown = fed(T)
    rng = np.random.default_rng(5)
    for cursor in rng.integers(0, len(shown.events) + 1, 12):
        showing(canvas, shown, int(cursor))
        kept = look(canvas)
        canvas._tiles.forget()
        canvas.update()
        assert (look(canvas) == kept).all()


def test_kept_pictures_follow_hover_and_selection(canvas: Canvas) -> None:
    shown = fed()
    for selection in (Vertex("h", 2), "V", None):
        canvas.set_view(view_state(shown, View(30, selection)))
        kept = look(canvas)
        canvas._tiles.forget()
        canvas.update()
        assert (look(canvas) == kept).all()


def test_panning_by_pixels_moves_the_very_same_picture(canvas: Canvas) -> None:
    showing(canvas, fed(30))
    canvas.zoom(4.0)
    before = look(canvas)
    canvas._look(canvas._camera.panned(-37, 0))
    after = look(canvas)
    top, bottom, left = 40, 380, 60  # away from row names and legend, which stay
    assert (after[top:bottom, left:-97] == before[top:bottom, left + 37 : -60]).all()


def test_only_columns_that_look_different_are_painted_again(canvas: Canvas, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = fed(12)
    cursor = next(i for i, event in enumerate(shown.events) if event.vertex == Vertex("o", 6))
    showing(canvas, shown, cursor)
    asked: list[QRegion] = []
    monkeypatch.setattr(canvas, "update", lambda region: asked.append(QRegion(region)))
    canvas.set_view(view_state(shown, View(cursor + 1)))
    (region,) = asked
    assert region.contains(canvas.vertex_rect(Vertex("o", 6)))
    for t in (1, 2, 3, 10, 11, 12):
        assert not region.intersects(canvas.vertex_rect(Vertex("h", t)))


def test_parts_painted_again_add_up_to_the_whole(canvas: Canvas, monkeypatch: pytest.MonkeyPatch) -> None:
    """Step by step, and with other numbers while the graph follows a run, which come a few columns at a time."""
    shown, asked = fed(12), list[QRegion]()
    canvas.set_view(view_state(shown, View(follow=True)))
    sheet = canvas.grab()
    monkeypatch.setattr(canvas, "update", lambda region=None: asked.append(QRegion(region or canvas.rect())))

    def painted() -> np.ndarray:
        while asked:
            region = asked.pop(0)
            painter = QPainter(sheet)
            painter.setClipRegion(region)
            canvas.render(painter, region.boundingRect().topLeft(), region)
            painter.end()
            QApplication.processEvents()  # more is asked for, where time was wanting
        return pixels(sheet.toImage())

    other = show(replace(shown.document, edits=(WeightEdit("W", (0, 1), 0.5),)))
    for now, cursor in [*((shown, at) for at in range(0, len(shown.events), 3)), (other, 9), (shown, 60), (other, 61)]:
        canvas.set_view(view_state(now, View(cursor, follow=True)))
        assert (painted() == look(canvas)).all()


def test_many_columns_that_change_at_once_are_painted_over_several_frames(
    canvas: Canvas, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = fed(2 * MOST_AT_ONCE)
    canvas.resize(3000, 500)
    showing(canvas, shown, len(shown.events))
    canvas.fit()
    look(canvas)
    painted: list[int] = []
    monkeypatch.setattr(tiles, "_Tile", lambda *parts: painted.append(1) or _Tile(*parts))
    canvas.set_view(view_state(shown, View()))
    canvas.grab()
    assert len(painted) == MOST_AT_ONCE
    qtbot.waitUntil(lambda: len(painted) == shown.document.length)
    last = look(canvas)
    assert len(painted) == shown.document.length, "each only once"
    assert (last == look(showing(canvas, fed(2 * MOST_AT_ONCE), 0))).all()


def test_a_step_far_out_still_shows(canvas: Canvas) -> None:
    shown = fed(100)
    middle_of_backward = len(shown.events) // 2
    one, other = (look(showing(canvas, shown, middle_of_backward + i)) for i in (0, 30))
    assert (one != other).any()


def test_losses_that_are_no_numbers_are_survived(canvas: Canvas) -> None:
    huge = tuple(WeightEdit(name, (i, j), 1e6) for name in ("W", "V") for i in range(2) for j in range(2))
    document = a_document("hidden_to_hidden", hidden=2, activation="identity", feedback=None, edits=huge)
    for T in (4, 90):
        shown = show(replace(document, length=T))
        assert not shown.trace.finite or T == 4
        showing(canvas, shown)
        look(canvas)
        canvas.zoom(9.0)
        look(canvas)


# Handles.


def test_a_click_selects_what_is_under_it(canvas: Canvas, qtbot: QtBot) -> None:
    showing(canvas, fed())
    heard: list[object] = []
    canvas.selected.connect(heard.append)
    for vertex in (Vertex("h", 2), Vertex("L", 4), Vertex("y", 1), Vertex("x", 3), Vertex("h", 0)):
        qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=middle(canvas, vertex))
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=empty_place(canvas))
    assert heard == [Vertex("h", 2), Vertex("L", 4), Vertex("y", 1), Vertex("x", 3), Vertex("h", 0), None]


@pytest.mark.parametrize("name", ["U", "V", "W", "R"])
def test_a_click_on_an_edge_or_its_name_selects_the_parameter(canvas: Canvas, qtbot: QtBot, name: str) -> None:
    showing(canvas, fed())
    heard: list[object] = []
    canvas.selected.connect(heard.append)
    assert canvas._scene is not None
    edge = next(e for e in canvas._scene.geometry.graph.edges if e.weight == name and e.target.t == 3)
    on_it = canvas._camera.point(canvas._scene.geometry.path(edge).along(0.55))
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=on_it.toPoint())
    assert heard == [name]


def test_a_click_on_a_bias_selects_it(canvas: Canvas, qtbot: QtBot) -> None:
    showing(canvas, fed())
    heard: list[object] = []
    canvas.selected.connect(heard.append)
    rect = canvas.vertex_rect(Vertex("o", 2))
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=rect.topRight() + QPoint(-12, 12))
    assert heard == ["c"]


def test_a_click_on_the_switch_of_a_mixed_feedback_selects_it(canvas: Canvas, qtbot: QtBot) -> None:
    showing(canvas, example("output_to_hidden", "mixed_yhat"))
    heard: list[object] = []
    canvas.selected.connect(heard.append)
    assert canvas._scene is not None
    geometry = canvas._scene.geometry
    edge = next(e for e in geometry.graph.edges if "f" in e.through and e.source.t == 2)
    box = canvas._camera.rect(geometry.tag(edge, "f"))
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    assert heard == [Vertex("f", 2)]


def test_the_ghost_of_an_undrawn_signal_is_that_signal(canvas: Canvas, qtbot: QtBot) -> None:
    showing(canvas, example("output_to_hidden", "free_running_argmax"))
    heard: list[object] = []
    canvas.selected.connect(heard.append)
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=middle(canvas, Vertex("o", 0)))
    assert heard == [Vertex("argmax", 0)]


def test_hovering_tells_and_lights_up(canvas: Canvas, qtbot: QtBot) -> None:
    showing(canvas, fed())
    before = look(canvas)
    heard: list[object] = []
    canvas.hovered.connect(heard.append)
    qtbot.mouseMove(canvas, middle(canvas, Vertex("h", 2)))
    assert heard == [Vertex("h", 2)]
    assert canvas.view is not None and canvas.view.hover == Vertex("h", 2)
    lit = look(canvas)
    assert (lit != before).any()
    showing(canvas, fed())  # a view that knows nothing of the pointer does not put the light out
    assert (look(canvas) == lit).all()
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    assert heard == [Vertex("h", 2), None]
    assert (look(canvas) == before).all()


def test_hovering_elsewhere_in_the_window_lights_up_too(canvas: Canvas) -> None:
    shown = fed()
    showing(canvas, shown)
    before = look(canvas)
    canvas.set_view(view_state(shown, View(len(shown.events)), hover="W"))
    assert (look(canvas) != before).any()


def test_the_tool_tip_gives_six_figures_of_each_unit_counted_from_1(canvas: Canvas) -> None:
    shown = fed()
    showing(canvas, shown)
    said = canvas.description(Vertex("h", 2))
    columns = zip(shown.trace.value("h", 2), shown.trace.gradient("h", 2), strict=True)
    numbers = [[str(i), figures(value, 6), figures(gradient, 6)] for i, (value, gradient) in enumerate(columns, 1)]
    assert rows(said) == [["unit", "value", "gradient"], *numbers]


def test_the_tool_tip_of_a_prediction_names_its_symbols_beside_their_units(canvas: Canvas) -> None:
    shown = fed()
    showing(canvas, shown)
    assert canvas._scene is not None
    said = rows(description(canvas._scene, Vertex("yhat", 1)))
    assert [row[:2] for row in said] == [["unit", "name"], ["1", "0"], ["2", "1"]]


def rows(said: str) -> list[list[str]]:
    """The cells of the table in a tool tip."""
    return [re.findall(r"<td[^>]*>(.*?)(?:&nbsp;)*</td>", row) for row in re.findall(r"<tr>(.*?)</tr>", said)]


def test_a_tool_tip_tells_no_number_before_its_time(canvas: Canvas) -> None:
    showing(canvas, fed(), cursor=0)
    assert canvas._scene is not None
    assert "not computed yet" in description(canvas._scene, Vertex("h", 2))
    for name in ("b", "W"):
        number = canvas._scene.shown.trace.parameters[name].flat[0]
        assert figures(number, 6) in description(canvas._scene, name)
    assert "target" in description(canvas._scene, Vertex("y", 1))


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


def test_a_double_click_on_a_node_activates_it(canvas: Canvas, qtbot: QtBot) -> None:
    showing(canvas, fed())
    heard: list[object] = []
    canvas.activated.connect(heard.append)
    canvas.point_at(Vertex("x", 2))
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=middle(canvas, Vertex("x", 2)))
    assert heard == [Vertex("x", 2)]
    assert canvas.view is not None and canvas.view.hover is None, "what opens takes the pointer away"


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


# Folds.


def test_folding_and_unfolding(canvas: Canvas) -> None:
    shown = fed()
    showing(canvas, shown, 30)
    unfolded = look(canvas)
    heard: list[float] = []
    canvas.fold_changed.connect(heard.append)
    canvas.show_fold(1.0)
    assert heard == [1.0] and canvas.folded
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
    canvas.set_shown(fed())
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


# Painter.


@pytest.mark.parametrize("T", [3, 12, 40])
@pytest.mark.parametrize("options", [{}, {"show_a": True, "slow_motion": True}])
def test_painting_leaves_the_painter_as_it_was(canvas: Canvas, T: int, options: dict[str, bool]) -> None:
    shown = fed(T)
    canvas.set_view(view_state(shown, View(40, **options)))
    assert canvas._scene is not None
    image = QImage(900, 480, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    transform = painter.transform()
    paint_graph(painter, canvas._scene, canvas._camera, QRectF(0, 0, 900, 480), QRectF(0, 0, 900, 480))
    assert painter.transform() == transform and painter.opacity() == 1.0
    painter.end()


def test_nothing_is_shown_before_there_is_anything(canvas: Canvas, qtbot: QtBot) -> None:
    look(canvas)
    canvas.zoom_in()
    canvas.fit()
    canvas.ensure_visible(3)
    canvas.set_fold(1.0)
    wheel(canvas, QPoint(5, 5), 15)
    qtbot.mouseMove(canvas, QPoint(20, 20))
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert canvas.view is None and canvas.fold == 0.0 and canvas.vertex_rect("W").isNull()


@pytest.mark.parametrize("T", [4, 20, 100])
def test_a_path_lights_up_in_the_colour_of_gradients_with_all_else_dimmed(canvas: Canvas, theme: Theme, T: int) -> None:
    shown = fed(T)
    canvas.set_view(view_state(shown, View()))
    plain = share_of(look(canvas), theme.backward.line)
    canvas.set_view(view_state(shown, View(0, path=(3, 1, "h"))))
    short = share_of(look(canvas), theme.backward.line)
    canvas.set_view(view_state(shown, View(0, path=(T, 1, "h"))))
    assert share_of(look(canvas), theme.backward.line) > short > plain == 0
    canvas.set_view(view_state(shown, View()))
    assert share_of(look(canvas), theme.backward.line) == 0


def test_a_path_of_a_long_sequence_is_lit_at_once(canvas: Canvas) -> None:
    shown = fed(200)
    view = view_state(shown, View(0, path=(200, 1, "h")))
    assert view_state(shown, View(1, path=(200, 1, "h"))).path is view.path  # worked out once


@pytest.mark.parametrize("height", [120, 480])
@pytest.mark.parametrize("T", [1, 6, 12, 100])
def test_steps_are_named_below_the_boxes_as_many_as_there_is_room_for(
    canvas: Canvas, monkeypatch: pytest.MonkeyPatch, height: int, T: int
) -> None:
    said: dict[int, tuple[float, float, float]] = {}

    def note(sheet: Sheet, x: float, y: float, text: str, size: float, *look: object, **more: object) -> None:
        step = re.fullmatch(r"(?:t = )?(\d+)", text)
        if step:
            said[int(step[1])] = x, y - 0.36 * size, text_width(text, size)

    canvas.resize(440, height)
    showing(canvas, fed(T), 0)
    monkeypatch.setattr(Sheet, "text", note)
    canvas.grab()
    places = [said[t] for t in sorted(said)]
    for (x, _, width), (other, _, other_width) in pairwise(places):
        assert other - x >= (width + other_width) / 2 + 4
    assert T > 6 or sorted(said) == list(range(1, T + 1))
    assert all(top >= canvas.vertex_rect(Vertex("x", t)).bottom() for t, (_, top, _) in said.items() if T < 100)
