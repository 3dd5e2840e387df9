"""The training panel with the real worker: run, pause, step, reset, failures, travel in time, keeping and comparing."""

import os
import signal
import time
from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from explorer.session.runs.run_book import RunBook
from explorer.session.runs.runs import Measure, Stage
from explorer.session.training_plan import Problem, levels, planned
from explorer.training.crew import TrainingCrew
from explorer.ui.training.controls import PAUSE, RESUME, RUN, TRAIN_ON
from explorer.ui.training.panel import TrainingPanel
from explorer.ui.typography.numbers import figures
from explorer.ui.window.main_window import MainWindow
from tests.settings import a_plan, a_problem, changed

QUICK = a_plan(iterations=40, evaluate_every=10)
ENDLESS = a_plan(iterations=1_000_000, evaluate_every=10)


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[TrainingPanel]:
    panel = TrainingPanel(RunBook())
    qtbot.addWidget(panel)
    panel.resize(1150, 290)
    panel.show()
    panel.set_problem(a_problem(length=5, hidden=3))
    panel.set_plan(QUICK)
    yield panel
    panel.shutdown()


def click(qtbot: QtBot, button) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def run_to_the_end(qtbot: QtBot, panel: TrainingPanel) -> None:
    click(qtbot, panel.controls.run_button)
    qtbot.waitUntil(lambda: bool(panel.book.current) and not panel.trainer.running, timeout=10_000)


def run_for_a_while(qtbot: QtBot, panel: TrainingPanel) -> None:
    panel.set_plan(ENDLESS)
    click(qtbot, panel.controls.run_button)
    qtbot.waitUntil(lambda: panel.book.iteration > 20, timeout=10_000)


def test_the_plots_come_after_the_panel_is_shown(qtbot: QtBot) -> None:
    panel = TrainingPanel(RunBook())
    qtbot.addWidget(panel)
    panel.show()
    assert panel.losses.plot is None
    qtbot.waitUntil(lambda: panel.losses.plot is not None, timeout=5000)
    panel.shutdown()


def test_both_ways_are_trained_and_their_curves_grow(qtbot: QtBot, panel: TrainingPanel) -> None:
    run_to_the_end(qtbot, panel)
    one, other = panel.book.current
    assert (one.settings.feedback, other.settings.feedback) == ("teacher_forcing", "free_running_yhat")
    for record in (one, other):
        assert record.stage is Stage.FINISHED
        assert record.curve(Measure.CLOSED_LOSS)[0].tolist() == [0, 10, 20, 30, 40]
    assert panel.losses.plot is not None
    drawn = panel.losses.plot._curves[one.id]
    assert drawn.open[0].tolist() == [0, 10, 20, 30, 40]
    assert drawn.open[1].tolist() == one.curve(Measure.OPEN_LOSS)[1].tolist()
    assert panel.controls.run_button.text() == TRAIN_ON
    assert panel.controls.progress_text.text().startswith("iteration 40 of 40")


def test_the_curves_of_twins_start_at_the_same_point(qtbot: QtBot, panel: TrainingPanel) -> None:
    run_to_the_end(qtbot, panel)
    one, other = panel.book.current
    assert one.curve(Measure.OPEN_LOSS)[1][0] == other.curve(Measure.OPEN_LOSS)[1][0]


def test_pause_takes_effect_and_resume_goes_on(qtbot: QtBot, panel: TrainingPanel) -> None:
    run_for_a_while(qtbot, panel)
    assert panel.controls.run_button.text() == PAUSE
    click(qtbot, panel.controls.run_button)
    assert panel.controls.run_button.text() == RESUME
    qtbot.wait(150)
    at = panel.book.iteration
    qtbot.wait(150)
    assert panel.book.iteration == at
    click(qtbot, panel.controls.run_button)
    qtbot.waitUntil(lambda: panel.book.iteration > at, timeout=5000)


