"""The row above the graph: in any width, with any title, it says what there is room for, and cuts no word."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from explorer.session.viewing import View
from explorer.ui.drawing import canvas_header
from explorer.ui.drawing.canvas_header import CanvasHeader
from explorer.ui.look.widths import LEAST_GRAPH
from tests.each import each
from tests.session.shown import example
from tests.ui.geometry import faults


@pytest.fixture
def header(qtbot: QtBot) -> Iterator[CanvasHeader]:
    around, header = QWidget(), CanvasHeader()
    qtbot.addWidget(around)
    around.resize(1300, 60)
    header.setParent(around)
    around.show()
    yield header


@each(("network", "feedback"), [("output_to_hidden", "teacher_forcing"), ("lstm", None)])
@each("run", ["", "Scheduled sampling on arg max, seed 12"])
@each("follows", [False, True])
@each("width", [360, 480, 560, 640, 700, 786, 860, 1200])
def test_no_control_is_squeezed_and_no_title_cut(
    header: CanvasHeader, network: str, feedback: str | None, run: str, follows: bool, width: int
) -> None:
    header.setGeometry(0, 0, width, 40)
    header.show_view(example(network, feedback), View())
    header.say_weights(run, ("iteration 12 000",))
    header.set_whose(None, follows)
    row = header.layout()
    assert row is not None
    row.activate()
    widgets = [widget for i in range(row.count()) if (item := row.itemAt(i)) and (widget := item.widget())]
    for widget in (widget for widget in widgets if widget.isVisible()):
        assert widget.width() >= widget.minimumSizeHint().width(), widget.accessibleName()
        assert widget.geometry().right() < width
    assert header.title.isVisible() or width < 440


def test_in_german_at_the_least_width_choices_are_written_out(
    header: CanvasHeader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They had said "T…g" and "A…g"."""
    monkeypatch.setattr(canvas_header, "SHORT_TIMES", ("Training", "Test"))
    header.whose.rename(("Anfang", "jetzt"))
    header.setGeometry(0, 0, LEAST_GRAPH, 40)
    header.show_view(example("output_to_hidden", "teacher_forcing"), View())
    header.set_whose(True, True)
    assert faults(header.window()) == []


def test_nothing_moves_as_runs_and_iterations_are_named(header: CanvasHeader) -> None:
    header.show_view(example("output_to_hidden", "teacher_forcing"), View())
    row = header.layout()
    assert row is not None
    for width in (1000, 700, 450):
        header.setGeometry(0, 0, width, 40)
        places = []
        for run, when in (
            ("", "initial weights"),
            ("Teacher forcing", "iteration 9"),
            ("A run of mine", "iteration 12 000"),
        ):
            header.say_weights(run, (when,))
            row.activate()
            places.append((header.times.geometry(), header.fold.geometry(), header.weights.geometry()))
            assert header.weights.shown == when and header.title.text() == (run or "Unfolded graph")
        assert places[0] == places[1] == places[2]


def test_the_switch_shows_whose_weights_are_shown_and_asks_for_others(qtbot: QtBot, header: CanvasHeader) -> None:
    asked: list[bool] = []
    header.follow_asked.connect(asked.append)
    header.set_whose(None, True)
    assert header.whose.choice == -1
    for now, place in ((True, 1), (False, 0)):
        qtbot.mouseClick(header.whose.findChildren(QToolButton)[place], Qt.MouseButton.LeftButton)
        header.set_whose(now, True)
        assert header.whose.choice == place
    assert asked == [True, False]


def test_where_the_title_gives_way_the_row_may_become_lower(header: CanvasHeader) -> None:
    around = header.parentWidget()
    assert around is not None
    column = QVBoxLayout(around)
    column.addWidget(header)
    header.show_view(example("output_to_hidden", "teacher_forcing"), View())
    header.set_whose(True, True)
    for width in (380, 460, 380, 900):
        around.resize(width, 60)
        column.activate()
    assert header.title.isVisible()
