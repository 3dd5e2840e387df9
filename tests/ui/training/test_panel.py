"""The training panel with the real worker: run, pause, step, reset, and what it says of failures and of results."""

import os
import signal

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.session.beginning import Beginning
from explorer.session.runs.run_book import RunBook
from explorer.session.runs.runs import Measure, Stage
from explorer.session.runs.verdict import Verdict
from explorer.session.training_plan import Problem, levels, planned
from explorer.training.crew import TrainingCrew
from explorer.ui.look import theme as themes
from explorer.ui.training.controls import PAUSE, RESUME, RUN, TRAIN_ON, TrainingControls
from explorer.ui.training.loss_plot import END_MARGIN
from explorer.ui.training.panel import TrainingPanel
from explorer.ui.window.main_window import MainWindow
from tests.settings import a_problem, changed
from tests.ui.painting import blank
from tests.ui.showing import on_screen
from tests.ui.training.running import ENDLESS, QUICK, click, run_for_a_while, run_to_the_end


def test_the_plots_come_after_the_panel_is_shown(qtbot: QtBot) -> None:
    panel = on_screen(qtbot, TrainingPanel(RunBook()))
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
    assert one.curve(Measure.OPEN_LOSS)[1][0] == other.curve(Measure.OPEN_LOSS)[1][0], "twins begin at one point"
    assert panel.losses.plot is not None
    drawn = panel.losses.plot._curves[one.id]
    assert drawn.open[0].tolist() == [0, 10, 20, 30, 40]
    assert drawn.open[1].tolist() == one.curve(Measure.OPEN_LOSS)[1].tolist()
    assert panel.controls.run_button.text() == TRAIN_ON
    assert panel.controls.progress_text.text().startswith("iteration 40 of 40")


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


def test_a_step_of_runs_that_were_left_is_the_one_after_those_that_were_shown(
    qtbot: QtBot, panel: TrainingPanel
) -> None:
    """Left some updates after they last said what they have to go on with, as a file may hold them."""

    def step_to(iteration: int) -> None:
        click(qtbot, panel.controls.step_button)
        qtbot.waitUntil(lambda: [r.iteration for r in panel.book.current] == [iteration] * 2, timeout=10_000)

    for iteration in (1, 2, 3):
        step_to(iteration)
    standing = [record.standing for record in panel.book.current]
    assert all(left is not None and left.iteration <= 3 for left in standing)
    for iteration in (4, 5):
        step_to(iteration)
    panel.trainer.stop()
    for record, left in zip(panel.book.current, standing, strict=True):
        record.standing = left
    for iteration in (6, 7):
        step_to(iteration)
    losses = [panel.book.current[0].training.at(i) for i in range(1, 8)]
    click(qtbot, panel.controls.reset_button)
    run_to_the_end(qtbot, panel)
    assert losses == [panel.book.current[0].training.at(i) for i in range(1, 8)]


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
    assert one.iteration == 80 and len(panel.book.records) == 2 and panel.notice.isHidden()
    assert one.curve(Measure.OPEN_LOSS)[0].tolist() == [0, 10, 20, 30, 40, 50, 60, 70, 80]


def test_twice_as_far_in_two_goes_is_twice_as_far_in_one(qtbot: QtBot, panel: TrainingPanel) -> None:
    """The optimiser keeps its moments, the batches go on where they were."""
    run_to_the_end(qtbot, panel)
    run_to_the_end(qtbot, panel)
    curves = [record.curve(Measure.CLOSED_LOSS) for record in panel.book.current]
    weights = [record.theta(80) for record in panel.book.current]
    panel.running.reset()
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


def test_where_the_first_weights_are_to_blame_no_setting_is_offered(qtbot: QtBot, panel: TrainingPanel) -> None:
    panel.set_problem(a_problem("hidden_to_hidden", length=5, hidden=3, activation="identity"))
    panel.running.set_beginning(Beginning(np.full(26, 1e150), 0, "too large by far"))
    run_to_the_end(qtbot, panel)
    assert "with its first weights" in panel.notice.text.text() and panel.notice.remedy.isHidden()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no SIGKILL")
def test_a_killed_worker_is_named_and_training_goes_on_from_what_was_kept(qtbot: QtBot, panel: TrainingPanel) -> None:
    panel.trainer.worker = TrainingCrew()
    run_for_a_while(qtbot, panel)
    os.kill(panel.trainer.worker.workers[0]._link.process.pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: not panel.trainer.running, timeout=5000)
    assert "ended unexpectedly" in panel.notice.text.text()
    reached = panel.book.iteration
    assert reached > 20 and panel.controls.run_button.text() == TRAIN_ON
    click(qtbot, panel.controls.run_button)
    assert panel.notice.isHidden(), "it goes on as if nothing had ended"
    qtbot.waitUntil(lambda: panel.book.iteration > reached, timeout=10_000)
    panel.trainer.stop()
    for record in panel.book.current:
        record.standing = None
    click(qtbot, panel.controls.run_button)
    assert "the optimiser begins anew" in panel.notice.text.text()


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
    left = {record: record.iteration for record in panel.book.current}  # the seed that went on may be far ahead
    assert [record.stage for record in left] == [Stage.TRAINING] * 4
    qtbot.waitUntil(lambda: all(record.iteration > at for record, at in left.items()), timeout=10_000)