def test_a_step_makes_one_update_of_every_run(qtbot: QtBot, panel: TrainingPanel) -> None:
    for expected in (1, 2):
        click(qtbot, panel.controls.step_button)
        qtbot.waitUntil(lambda n=expected: panel.book.iteration == n, timeout=10_000)
    qtbot.wait(100)
    assert [record.iteration for record in panel.book.current] == [2, 2]
    assert panel.controls.run_button.text() == RESUME


def test_stepping_and_running_give_the_same_curve(qtbot: QtBot, panel: TrainingPanel) -> None:
    for expected in (1, 2, 3):
        click(qtbot, panel.controls.step_button)
        qtbot.waitUntil(lambda n=expected: panel.book.iteration == n, timeout=10_000)
    stepped = [panel.book.current[0].training.at(i) for i in (1, 2, 3)]
    click(qtbot, panel.controls.reset_button)
    run_to_the_end(qtbot, panel)
    assert [panel.book.current[0].training.at(i) for i in (1, 2, 3)] == stepped


def test_reset_goes_back_to_the_start_and_keeps_the_runs_in_the_list(qtbot: QtBot, panel: TrainingPanel) -> None:
    run_to_the_end(qtbot, panel)
    click(qtbot, panel.controls.reset_button)
    assert panel.controls.run_button.text() == RUN and not panel.controls.reset_button.isEnabled()
    assert panel.book.shown == [] and panel.losses.runs.earlier.text() == "2 earlier runs"
    assert panel.losses.plot is not None and panel.losses.plot._curves == {}


def test_a_finished_training_can_go_on(qtbot: QtBot, panel: TrainingPanel) -> None:
    run_to_the_end(qtbot, panel)
    run_to_the_end(qtbot, panel)
    (one, _) = panel.book.current
    assert one.iteration == 80 and len(panel.book.records) == 2
    assert one.curve(Measure.OPEN_LOSS)[0].tolist() == [0, 10, 20, 30, 40, 50, 60, 70, 80]


def test_twice_as_far_in_two_goes_is_twice_as_far_in_one(qtbot: QtBot, panel: TrainingPanel) -> None:
    """The optimiser keeps its moments, the batches go on where they were."""
    run_to_the_end(qtbot, panel)
    run_to_the_end(qtbot, panel)
    curves = [record.curve(Measure.CLOSED_LOSS) for record in panel.book.current]
    weights = [record.theta(80) for record in panel.book.current]
    panel.reset()
    panel.set_plan(changed(QUICK, iterations=80))
    run_to_the_end(qtbot, panel)
    for record, curve, (_, theta) in zip(panel.book.current, curves, weights, strict=True):
        assert [x.tolist() for x in record.curve(Measure.CLOSED_LOSS)] == [x.tolist() for x in curve]
        assert record.theta(80)[1].tolist() == theta.tolist()


def test_the_same_settings_again_do_not_pile_up(qtbot: QtBot, panel: TrainingPanel) -> None:
    run_to_the_end(qtbot, panel)
    click(qtbot, panel.controls.reset_button)
    run_to_the_end(qtbot, panel)
    assert len(panel.book.records) == 2


def test_another_problem_stops_training_and_clears_the_view(qtbot: QtBot, panel: TrainingPanel) -> None:
    run_for_a_while(qtbot, panel)
    panel.set_problem(a_problem(length=6, hidden=3))
    assert not panel.trainer.running and panel.book.shown == []
    assert {record.stage for record in panel.book.records} == {Stage.STOPPED}
    assert panel.controls.run_button.text() == RUN


def test_a_net_without_output_feedback_trains_plainly(qtbot: QtBot, panel: TrainingPanel) -> None:
    panel.set_problem(a_problem("hidden_to_hidden", length=5, hidden=3))
    run_to_the_end(qtbot, panel)
    assert panel.notice.isHidden(), "that nothing is fed back is said beside the settings"
    (only,) = panel.book.current
    assert only.settings.feedback is None and only.stage is Stage.FINISHED


