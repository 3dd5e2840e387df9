"""View of what happens now: its equation in symbols and in numbers, where a gradient comes from, and if it is right."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from explorer.graph.analyse.events import Event, Kind, Phase
from explorer.graph.equation import Equation, Role
from explorer.graph.equation import Step as DerivationStep
from explorer.graph.unfold import Vertex
from explorer.language import tr
from explorer.session.companion.compared import Compared
from explorer.session.companion.words import on_the_right
from explorer.session.document import Shown
from explorer.session.equations.contributions import parts_of
from explorer.session.equations.focus import Face, event_face, node_faces, parameter_faces, spelled_out
from explorer.session.equations.ledger import touched_parameter
from explorer.session.stepping import not_yet
from explorer.session.view.timetable import timetable
from explorer.session.viewing import Selection, View
from explorer.ui.drawing.edit_marks import said_of_computed
from explorer.ui.equations.check import CheckView
from explorer.ui.equations.contributions import Contributions
from explorer.ui.equations.derivation import Derivation
from explorer.ui.equations.ledger import LedgerSection
from explorer.ui.equations.rule import RuleView
from explorer.ui.equations.section import EquationSection
from explorer.ui.equations.text import formulas_ahead
from explorer.ui.equations.together import Together
from explorer.ui.equations.truncation import TruncationView
from explorer.ui.look.text_size import scaled
from explorer.ui.look.theme import SPACE
from explorer.ui.parts.cited import CitedLabel
from explorer.ui.parts.scroller import ScrolledColumn
from explorer.ui.parts.widgets import Card, SectionHeader, Words, in_column, in_row, show_text
from explorer.ui.typography.formula import prewarm
from explorer.ui.typography.prose import Title, written
from explorer.wording import begun

MOST_FACES = 3
"""A parameter's value, gradient and update."""


