"""The window: puts session and views together. A view asks, the session changes, all views are shown the result."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QMainWindow

from explorer.errors import ExplorerError
from explorer.graph.analyse.trace import Trace
from explorer.language import tr
from explorer.session.commands import COMMANDS, named, networks
from explorer.session.commands.looking import moves
from explorer.session.document import Document
from explorer.session.kinds import FileKind
from explorer.session.session import Session
from explorer.session.stepping import Grain, phases
from explorer.session.view.view_state import view_state
from explorer.session.viewing import Selection
from explorer.session.weights import origin_of
from explorer.training.settings import problem_of
from explorer.ui.drawing.canvas import Canvas
from explorer.ui.drawing.canvas_header import CanvasHeader
from explorer.ui.drawing.caption import ROLES, role_of
from explorer.ui.drawing.circuit import Drawings
from explorer.ui.drawing.two_graphs import TwoGraphs
from explorer.ui.editing.editors import Editors
from explorer.ui.equations.inspector import Inspector
from explorer.ui.look import theme as themes
from explorer.ui.look.appearance import Appearance, Look
from explorer.ui.parts.dropping import offer_to_open
from explorer.ui.parts.notice_bar import NoticeBar
from explorer.ui.parts.panel import Panel
from explorer.ui.parts.status_line import StatusLine
from explorer.ui.settings.sidebar import Sidebar
from explorer.ui.stepping.caption import Caption
from explorer.ui.stepping.player import Player
from explorer.ui.stepping.quiz_card import QuizCard
from explorer.ui.stepping.quizmaster import QuizMaster
from explorer.ui.stepping.transport import TransportBar
from explorer.ui.training.panel import TrainingPanel
from explorer.ui.window.beside import GraphBeside
from explorer.ui.window.book_places import BookPlaces
from explorer.ui.window.cards import CardsBeside
from explorer.ui.window.case_files import CaseFiles
from explorer.ui.window.connections import connect
from explorer.ui.window.data_files import DataFiles
from explorer.ui.window.division import SMALLEST, USUAL
from explorer.ui.window.documents import Documents
from explorer.ui.window.explaining import Explaining
from explorer.ui.window.exporting import Exporting
from explorer.ui.window.glossary import Glossary
from explorer.ui.window.keys import belongs_to_focused, takes_return
from explorer.ui.window.layout import Filling, Floating, graph_column, side_by_side
from explorer.ui.window.menus import Menus, menu_table
from explorer.ui.window.nudging import Nudging
from explorer.ui.window.offering import Offering
from explorer.ui.window.opening import Opening
from explorer.ui.window.own_commands import own_commands
from explorer.ui.window.presenting import Presenting
from explorer.ui.window.run_follower import RunFollower
from explorer.ui.window.sharing import Sharing
from explorer.ui.window.slow_motion import SlowMotion
from explorer.ui.window.story_teller import StoryTeller
from explorer.ui.window.teaching import Teaching
from explorer.ui.window.weights_files import WeightsFiles

NOT_FINITE = tr("A loss or gradient here is no finite number: make the weights smaller, or undo the last change.")


class MainWindow(QMainWindow):
    """Sidebar, graph with its stepper, inspector, training panel."""

    def __init__(self, document: Document | None = None, look: Look = "system") -> None:
        super().__init__()
        self.session = Session(document)
        self.appearance = Appearance(look, self)
        self.documents = Documents(self, self.session, self.do)
        self.weights_files = WeightsFiles(self, self.session, self.do)
        self.data_files = DataFiles(self, self.session, self.perform, self.say_error)
        self.case_files = CaseFiles(self, self.session, self.do)
        self.exporting = Exporting(self, self.session, lambda: self.two_graphs.drawn)
        openers = {FileKind.DOCUMENT: self.documents.open, FileKind.WEIGHTS: self.weights_files.open}
        openers[FileKind.CASE] = self.case_files.open
        openers |= {FileKind.DATA: self.data_files.open, FileKind.TEXT: self.data_files.open_text}
        self.player = Player(self)
        self._cursor = 0
        self._trace: Trace | None = None
        """What reach, quiz and nudge are about."""
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        self.setAcceptDrops(True)
        self._build()
        self.stories, self.presenting = StoryTeller(self), Presenting(self)
        readers = {FileKind.DATA: self.data_files.read, FileKind.WEIGHTS: self.weights_files.read}
        readers |= {FileKind.CASE: self.case_files.read, FileKind.DOCUMENT: self.documents.read}
        self.sharing = Sharing(self.session, self.perform, self.status.say, self.editors, readers)
        self.opening = Opening(self, openers, self.sharing.open, self.say_error)
        self._own = own_commands(self)
        networks_here = named(networks())
        self.commands = {**COMMANDS, **networks_here, **self._own}
        """All that can be done here, by id."""
        table = menu_table(networks_here.values(), self._own)
        self.menus = Menus(self, self.canvas, self.commands, table, self.perform)
        self._recent = self.documents.recent.menu(self, self.documents.open)
        self.menus.insert(self._recent, before="open_last")
        self.follower, self.slow_motion = RunFollower(self), SlowMotion(self)
        self.offering = Offering(self)
        connect(self)
        self._show_document()

    # Building.

    def _build(self) -> None:
        self.sidebar, self.header, self.canvas = Sidebar(), CanvasHeader(), Canvas()
        self.drawings = Drawings(self.canvas)
        self.two_graphs = TwoGraphs(self.drawings)
        self.caption, self.transport, self.inspector = Caption(), TransportBar(), Inspector()
        session, document = self.session, self.session.document
        self.training = TrainingPanel(session.runs, problem_of(document), document.plan, session.view.pace)
        self.notice, self.status = NoticeBar(), StatusLine()
        self.cards, self.glossary = CardsBeside(self), Glossary(self)
        panels = (self.header, self.transport, self.inspector, self.training, self.cards, self.glossary)
        self._panels: tuple[Panel, ...] = panels
        self.quiz_card = QuizCard()
        self.quiz = QuizMaster(self.quiz_card, np.random.default_rng())
        self.nudging = Nudging(self)
        graph = graph_column(self.header, self.two_graphs, self.quiz_card, self.caption, self.transport)
        Floating(self.notice, self.caption)
        self.teaching, self.beside = Teaching(self), GraphBeside(self, self.two_graphs)
        self.dividing = side_by_side(self.teaching.place, graph, self.inspector, self.training)
        self.setCentralWidget(Filling(self.dividing.whole))
        self.setStatusBar(self.status)
        self.explaining, self.places = Explaining(self), BookPlaces(self)
        self._panels += (self.explaining,)
        self.editors = Editors(self.canvas, self.session, self.do)
        self.canvas.setFocus()

    # Doing.

    def perform(self, id: str, **arguments: object) -> bool:
        """Do a command; tell whether it was done. Why not is said in the status line, what goes wrong below the graph.

        One that reveals what comes next waits where the learner is asked to predict it.
        """
        command = self.commands[id]
        why_not = command.why_not(self.session)
        if why_not:
            self.status.say(why_not)
            return False
        if command.reveals and self.quiz.asks(self.session.shown, self.session.cursor):
            return False
        if id not in self._own:
            return self.do(lambda: command.run(self.session, arguments))
        try:
            command.run(self.session, arguments)
        except ExplorerError as error:
            self.say_error(str(error))
            return False
        self.menus.refresh(self.session)
        return True

    def do(self, change: Callable[[], object]) -> bool:
        """Change the session, and show the result; what is impossible is said, and everything stays as it was.

        A change that returns a sentence has given something up or done what cannot be seen, which the sentence names.
        A change of the view alone leaves a notice where it is.
        """
        state, view = self.session.state, self.session.view
        try:
            said = change()
        except ExplorerError as error:
            self.say_error(str(error))
            self._show_document()
            return False
        if self.session.state is state and self.session.view is not view:
            self._show_view()
            return True
        self.notice.pass_on()
        self.status.say("")
        self._show_document()
        undo = (tr("Undo"), self.menus["undo"].trigger) if self.session.can_undo else None
        if not self.session.shown.trace.finite:
            self.notice.say(NOT_FINITE, undo)
        elif isinstance(said, str) and said:
            self.notice.say(said, undo)
        return True

    def look(self, **fields: object) -> None:
        """Change the view, if this is a change: its widgets tell what they are told as well."""
        if any(getattr(self.session.view, name) != value for name, value in fields.items()):
            self.perform("look", **fields)

    def say_error(self, sentence: str) -> None:
        """Say below the graph what went wrong, until it is read or something changes; the status line keeps it."""
        self.notice.say(sentence)

    def step(self, direction: int, grain: Grain | str) -> None:
        """Step forward (+1) or back (−1) by a grain."""
        self.perform(f"{'next' if direction > 0 else 'back'}_{Grain(grain).name.lower()}")

    def play(self, on: bool) -> None:
        """Let the events follow one another; from the start, once the end is reached."""
        if on and self.session.cursor == len(self.session.shown.events):
            self.perform("start")
        self.player.play(on)

    def edit(self, thing: Selection) -> None:
        """Change a thing by hand, beside where it is drawn."""
        self.editors.open(thing, self.canvas.vertex_rect(thing))

    def play_on(self) -> None:
        """Go to the next event, unless it has been stopped meanwhile; stop at the last."""
        if self.player.playing:
            self.perform("next")
        if self.session.cursor == len(self.session.shown.events):
            self.play(False)

    # Showing.

    def _show_document(self) -> None:
        shown, session = self.session.shown, self.session
        self.sidebar.set_shown(shown)
        self.show_phases()
        self.training.show_view(shown, session.view)
        self.training.running.set_beginning(session.beginning)
        path = self.documents.path
        self.setWindowTitle(tr("{path}[*] — RNN Explorer", path=path.name if path else shown.architecture.title))
        self.show_modified()
        self.show_weights()
        self.editors.refresh()

    def show_phases(self) -> None:
        """Show of how many events each phase is."""
        found = phases(self.session.shown.events)
        self.transport.set_phases([(p.called, a, b, ROLES[p]) for p, a, b in found])

    def show_weights(self) -> None:
        """Show the numbers that follow from the weights, where all else of the document is as it was."""
        shown, session = self.session.shown, self.session
        if shown.trace is not self._trace:
            self._trace = shown.trace
            self.quiz.drop()
            self.nudging.set_shown(shown)
        self.status.origin.setText(tr("showing {origin}", origin=origin_of(session.document, session.weights)))
        self._show_view()

    def show_modified(self) -> None:
        """Show whether the file is up to date."""
        self.documents.follow()
        self.setWindowModified(self.documents.modified)

    def _show_view(self) -> None:
        session, shown, view = self.session, self.session.shown, self.session.view
        self.inspector.setVisible(view.equations)
        self.dividing.decide(view.curves)
        self.canvas.set_motion(moves(session))
        state = view_state(shown, view)
        self.beside.show(state)
        self.canvas.show_sight(view.sight)
        for part in self._panels:
            part.show_view(shown, view)
        self.player.set_speed(view.speed)
        self.quiz.turn(view.quiz, shown, view.cursor)
        event = session.event
        self.caption.set_caption(state.caption, role_of(event))
        self.offering.show()
        self.teaching.show_view(shown, view)
        self.presenting.show_page()
        self.follower.show()
        self.menus.refresh(session)
        if view.cursor != self._cursor:
            self._cursor = view.cursor
            self.notice.step_aside()
            self.canvas.ensure_visible()
            self.training.trainer.turns.taken()

    # Qt asks.

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Polish:  # all is in its place, and about to be shown
            themes.dress(self.window())
        return belongs_to_focused(event) or super().event(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        offer_to_open(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.opening.drop(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if refused := self.menus.refused(event):
            self.perform(refused)
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif not takes_return():
            # A number was typed: back to the graph and its keys.
            self.canvas.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.presenting.turn(False)
        self.teaching.put_away()
        if not self.property("unasked") and not self.documents.may_close():
            event.ignore()
            return
        self.player.play(False)
        if self.documents.last is not None:
            self.documents.last.end()
        self.documents.shared.release()
        self.training.shutdown()
        super().closeEvent(event)
