"""What is read beside and above the curves of two runs: counters, and one example fed the truth and fed its own."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from explorer.session.runs.bundles import bundles
from explorer.session.runs.examples import follow_example
from explorer.session.runs.learning import LEARNED, learning
from explorer.session.runs.run_book import RunBook
from explorer.session.runs.verdict import percent
from explorer.session.training_plan import plan_runs
from explorer.ui.training.counters import Counters
from explorer.ui.training.example_view import ExampleView
from explorer.ui.training.fed_rows import LABEL, NAME
from explorer.ui.training.free_places import free_beside
from tests.settings import a_plan, a_problem
from tests.trained import trained
from tests.ui.painting import blank
from tests.ui.showing import on_screen


@pytest.fixture(scope="module")
def book() -> RunBook:
    """Two short runs on parity: the one fed the targets learns, the other has no time to."""
    return trained(plan_runs(a_problem(length=8), a_plan(iterations=40)))


def test_the_counters_say_when_each_had_learned_and_how_much_is_right_now_or_where_one_looks(
    qtbot: QtBot, book: RunBook
) -> None:
    counters = Counters()
    qtbot.addWidget(counters)
    assert not counters.isVisibleTo(counters.parentWidget())
    together = bundles(book.records)
    counters.set_bundles(together)
    forced, free = map(learning, together)
    assert forced is not None and forced.learned is not None and forced.own >= LEARNED
    assert free is not None and free.learned is None
    own = "right on its own output"
    one = f"Teacher forcing: learned by iteration {forced.learned}, {percent(forced.own)} {own}"
    assert counters.text == f"{one}; Free running on soft ŷ: not learned yet, {percent(free.own)} {own}"
    for name, (_, words) in zip(("Teacher forcing: ", "Free running on soft ŷ: "), counters._said, strict=True):
        named = [part[0].startswith(name) for part in words]
        assert named == [True] * 4 + [False] * 3, "the name is kept before words are: dots differ by colour alone"
        lengths = [len("".join(part)) for part in words[:4]]
        assert lengths == sorted(lengths, reverse=True)
    assert "".join(counters._said[0][1][2]) == f"Teacher forcing: learned by {forced.learned}, {percent(forced.own)}"
    counters.set_iteration(0)
    first = learning(together[0], 0)
    assert first is not None and f"{percent(first.own)} {own}; " in counters.text
    for width in (1000, 120):
        counters.resize(width, 18)
        assert not blank(counters)


def test_runs_that_learn_the_same_are_seen_on_one_example_each_in_two_rows(qtbot: QtBot, book: RunBook) -> None:
    view = on_screen(qtbot, ExampleView(), 600, 200)
    together = bundles(book.records)
    view.set_beside(together, together[1])
    view.set_run(together[1].first)
    assert view.together.isVisible() and not view.rows.isVisible()
    assert [run.name for run in view.together._runs] == ["Teacher forcing", "Free running on soft ŷ"]
    for run, record in zip(view.together._runs, book.records, strict=True):
        expected = follow_example(record, record.iteration, 0)
        assert expected is not None and (run.fed.wrong, run.own.wrong) == (
            expected.rows[1].wrong,
            expected.rows[2].wrong,
        )
    third = QPoint(round(NAME + LABEL + 2.5 * view.together.pitch), 60)
    qtbot.mouseClick(view.together, Qt.MouseButton.LeftButton, pos=third)
    assert {run.followed.injected is not None for run in view.together._runs} == {True} and view.say.isVisible()
    view.set_beside(together, None)
    view.set_run(None)
    assert view.rows.isVisible() and not view.together.isVisible()


ROOM = (164.0, 15.0)


@given(
    st.lists(st.lists(st.floats(0, 10), min_size=5, max_size=5), min_size=1, max_size=4),
    st.floats(0, 400),
    st.floats(0, 400),
)
def test_words_about_a_gap_cover_no_curve(heights: list[list[float]], start: float, upright: float) -> None:
    x, pixel = np.linspace(0, 400, 5), (1.0, 0.1)
    lines = [(x, np.array(line)) for line in heights]
    place = free_beside((start, 5.0), lines, ((0.0, 400.0), (0.0, 10.0)), pixel, ROOM, upright)
    if place is None:
        return
    left, middle = place
    assert start < left and left + ROOM[0] <= 400 and abs(middle - 5) <= 5 - 0.05 * ROOM[1] + 1e-9
    assert not left < upright < left + ROOM[0]
    across = np.linspace(left, left + ROOM[0], 17)
    for line in lines:
        heights_there = np.interp(across, *line)
        assert (
            heights_there.min() > middle + 0.05 * ROOM[1] - 1e-9 or heights_there.max() < middle - 0.05 * ROOM[1] + 1e-9
        )