def test_an_impossible_plan_is_refused_in_a_line_and_nothing_changes(qtbot: QtBot, panel: TrainingPanel) -> None:
    run_to_the_end(qtbot, panel)
    before = panel.book.current
    panel.set_problem(changed(panel.problem, hidden=4))
    panel.set_plan(replace(QUICK, modes=()))
    with qtbot.waitSignal(panel.running.refused):
        click(qtbot, panel.controls.run_button)
    assert "choose" in panel.notice.text.text()
    assert set(before) <= set(panel.book.records) and not panel.trainer.running


def test_before_a_run_every_plot_has_room_for_as_many_iterations_as_are_planned(panel: TrainingPanel) -> None:
    panel.build()
    panel.views.turn_to("score")
    for plan in (QUICK, changed(QUICK, iterations=2000)):
        panel.set_plan(plan)
        plots = panel.losses.plot, panel.views.scores.made["score"]
        assert {round(plot.box.viewRange()[0][1] / END_MARGIN) for plot in plots} == {plan.training.iterations}


def test_shutting_down_ends_the_worker(qtbot: QtBot, panel: TrainingPanel) -> None:
    panel.trainer.worker = TrainingCrew()
    run_for_a_while(qtbot, panel)
    process = panel.trainer.worker.workers[0]._link.process
    panel.shutdown()
    process.join(2)
    assert not panel.trainer.worker.alive and not process.is_alive()
    click(qtbot, panel.controls.run_button)
    assert "shut down" in panel.notice.text.text()


def test_a_run_until_a_loss_says_that_it_got_there(qtbot: QtBot, panel: TrainingPanel) -> None:
    panel.set_plan(changed(QUICK, iterations=5000, stop_below=0.5))
    assert panel.controls.chips._chips["iterations"].text().endswith("iterations or loss < 0.5")
    run_to_the_end(qtbot, panel)
    assert all(record.reached and record.iteration < 5000 for record in panel.book.current)
    assert panel.controls.progress_text.text().endswith("wanted loss reached")


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
    size = panel.size()

    def invited(width: int) -> bool:
        panel.resize(width, size.height())  # again, until the row of buttons has become as narrow as it can
        return line.invitation.isVisible()

    qtbot.waitUntil(lambda: not invited(400))
    qtbot.waitUntil(lambda: invited(size.width()))
    line.tell(Verdict(" ".join(["What the curves tell may need all of the line."] * 12)))
    line.invite(True)
    assert not line.invitation.isVisible(), "what is told is not cut for it"
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


def test_the_panel_wears_both_themes(qtbot: QtBot, panel: TrainingPanel, theme) -> None:
    run_to_the_end(qtbot, panel)
    line = panel.losses.plot._curves[panel.book.current[0].id]._lines["open"]
    assert line.opts["pen"].color() == theme.target.line
    for id in panel.views.tabs.ids:
        panel.views.turn_to(id)
        assert not blank(panel)


def test_run_begins_anew_once_the_plan_has_changed(panel: TrainingPanel, qtbot: QtBot) -> None:
    panel.set_plan(changed(panel.plan, iterations=5))
    panel.running.run()
    qtbot.waitUntil(lambda: panel.trainer.can_go_on and not panel.trainer.running, timeout=10_000)
    assert panel.running.goes_on
    panel.set_plan(changed(panel.plan, iterations=9))
    assert panel.running.goes_on
    panel.set_plan(changed(panel.plan, learning_rate=0.5))
    assert not panel.running.goes_on and panel.controls.run_button.text() == RUN
    panel.running.run()
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
    plot = views.scores.made["score"]
    assert plot.accessibleName() == "Mean squared error" and plot.left.tickStrings([0.5], 1, 0.5) == ["0.5"]
    assert plot._curves[record.id].open[1].tolist() == record.curve(Measure.OPEN_SCORE)[1].tolist()
    errors = views.errors
    errors.resize(400, 200)
    errors.set_run(record)
    inside = errors._frames()[1].center()
    *_, value = errors.told(inside).split(": ")
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


def test_the_head_asks_for_as_much_room_after_another_theme(qtbot: QtBot, qapp: QApplication) -> None:
    controls = on_screen(qtbot, TrainingControls())
    controls.resize(900, 40)
    fresh = controls.sizeHint()
    themes.apply(qapp, themes.DARK)
    themes.apply(qapp, themes.LIGHT)
    assert controls.sizeHint() == fresh
