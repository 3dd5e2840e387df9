"""The learner goes on to the next iteration, along a run and back, and always sees whose weights the graph shows."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from explorer.graph.analyse.events import Event, Kind, Phase
from explorer.session.edits import WeightEdit
from explorer.session.runs.runs import RunRecord
from explorer.session.training_plan import plan_runs
from explorer.training.run import Run
from explorer.ui.training.run_row import RunRow
from explorer.ui.window.main_window import MainWindow
from tests.trained import kept

TOTAL = Event(Phase.LOSS, Kind.TOTAL_LOSS, "L")


def trained(window: MainWindow, *stops: int) -> RunRecord:
    """A run of what the window shows, with the weights at each stop kept."""
    record = kept(Run(plan_runs(window.training.problem, window.training.plan)[0]), *stops)
    window.session.runs.hold([record])
    return record


class TestTakingTheUpdate:
    """After the last event the next iteration is one click away."""

    def test_it_is_offered_after_the_last_event_alone(self, window: MainWindow) -> None:
        for cursor in range(len(window.session.shown.events) + 1):
            window.perform("go_to", cursor=cursor)
            offered = window.caption.go_on.isVisible() and "go on" in window.caption.go_on.text().lower()
            assert offered == (cursor == len(window.session.shown.events))

    def test_the_button_begins_the_next_iteration(self, qtbot: QtBot, window: MainWindow) -> None:
        window.perform("end")
        after = window.session.shown.trace.loss_after
        qtbot.mouseClick(window.caption.go_on, Qt.MouseButton.LeftButton)
        assert window.session.cursor == 0 and window.session.shown.trace.loss == after
        assert window.status.origin.text() == "showing initial weights of seed 7, 1 stepped update later"
        assert window.header.weights.shown == "after 1 update"
        assert "go on" not in window.caption.go_on.text().lower()

    def test_the_key_does_so_from_anywhere_and_undo_leads_back(self, qtbot: QtBot, window: MainWindow) -> None:
        window.perform("end")
        start = window.session.shown.trace.loss
        for _ in range(3):
            qtbot.keyClick(window.canvas, Qt.Key.Key_U)
        assert "3 stepped updates later" in window.status.origin.text()
        for _ in range(3):
            qtbot.keyClick(window.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert window.session.shown.trace.loss == start and window.caption.go_on.isVisible()
        assert window.header.weights.shown == "initial weights of seed 7"

    def test_edits_by_hand_are_named_in_the_origin(self, window: MainWindow) -> None:
        window.do(lambda: window.session.edit(WeightEdit("W", (0, 0), 0.5)))
        window.perform("take_update")
        assert window.status.origin.text() == "showing initial weights of seed 7, edited, 1 stepped update later"

    def test_an_optimiser_that_remembers_says_so(self, window: MainWindow) -> None:
        window.perform("end")
        assert "remembers" not in window.inspector.rule.words.text()
        window.perform("take_update")
        window.perform("end")
        assert window.inspector.rule.words.text().endswith("It remembers 1 update before this one.")


class TestTravelling:
    """Along a run, the whole forward pass is to be seen with the weights of each iteration."""

    def test_at_event_0_the_forward_pass_is_shown_and_given_back(self, window: MainWindow) -> None:
        record = trained(window, 0, 5)
        window.perform("travel", run=record.id, iteration=0)
        assert window.session.event == TOTAL
        before = window.session.shown.trace.value("yhat", 1)
        window.perform("travel", run=record.id, iteration=5)
        assert window.session.event == TOTAL and window.header.weights.shown == "iteration 5"
        assert np.abs(window.session.shown.trace.value("yhat", 1) - before).max() > 1e-3
        window.perform("come_back")
        assert window.session.cursor == 0 and window.header.weights.shown == "initial weights of seed 7"

    @pytest.mark.parametrize("later", [0, 3])
    def test_who_is_past_the_losses_or_steps_on_stays_there(self, window: MainWindow, later: int) -> None:
        place = window.session.shown.events.index(TOTAL) + 1 + later
        window.perform("go_to", cursor=place)
        record = trained(window, 0, 5)
        window.perform("travel", run=record.id, iteration=5)
        window.perform("come_back")
        assert window.session.cursor == place
        window.perform("go_to", cursor=0)
        window.perform("travel", run=record.id, iteration=5)
        window.perform("next")
        window.perform("come_back")
        assert window.session.cursor > 0

    def test_coming_back_shows_stepped_weights_again(self, window: MainWindow) -> None:
        window.perform("take_update")
        stepped = window.session.weights
        record = trained(window, 0, 5)
        for iteration in (0, 5):
            window.perform("travel", run=record.id, iteration=iteration)
        window.perform("come_back")
        assert window.session.weights is stepped and window.session.cursor == 0
        assert window.header.weights.shown == "after 1 update"
        window.perform("initial_weights")
        assert window.session.weights is None

    def test_the_weights_of_a_run_stay_when_only_the_sequence_changes(self, window: MainWindow) -> None:
        record = trained(window, 0, 5)
        window.perform("travel", run=record.id, iteration=5)
        assert window.training.travel.at == (record, 5)
        window.do(lambda: window.session.change(length=4))
        assert window.session.weights is not None and window.header.weights.shown == "iteration 5"
        assert window.training.travel.at == (record, 5) and record.shown
        window.do(lambda: window.session.change(hidden=3))
        assert window.session.weights is None, "another network"

    def test_undo_shows_the_run_again_along_which_weights_were_looked_at(self, window: MainWindow) -> None:
        record = trained(window, 0, 5)
        window.perform("travel", run=record.id, iteration=5)
        window.perform("change", hidden=5)
        assert not record.shown and window.training.travel.at is None
        window.perform("undo")
        assert record.shown and window.training.travel.at == (record, 5)
        assert window.training.display.chosen == record.id

    def test_what_commands_make_of_a_run_is_seen_in_the_list(self, window: MainWindow) -> None:
        record = trained(window, 0, 5)
        window.perform("travel", run=record.id, iteration=5)
        window.perform("rename_run", run=record.id, name="Mine")
        rows = window.training.losses.runs.findChildren(RunRow)
        assert [row.bundle.title for row in rows] == ["Mine"]
        window.menus["clear_runs"].trigger()
        assert window.training.display.chosen is None
        window.menus["bring_runs_back"].trigger()
        assert window.training.display.bundle is None or window.training.display.bundle.first is record
        assert record in window.session.runs.records
