"""View of a derivation, such as that of ŷ − 1_y: closed to one line, or open with every step in words and numbers."""

import numpy as np
from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolButton, QWidget

from explorer.graph.arrays import Array
from explorer.graph.equation import Equation, Factor, Role
from explorer.graph.equation import Step as DerivationStep
from explorer.session.document import Shown
from explorer.ui.equations.view import EquationView
from explorer.ui.parts.widgets import Words, in_column, styled
from explorer.ui.typography.formula_label import FormulaLabel


class Derivation(QWidget):
    """A heading to click, and under it the steps. What is closed costs nothing."""

    toggled = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.button = styled(QToolButton(), "sign")
        self.button.setCheckable(True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setArrowType(Qt.ArrowType.RightArrow)
        self.button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.button.toggled.connect(self._toggle)
        self._column = in_column(8, self.button, on=self)
        self._column.setAlignment(self.button, Qt.AlignmentFlag.AlignLeft)
        self._steps: tuple[DerivationStep, ...] = ()
        self._role = Role.VALUE
        self._result: Factor | None = None
        self._shown: Shown | None = None
        self.lines: list[_Line] = []

    def set_derivation(
        self, heading: str, steps: tuple[DerivationStep, ...], role: Role, result: Factor, shown: Shown | None
    ) -> None:
        """Show other steps, their numbers coloured as values or as gradients; open stays open.

        With what is shown, they have the colours that they have elsewhere, as the `result` does; else each its own.
        """
        self.button.setText(heading)
        self._steps, self._role, self._result, self._shown = steps, role, result, shown
        if self.button.isChecked():
            self._fill()

    def _toggle(self, on: bool) -> None:
        self.button.setArrowType(Qt.ArrowType.DownArrow if on else Qt.ArrowType.RightArrow)
        if on:
            self._fill()
        for line in self.lines:
            line.setVisible(on and line.used)
        self.toggled.emit(on)

    def _fill(self) -> None:
        while len(self.lines) < len(self._steps):
            line = _Line(len(self.lines) + 1)
            self.lines.append(line)
            self._column.addWidget(line)
        for i, line in enumerate(self.lines):
            line.used = i < len(self._steps)
            if line.used:
                step = self._steps[i]
                line.set_step(step, self._factor(step.array), self._shown)
            line.setVisible(line.used)

    def _factor(self, array: Array | None) -> Factor | None:
        """The numbers of a step, as the result where they are it."""
        if array is None:
            return None
        result = self._result
        if result is not None and result.array.shape == array.shape and np.allclose(array, result.array, 1e-12, 0):
            return replace(result, tex="", tex_here="")
        return Factor("", "", array, self._role)


class _Line(QWidget):
    """One step: its number and words, its formula, and what it gives here."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.used = False
        self._number = number
        self.words: QLabel = Words(role="")
        self.formula = FormulaLabel(size=15)
        self.numbers = EquationView()
        in_column(5, self.words, self.formula, self.numbers, on=self, margins=(4, 0, 0, 4))

    def set_step(self, step: DerivationStep, numbers: Factor | None, shown: Shown | None) -> None:
        """Show a step with its numbers."""
        self.words.setText(f"{self._number}.  {step.words}")
        self.formula.set_latex(step.tex)
        self.numbers.setVisible(numbers is not None)
        if numbers is not None:
            self.numbers.set_equation(Equation(step.words, numbers, (), "", ""), shown)
