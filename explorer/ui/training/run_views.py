"""The card beside the loss, one view at a time: errors by time step, an example, what the net writes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from explorer.graph.metric import ACCURACY, Metric
from explorer.session.runs.bundles import Bundle
from explorer.session.runs.names import names_in_view
from explorer.session.runs.runs import Measure, RunRecord
from explorer.session.viewing import View
from explorer.ui.parts.figure_export import ask_and_save
from explorer.ui.parts.widgets import Words
from explorer.ui.training.cards import Pages, Scrolled, ViewHead
from explorer.ui.training.error_map import DRIFT, ERRORS, ErrorMap
from explorer.ui.training.example_view import ExampleView
from explorer.ui.training.writing_view import WritingView
from explorer.ui.typography.numbers import count

if TYPE_CHECKING:
    from explorer.ui.training.loss_plot import CurvePlot

SCORE, SEQUENCES = "Accuracy", "Whole sequences"
SCORES = {
    SCORE: (Measure.OPEN_SCORE, Measure.CLOSED_SCORE),
    SEQUENCES: (Measure.OPEN_SEQUENCES, Measure.CLOSED_SEQUENCES),
}
"""Plots of how outputs are judged beside the loss; the first is called as the metric of the output is."""
_FLAWLESS = "The share of sequences without a mistake"
_NEAR = "The share of sequences in which each number is right, give or take a tenth of how far targets spread"


class RunView(Protocol):
    """A view of one run. It is told at any time, and works out what it shows while it is seen."""

    def set_run(self, run: RunRecord | None) -> None:
        """Be about this run."""

    def set_iteration(self, iteration: float | None) -> None:
        """Show the run as it was at an iteration that is travelled to; None: as it is."""

    def refresh(self) -> None:
        """Bring it up to date, as the run trains."""


class RunViews(QFrame):
    """A stack of views on the shown runs, or on the chosen one. `turned` carries the id of the one on top."""

    turned = Signal(str)
    hovered = Signal(object)
    picked = Signal(int, float)
    look_asked = Signal(dict)
    failed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.head = ViewHead()
        self.choice, self.export = self.head.choice, self.head.export
        self.stack = Pages()
        self.errors, self.drift, self.example = ErrorMap(ERRORS), ErrorMap(DRIFT), ExampleView()
        self.writing = WritingView()
        self._of_one_run: tuple[RunView, ...] = (self.errors, self.drift, self.example, self.writing)
        for view in (self.example, self.writing):
            view.look_asked.connect(self.look_asked)
        self.plots: dict[str, CurvePlot] = {}
        self._bundles: Sequence[Bundle] = ()
        self._chosen: Bundle | None = None
        self._iteration: float | None = None
        self._built = False
        self.add("errors", "Errors by time step", self.errors)
        self.add("drift", "State drift", self.drift)
        self.add("example", "One example", self.example)
        self.add("writing", "Writing", self.writing)
        self._places: dict[str, int] = {}
        for id, title in zip(("score", "sequences"), SCORES, strict=True):
            self._places[title] = self.choice.count()
            self.add(id, title, QWidget())
        self._of_runs = self.choice.count()
        """How many views are about runs; those that are added later are not."""
        self.why_not = Words()
        self.why_not.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.why_not.hide()
        self.choice.currentIndexChanged.connect(self._turn)
        self.choice.currentIndexChanged.connect(lambda _: self.turned.emit(self.choice.currentData()))
        self.export.clicked.connect(self._export)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 6)
        column.setSpacing(4)
        column.addWidget(self.head)
        column.addWidget(self.stack, 1)
        column.addWidget(self.why_not, 1)

    def set_why_not(self, sentence: str) -> None:
        """Say that nothing can be trained, in place of what is about runs, and in a tool tip why; "" if it can."""
        self.why_not.setText("This network has nothing to train, so there is no run to look at." if sentence else "")
        self.why_not.setToolTip(sentence)
        self._turn()

    def add(self, id: str, title: str, view: QWidget, scrolls: bool = False, hint: str = "") -> None:
        """Offer one more view; one with a method `refresh` is refreshed while it is seen.

        One that `scrolls` asks for less room than it needs to be seen whole. `hint` says in the list what it shows.
        """
        if scrolls:
            view = Scrolled(view)
        self.stack.addWidget(view)
        self.choice.addItem(title, id)
        self.choice.setItemData(self.choice.count() - 1, hint, Qt.ItemDataRole.ToolTipRole)

    def show_view(self, view: View) -> None:
        """Bring the card that the view names to the top, and follow and write what it says."""
        self.turn_to(view.card)
        self.example.show_view(view)
        self.writing.show_view(view)

    def turn_to(self, id: str) -> None:
        """Bring the view of this id to the top."""
        self.choice.setCurrentIndex(self.choice.findData(id))

    def build(self) -> None:
        """Allow plots, each of which is made once it is looked at; that imports pyqtgraph."""
        self._built = True
        self._turn()

    def _make(self, title: str) -> None:
        """Put a plot in the place that was kept for it."""
        from explorer.ui.training.loss_plot import CurvePlot
        from explorer.ui.training.run_curves import CurveOptions

        plot = self.plots[title] = CurvePlot(SCORES[title], CurveOptions(), percent=True)
        plot.hovered.connect(self.hovered)
        plot.picked.connect(self.picked)
        place = self._places[title]
        kept = self.stack.widget(place)
        assert kept is not None
        self.stack.removeWidget(kept)
        kept.deleteLater()
        self.stack.insertWidget(place, plot)
        self._mark(plot)

    def set_bundles(self, bundles: Sequence[Bundle], chosen: Bundle | None) -> None:
        """Show these runs, and one of them where a view has room for one."""
        self._bundles, self._chosen = bundles, chosen
        self._turn()

    def light(self, id: int | None) -> None:
        """Light one run in every plot."""
        for plot in self.plots.values():
            plot.light(id)

    def set_iteration(self, iteration: float | None) -> None:
        """Mark the iteration that is travelled to."""
        for view in self._of_one_run:
            view.set_iteration(iteration)
        self._iteration = iteration
        for plot in self.plots.values():
            self._mark(plot)
        self._name()

    def _mark(self, plot: "CurvePlot") -> None:
        plot.line.setVisible(self._iteration is not None)
        if self._iteration is not None:
            plot.place_line(self._iteration)

    def refresh(self) -> None:
        """Bring the view that is seen up to date."""
        refresh = getattr(self.stack.currentWidget(), "refresh", None)
        if refresh is not None and self.isVisible():
            refresh()

    def _export(self) -> None:
        name = self.choice.currentText().lower().replace(" ", "-")
        said = ask_and_save(self, name, without=(self.export,))
        if said:
            self.failed.emit(said)

    def _turn(self) -> None:
        metric = self._metric
        self.choice.setItemText(self._places[SCORE], metric.title)
        title = next((title for title, place in self._places.items() if place == self.choice.currentIndex()), None)
        if self._built and title is not None and title not in self.plots:
            self._make(title)
        self.stack.setCurrentIndex(self.choice.currentIndex())
        nothing = bool(self.why_not.text()) and self.choice.currentIndex() < self._of_runs
        self.stack.setHidden(nothing)
        self.why_not.setVisible(nothing)
        self.export.setEnabled(not nothing)
        self._name()
        if self._seen is not None:
            self._seen.set_run(self._chosen.first if self._chosen else None)
        elif title in self.plots:
            self._plot_scores(self.plots[title], title, metric)

    @property
    def _seen(self) -> RunView | None:
        """The view of one run that is on top, if one is."""
        top: object = self.stack.currentWidget()
        return next((view for view in self._of_one_run if view is top), None)

    @property
    def _metric(self) -> Metric:
        """That of the chosen run, else of the newest; the accuracy as long as there is none."""
        about = self._chosen or next(reversed(self._bundles), None)
        return ACCURACY if about is None else about.first.kind.metric

    def _plot_scores(self, plot: "CurvePlot", title: str, metric: Metric) -> None:
        """Draw the runs that are judged by this metric."""
        whole = title == SEQUENCES
        plot.set_percent(whole or metric.share)
        plot.setAccessibleName(self.choice.currentText())
        plot.setToolTip(metric.meaning if not whole else _FLAWLESS if metric.share else _NEAR)
        plot.set_bundles([bundle for bundle in self._bundles if whole or bundle.first.kind.metric is metric])

    def _name(self) -> None:
        """Say of which run the view is, and of which iteration while that is travelled to."""
        about_one = self._seen is not None
        run = _subject(self._chosen, self._bundles) if self._chosen and about_one else ""
        at = f"iteration {count(round(self._iteration))}" if self._iteration is not None else ""
        self.head.say(" · ".join(filter(None, (run, at if about_one else ""))))


def _subject(bundle: Bundle, view: Sequence[Bundle]) -> str:
    """What a view of one run is about: of several seeds, the first."""
    if len(bundle.records) > 1:
        return f"seed {bundle.first.settings.seed} · {bundle.name}"
    return names_in_view(view).get(bundle.id, bundle.name)
