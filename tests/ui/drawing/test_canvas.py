"""The canvas repaints what changed, and looks the same however it got there."""

import re
from itertools import pairwise

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QRegion
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.graph.analyse.events import Phase
from explorer.graph.unfold import Vertex
from explorer.session.document import show
from explorer.session.edits import WeightEdit
from explorer.session.view.view_state import view_state
from explorer.session.viewing import View
from explorer.ui.drawing import tiles
from explorer.ui.drawing.canvas import Canvas
from explorer.ui.drawing.graph_painter import paint_graph
from explorer.ui.drawing.sheet import Sheet, text_width
from explorer.ui.drawing.tiles import MOST_AT_ONCE, _Tile
from explorer.ui.look import theme as themes
from explorer.ui.look.theme import Theme
from tests.session.shown import KINDS, example
from tests.settings import a_document
from tests.ui.drawing.canvases import fed, look, showing, wheel
from tests.ui.painting import pixels, share_of


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


@pytest.mark.parametrize("phase", Phase)
def test_what_happens_now_has_the_colour_of_its_phase(canvas: Canvas, phase: Phase) -> None:
    shown, theme = fed(), themes.current()
    showing(canvas, shown, next(place for place, event in enumerate(shown.events, 1) if event.phase is phase))
    colours = {"forward": theme.forward, "loss": theme.loss, "backward": theme.backward, "update": theme.parameter}
    assert canvas._scene is not None and canvas._scene.accent == colours[phase]


def test_an_edge_meets_the_circle_of_a_loss_where_columns_are_squeezed(canvas: Canvas) -> None:
    canvas.resize(560, 700)
    showing(canvas, example("output_to_hidden", "teacher_forcing", 5))
    canvas.fit()
    place = canvas.vertex_rect(Vertex("L", 2))
    assert place.height() > 1.2 * place.width()
    picture, middle = look(canvas), place.center()
    just_below = picture[middle.y() + place.width() // 2 + 3 : place.bottom() - 2, middle.x()]
    assert (just_below.min(axis=1) < 200).all(), "the edge's line"