class Inspector(ScrolledColumn):
    """The right-hand panel. It shows the event that was done last, or what was selected since.

    `select_asked` names another parameter of the same line of the drawing.
    """

    select_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        # Always there, for equations are laid out anew whenever the width changes.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        scaled(self.setMinimumWidth, 330)
        self.title, self.position, self.caption = Title(), Words(), Words(role="")
        self.together = Together()
        self.faces, self.face_buttons = QWidget(), [QToolButton() for _ in range(MOST_FACES)]
        self.equation, self.derivation, self.parts = EquationSection(), Derivation(), Contributions()
        self.ledger, self.check = LedgerSection(), CheckView()
        self.truncation, self.rule = TruncationView(), RuleView()
        self._shown: Shown | None = None
        self._beside: Compared | None = None
        self._places: dict[Event, int] = {}
        self._faces: tuple[Face, ...] = ()
        self._cursor = 0
        self._selection: Selection = None
        self.said: Equation | None = None
        """The equation that is shown, if it is known already; without terms where its number is given."""
        self._ahead: QTimer | None = None
        self.figure = CitedLabel()
        self._build()

    def show_view(self, shown: Shown, view: View) -> None:
        """Show what changed last: the event at the cursor, or the selected node or parameter."""
        cursor, selection = view.cursor, view.selection
        self.equation.read(view.reading)
        fresh = shown is not self._shown
        moved, selected = fresh or cursor != self._cursor, fresh or selection != self._selection
        if not view.pinned and (cursor != self._cursor or selection != self._selection):
            # Else the new equation could be off screen. Whoever stays with one account is watching it, further down.
            self.verticalScrollBar().setValue(0)
        self._selection = selection
        if moved or selection is None:
            self.set_event(shown, shown.events[cursor - 1] if cursor else None)
        match selection:
            case Vertex() if selected:
                self.set_node(shown, selection)
            case str() if selected:
                self.set_parameter(shown, selection)
        self.together.show_names(shown.architecture, *_drawn_with(shown, view))
        self.ledger.stay_with(view.pinned)

    def set_beside(self, pair: Compared | None) -> None:
        """Say at the next view what the numbers are in the graph that stands beside."""
        if pair is not self._beside:
            self._beside, self._shown = pair, None

    def set_event(self, shown: Shown, event: Event | None) -> None:
        """Show what this event computes; None: nothing has been computed yet."""
        self._take(shown)
        self._cursor = self._places[event] if event else 0
        self.position.setText(tr("event {cursor} of {events}", cursor=self._cursor, events=len(shown.events)))
        if event is not None:
            self._set_faces((event_face(shown, event),), 0)
            if self.equation.way == "here":
                self._look_ahead()
            return
        self._faces, self.said = (), None
        self.title.set_text(shown.architecture.title)
        self._say(shown.architecture.lesson)
        self.figure.cite(shown.architecture.cited)
        for part in (self.faces, self.equation, self._parts, self._derivation, self.truncation, self._rule):
            part.hide()
        self.ledger.set_state(shown, 0, None)

    def set_node(self, shown: Shown, vertex: Vertex) -> None:
        """Show how a node's value comes about, or its gradient once that is computed; both are a click away."""
        self._take(shown)
        faces = node_faces(shown, vertex)
        done = [i for i, face in enumerate(faces) if face.event is None or self._places[face.event] <= self._cursor]
        self._set_faces(faces, done[-1] if done else 0)

    def set_parameter(self, shown: Shown, name: str) -> None:
        """Show a parameter, its gradient and its update."""
        self._take(shown)
        self._set_faces(parameter_faces(shown, name), 0)
        self.ledger.set_state(shown, self._cursor, name)

    def show_face(self, chosen: int) -> None:
        """Show one of the equations of a node or parameter: its value, gradient or update.

        As in the graph, what has not been computed yet has no numbers.
        """
        shown, face = self._shown, self._faces[chosen]
        assert shown is not None
        for i, button in enumerate(self.face_buttons):
            button.setChecked(i == chosen)
        equation = face.equation
        self.title.set_text(equation.title)
        at = self._places[face.event] if face.event else 0
        known = at <= self._cursor
        self.said = equation if known else None
        by_itself = len(self._faces) > 1 or face.event is None
        caption = equation.caption if by_itself else ""
        before = said_of_computed(shown, equation) if known else ""
        there = on_the_right(self._beside, face.event, self._cursor) if known and self._beside and face.event else ""
        self._say(
            " ".join(filter(None, (caption, before, there)))
            if known
            else begun(tr("{not_yet}, like this.", not_yet=not_yet(at)))
        )
        self.equation.set_equation(equation, shown, spelled_out(shown.trace, equation) if known else None)
        parts = parts_of(equation) if known else None
        if parts is not None:
            self.parts.set_parts(parts, self.equation.numbers.view.limits.of(equation.left))
        derived = known and bool(equation.derivation)
        if derived:
            moments = equation.left.role is Role.PARAMETER  # which have scales of their own
            self.derivation.set_derivation(*_derivation_of(equation), equation.left, None if moments else shown)
        self.equation.show()
        self._parts.setVisible(parts is not None)
        self._derivation.setVisible(derived)
        event = face.event
        updates = event is not None and event.phase is Phase.UPDATE
        self._rule.setVisible(updates)
        if updates:
            self.rule.set_shown(shown)
        over_time = shown.trace.network.tree is None and event is not None and event.kind is Kind.PARAMETER_GRADIENT
        self.truncation.setVisible(over_time)
        if over_time:
            self.truncation.set_shown(shown, known)
        touched = touched_parameter(shown, face.event, equation) if face.event else None
        self.ledger.set_state(shown, self._cursor, touched)

    def _take(self, shown: Shown) -> None:
        before, self._shown = self._shown, shown
        if shown is before:
            return
        if before is None or shown.events is not before.events:
            self._places = {event: i for i, event in enumerate(shown.events, 1)}
        if before is None or _formulas(shown) != _formulas(before):
            self._look_ahead()

    def _look_ahead(self) -> None:
        """Typeset what will be shown soon, while nothing else is to be done."""
        if self._ahead is not None:
            self._ahead.stop()
            self._ahead.deleteLater()
        assert self._shown is not None
        lines = self.equation.formula.lines_of
        self._ahead = prewarm(formulas_ahead(self._shown, self.equation.way, self._cursor, lines), self)

    def _set_faces(self, faces: tuple[Face, ...], chosen: int) -> None:
        self._faces = faces
        for i, button in enumerate(self.face_buttons):
            button.setText(faces[i].label if i < len(faces) else "")
            button.setVisible(i < len(faces))
        self.faces.setVisible(len(faces) > 1)
        self.show_face(chosen)

    def _say(self, sentence: str) -> None:
        show_text(self.caption, written(sentence))
        self.figure.cite("")

    def _account_changed(self, name: str) -> None:
        if self._shown is not None:
            self.check.set_parameter(self._shown, name, self._cursor)

    def _aim(self, name: str, index: tuple[int, ...]) -> None:
        assert self._shown is not None
        self.check.set_parameter(self._shown, name, self._cursor)
        self.check.aim(name, index)

    def _show_answer(self) -> None:
        """Bring what was asked about an entry into view: it stands below what it was asked from."""
        self.ensureWidgetVisible(self.check.entry, 0, SPACE)

    def _build(self) -> None:
        self.position.setWordWrap(False)
        body = QWidget()
        head = in_row(None, (self.title, 1), self.position)
        for i, button in enumerate(self.face_buttons):
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, i=i: self.show_face(i))
        in_row(4, *self.face_buttons, 1, on=self.faces)
        self._parts = QWidget()
        in_column(6, SectionHeader(tr("Where it comes from (norms)")), Card(self.parts), on=self._parts)
        self._derivation = Card(self.derivation, margins=(6, 4, 8, 4))
        self._rule = Card(self.rule)
        self.truncation.hide()
        self._rule.hide()
        said = head, self.together, self.faces, self.caption, self.figure, self.truncation, self._rule
        cards = self.equation, self._derivation, self._parts, self.ledger, self.check
        in_column(8, *said, *cards, 1, on=body, margins=(12, 8, 2, 14))
        self.setWidget(body)
        self.ledger.account_changed.connect(self._account_changed)
        self.ledger.picked.connect(self._aim)
        self.equation.picked.connect(self._aim)
        self.together.linkActivated.connect(self.select_asked)
        # Later, when it has found its height.
        self.check.answered.connect(lambda: QTimer.singleShot(0, self, self._show_answer))
        self.equation.reading.chosen.connect(lambda _: self._look_ahead())


def _drawn_with(shown: Shown, view: View) -> tuple[tuple[str, ...], str]:
    """The parameters on one line of the drawing with the selected one, if there are others; and that one."""
    if not isinstance(view.selection, str):
        return (), ""
    table = timetable(shown, view.show_a, closed=not view.open_cells)
    return table.together.get(view.selection, ()), view.selection


def _derivation_of(equation: Equation) -> tuple[str, tuple[DerivationStep, ...], Role]:
    """The heading of an equation's derivation, its steps, and what colours their numbers."""
    if equation.function is not None:
        heading, role = equation.function.heading, Role.LOSS if equation.left.role is Role.LOSS else Role.VALUE
    elif equation.left.role is Role.PARAMETER:
        heading, role = tr("What the step is made of, line by line"), Role.GRADIENT
    else:
        heading, role = tr("Why this gradient, step by step"), Role.GRADIENT
    return heading, equation.derivation, role


def _formulas(shown: Shown) -> tuple[object, ...]:
    """What decides which formulas there are."""
    return shown.network, shown.sizes, shown.trace.update.rule.optimizer
