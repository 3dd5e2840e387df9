"""Training begins with the weights that are shown, says so, and a fair pair begins with the same."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from explorer.graph.arrays import Array
from explorer.session.edits import WeightEdit
from explorer.session.runs.bundles import bundles
from explorer.session.runs.names import described
from explorer.session.training_plan import plan_runs
from explorer.training.run import Run
from explorer.ui.window.main_window import MainWindow
from tests.settings import a_plan

pytestmark = pytest.mark.usefixtures("at_once")
PLAN = a_plan(iterations=20, modes=("teacher_forcing", "free_running_yhat"))


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    window.do(lambda: window.session.change(plan=PLAN, hidden=3))
    window.training.build()
    return window


def edit(window: MainWindow, value: float) -> None:
    window.do(lambda: window.session.edit(WeightEdit("W", (0, 1), value)))


def theta(window: MainWindow) -> Array:
    return np.concatenate([array.ravel() for array in window.session.shown.trace.parameters.values()])


def train(qtbot: QtBot, window: MainWindow) -> None:
    window.training.running.run()
    trainer = window.training.trainer
    qtbot.waitUntil(lambda: bool(trainer.book.current) and not trainer.running, timeout=60_000)


def test_every_run_begins_with_what_was_set_by_hand(qtbot: QtBot, window: MainWindow) -> None:
    edit(window, 9.0)
    shown = theta(window)
    train(qtbot, window)
    for record, settings in zip(window.training.book.current, plan_runs(window.training.problem, PLAN), strict=True):
        first = record.theta(0)
        assert first is not None and first[0] == 0
        np.testing.assert_array_equal(first[1], shown)
        alone, last = Run(settings, shown), record.theta(20)
        for _ in range(20):
            alone.step()
        assert last is not None
        np.testing.assert_allclose(last[1], alone.theta, rtol=1e-12)
    said = "initial weights of seed 7, edited"
    assert window.training.notice.text.text().startswith(f"Training begins with what the graph shows: {said}.")
    assert all(f"from {said}" in described(bundle) for bundle in bundles(window.training.book.current))


def test_the_edits_that_a_run_has_grown_from_are_not_made_again_in_its_weights(
    qtbot: QtBot, window: MainWindow
) -> None:
    edit(window, 9.0)
    began = theta(window)
    train(qtbot, window)
    window.training._travel_to(20)
    record = window.training.book.current[0]
    last = record.theta(20)
    assert last is not None
    np.testing.assert_array_equal(theta(window), last[1])
    assert window.session.shown.trace.parameters["W"][0, 1] != 9.0
    assert window.status.origin.text() == f"showing weights of {record.name}, iteration 20"
    edit(window, 5.0)
    assert window.session.shown.trace.parameters["W"][0, 1] == 5.0
    assert window.status.origin.text().endswith("iteration 20, edited")
    window.menus["undo"].trigger()
    window.perform("come_back")
    np.testing.assert_array_equal(theta(window), began)


def test_weights_looked_at_along_a_run_are_what_another_run_begins_with(qtbot: QtBot, window: MainWindow) -> None:
    train(qtbot, window)
    window.training._travel_to(20)
    shown, name = theta(window), window.training.book.current[0].name
    window.do(lambda: window.session.change(plan=a_plan(iterations=10, learning_rate=0.1)))
    train(qtbot, window)
    window.perform("follow", on=False)
    np.testing.assert_array_equal(theta(window), shown)
    for record in window.training.book.current:
        first = record.theta(0)
        assert first is not None
        np.testing.assert_array_equal(first[1], shown)
    assert f"weights of {name}, iteration 20" in window.training.notice.text.text()


def test_looking_back_along_a_run_is_no_new_beginning_but_an_edit_is(qtbot: QtBot, window: MainWindow) -> None:
    train(qtbot, window)
    assert window.training.running.goes_on
    window.training._travel_to(10)
    assert window.training.running.goes_on
    edit(window, 2.0)
    assert not window.training.running.goes_on
    window.menus["undo"].trigger()
    window.perform("come_back")
    assert window.training.running.goes_on
    edit(window, 2.0)
    assert not window.training.running.goes_on
    train(qtbot, window)
    assert window.training.running.goes_on