def test_divergence_is_named_and_its_remedy_is_one_click(qtbot: QtBot, panel: TrainingPanel) -> None:
    panel.set_problem(a_problem("hidden_to_hidden", length=12, hidden=6, activation="identity"))
    panel.set_plan(changed(QUICK, learning_rate=900.0, optimizer="sgd"))
    run_to_the_end(qtbot, panel)
    (broken,) = panel.book.current
    assert broken.stage is Stage.DIVERGED and "diverged" in panel.notice.text.text()
    assert broken.weights(0) is not None, "the weights before it are kept"
    assert panel.notice.remedy.text() == "Clip to norm 1"
    click(qtbot, panel.notice.remedy)
    qtbot.waitUntil(lambda: not panel.trainer.running, timeout=10_000)
    assert panel.book.current[0].settings.training.clip_norm == 1.0 and broken.shown


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no SIGKILL")
def test_a_killed_worker_is_named_and_training_goes_on_from_what_was_kept(qtbot: QtBot, panel: TrainingPanel) -> None:
    run_for_a_while(qtbot, panel)
    os.kill(panel.trainer.worker.workers[0]._link.process.pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: not panel.trainer.running, timeout=5000)
    assert "ended unexpectedly" in panel.notice.text.text()
    reached = panel.book.iteration
    assert reached > 20 and panel.controls.run_button.text() == TRAIN_ON
    click(qtbot, panel.controls.run_button)
    qtbot.waitUntil(lambda: panel.book.iteration > reached, timeout=10_000)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no SIGKILL")
def test_where_one_of_two_workers_is_killed_the_other_seed_goes_on_and_both_can_be_trained_on(
    qtbot: QtBot, panel: TrainingPanel
) -> None:
    panel.trainer.worker = TrainingCrew(most=2)
    panel.set_plan(replace(ENDLESS, seeds=2))
    click(qtbot, panel.controls.run_button)
    qtbot.waitUntil(lambda: panel.book.iteration > 20, timeout=10_000)
    os.kill(panel.trainer.worker.workers[1]._link.process.pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: not panel.notice.isHidden(), timeout=5000)
    assert panel.notice.text.text().endswith("The other seeds go on.") and panel.trainer.running
    assert [record.stage for record in panel.book.current] == [Stage.TRAINING, Stage.STOPPED] * 2
    reached = panel.book.iteration
    qtbot.waitUntil(lambda: panel.book.iteration > reached, timeout=10_000)
    panel.trainer.stop()
    panel.trainer.go_on(100)
    reached = max(record.iteration for record in panel.book.current)
    assert [record.stage for record in panel.book.current] == [Stage.TRAINING] * 4
    qtbot.waitUntil(lambda: panel.book.iteration > reached, timeout=10_000)


def test_an_impossible_plan_is_refused_in_a_line_and_nothing_changes(qtbot: QtBot, panel: TrainingPanel) -> None:
    run_to_the_end(qtbot, panel)
    before = panel.book.current
    panel.set_problem(changed(panel.problem, hidden=4))
    panel.set_plan(replace(QUICK, modes=()))
    with qtbot.waitSignal(panel.message):
        click(qtbot, panel.controls.run_button)
    assert "choose" in panel.notice.text.text()
    assert set(before) <= set(panel.book.records) and not panel.trainer.running


def test_shutting_down_ends_the_worker(qtbot: QtBot, panel: TrainingPanel) -> None:
    run_for_a_while(qtbot, panel)
    process = panel.trainer.worker.workers[0]._link.process
    panel.shutdown()
    process.join(2)
    assert not panel.trainer.worker.alive and not process.is_alive()
    click(qtbot, panel.controls.run_button)
    assert "shut down" in panel.notice.text.text()


