"""Connect the parts of the window: a part asks, the session changes, and `MainWindow` shows all parts the result."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from explorer.session.stepping import Grain
from explorer.ui.parts.in_sight import InSight

if TYPE_CHECKING:
    from explorer.ui.window.main_window import MainWindow

COMPARISON = "story_1"
"""The command that shows a network with feedback, trained both ways."""


def connect(window: "MainWindow") -> None:
    """Let every part be heard."""
    InSight(window)
    change, look, turns = partial(window.perform, "change"), window.look, window.training.trainer.turns
    window.sidebar.changed.connect(lambda fields: change(**fields))
    window.sidebar.failed.connect(window.say_error)
    window.sidebar.typed.connect(lambda text: window.perform("type_sequence", text=text))
    window.header.fold_changed.connect(window.canvas.set_fold)
    window.header.fold_changed.connect(lambda fold: look(fold=fold))
    window.header.test_time_changed.connect(lambda on: change(test_time=on))
    window.header.activations_toggled.connect(lambda on: look(show_a=on))
    window.header.both_toggled.connect(lambda on: look(beside=on))
    window.header.cells_toggled.connect(lambda on: look(open_cells=on))
    window.header.fit_requested.connect(window.canvas.fit)
    window.canvas.fold_changed.connect(window.header.set_fold)
    window.canvas.sight_changed.connect(lambda sight: look(sight=sight))
    window.canvas.selected.connect(lambda thing: look(selection=thing))
    window.canvas.selected.connect(window.editors.click)
    window.canvas.walked.connect(lambda thing: look(selection=thing))
    window.canvas.activated.connect(window.edit)
    window.canvas.cell_asked.connect(lambda: window.perform("open_cells"))
    window.transport.position_requested.connect(lambda cursor: window.perform("go_to", cursor=cursor))
    window.transport.step_requested.connect(window.step)
    window.transport.play_toggled.connect(window.play)
    window.transport.grain_changed.connect(lambda grain: look(grain=Grain(grain)))
    window.transport.speed_changed.connect(lambda speed: look(speed=speed))
    window.player.stepped.connect(lambda: turns.ask(window.play_on, first=True))
    window.player.playing_changed.connect(window.transport.set_playing)
    window.training.trainer.changed.connect(window.show_modified)
    window.training.actions_on_runs.changed.connect(window.show_modified)
    window.training.actions_on_runs.beside_asked.connect(lambda run: window.perform("beside_run", run=run))
    window.training.display.shown.connect(window.offering.show)
    window.training.iteration_chosen.connect(
        lambda run, iteration: window.perform("travel", run=run.id, iteration=iteration)
    )
    window.training.travel_ended.connect(lambda: window.session.looking and window.perform("come_back"))
    window.header.follow_asked.connect(lambda on: window.perform("follow", on=on))
    window.training.running.begins.connect(lambda: look(travel=None))
    window.training.controls.pace.asked.connect(lambda pace: look(pace=pace))
    window.training.run_chosen.connect(lambda id: look(run=id))
    window.training.running.refused.connect(
        lambda sentence: None if window.training.isVisible() else window.say_error(sentence)
    )
    window.training.controls.compare_asked.connect(lambda: window.perform(COMPARISON))
    window.training.seed_changed.connect(lambda seed: change(seed=seed))
    window.training.folded_changed.connect(lambda: QApplication.focusWidget() or window.canvas.setFocus())
    window.training.plan_changed.connect(lambda plan: change(plan=plan))
    window.training.views.turned.connect(lambda card: look(card=card))
    window.training.views.look_asked.connect(lambda fields: look(**fields))
    window.training.losses.look_asked.connect(lambda fields: look(**fields))
    window.dividing.cramped.connect(window.transport.set_low)
    window.dividing.decided.connect(lambda curves: look(curves=curves))
    for view in (window.inspector.truncation, window.inspector.rule):
        view.changed.connect(lambda fields: change(**fields))
    window.inspector.select_asked.connect(lambda name: look(selection=name))
    window.inspector.ledger.pin_asked.connect(lambda name: look(pinned=name))
    window.inspector.equation.reading.chosen.connect(lambda _: look(reading=window.inspector.equation.way))
    window.documents.done.connect(window.status.say)
    window.exporting.done.connect(window.status.say)
    for notice in (window.notice, window.training.notice):
        notice.gone.connect(window.status.say)
    window.documents.warned.connect(window.notice.say)
    window.weights_files.done.connect(window.status.say)
    window.data_files.weights_left.connect(window.weights_files.read)
    window.case_files.done.connect(window.status.say)
    window.quiz.revealed.connect(lambda: window.do(lambda: window.session.step(1, Grain.NODE)))
    window.quiz.turned_off.connect(lambda: look(quiz=False))
