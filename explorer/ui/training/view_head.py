"""Head of the views of runs: which view, of what it is, and its export."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QToolButton, QWidget

from explorer.ui.parts.fields import Choice
from explorer.ui.parts.fitting_label import FittingLabel

GAP = 8


class ViewHead(QWidget):
    """A choice, a subject and a button in one row; a subject for which there is no room there has a row of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.choice, self.subject, self.export = Choice(whole=True), FittingLabel(), QToolButton()
        self.choice.setAccessibleName("View of the runs")
        self.choice.setMinimumWidth(120)
        self.choice.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.subject.setProperty("role", "muted")
        self.export.setText("export …")
        self.export.setProperty("role", "flat")
        self.export.setToolTip("Save this view as a figure")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self.choice, 0, 0)
        self._grid.addWidget(self.subject, 0, 1)
        self._grid.addWidget(self.export, 0, 2)

    def say(self, subject: str) -> None:
        """Name what the view is of."""
        if subject != self.subject.text():
            self.subject.say(*filter(None, (subject,)))
            self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        beside = self.width() - self.choice.sizeHint().width() - self.export.sizeHint().width() - 2 * GAP
        own_row = self.subject.fontMetrics().horizontalAdvance(self.subject.text()) > beside
        place = (1, 0, 1, 3) if own_row else (0, 1, 1, 1)
        if self._grid.getItemPosition(self._grid.indexOf(self.subject)) != place:
            self._grid.addWidget(self.subject, *place)
