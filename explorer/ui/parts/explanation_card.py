"""View of an `Explanation`: the symbol and its name, formulas with their places in the book, a sentence, numbers."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from explorer.session.explaining import CitedFormula, Explanation
from explorer.ui.look import theme as themes
from explorer.ui.look.text_size import px
from explorer.ui.parts.cited import CitedLabel
from explorer.ui.parts.widgets import Words, in_column, in_row, show_text, styled
from explorer.ui.typography.formula_label import FormulaLabel
from explorer.ui.typography.prose import written

WIDTH = 340
"""Width of a card in px; numbers may make it wider."""
SYMBOL_SIZE, FORMULA_SIZE = 19.0, 15.0


class ExplanationCard(QFrame):
    """`entered` and `left` tell whether the pointer is on it: while it is, the card stays."""

    entered = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.symbol, self.name = FormulaLabel(size=SYMBOL_SIZE), styled(QLabel(), "title")
        self.says, self.details, self.cited = Words(role="text"), QLabel(), CitedLabel(stacked=True)
        self._rows = in_column(6)
        self.name.setWordWrap(True)
        self.details.setTextFormat(Qt.TextFormat.RichText)
        head = in_row(10, self.symbol, (self.name, 1))
        head.setAlignment(self.symbol, Qt.AlignmentFlag.AlignVCenter)
        told = self.says, self.details, self.cited
        in_column(themes.SPACE, head, self._rows, *told, on=self, margins=(14, 10, 14, 12))
        self.hide()

    def set_explanation(self, explanation: Explanation, details: str) -> None:
        """Show this; `details` is HTML that stands below, such as the numbers of a node."""
        self.symbol.set_latex(explanation.symbol)
        self.name.setText(explanation.name)
        while (item := self._rows.takeAt(0)) is not None:
            if (row := item.widget()) is not None:
                row.hide()
                row.deleteLater()
        for formula in explanation.formulas:
            self._rows.addWidget(row := _Row(formula))
            row.show()
        plain = "<" not in explanation.says  # a tool tip may be HTML
        says = written(explanation.says) if plain else explanation.says
        self.cited.cite(explanation.cited)
        show_text(self.says, says)
        show_text(self.details, details)
        self.symbol.setVisible(bool(explanation.symbol))
        said = [explanation.name, explanation.says, explanation.cited, *(f.cited for f in explanation.formulas)]
        self.setAccessibleName(". ".join(filter(None, said)))
        self._fit()

    def _fit(self) -> None:
        layout = self.layout()
        assert layout is not None
        margins = layout.contentsMargins()
        wide = self.details.sizeHint().width() if self.details.text() else 0
        width = max(px(WIDTH), wide + margins.left() + margins.right())
        layout.invalidate()
        layout.activate()
        self.resize(width, layout.totalHeightForWidth(width))

    def enterEvent(self, event: QEnterEvent) -> None:
        self.entered.emit()

    def leaveEvent(self, event: QEvent) -> None:
        self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = themes.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        themes.draw_with(painter, QPen(theme.strong_border, 1), theme.raised)
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), themes.RADIUS, themes.RADIUS)


class _Row(QWidget):
    """A formula, and at its right where the book has it."""

    def __init__(self, formula: CitedFormula) -> None:
        super().__init__()
        cited = CitedLabel(stacked=True)
        in_row(10, (FormulaLabel(formula.tex, FORMULA_SIZE), 1), cited, on=self)
        cited.cite(formula.cited)
