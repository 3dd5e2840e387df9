"""The card with the loss curves: plot, axes to choose, what the pointer reads, and the legend beside it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from explorer.session.runs.bundles import Bundle
from explorer.session.runs.runs import Measure
from explorer.ui.look.fonts import number_font
from explorer.ui.parts.figure_export import ask_and_save
from explorer.ui.parts.status_line import ShortenedLabel
from explorer.ui.training.run_list import RunList
from explorer.ui.typography.numbers import count, figures

if TYPE_CHECKING:
    from explorer.ui.training.loss_plot import CurvePlot

LOSSES = (Measure.OPEN_LOSS, Measure.CLOSED_LOSS)
TITLES = ("Loss per predicted step (nats)", "Loss (nats)", "Loss")
"""The whole title, and what there is room for in a card narrower than NARROW[0] px, and than NARROW[1]."""
NARROW = 640, 448
_COMPACT = "QToolButton { padding: 3px 4px } QToolButton::menu-indicator { image: none }"
SMOOTHINGS = {"none": 0, "light": 3, "medium": 7, "strong": 21}


class LossCard(QFrame):
    """Plot and legend. `line_moved` carries the iteration of the line in time while it is dragged."""

    hovered = Signal(object)
    picked = Signal(int, float)
    line_moved = Signal(float)
    export_asked = Signal()
    failed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.plot: CurvePlot | None = None
        self.runs = RunList()
        self._bundles: Sequence[Bundle] = ()
        self._pointed: tuple[int | None, float | None] = (None, None)
        self.title = QLabel(TITLES[0])
        self.title.setToolTip(TITLES[0])
        self.title.setFont(number_font(13, 600))
        self.readout = ShortenedLabel()
        self.readout.setMinimumWidth(1)
        self.readout.setProperty("role", "muted")
        self.readout.setFont(number_font(11))
        self.log_loss = _toggle("log loss", "Show the loss on a logarithmic axis")
        self.log_iterations = _toggle("log iterations", "Show iterations on a logarithmic axis")
        self._narrow = 0
        self.setMinimumWidth(340)
        self.look = QToolButton()
        self.look.setText("more …")
        self.look.setAccessibleName("more …")
        self.look.setProperty("role", "flat")
        self.look.setToolTip("Smoothing, mini-batches, exposure bias, export")
        self.look.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._fill_menu()
        for toggle in (self.log_loss, self.log_iterations):
            toggle.toggled.connect(self._set_log)
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(self.title)
        head.addSpacing(10)
        head.addWidget(self.readout, 1)
        head.addSpacing(6)
        for tool in (self.log_loss, self.log_iterations, self.look):
            head.addWidget(tool)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addLayout(head)
        self._place = QVBoxLayout()
        self._waiting = QWidget()
        self._place.addWidget(self._waiting)
        left.addLayout(self._place, 1)
        legend = QVBoxLayout()
        legend.setSpacing(2)
        legend.addWidget(self.runs.key)
        legend.addWidget(self.runs, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 4, 6)
        row.setSpacing(4)
        row.addLayout(left, 1)
        row.addLayout(legend)
        self.runs.hovered.connect(self.hovered)

    def build(self) -> None:
        """Make the plot; this imports pyqtgraph."""
        from explorer.ui.training.loss_plot import CurvePlot
        from explorer.ui.training.run_curves import Look

        self.plot = CurvePlot(LOSSES, Look(mini_batches=True))
        self.plot.setAccessibleName("Loss per predicted step")
        self.plot.hovered.connect(self._point_at_run)
        self.plot.read.connect(self._point_at_iteration)
        self.plot.hovered.connect(self.hovered)
        self.plot.picked.connect(self.picked)
        self.plot.line_moved.connect(self.line_moved)
        self._place.replaceWidget(self._waiting, self.plot)
        self._waiting.deleteLater()
        self.plot.set_bundles(self._bundles)

    def set_bundles(self, current: Sequence[Bundle], earlier: Sequence[Bundle], chosen: int | None) -> None:
        """List all, and draw those that are shown."""
        self.runs.set_bundles(current, earlier, chosen)
        self._bundles = [bundle for bundle in (*earlier, *current) if bundle.first.shown]
        if self.plot is not None:
            self.plot.set_bundles(self._bundles)

    def light(self, id: int | None) -> None:
        """Light one run in plot and legend."""
        self.runs.light(id)
        if self.plot is not None:
            self.plot.light(id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = sum(self.width() < width for width in NARROW)
        if self._narrow != narrow:
            self._narrow = narrow
            self.runs.set_narrow(narrow)
            self.title.setText(TITLES[narrow])
            self.log_loss.setText("log y" if narrow else "log loss")
            self.log_iterations.setText("log x" if narrow else "log iterations")
            self.look.setText("…" if narrow == 2 else "more …")
            for tool in (self.log_loss, self.log_iterations, self.look):
                tool.setStyleSheet(_COMPACT if narrow == 2 else "")

    # What the pointer reads.

    def _point_at_run(self, id: int | None) -> None:
        self._pointed = id, self._pointed[1]

    def _point_at_iteration(self, iteration: float | None) -> None:
        self._pointed = self._pointed[0], iteration
        self.readout.setText(self.reading(*self._pointed))

    def set_iteration(self, iteration: int | None) -> None:
        """Read in the legend what is at an iteration that is travelled to, or the newest."""
        self.runs.set_iteration(iteration)
        self._point_at_iteration(None)  # what was pointed at on the way to the line is left behind

    def reading(self, id: int | None, iteration: float | None) -> str:
        """The judgement nearest to an iteration, of one run or, if it is the only one shown, of that."""
        bundle = next((b for b in self._bundles if b.id == id or len(self._bundles) == 1), None)
        if iteration is None:
            return ""
        if bundle is None:
            return f"iteration {count(max(0, round(iteration)))}"
        low, high = (bundle.nearest(measure, iteration) for measure in (Measure.OPEN_LOSS, Measure.CLOSED_LOSS))
        if low is None or high is None:
            return ""
        text = f"{bundle.name}, iteration {count(low[0])}: {figures(low[1])}"
        return f"{text} ┆ {figures(high[1])}" if bundle.first.takes_feedback else text

    # Looks.

    def _fill_menu(self) -> None:
        menu = QMenu(self.look)
        smoothing = menu.addMenu("Smoothing")
        self.smoothings = {}
        for name, judgements in SMOOTHINGS.items():
            action = smoothing.addAction(name)
            action.setCheckable(True)
            action.setChecked(judgements == 0)
            action.triggered.connect(lambda _=False, j=judgements: self.set_smoothing(j))
            self.smoothings[judgements] = action
        self.mini_batches, self.gap = menu.addAction("Loss of each mini-batch"), menu.addAction("Shade exposure bias")
        for action in (self.mini_batches, self.gap):
            action.setCheckable(True)
            action.setChecked(True)
            action.toggled.connect(self._set_look)
        menu.addSeparator()
        menu.addAction("Export the curves …").triggered.connect(self.export_asked)
        menu.addAction("Export the figure …").triggered.connect(self._export)
        self.look.setMenu(menu)

    def _export(self) -> None:
        said = ask_and_save(self, "loss", without=(self.log_loss, self.log_iterations, self.look))
        if said:
            self.failed.emit(said)

    def set_smoothing(self, judgements: int) -> None:
        """Draw running means over so many judgements; 0 for none."""
        for number, action in self.smoothings.items():
            action.setChecked(number == judgements)
        if self.plot is not None:
            self.plot.set_smoothing(judgements)

    def _set_look(self) -> None:
        if self.plot is not None:
            from explorer.ui.training.run_curves import Look

            smoothing = self.plot.look.smoothing
            self.plot.set_look(Look(self.mini_batches.isChecked(), self.gap.isChecked(), smoothing))

    def _set_log(self) -> None:
        if self.plot is not None:
            self.plot.set_log(self.log_iterations.isChecked(), self.log_loss.isChecked())


def _toggle(text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tip)
    button.setCheckable(True)
    button.setProperty("role", "flat")
    return button