def test_the_line_in_time_gives_the_weights_of_an_iteration(qtbot: QtBot, panel: TrainingPanel) -> None:
    run_to_the_end(qtbot, panel)
    with qtbot.waitSignal(panel.iteration_chosen) as chosen:
        panel.losses.line_moved.emit(17.2)
    record, iteration = chosen.args
    assert record is panel.book.current[0] and iteration == 17
    assert record.weights(iteration)[0] == 17
    with qtbot.waitSignal(panel.travel_ended):
        click(qtbot, panel.controls.reset_button)


def test_the_legend_follows_the_line_until_one_comes_back(qtbot: QtBot, panel: TrainingPanel) -> None:
    run_to_the_end(qtbot, panel)
    row = panel.losses.runs.rows[panel.book.current[0].id]
    newest = row.values()
    assert panel.losses.plot is not None
    for line, judged in ((17.2, 20), (3.0, 0)):
        panel.losses.plot.read.emit(35.0)
        panel.losses.line_moved.emit(line)
        one, other = (row.bundle.nearest(m, judged) for m in (Measure.OPEN_LOSS, Measure.CLOSED_LOSS))
        assert one is not None and other is not None and one[0] == judged
        assert row.values() == f"{figures(one[1])} ┆ {figures(other[1])}"
        assert panel.losses.readout.text() == f"iteration {round(line)}, judged at {judged}"
    panel.travel.end()
    assert row.values() == newest


def test_moving_the_line_within_one_iteration_chooses_once(qtbot: QtBot, panel: TrainingPanel) -> None:
    run_to_the_end(qtbot, panel)
    chosen = []
    panel.iteration_chosen.connect(lambda record, iteration: chosen.append(iteration))
    for x in (3.1, 3.2, 2.9, 4.0):
        panel.losses.line_moved.emit(x)
    assert chosen == [3, 4]


def test_the_same_again_with_one_change_leaves_the_others_in_view(qtbot: QtBot, panel: TrainingPanel) -> None:
    run_to_the_end(qtbot, panel)
    menu = panel.actions_on_runs.menu(panel.actions_on_runs.bundle(panel.book.current[1].id))
    again = next(action.menu() for action in menu.actions() if action.text() == "The same again with")
    next(action for action in again.actions() if action.text() == "clip to norm 1").trigger()
    qtbot.waitUntil(lambda: not panel.trainer.running, timeout=10_000)
    assert [record.name for record in panel.book.shown] == [
        "Teacher forcing, no clipping",
        "Free running on soft ŷ, no clipping",
        "Free running on soft ŷ, clip 1",
    ]
    menu.close()


def test_a_branch_leaves_a_run_where_one_has_travelled_to(qtbot: QtBot, panel: TrainingPanel) -> None:
    run_to_the_end(qtbot, panel)
    forced = panel.book.current[0]
    panel.losses.line_moved.emit(17.0)
    tag = panel.travel.tag
    assert tag is not None and tag.isVisible() and tag.label.text().endswith("17")
    click(qtbot, tag.branch)
    form = panel.branching.form
    assert form.isVisible() and form.title.text() == "Branch of Teacher forcing from iteration 17"
    assert form.plan == replace(QUICK, modes=("teacher_forcing",))
    form.modes["teacher_forcing"].click()
    form.modes["free_running_o"].click()
    click(qtbot, form.start)
    qtbot.waitUntil(lambda: not panel.trainer.running, timeout=10_000)
    (branch,) = panel.book.current
    assert branch.name == "From 17: Free running on o, of Teacher forcing"
    assert forced.shown and panel.display.chosen == branch.id and not tag.isVisible()
    assert branch.theta(17)[1].tolist() == forced.theta(17)[1].tolist()
    x = branch.curve(Measure.OPEN_LOSS)[0]
    assert x.tolist() == [17, 20, 30, 40, 50, 57] and branch.iteration == 57
    assert branch.training.at(18) is not None and branch.training.at(17) is None
    drawn = panel.losses.plot._curves[branch.id]
    assert drawn.open[0].tolist() == x.tolist()


