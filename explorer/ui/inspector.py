"""View of what happens now: its equation in symbols and in numbers, where a gradient comes from, and if it is right."""

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from explorer.graph.events import Event
from explorer.graph.unfold import Vertex
from explorer.session.contributions import parts_of
from explorer.session.document import Shown
from explorer.session.focus import Face, event_face, node_faces, parameter_faces
from explorer.session.ledger import touched_parameter
from explorer.ui.check import CheckView
from explorer.ui.contributions import Contributions
from explorer.ui.derivation import Derivation
from explorer.ui.equation_panel import EquationPanel
from explorer.ui.equation_text import READINGS, equation_latex, formulas_ahead
from explorer.ui.formula import prewarm
from explorer.ui.formula_label import FormulaLabel
from explorer.ui.ledger import LedgerView
from explorer.ui.prose import Title, raised
from explorer.ui.widgets import Card, SectionHeader, Segments, Words

HINT = "Point at a number of the result to see how it is made."
Selection = Vertex | str | None


class Inspector(QScrollArea):
    """The right-hand panel. It shows the event that was done last, or what was selected since."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(340)
        self._shown: Shown | None = None
        self._places: dict[Event, int] = {}
        self._faces: tuple[Face, ...] = ()
        self._cursor = 0
        self._selection: Selection = None
        self._pinned = ""
        self._ahead: QTimer | None = None
        self._build()

    # Showing.

    def show_state(self, shown: Shown, cursor: int, selection: Selection) -> None:
        """Show what changed last: the event at the cursor, or the selected node or parameter."""
        moved = shown is not self._shown or cursor != self._cursor
        selected = selection is not None and (selection != self._selection or shown is not self._shown)
        self._selection = selection
        if moved or selection is None:
            self.set_event(shown, shown.events[cursor - 1] if cursor else None)
        if selected:
            if isinstance(selection, Vertex):
                self.set_node(shown, selection)
            elif selection is not None:
                self.set_parameter(shown, selection)

    def set_event(self, shown: Shown, event: Event | None) -> None:
        """Show what this event computes; None: nothing has been computed yet."""
        self._take(shown)
        self._cursor = self._places.get(event, 0) if event else 0
        self.position.setText(f"event {self._cursor} of {len(shown.events)}")
        if event is None:
            self._show_start(shown)
            return
        self._show_faces((event_face(shown, event),), 0)

    def set_node(self, shown: Shown, vertex: Vertex) -> None:
        """Show how a node's value comes about, and its gradient."""
        self._take(shown)
        faces = node_faces(shown, vertex)
        self._show_faces(faces, self._latest(faces))

    def set_parameter(self, shown: Shown, name: str) -> None:
        """Show a parameter, its gradient and its update."""
        self._take(shown)
        self._show_faces(parameter_faces(shown, name), 0)
        self._account_for(name)

    def set_theme(self) -> None:
        """Paint everything in the current theme; a change of palette does so by itself."""
        for widget in self.findChildren(QWidget):
            widget.update()

    def _take(self, shown: Shown) -> None:
        if shown is self._shown:
            return
        new_formulas = self._shown is None or shown.network != self._shown.network or shown.sizes != self._shown.sizes
        self._shown = shown
        self._places = {event: i for i, event in enumerate(shown.events, 1)}
        names = list(shown.trace.parameters)
        if [self.menu.itemText(i) for i in range(1, self.menu.count())] != names:
            self.menu.clear()
            self.menu.addItems(["follow", *names])
            self._pinned = self._pinned if self._pinned in names else ""
            self.menu.setCurrentText(self._pinned or "follow")
        if new_formulas:
            if self._ahead is not None:
                self._ahead.stop()
                self._ahead.deleteLater()
            self._ahead = prewarm(formulas_ahead(shown), self)

    def _latest(self, faces: tuple[Face, ...]) -> int:
        """The last face that has been computed at the cursor."""
        done = [i for i, face in enumerate(faces) if face.event is None or self._places[face.event] <= self._cursor]
        return done[-1] if done else 0

    def _show_start(self, shown: Shown) -> None:
        self._faces = ()
        self.title.set_text(shown.architecture.title)
        self.source.setText(f"fig. {shown.architecture.figure}")
        self.lesson.setText(shown.architecture.lesson)
        for part in (self.faces, self.formula_card, self.numbers_header, self.numbers_card, self.parts_header,
                     self.parts_card, self.derivation_card):  # fmt: skip
            part.hide()
        self.lesson.show()
        self._account_for(next(iter(shown.trace.parameters)))

    def _show_faces(self, faces: tuple[Face, ...], chosen: int) -> None:
        self._faces = faces
        labels = [face.label for face in faces]
        for i, button in enumerate(self.face_buttons):
            button.setVisible(i < len(labels))
            if i < len(labels):
                button.setText(labels[i])
        self.faces.setVisible(len(faces) > 1)
        self.show_face(chosen)

    def show_face(self, chosen: int) -> None:
        """Show one of the equations of a node or parameter: its value, gradient or update."""
        shown, face = self._shown, self._faces[chosen]
        assert shown is not None
        for i, button in enumerate(self.face_buttons):
            button.setChecked(i == chosen)
        equation = face.equation
        self.title.set_text(equation.title)
        self.source.setText(equation.source)
        alone = len(self._faces) > 1 or face.event is None
        self.lesson.setText(raised(equation.caption))
        self.lesson.setVisible(alone)
        self._face = face
        self._say_formula()
        self.numbers.set_equation(equation)
        self.every_term.setVisible(self.numbers.view.arrangement.hidden > 0)
        self.every_term.setText(f"show all {len(equation.terms)} steps")
        parts = parts_of(equation)
        if parts is not None:
            self.parts.set_parts(parts)
        if equation.derivation:
            what = "softmax" if equation.function == "softmax" else "ŷ − 1, the step to the logits,"
            self.derivation.set_derivation(f"How {what} comes about", equation.derivation)
        for part, visible in (
            (self.formula_card, True),
            (self.numbers_header, True),
            (self.numbers_card, True),
            (self.parts_header, parts is not None),
            (self.parts_card, parts is not None),
            (self.derivation_card, bool(equation.derivation)),
        ):
            part.setVisible(visible)
        name = touched_parameter(shown, face.event, equation) if face.event else None
        self._account_for(name or (self.ledger.account.name if self.ledger.account else ""))

    def _say_formula(self) -> None:
        assert self._shown is not None
        equation = self._face.equation
        reading = READINGS[self.reading.choice]
        self.formula.set_latex(equation_latex(equation, reading, self._shown.sizes))
        self.why.setText(raised(equation.why))
        self.why.setVisible(bool(equation.why) and reading == "shapes")

    def _account_for(self, name: str) -> None:
        shown = self._shown
        assert shown is not None
        name = self._pinned or name
        if name not in shown.trace.parameters:
            name = next(iter(shown.trace.parameters))
        self.ledger_title.setText(f"GRADIENT LEDGER  ∇{name} L = Σₜ")
        self.ledger.set_account(shown, name)
        self.ledger.set_cursor(self._cursor)
        self.check.set_parameter(shown, name)

    # Being told.

    def _choose_parameter(self, index: int) -> None:
        self._pinned = self.menu.itemText(index) if index > 0 else ""
        if self._pinned:
            self._account_for(self._pinned)
        elif self._faces:
            assert self._shown is not None
            name = touched_parameter(self._shown, self._face.event, self._face.equation) if self._face.event else None
            self._account_for(name or "")

    def _show_every_term(self) -> None:
        self.numbers.view.set_every_term(True)
        self.every_term.hide()

    # Building.

    def _build(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(12, 8, 10, 14)
        column.setSpacing(8)
        self.title, self.position, self.source = Title(), Words(), Words()
        for label in (self.position, self.source):
            label.setWordWrap(False)
        column.addLayout(_row(self.title, self.position))
        self.faces = QWidget()
        row = QHBoxLayout(self.faces)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.face_buttons = [QToolButton() for _ in range(3)]
        for i, button in enumerate(self.face_buttons):
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, i=i: self.show_face(i))
            row.addWidget(button)
        row.addStretch(1)
        column.addWidget(self.faces)
        self.lesson = Words(role="")
        column.addWidget(self.lesson)
        self.formula_card = Card()
        self.formula, self.why = FormulaLabel(size=17), Words()
        self.reading = Segments(READINGS, "Reading")
        self.reading.chosen.connect(lambda _: self._say_formula())
        self.formula_card.column.addWidget(self.formula)
        self.formula_card.column.addWidget(self.why)
        self.formula_card.column.addLayout(_row(self.reading, self.source))
        column.addWidget(self.formula_card)
        self.all_figures = QToolButton()
        self.all_figures.setText("figures")
        self.all_figures.setCheckable(True)
        self.all_figures.setToolTip("Show all matrices as figures, however wide")
        self.all_figures.setProperty("role", "flat")
        self.numbers_header = QWidget()
        self.numbers_header.setLayout(_row(SectionHeader("With numbers"), self.all_figures))
        self.numbers_card, self.numbers = Card(), EquationPanel(HINT)
        self.all_figures.toggled.connect(self.numbers.set_all_figures)
        self.every_term = QToolButton()
        self.every_term.setProperty("role", "flat")
        self.every_term.clicked.connect(self._show_every_term)
        self.numbers_card.column.addWidget(self.numbers)
        self.numbers_card.column.addWidget(self.every_term)
        column.addWidget(self.numbers_header)
        column.addWidget(self.numbers_card)
        self.derivation_card, self.derivation = Card(), Derivation()
        self.derivation_card.column.addWidget(self.derivation)
        column.addWidget(self.derivation_card)
        self.parts_header, self.parts_card, self.parts = SectionHeader("Where it comes from"), Card(), Contributions()
        self.parts_card.column.addWidget(self.parts)
        column.addWidget(self.parts_header)
        column.addWidget(self.parts_card)
        self.ledger_title = SectionHeader("Gradient ledger")
        self.menu = QComboBox()
        self.menu.setAccessibleName("Parameter of the ledger")
        self.menu.activated.connect(self._choose_parameter)
        column.addLayout(_row(self.ledger_title, self.menu))
        ledger_card, self.ledger = Card(), LedgerView()
        ledger_card.column.addWidget(self.ledger)
        column.addWidget(ledger_card)
        self.check = CheckView()
        column.addWidget(self.check)
        column.addStretch(1)
        self.numbers.view.picked.connect(self._aim)
        self.ledger.picked.connect(self._aim)
        self.setWidget(body)

    def _aim(self, name: str, index: tuple[int, ...]) -> None:
        assert self._shown is not None
        self._account_for(name)
        self.check.aim(name, index)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self.set_theme()
        super().changeEvent(event)


def _row(*widgets: QWidget) -> QHBoxLayout:
    """Widgets side by side, with the room between the first and the others."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(widgets[0])
    if isinstance(widgets[0], QLabel | Segments):
        row.addStretch(1)
    for widget in widgets[1:]:
        row.addWidget(widget)
    return row
