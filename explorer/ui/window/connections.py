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
    for part in (_setting, _showing, _stepping, _training, _inspecting, _filing):
        part(window)


def _setting(window: "MainWindow") -> None:
    """The settings beside the graph, and the seed and the plan among those of training."""
    change = partial(window.perform, "change")
    window.sidebar.changed.connect(lambda fields: change(**fields))
    window.sidebar.failed.connect(window.say_error)
    window.sidebar.typed.connect(lambda text: window.perform("type_sequence", text=text))
    window.training.seed_changed.connect(lambda seed: change(seed=seed))
    window.training.plan_changed.connect(lambda plan: change(plan=plan))


def _showing(window: "MainWindow") -> None:
    """The graph, and the bar above it."""
    canvas, header, look = window.canvas, window.header, window.look
    header.fold_changed.connect(canvas.set_fold)
    header.fold_changed.connect(lambda fold: look(fold=fold))
    header.test_time_changed.connect(lambda on: window.perform("change", test_time=on))
    header.activations_toggled.connect(lambda on: look(show_a=on))
    header.both_toggled.connect(lambda on: look(beside=on))
    header.cells_toggled.connect(lambda on: look(open_cells=on))
    header.fit_requested.connect(canvas.fit)
    header.follow_asked.connect(lambda on: window.perform("follow", on=on))
    canvas.fold_changed.connect(header.set_fold)
    canvas.sight_changed.connect(lambda sight: look(sight=sight))
    canvas.selected.connect(lambda thing: look(selection=thing))
    canvas.selected.connect(window.editors.click)
    canvas.walked.connect(lambda thing: look(selection=thing))
    canvas.activated.connect(window.edit)
    canvas.cell_asked.connect(lambda: window.perform("open_cells"))


def _stepping(window: "MainWindow") -> None:
    """The controls of stepping, what plays, and the quiz."""
    transport, look, turns = window.transport, window.look, window.training.trainer.turns
    transport.position_requested.connect(lambda cursor: window.perform("go_to", cursor=cursor))
    transport.step_requested.connect(window.step)
    transport.play_toggled.connect(window.play)
    transport.grain_changed.connect(lambda grain: look(grain=Grain(grain)))
    transport.speed_changed.connect(lambda speed: look(speed=speed))
    window.player.stepped.connect(lambda: turns.ask(window.play_on, first=True))
    window.player.playing_changed.connect(transport.set_playing)
    window.quiz.revealed.connect(lambda: window.do(lambda: window.session.step(1, Grain.NODE)))
    window.quiz.turned_off.connect(lambda: look(quiz=False))
    window.dividing.cramped.connect(transport.set_low)


def _training(window: "MainWindow") -> None:
    """Training, and the views of its runs."""
    training, look = window.training, window.look
    training.trainer.changed.connect(window.show_modified)
    training.actions_on_runs.changed.connect(window.show_modified)
    training.actions_on_runs.beside_asked.connect(lambda run: window.perform("beside_run", run=run))
    training.display.shown.connect(window.offering.show)
    training.iteration_chosen.connect(lambda run, iteration: window.perform("travel", run=run.id, iteration=iteration))
    training.travel_ended.connect(lambda: window.session.looking and window.perform("come_back"))
    training.running.begins.connect(lambda: look(travel=None))
    training.running.refused.connect(lambda sentence: None if training.isVisible() else window.say_error(sentence))
    training.controls.pace.asked.connect(lambda pace: look(pace=pace))
    training.controls.compare_asked.connect(lambda: window.perform(COMPARISON))
    training.run_chosen.connect(lambda id: look(run=id))
    training.folded_changed.connect(lambda: QApplication.focusWidget() or window.canvas.setFocus())
    training.views.turned.connect(lambda card: look(card=card))
    training.views.look_asked.connect(lambda fields: look(**fields))
    training.losses.look_asked.connect(lambda fields: look(**fields))
    window.dividing.decided.connect(lambda curves: look(curves=curves))


def _inspecting(window: "MainWindow") -> None:
    """What is selected, inspected."""
    inspector, look = window.inspector, window.look
    for view in (inspector.truncation, inspector.rule):
        view.changed.connect(lambda fields: window.perform("change", **fields))
    inspector.select_asked.connect(lambda name: look(selection=name))
    inspector.ledger.pin_asked.connect(lambda name: look(pinned=name))
    inspector.equation.reading.chosen.connect(lambda _: look(reading=inspector.equation.way))


def _filing(window: "MainWindow") -> None:
    """What is done with files, and said of it."""
    for files in (window.documents, window.exporting, window.weights_files, window.case_files):
        files.done.connect(window.status.say)
    for notice in (window.notice, window.training.notice):
        notice.gone.connect(window.status.say)
    window.documents.warned.connect(window.notice.say)
    window.data_files.weights_left.connect(window.weights_files.read)
