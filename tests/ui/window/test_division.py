"""Graph, equations and curves all have room, and where there is not enough, equations and curves give way first."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.architectures import get_architecture
from explorer.session.files import Opened
from explorer.tasks import get_task, task_ids
from explorer.training.matching import mismatch
from explorer.ui.drawing.scene import Detail
from explorer.ui.look.widths import LEAST_GRAPH, STACKED
from explorer.ui.window.division import (
    GRAPH_NEEDS,
    LEAST_CURVES,
    LEAST_EQUATIONS,
    SMALLEST,
    division,
)
from explorer.ui.window.main_window import MainWindow
from tests.settings import FOUR, a_document

LAPTOPS = ((1280, 720), (1366, 768), (1280, 800), (1440, 900))
LOWEST = ((1024, 640), (1280, 720))
WIDTHS, HEIGHTS = st.integers(SMALLEST[0], 4000), st.integers(SMALLEST[1] - 48, 2200)


@given(WIDTHS, HEIGHTS)
def test_the_graph_has_the_most_room_and_all_that_it_needs_where_there_are_curves(width: int, height: int) -> None:
    parts = division(width, height)
    graph = width - parts.settings - parts.equations
    assert parts.equations >= LEAST_EQUATIONS and parts.training >= LEAST_CURVES
    assert graph >= 300 and (graph > parts.equations or width < 1000)
    assert not parts.curves or height - parts.training >= GRAPH_NEEDS


@given(WIDTHS, HEIGHTS, st.integers(0, 300))
def test_in_a_larger_window_nothing_is_smaller(width: int, height: int, more: int) -> None:
    one, other = division(width, height), division(width, height + more)
    assert other.training >= one.training and (other.curves or not one.curves)
    assert division(width + more, height).equations >= one.equations - 8  # the settings grow once, all else with them


@pytest.mark.parametrize("talk", [False, True])
def test_lessons_leave_room_for_graph_and_equations_on_a_small_screen_with_large_text(talk: bool) -> None:
    """1280 px at 150 %: the equations had ended beyond the edge of the screen."""
    parts = division(1280 * 2 // 3, 800 * 2 // 3, learn=True, talk=talk)
    assert parts.settings + LEAST_GRAPH + parts.equations <= 1280 * 2 // 3


def test_on_a_laptop_boxes_of_six_steps_are_full_and_the_curves_are_there(window: MainWindow) -> None:
    for size, architecture in product(LAPTOPS, FOUR):
        window.resize(*size)
        window.perform("change", architecture=architecture)
        QApplication.processEvents()
        scene = window.canvas._scene
        assert scene is not None and scene.detail(window.canvas._camera.sx) is Detail.FULL, (size, architecture)
        for vertex in scene.geometry.vertices_at(1):
            if vertex.name in ("h", "x"):
                assert window.canvas.vertex_rect(vertex).height() >= 26, (size, architecture, vertex)
        assert not window.training.folded, size
        assert window.training.losses.height() >= 150, size


def test_with_curves_and_what_they_tell_the_graph_keeps_most_of_its_room(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(1280, 720)
    window.training.running.step()
    qtbot.waitUntil(lambda: window.training.verdicts.line.isVisible(), timeout=20_000)
    qtbot.waitUntil(lambda: window.canvas.height() >= 270)
    plot = window.training.losses.plot
    assert plot is not None and plot.height() >= 110
    window.resize(1024, 640)
    window.training.set_folded(False)
    legend = window.training.losses.runs
    qtbot.waitUntil(lambda: window.training.losses.height() < 160)
    qtbot.waitUntil(lambda: len(legend.rows) == 2 and legend.verticalScrollBar().maximum() == 0)
    window.resize(1024, 640)
    window.training.set_folded(False)
    qtbot.waitUntil(lambda: not window.transport.grain.isVisible() and window.canvas.height() >= 200)
    assert plot.height() >= 110, "the stepper takes one row"
    window.training.set_folded(True)
    assert window.transport.grain.isVisible()


def test_every_setting_is_seen_without_scrolling(window: MainWindow) -> None:
    tasks = {id: get_task(id) for id in task_ids()}
    for network in map(get_architecture, FOUR):
        for task in (task for task in tasks.values() if not mismatch(network, task)):
            feedback = "free_running_yhat" if network.takes_feedback else None  # its kinds are to be chosen from, too
            document = a_document(network.id, task=task.id, feedback=feedback, length=max(6, task.shortest_length))
            window.do(lambda document=document: window.session.open(Opened(document)))
            for size in LOWEST:
                window.resize(*size)
                QApplication.processEvents()
                bar = window.sidebar.verticalScrollBar()
                assert not bar.isVisible() and bar.maximum() == 0, (network.id, task.id, size)


def test_the_stepper_takes_two_rows_exactly_where_the_division_thinks_so(window: MainWindow) -> None:
    for width in (STACKED - 1, STACKED):
        window.transport.resize(width, window.transport.height())
        rows = window.transport._rows.direction() is not type(window.transport._rows.direction()).LeftToRight
        assert rows == (width < STACKED)