def test_a_branch_goes_on_and_repeats_from_where_it_began(qtbot: QtBot, panel: TrainingPanel) -> None:
    run_to_the_end(qtbot, panel)
    forced = panel.book.current[0]
    panel.branch(forced, 20)
    click(qtbot, panel.branching.form.start)
    qtbot.waitUntil(lambda: not panel.trainer.running, timeout=10_000)
    (branch,) = panel.book.current
    menu = panel.actions_on_runs.menu(panel.actions_on_runs.bundle(branch.id))
    again = next(action.menu() for action in menu.actions() if action.text() == "The same again with")
    next(action for action in again.actions() if action.text() == "clip to norm 1").trigger()
    qtbot.waitUntil(lambda: not panel.trainer.running, timeout=10_000)
    menu.close()
    (clipped,) = panel.book.current
    assert clipped.name == "From 20: Teacher forcing, clip 1"
    assert clipped.theta(20)[1].tolist() == forced.theta(20)[1].tolist()


def test_the_menu_of_a_run_branches_from_its_newest_weights_or_where_one_has_travelled_to(
    qtbot: QtBot, panel: TrainingPanel
) -> None:
    run_to_the_end(qtbot, panel)
    one, other = panel.book.current

    def offered(id: int) -> str:
        menu = panel.actions_on_runs.menu(panel.actions_on_runs.bundle(id))
        menu.close()
        return next(action.text() for action in menu.actions() if action.text().startswith("Branch"))

    panel.losses.line_moved.emit(8.0)
    assert offered(one.id) == "Branch from iteration 8 …"
    assert offered(other.id) == "Branch from iteration 40 …"
    click(qtbot, panel.travel.tag.back)
    assert offered(one.id) == "Branch from iteration 40 …" and panel.travel.at is None


def test_a_run_until_a_loss_says_that_it_got_there(qtbot: QtBot, panel: TrainingPanel) -> None:
    panel.set_plan(changed(QUICK, iterations=5000, stop_below=0.5))
    assert panel.controls.chips._chips["iterations"].text().endswith("iterations or loss < 0.5")
    run_to_the_end(qtbot, panel)
    assert all(record.reached and record.iteration < 5000 for record in panel.book.current)
    assert panel.controls.progress_text.text().endswith("wanted loss reached")


def test_runs_can_be_hidden_renamed_recoloured_and_deleted(qtbot: QtBot, panel: TrainingPanel) -> None:
    run_to_the_end(qtbot, panel)
    one, other = panel.book.current
    actions = panel.actions_on_runs
    actions.toggle(one.id)
    assert list(panel.losses.plot._curves) == [other.id]
    actions.rename(other.id, "mine")
    assert panel.losses.runs.rows[other.id].bundle.name == "mine"
    actions.recolour(other.id, "#ff8800")
    assert panel.losses.plot._curves[other.id]._lines["open"].opts["pen"].color().name() == "#ff8800"
    actions.delete(one.id)
    assert list(panel.losses.runs.rows) == [other.id]
    click(qtbot, panel.notice.remedy)
    assert set(panel.losses.runs.rows) == {one.id, other.id}


def test_all_runs_are_cleared_at_once_and_brought_back_at_once(qtbot: QtBot, panel: TrainingPanel) -> None:
    run_to_the_end(qtbot, panel)
    run_for_a_while(qtbot, panel)
    before = panel.book.records
    panel.losses.clear.trigger()
    assert panel.losses.runs.rows == {} and panel.losses.plot._curves == {} and not panel.trainer.running
    assert panel.controls.run_button.text() == RUN and not panel.losses.clear.isEnabled()
    assert panel.notice.text.text() == "2 runs are out of the list."
    click(qtbot, panel.notice.remedy)
    assert panel.book.records == before and panel.controls.run_button.text() == TRAIN_ON
    run_for_a_while(qtbot, panel)


