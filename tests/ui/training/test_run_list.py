"""Runs in the list: hide, rename, recolour, delete, repeat and export them, and see which is which."""

from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from explorer.ui.training.controls import RUN, TRAIN_ON
from explorer.ui.training.panel import TrainingPanel
from tests.ui.training.running import click, run_for_a_while, run_to_the_end


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
    assert panel.views.scores.made["score"]._lit == id
    panel.losses.runs.rows[id].hovered.emit(None)
    assert panel.losses.plot._lit is None and not panel.losses.runs.rows[id].lit
