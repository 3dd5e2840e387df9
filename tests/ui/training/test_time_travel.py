"""Travel back along a run by the line in time, and branch from there, with the real worker."""

from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from explorer.session.runs.runs import Measure
from explorer.ui.training.panel import TrainingPanel
from explorer.ui.typography.numbers import figures
from tests.ui.training.running import QUICK, click, run_to_the_end


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
        assert panel.losses.readout.text() == f"judged at {judged}"
    panel.travel.end()
    assert row.values() == newest and panel.losses.plot.line.value() == panel.book.current[0].iteration


def test_moving_the_line_within_one_iteration_chooses_once(qtbot: QtBot, panel: TrainingPanel) -> None:
    run_to_the_end(qtbot, panel)
    chosen = []
    panel.iteration_chosen.connect(lambda record, iteration: chosen.append(iteration))
    for x in (3.1, 3.2, 2.9, 4.0):
        panel.losses.line_moved.emit(x)
    assert chosen == [3, 4]


def test_a_branch_leaves_a_run_where_one_has_travelled_to(qtbot: QtBot, panel: TrainingPanel) -> None:
    run_to_the_end(qtbot, panel)
    forced = panel.book.current[0]
    panel.losses.line_moved.emit(17.0)
    tag = panel.travel.tag
    assert tag is not None and tag.isVisible() and tag.label.text().endswith("17")
    click(qtbot, tag.branch)
    form = panel.running.branching.form
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
    panel.running.branch(forced, 20)
    click(qtbot, panel.running.branching.form.start)
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
