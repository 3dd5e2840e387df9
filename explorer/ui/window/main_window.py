"""The window: puts session and views together. A view asks, the session changes, all views are shown the result."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from msgspec.structs import replace
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QMainWindow

from explorer.errors import ExplorerError
from explorer.graph.analyse.events import Phase
from explorer.graph.analyse.trace import Trace
from explorer.session.beginning import beginning
from explorer.session.document import Document
from explorer.session.edits import WeightEdit
from explorer.session.session import Session
from explorer.session.stepping import Grain, phases
from explorer.session.view.view_state import view_state
from explorer.session.viewing import Selection
from explorer.session.weights import origin_of
from explorer.training.settings import problem_of
from explorer.ui.drawing.canvas import Canvas
from explorer.ui.drawing.canvas_header import CanvasHeader
from explorer.ui.editing.editors import Editors
from explorer.ui.editing.nudge_window import NudgeWindow
from explorer.ui.equations.inspector import Inspector
from explorer.ui.look import theme as themes
from explorer.ui.look.appearance import Appearance, Look
from explorer.ui.parts.notice_bar import NoticeBar
from explorer.ui.parts.status_line import StatusLine
from explorer.ui.reach.card import ReachCard
from explorer.ui.settings.sidebar import Sidebar
from explorer.ui.stepping.caption import Caption
from explorer.ui.stepping.player import Player
from explorer.ui.stepping.quiz_card import QuizCard
from explorer.ui.stepping.quizmaster import QuizMaster
from explorer.ui.stepping.transport import TransportBar
from explorer.ui.training.detour import Detour
from explorer.ui.training.panel import TrainingPanel
from explorer.ui.window.division import SMALLEST, USUAL
from explorer.ui.window.documents import Documents
from explorer.ui.window.iterations import Iterations
from explorer.ui.window.keys import belongs_to_focused, takes_return
from explorer.ui.window.layout import graph_column, side_by_side
from explorer.ui.window.menu_items import window_menus
from explorer.ui.window.menus import Menus

REACH = "How far gradients reach"
ROLES: dict[Phase, themes.RoleName] = {
    Phase.FORWARD: "forward",
    Phase.LOSS: "loss",
    Phase.BACKWARD: "backward",
    Phase.UPDATE: "parameter",
}
NOT_FINITE = "A loss or gradient here is no finite number: make the weights smaller, or undo the last change."


class MainWindow(QMainWindow):
    """Sidebar, graph with its stepper, inspector, training panel."""

    def __init__(self, document: Document | None = None, look: Look = "system") -> None:
        super().__init__()
        self.session = Session(document)
        self.appearance = Appearance(look, self)
        self.documents = Documents(self, self.session, self.do, self._export, lambda: self.training.book.begun)
        self.player, self.iterations = Player(self), Iterations(self)
        self._trace: Trace | None = None
        """What reach, quiz and nudge are about."""
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        self._build()
        self.menus = Menus(self, self.canvas, window_menus(self))
        self._connect()
        self._show_document()

    # Building.

    def _build(self) -> None:
        self.sidebar, self.header, self.canvas = Sidebar(), CanvasHeader(), Canvas()
        self.caption, self.transport, self.inspector = Caption(), TransportBar(), Inspector()
        self.training, self.notice, self.status = TrainingPanel(), NoticeBar(), StatusLine()
        self.reach = ReachCard()
        self.training.views.add(REACH, self.reach, scrolls=True)
        self._reach_detour = Detour(self.training, REACH)
        self.quiz_card = QuizCard()
        self.quiz = QuizMaster(self.quiz_card, np.random.default_rng())
        self.nudge: NudgeWindow | None = None
        graph = graph_column(self.header, self.notice, self.canvas, self.quiz_card, self.caption, self.transport)
        self.setCentralWidget(side_by_side(self.sidebar, graph, self.inspector, self.training))
        self.setStatusBar(self.status)
        self.editors = Editors(self.canvas, self.session, self.do)
        for button in self.findChildren(QAbstractButton):
            # A click must not take the keyboard away from the graph; Tab still leads to every button.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.canvas.setFocus()

    def _connect(self) -> None:
        self.sidebar.changed.connect(lambda fields: self.do(lambda: self.session.change(**fields)))
        self.sidebar.failed.connect(self.say_error)
        self.header.fold_changed.connect(self.canvas.set_fold)
        self.header.test_time_changed.connect(lambda on: self.do(lambda: self.session.change(test_time=on)))
        self.header.activations_toggled.connect(self.show_activations)
        self.header.fit_requested.connect(self.canvas.fit)
        self.canvas.fold_changed.connect(self.header.set_fold)
        self.canvas.selected.connect(self.select)
        self.canvas.selected.connect(self.editors.click)
        self.canvas.activated.connect(self.edit)
        self.transport.position_requested.connect(self.go_to)
        self.transport.step_requested.connect(lambda direction, grain: self.step(direction, Grain(grain)))
        self.transport.play_toggled.connect(self.play)
        self.transport.grain_changed.connect(lambda grain: self.look(grain=Grain(grain)))
        self.transport.speed_changed.connect(self.player.set_speed)
        self.player.stepped.connect(self._play_on)
        self.player.playing_changed.connect(self.transport.set_playing)
        self.training.iteration_chosen.connect(self.iterations.travel)
        self.training.travel_ended.connect(self.iterations.come_back)
        self.caption.go_on_asked.connect(self.iterations.take_update)
        self.training.message.connect(lambda sentence: None if self.training.isVisible() else self.say_error(sentence))
        self.training.seed_changed.connect(lambda seed: self.do(lambda: self.session.change(seed=seed)))
        self.training.folded_changed.connect(lambda: QApplication.focusWidget() or self.canvas.setFocus())
        self.training.plan_changed.connect(lambda plan: self.do(lambda: self.session.change(plan=plan)))
        self.inspector.rule.changed.connect(lambda fields: self.do(lambda: self.session.change(**fields)))
        self.documents.done.connect(self.status.say)
        self.quiz.revealed.connect(self._reveal)
        self.quiz.begun.connect(lambda: self.quiz.begin(self.session.shown, self.session.cursor))
        self.reach.path_chosen.connect(lambda k, t, state: self.look(path=(k, t, state)))
        self.reach.path_cleared.connect(lambda: self.look(path=None))
        self.quiz.turned_off.connect(lambda: self.menus["quiz"].setChecked(False))

    # Doing.

    def do(self, change: Callable[[], object]) -> bool:
        """Change the session, and show the result; what is impossible is said, and everything stays as it was.

        A change that returns a sentence has given something up, which the sentence names.
        """
        try:
            given_up = change()
        except ExplorerError as error:
            self.say_error(str(error))
            self._show_document()
            return False
        self.notice.hide()
        self.status.say("")
        self._show_document()
        undo = ("Undo", self.menus["undo"].trigger) if self.session.can_undo else None
        if not self.session.shown.trace.finite:
            self.notice.say(NOT_FINITE, undo)
        elif isinstance(given_up, str) and given_up:
            self.notice.say(given_up, undo)
        return True

    def say_error(self, sentence: str) -> None:
        """Say above the graph what went wrong; it stays there until the next change."""
        self.notice.say(sentence)

    def choose_architecture(self, id: str) -> None:
        """Look at another network."""
        self.do(lambda: self.session.change(architecture=id))

    def go_to(self, cursor: int) -> None:
        """Put the cursor after this many events."""
        self.reach.clear()
        self.session.move_to(cursor)
        self._show_cursor()

    def step(self, direction: int, grain: Grain | None = None) -> None:
        """Step forward (+1) or back (−1), by the grain chosen in the transport bar or by another."""
        if direction > 0 and self.quiz.asks(self.session.shown, self.session.cursor):
            return
        self.reach.clear()
        self.training.trainer.postpone()
        self.session.step(direction, grain)
        self._show_cursor()

    def complete(self) -> None:
        """Go to the end of the training step."""
        self.go_to(len(self.session.shown.events))

    def show_middle_of_backward(self) -> None:
        """Go to the middle of the backward pass, where most is to be seen."""
        start, stop = next((a, b) for phase, a, b in phases(self.session.shown.events) if phase is Phase.BACKWARD)
        self.go_to((start + stop) // 2)

    def play(self, on: bool) -> None:
        """Let the events follow one another; from the start, once the end is reached."""
        if on and self.session.cursor == len(self.session.shown.events):
            self.go_to(0)
        self.player.play(on)

    def toggle_play(self) -> None:
        """Play, or pause."""
        self.play(not self.player.playing)

    def change_speed(self, by: int) -> None:
        """Play faster (+1) or slower (−1), by one of the speeds that there are."""
        speed = self.transport.speed
        speed.setCurrentIndex(max(0, min(speed.currentIndex() + by, speed.count() - 1)))

    def look(self, **fields: object) -> None:
        """Change how the document is looked at: fields of `View`."""
        self.session.look(**fields)
        self._show_cursor()

    def select(self, selection: Selection) -> None:
        """Look at a node or parameter; None: at the event."""
        self.look(selection=selection)

    def edit(self, thing: Selection) -> None:
        """Change a thing by hand, beside where it is drawn."""
        self.editors.open(thing, self.canvas.vertex_rect(thing))

    def show_reach(self) -> None:
        """Bring the picture of how far gradients reach into view; the next time, what was there before."""
        self._reach_detour.turn()

    def open_nudge(self) -> None:
        """Nudge weights in a window beside the graph."""
        if self.nudge is None:
            self.nudge = NudgeWindow(self)
            self.nudge.panel.kept.connect(self._keep_nudge)
        self.nudge.panel.set_shown(self.session.shown)
        self.nudge.open_beside(self.canvas)

    def set_slow_motion(self, on: bool) -> None:
        """Dim all but what is computed, or nothing."""
        self.look(slow_motion=on)

    def show_activations(self, on: bool) -> None:
        """Draw the pre-activations a(t) as nodes, or not."""
        self.look(show_a=on)
        self.menus["show_a"].setChecked(on)
        self.header.activations.setChecked(on)

    def show_keys(self) -> None:
        """List every key."""
        from explorer.ui.window.help_pages import show_keys

        show_keys(self, self.menus.actions)

    def show_about(self) -> None:
        """Say what this is."""
        from explorer.ui.window.help_pages import show_about

        show_about(self)

    def _reveal(self) -> None:
        """Show the event that was asked about, once the learner has answered."""
        self.session.step(1, Grain.NODE)
        self._show_cursor()

    def _keep_nudge(self, name: str, index: tuple[int, ...], value: float) -> None:
        self.do(lambda: self.session.edit(WeightEdit(name, index, value)))

    def _play_on(self) -> None:
        self.step(1)
        if self.session.cursor == len(self.session.shown.events):
            self.play(False)

    def _export(self, path: Path) -> None:
        from explorer.ui.drawing.render import render_file

        view = replace(self.session.view, selection=None, fold=self.canvas.fold)
        render_file(self.session.shown, path, view, themes.current().name)

    # Showing.

    def _show_document(self) -> None:
        shown, session = self.session.shown, self.session
        document = shown.document
        self.sidebar.set_shown(shown)
        self.header.set_times(shown.architecture.takes_feedback, document.test_time)
        self.header.set_when(session.weights.when if session.weights else "")
        self.transport.set_phases([(p.value.capitalize(), a, b, ROLES[p]) for p, a, b in phases(shown.events)])
        for name, possible in (
            ("undo", session.can_undo),
            ("redo", session.can_redo),
            ("reset", bool(document.edits or document.fed_target)),
            ("weights", session.weights is not None),
        ):
            self.menus[name].setEnabled(possible)
        self.training.set_problem(problem_of(document))
        self.training.set_plan(document.plan)
        self.training.set_beginning(beginning(shown, session.weights, session.document))
        if shown.trace is not self._trace:
            self._trace = shown.trace
            self.reach.set_shown(shown)
            self.quiz.drop()
            if self.nudge is not None:
                self.nudge.panel.set_shown(shown)
        self.status.origin.setText(f"showing {origin_of(document, session.weights)}")
        path = self.documents.path
        self.setWindowTitle(f"{path.name if path else shown.architecture.title}[*] — RNN Explorer")
        self.setWindowModified(self.documents.modified)
        self._show_cursor()
        self.editors.refresh()

    def _show_cursor(self) -> None:
        session = self.session
        view = view_state(session.shown, session.view)
        self.canvas.set_view(view)
        self.transport.set_position(session.cursor)
        event = session.event
        self.caption.set_caption(view.caption, ROLES[event.phase] if event else "parameter")
        trained = session.shown.network.output is not None
        self.caption.offer_next(trained and session.cursor == len(session.shown.events))
        self.inspector.show_state(session.shown, session.cursor, session.selection)
        if event is not None and event.t is not None:
            self.canvas.ensure_visible()

    # Qt asks.

    def event(self, event: QEvent) -> bool:
        return belongs_to_focused(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif not takes_return():
            # A number was typed: back to the graph and its keys.
            self.canvas.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.property("unasked") and not self.documents.may_close():
            event.ignore()
            return
        self.player.play(False)
        if self.documents.last is not None:
            self.documents.last.end()
        self.training.shutdown()
        super().closeEvent(event)