def test_what_the_curves_tell_is_said_under_them_and_how_to_look_along_a_run(
    qtbot: QtBot, panel: TrainingPanel
) -> None:
    line = panel.verdicts.line
    assert not line.isVisible()
    run_for_a_while(qtbot, panel)
    qtbot.waitUntil(lambda: line.sentence.text() != "", timeout=10_000)
    height = line.height()
    assert not line.invitation.isVisible()
    panel.trainer.stop()
    assert line.isVisible() and line.sentence.text().endswith(".") and not line.remedy.isVisible()
    assert line.invitation.isVisible() and line.height() == height
    panel.set_folded(True)
    assert not line.isVisible()
    panel.set_folded(False)
    with qtbot.waitSignal(panel.travel_ended):
        click(qtbot, panel.controls.reset_button)
    assert not line.isVisible()


def test_too_high_a_rate_is_said_loudly_and_its_remedy_is_one_click_for_all_runs(
    qtbot: QtBot, panel: TrainingPanel
) -> None:
    panel.set_plan(changed(QUICK, learning_rate=1000.0))
    run_to_the_end(qtbot, panel)
    line, wild = panel.verdicts.line, panel.book.current
    assert line.sentence.property("role") == "backward"
    assert "the learning rate 1,000 is too high" in line.sentence.text()
    assert line.remedy.text() == "Learning rate 0.02"
    click(qtbot, line.remedy)
    qtbot.waitUntil(lambda: not panel.trainer.running, timeout=10_000)
    assert [record.settings.training.learning_rate for record in panel.book.current] == [0.02, 0.02]
    assert all(record.shown for record in wild)
    assert line.sentence.property("role") == "text" and not line.remedy.isVisible(), "it is about the newest runs"


def test_no_row_is_hidden_by_the_legend(qtbot: QtBot, panel: TrainingPanel) -> None:
    run_to_the_end(qtbot, panel)
    for length in (6, 7, 8):
        panel.set_problem(replace(panel.problem, length=length))
        run_to_the_end(qtbot, panel)
    runs = panel.losses.runs
    click(qtbot, runs.earlier)
    assert not runs.geometry().intersects(runs.key.geometry()) and runs.geometry().top() > runs.key.geometry().bottom()
    assert {row.bundle.apart for row in runs.rows.values()} == {f"T = {length}" for length in (5, 6, 7, 8)}


def test_the_curves_in_view_can_be_exported(qtbot: QtBot, panel: TrainingPanel, tmp_path) -> None:
    run_to_the_end(qtbot, panel)
    panel.actions_on_runs.export(tmp_path / "curves.csv")
    lines = (tmp_path / "curves.csv").read_text().splitlines()
    assert lines[0].startswith("iteration,run,training_loss,open_loop_loss")
    assert len(lines) == 1 + 2 * 5 and lines[1].startswith("0,Teacher forcing,")
    panel.actions_on_runs.export(tmp_path / "no" / "such" / "folder.csv")
    assert "cannot be written" in panel.notice.text.text()


def test_hovering_lights_a_run_in_every_plot_and_in_the_legend(qtbot: QtBot, panel: TrainingPanel) -> None:
    run_to_the_end(qtbot, panel)
    panel.views.turn_to("score")
    id = panel.book.current[1].id
    panel.losses.runs.rows[id].hovered.emit(id)
    assert panel.losses.plot._lit == id and panel.losses.runs.rows[id].lit
    assert panel.views.plots["score"]._lit == id
    panel.losses.runs.rows[id].hovered.emit(None)
    assert panel.losses.plot._lit is None and not panel.losses.runs.rows[id].lit


def test_messages_are_shown_once_a_poll(qtbot: QtBot, panel: TrainingPanel) -> None:
    run_for_a_while(qtbot, panel)
    drawn = []
    panel.trainer.progressed.connect(lambda: drawn.append(time.monotonic()))
    qtbot.wait(500)
    assert len(drawn) <= 0.5 / 0.033 + 2


