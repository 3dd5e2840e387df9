"""View of an equation with its numbers in a panel: scrolls sideways where it is wide, and says how an entry is made."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.graph.equation import Equation
from explorer.session.document import Shown
from explorer.ui.equations.view import EquationView
from explorer.ui.parts.scroller import BareArea
from explorer.ui.parts.widgets import Words, in_column
from explorer.ui.typography.prose import written


class EquationPanel(QWidget):
    """An `EquationView` as high as its content, in a window as wide as there is room."""

    def __init__(self, hint: str = "") -> None:
        super().__init__()
        self._hint = hint
        self.view = EquationView()
        self.area = _SidewaysArea(self.view)
        self.words = Words(hint)
        in_column(6, self.area, self.words, on=self)
        self.words.setVisible(bool(hint))
        self.view.made.connect(self._say)

    def set_equation(self, equation: Equation | None, shown: Shown | None = None) -> None:
        """Show another equation; with what it is about, entries changed by hand are marked."""
        self.view.set_equation(equation, shown)
        self.area.fit()
        self.words.setVisible(bool(self._hint and equation and equation.terms))
        if self._hint:
            self.words.setText(self._hint)

    def set_all_figures(self, on: bool) -> None:
        """Show figures even where they are wider than the panel."""
        self.view.set_all_figures(on)
        self.area.fit()

    def show_every_term(self) -> None:
        """Show all terms of a long sum."""
        self.view.show_every_term()
        self.area.fit()

    def _say(self, line: str) -> None:
        if self._hint:
            self.words.setText(written(line) or self._hint)


class _SidewaysArea(BareArea):
    def __init__(self, view: EquationView) -> None:
        super().__init__()
        self._view = view
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setWidget(view)
        view.installEventFilter(self)

    def fit(self) -> None:
        """Take the height that the view needs."""
        wide = self._view.minimumWidth() > self.width()
        bar = self.horizontalScrollBar().sizeHint().height() if wide else 0
        self.setFixedHeight(self._view.height() + bar)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._view and event.type() == QEvent.Type.Resize:
            self.fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._view.fit()
            self.fit()
