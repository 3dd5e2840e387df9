"""Make and fill the plots of how outputs are judged: by the metric, and by whether sequences are right as a whole."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from explorer.graph.metric import Metric
from explorer.language import tr
from explorer.session.runs.bundles import Bundle
from explorer.session.runs.runs import Measure
from explorer.session.training_plan import Plan
from explorer.ui.parts.plot_keys import SAID as PLOT_KEYS

if TYPE_CHECKING:
    from explorer.ui.training.loss_plot import CurvePlot

SCORES = {
    "score": (Measure.OPEN_SCORE, Measure.CLOSED_SCORE),
    "sequences": (Measure.OPEN_SEQUENCES, Measure.CLOSED_SEQUENCES),
}
"""What they draw, by the ids of their cards."""
_FLAWLESS = tr("The share of sequences without a mistake")
_NEAR = tr("The share of sequences in which each number is right, give or take a tenth of how far targets spread")


class ScorePlots(QObject):
    """`hovered` and `picked` are those of every plot."""

    hovered = Signal(object)
    picked = Signal(int, float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.made: dict[str, CurvePlot] = {}
        """Those that were looked at, by the ids of their cards."""
        self._planned = Plan().training.iterations
        self._iteration: float | None = None

    def make(self, id: str) -> QWidget:
        """The plot of this id; imports pyqtgraph."""
        from explorer.ui.training.loss_plot import CurvePlot
        from explorer.ui.training.run_curves import CurveOptions

        plot = self.made[id] = CurvePlot(SCORES[id], CurveOptions(), percent=True)
        plot.hovered.connect(self.hovered)
        plot.picked.connect(self.picked)
        plot.set_planned(self._planned)
        self._mark(plot)
        return plot

    def set_planned(self, iterations: int) -> None:
        """Leave room for so many iterations in every plot."""
        self._planned = iterations
        for plot in self.made.values():
            plot.set_planned(iterations)

    def light(self, id: int | None) -> None:
        """Light one run in every plot."""
        for plot in self.made.values():
            plot.light(id)

    def set_iteration(self, iteration: float | None) -> None:
        """Mark the iteration that is travelled to."""
        self._iteration = iteration
        for plot in self.made.values():
            self._mark(plot)

    def _mark(self, plot: "CurvePlot") -> None:
        plot.line.setVisible(self._iteration is not None)
        if self._iteration is not None:
            plot.place_line(self._iteration)

    def show_bundles(self, id: str, bundles: Sequence[Bundle], metric: Metric, title: str) -> None:
        """Draw the runs that are judged by the metric, or by whether sequences are right as a whole."""
        plot, whole = self.made[id], id == "sequences"
        plot.set_percent(whole or metric.share)
        plot.setAccessibleName(title)
        meaning = metric.meaning if not whole else _FLAWLESS if metric.share else _NEAR
        plot.setToolTip(f"{meaning}\n{PLOT_KEYS}")
        plot.set_bundles([bundle for bundle in bundles if whole or bundle.first.kind.metric is metric])