def test_the_panel_wears_both_themes(qtbot: QtBot, panel: TrainingPanel, theme) -> None:
    run_to_the_end(qtbot, panel)
    line = panel.losses.plot._curves[panel.book.current[0].id]._lines["open"]
    assert line.opts["pen"].color() == theme.target.line
    for id in panel.views.tabs.ids:
        panel.views.turn_to(id)
        assert not panel.grab().isNull()


def test_run_begins_anew_once_the_plan_has_changed(panel: TrainingPanel, qtbot: QtBot) -> None:
    panel.set_plan(changed(panel.plan, iterations=5))
    panel.run()
    qtbot.waitUntil(lambda: panel.trainer.can_go_on and not panel.trainer.running, timeout=10_000)
    assert panel.goes_on
    panel.set_plan(changed(panel.plan, iterations=9))
    assert panel.goes_on
    panel.set_plan(changed(panel.plan, learning_rate=0.5))
    assert not panel.goes_on and panel.controls.run_button.text() == RUN
    panel.run()
    assert all(record.settings.training.learning_rate == 0.5 for record in panel.book.current)


@pytest.mark.parametrize(
    "problem", [a_problem(length=200, hidden=64), a_problem("hidden_to_hidden", task="next_symbol", length=12)]
)
def test_an_empty_plot_shows_what_there_is_to_beat(qtbot: QtBot, panel: TrainingPanel, problem: Problem) -> None:
    run_to_the_end(qtbot, panel)
    panel.set_problem(problem)
    plot = panel.losses.plot
    assert plot is not None and not panel.book.shown
    expected = levels(planned(problem, panel.plan))
    assert plot._levels == expected and expected[0][1] == "chance"
    low, high = plot.box.viewRange()[1]
    drawn = [rule.value() for rule in plot._marks._rules if rule.isVisible()]
    assert drawn == [value for value, _ in expected] and all(low < value < high for value in drawn)


def test_numbers_are_shown_by_their_own_metric(qtbot: QtBot, panel: TrainingPanel) -> None:
    panel.set_problem(a_problem(task="damped_pendulum", length=5, hidden=3))
    assert panel.views.head.tabs.bar.tabText(panel.views.tabs._place("score")) == "MSE", "before there is a run, too"
    run_to_the_end(qtbot, panel)
    record, views = panel.book.current[0], panel.views
    assert panel.losses.title.text() == "Loss per predicted step (squared units of y)"
    assert "of the variance" in panel.verdicts.line.sentence.text()
    views.build()
    views.turn_to("score")
    plot = views.plots["score"]
    assert plot.accessibleName() == "Mean squared error" and plot.left.tickStrings([0.5], 1, 0.5) == ["0.5"]
    assert plot._curves[record.id].open[1].tolist() == record.curve(Measure.OPEN_SCORE)[1].tolist()
    errors = views.errors
    errors.resize(400, 200)
    errors.set_run(record)
    inside = errors._frames()[1].center()
    *_, value = (errors.read(inside) or "").split(": ")
    assert "%" not in value and float(value) > 0
    panel.set_problem(a_problem(length=5, hidden=3))
    run_to_the_end(qtbot, panel)
    assert panel.losses.title.text() == "Loss per predicted step (nats)"
    assert views.head.title == "Accuracy" and plot.left.tickStrings([0.5], 1, 0.5) == ["50 %"]


def test_where_nothing_can_be_trained_the_views_of_runs_say_so(window: MainWindow) -> None:
    views = window.training.views
    window.perform("change", architecture="dynamical_system")
    assert views.why_not.text() == "This network has nothing to train, so there is no run to look at."
    assert views.tabs.ids == ("states", "reach", "units", "composition", "jacobians", "cliff")
    assert views.stack.isHidden() and not views.head.export.isEnabled()
    window.perform("change", architecture="gru")
    assert not views.stack.isHidden() and views.why_not.isHidden() and views.head.export.isEnabled()
