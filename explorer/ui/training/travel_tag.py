"""Tag at the line in time: of which iteration the weights are looked at, a way to branch off there, and a way back."""

from PySide6.QtCore import QPointF, QRect, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton

from explorer.ui.look.fonts import ui_font
from explorer.ui.training.loss_plot import CurvePlot
from explorer.ui.typography.numbers import count

AWAY = 9
"""Pixels between the line and the tag."""
NARROW = 420
"""Width of a plot, in px, below which the tag says less."""


class TravelTag(QFrame):
    """Lies on a plot beside its line in time, on the side that has room."""

    branch_asked = Signal()
    closed = Signal()

    def __init__(self, plot: CurvePlot) -> None:
        super().__init__(plot)
        self._plot = plot
        self.setProperty("role", "card")
        self.label = QLabel()
        self.label.setFont(ui_font(11))
        self.branch, self.back = QToolButton(), QToolButton()
        self.branch.setText("branch from here …")
        self.branch.setToolTip("Train another run from these weights, with other settings")
        self.branch.clicked.connect(self.branch_asked)
        self.back.setText("✕")
        self.back.setToolTip("Come back to the weights that were there before")
        self.back.clicked.connect(self.closed)
        row = QHBoxLayout(self)
        row.setContentsMargins(7, 0, 1, 0)
        row.setSpacing(2)
        row.addWidget(self.label)
        for button, role in ((self.branch, "flat"), (self.back, "sign")):
            button.setFont(ui_font(11))
            button.setProperty("role", role)
            row.addWidget(button)
        plot.line.sigPositionChanged.connect(self._place)
        plot.box.sigRangeChanged.connect(self._place)
        plot.box.sigResized.connect(self._place)
        self.hide()

    def show_at(self, iteration: int | None) -> None:
        """Name this iteration; None: there is nothing to name."""
        self.setVisible(iteration is not None)
        if iteration is None:
            self._plot.cover(QRect())
        else:
            narrow = self._plot.width() < NARROW
            self.label.setText(count(iteration) if narrow else f"iteration {count(iteration)}")
            self.branch.setText("branch …" if narrow else "branch from here …")
            self.adjustSize()
            self._place()
            self.raise_()

    def _place(self) -> None:
        frame = self._plot.box.sceneBoundingRect()
        top = QPointF(float(self._plot.line.value()), self._plot.box.viewRange()[1][1])
        place = self._plot.mapFromScene(self._plot.box.mapViewToScene(top))
        right = self._plot.mapFromScene(frame.bottomRight()).x()
        left = self._plot.mapFromScene(frame.topLeft()).x()
        x = place.x() + AWAY
        if x + self.width() > right and place.x() - AWAY - self.width() >= left:
            x = place.x() - AWAY - self.width()
        self.move(min(x, self._plot.width() - self.width()), place.y() + 2)
        beyond = self._plot.beyond
        if not beyond.isHidden() and beyond.geometry().intersects(self.geometry()):
            self.move(self.x(), beyond.geometry().bottom() + 3)
        if not self.isHidden():
            self._plot.cover(self.geometry())
