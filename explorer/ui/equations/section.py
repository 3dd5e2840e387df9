"""View of one equation, read three ways: in symbols, with shapes, with the steps at hand; and then with its numbers."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from explorer.graph.declaration import Sizes
from explorer.graph.equation import Equation
from explorer.language import tr
from explorer.session.document import Shown
from explorer.session.equations.by_hand import why_not_by_hand
from explorer.ui.equations.panel import EquationPanel
from explorer.ui.equations.text import READINGS, equation_latex
from explorer.ui.parts.cited import CitedLabel
from explorer.ui.parts.widgets import Card, SectionHeader, Segments, Words, in_column, in_row, show_text, tool_button
from explorer.ui.typography.formula_label import FormulaLabel
from explorer.ui.typography.prose import written

HINT = tr("Point at a number on the left: how is it made?")


class EquationSection(QWidget):
    """The typeset equation over its numbers. `picked` names an entry of a parameter that was clicked."""

    picked = Signal(str, tuple)

    def __init__(self) -> None:
        super().__init__()
        self.formula, self.why, self.source = FormulaLabel(size=17), Words(), CitedLabel()
        self.reading = Segments((tr("symbols"), tr("shapes"), tr("here")), tr("Reading"))
        self.beyond = Words(role="loss")
        tip = tr("Show all matrices as figures, however wide; a click on a symbol shows that one")
        self.all_figures, self.every_term = tool_button(tr("figures"), tip), QToolButton()
        self.numbers, self.with_numbers = EquationPanel(HINT), QWidget()
        self._equation: Equation | None = None
        self._sizes: Sizes = {}
        self._build()

    def set_equation(self, equation: Equation, shown: Shown, spelled: Equation | None) -> None:
        """Show another equation; `spelled` is how its numbers are written out. None: they are held back."""
        self._equation, self._sizes = equation, shown.sizes
        self.source.cite(equation.source)
        self._write()
        self.numbers.set_equation(spelled, shown)
        self.with_numbers.setVisible(spelled is not None)
        if spelled is None:
            return
        figures = self.numbers.view.figures
        show_text(self.beyond, why_not_by_hand(spelled, figures) if figures else "")
        hidden = self.numbers.view.arrangement.hidden
        self.every_term.setText(tr("Show {hidden} more steps", hidden=hidden))
        self.every_term.setVisible(hidden > 0)

    @property
    def way(self) -> str:
        """How the equation is read: one of `READINGS`."""
        return READINGS[self.reading.choice]

    def read(self, reading: str) -> None:
        """Read the equation in another way: one of `READINGS`."""
        if reading != self.way:
            self.reading.choose(READINGS.index(reading))
            self._write()

    def _write(self) -> None:
        equation, reading = self._equation, self.way
        if equation is None:
            return
        self.formula.set_latex(equation_latex(equation, reading, self._sizes))
        with_shapes = reading == "shapes"
        if with_shapes:
            self.why.setText(written(" ".join(equation.why)))
        self.why.setVisible(with_shapes and bool(equation.why))

    def _show_every_term(self) -> None:
        self.numbers.show_every_term()
        self.every_term.hide()

    def _build(self) -> None:
        self.reading.setToolTip(tr("Read it in general, with the shape of each array, or at the step at hand"))
        self.reading.chosen.connect(lambda _: self._write())
        self.all_figures.setCheckable(True)
        self.all_figures.toggled.connect(self.numbers.set_all_figures)
        self.every_term.setProperty("role", "flat")
        self.every_term.clicked.connect(self._show_every_term)
        self.numbers.view.picked.connect(self.picked)
        ways = in_row(None, self.reading, (self.source, 1))
        ways.setAlignment(self.reading, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        symbols = Card(ways, self.formula, self.why)  # above what they choose, so that they stay where they are
        head = in_row(None, SectionHeader(tr("With numbers")), 1, self.all_figures)
        in_column(6, head, Card(self.numbers, self.beyond, self.every_term), on=self.with_numbers)
        in_column(6, symbols, self.with_numbers, on=self)
