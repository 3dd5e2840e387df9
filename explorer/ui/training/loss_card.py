"""The card with the loss curves: plot, axes to choose, what the pointer reads, and the legend beside it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QToolButton, QWidget

from explorer.language import tr
from explorer.session.runs.bundles import Bundle
from explorer.session.runs.runs import Measure
from explorer.session.viewing import SMOOTHINGS, View
from explorer.ui.look.fonts import number_font
from explorer.ui.look.text_size import px, scaled
from explorer.ui.parts.explained import explained
from explorer.ui.parts.figure_export import ask_and_save
from explorer.ui.parts.fitting_label import FittingLabel
from explorer.ui.parts.widgets import Words, in_column, in_row, show_text, styled, tool_button
from explorer.ui.training.run_list import RunList
from explorer.ui.typography.numbers import count

if TYPE_CHECKING:
    from explorer.ui.training.loss_plot import CurvePlot

LOSSES = (Measure.OPEN_LOSS, Measure.CLOSED_LOSS)
TITLES = (tr("Loss per predicted step ({unit})"), tr("Loss ({unit})"), tr("Loss"))
TERSE, NARROW, NO_LEGEND = 760, 500, 330
"""Widths, in px, of a card below which its tools say less; its legend is narrower; and it has none."""
LOW = 160
"""Height, in px, of a card below which two runs leave the key of its lines no room for all of them."""
LEAST_WIDTH = 280
_COMPACT = "QToolButton { padding: 2px 4px; font-size: 12px } QToolButton:focus { padding: 1px 3px }"


class LossCard(QFrame):
    """Plot and legend. `line_moved` carries the iteration of the line in time while it is dragged, `read_at` that at
    which curves are read, None for the newest.

    `look_asked` carries fields of `View`: how the curves are to be drawn. They are drawn so at once.
    """

    hovered = Signal(object)
    picked = Signal(int, float)
    line_moved = Signal(float)
    read_at = Signal(object)
    look_asked = Signal(object)
    export_asked = Signal()
    clear_asked = Signal()
    failed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.plot: CurvePlot | None = None
        self.runs = RunList()
        self._bundles: Sequence[Bundle] = ()
        self._view = View()
        self._pointed: float | None = None
        self._travelled: int | None = None
        self.title = styled(FittingLabel(), font=number_font(13, 600))
        self.readout = styled(FittingLabel(), "muted", number_font(11))
        for label in (self.title, self.readout):
            label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        explained(self.title, "losses")
        self.set_unit("nats")
        self.log_loss = _toggle(tr("log loss"), tr("Show the loss on a logarithmic axis"))
        self.log_iterations = _toggle(tr("log iterations"), tr("Show iterations on a logarithmic axis"))
        scaled(self.setMinimumWidth, LEAST_WIDTH)
        self.look = tool_button(tr("more …"), tr("Smoothing, mini-batches, exposure bias, export"))
        self.look.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._fill_menu()
        for toggle, field in ((self.log_loss, "log_loss"), (self.log_iterations, "log_iterations")):
            toggle.clicked.connect(lambda on, field=field: self._look(**{field: on}))
        self.why_not = Words()
        self.why_not.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.why_not.hide()
        self._waiting, self._legend = QWidget(), QWidget()
        self.runs.hovered.connect(self.hovered)
        self._arrange()

    def _arrange(self) -> None:
        tools = self.log_loss, self.log_iterations, self.look
        for tool in tools:
            scaled(tool.setStyleSheet, _COMPACT)
        head = in_row(3, self.title, (self.readout, 1), *tools)
        head.insertSpacing(1, 2)
        self._place = in_column(None, self._waiting, (self.why_not, 1))
        left = in_column(0, head, (self._place, 1))
        in_column(2, self.runs.key, (self.runs, 1), on=self._legend)
        in_row(4, (left, 1), self._legend, on=self, margins=(12, 4, 4, 4))

    def build(self) -> None:
        """Make the plot; this imports pyqtgraph."""
        from explorer.ui.training.loss_plot import CurvePlot
        from explorer.ui.training.run_curves import CurveOptions

        self.plot = CurvePlot(LOSSES, CurveOptions(mini_batches=True))
        explained(self.plot, "losses", pointed=False)
        self.plot.setAccessibleName(tr("Loss per predicted step"))
        self.plot.read.connect(self._point_at)
        self.plot.line_moved.connect(lambda _: self._point_at(None))
        self.plot.hovered.connect(self.hovered)
        self.plot.picked.connect(self.picked)
        self.plot.line_moved.connect(self.line_moved)
        self.plot.log_asked.connect(lambda: self._look(log_loss=True))
        self._place.replaceWidget(self._waiting, self.plot)
        self.setTabOrder(self.look, self.plot)
        self._waiting.deleteLater()
        self.plot.set_bundles(self._bundles)
        self._draw_as_seen()
        self.plot.setHidden(not self.why_not.isHidden())

    def set_why_not(self, sentence: str) -> None:
        """Say why nothing can be trained, in place of plot and legend; "" if it can."""
        show_text(self.why_not, sentence)
        for part in (
            self.plot or self._waiting,
            self.log_loss,
            self.log_iterations,
            self.look,
            self.runs,
            self.runs.key,
        ):
            part.setHidden(bool(sentence))

    def set_bundles(self, current: Sequence[Bundle], earlier: Sequence[Bundle], chosen: int | None) -> None:
        """List all, and draw those that are shown."""
        self.runs.set_bundles(current, earlier, chosen)
        self.clear.setEnabled(bool(current or earlier))
        self._bundles = [bundle for bundle in (*earlier, *current) if bundle.first.shown]
        if self.plot is not None:
            self.plot.set_bundles(self._bundles)

    def set_unit(self, unit: str | None) -> None:
        """Say what losses are counted in; None where the runs in view differ in that."""
        named = TITLES if unit is not None else (tr("Loss per predicted step"), tr("Loss"))
        self.title.say(*(title.format(unit=unit) for title in named))

    def set_levels(self, levels: list[tuple[float, str]]) -> None:
        """Draw these levels, with their names."""
        if self.plot is not None:
            self.plot.set_levels(levels)

    def set_planned(self, iterations: int) -> None:
        """Leave room for so many iterations."""
        if self.plot is not None:
            self.plot.set_planned(iterations)

    def grow(self) -> None:
        """Draw the curves as far as they have come."""
        if self.plot is not None:
            self.plot.grow()

    def mark(self) -> None:
        """Name what there is to see in the curves."""
        if self.plot is not None:
            self.plot.mark()

    def light(self, id: int | None) -> None:
        """Light one run in plot and legend."""
        self.runs.light(id)
        if self.plot is not None:
            self.plot.light(id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        terse, narrow, no_legend = (self.width() < px(width) for width in (TERSE, NARROW, NO_LEGEND))
        self.runs.set_narrow(narrow, low=self.height() < px(LOW))
        self.log_loss.setText(tr("log y") if terse else tr("log loss"))
        self.log_iterations.setText(tr("log x") if terse else tr("log iterations"))
        self.look.setText("…" if narrow else tr("more …"))
        self._legend.setHidden(no_legend)

    # What is read: at the pointer, else at the line in time, else the newest.

    def set_iteration(self, iteration: int | None) -> None:
        """Read the curves at the iteration that is travelled to; None: nowhere."""
        self._travelled, self._pointed = iteration, None  # what was pointed at on the way to the line is left behind
        self._read()

    def _point_at(self, iteration: float | None) -> None:
        judged = self._judged(iteration) if iteration is not None else None
        self._pointed = iteration if judged is None else judged
        self._read()

    def _judged(self, iteration: float) -> int | None:
        """The iteration of the judgement nearest to another."""
        found = (bundle.nearest(Measure.OPEN_LOSS, iteration) for bundle in self._bundles)
        return next((judged[0] for judged in found if judged is not None), None)

    def _read(self) -> None:
        at = self._travelled if self._pointed is None else self._pointed
        self.runs.set_iteration(at)
        self.read_at.emit(at)
        self.readout.say(*(() if at is None else self._words(max(0, round(at)))))

    def _words(self, at: int) -> Sequence[str]:
        """The iteration that is pointed at; at the line, whose tag says where that is, what other one was judged."""
        if self._pointed is not None:
            return tr("iteration {count}", count=count(at)), tr("iter. {count}", count=count(at))
        judged = self._judged(at)
        return () if judged is None or judged == at else (tr("judged at {count}", count=count(judged)), "")

    # Looks.

    def _fill_menu(self) -> None:
        menu = QMenu(self.look)
        smoothing = menu.addMenu(tr("Smoothing"))
        self.smoothings = {}
        for name, judgements in SMOOTHINGS.items():
            action = smoothing.addAction(name)
            action.setCheckable(True)
            action.setChecked(judgements == 0)
            action.triggered.connect(lambda _=False, j=judgements: self._look(smoothing=j))
            self.smoothings[judgements] = action
        self.mini_batches, self.gap = (
            menu.addAction(tr("Loss of each mini-batch")),
            menu.addAction(tr("Shade exposure bias")),
        )
        for action, field in ((self.mini_batches, "mini_batches"), (self.gap, "exposure_bias")):
            action.setCheckable(True)
            action.setChecked(True)
            action.triggered.connect(lambda on, field=field: self._look(**{field: on}))
        menu.addSeparator()
        self.clear = menu.addAction(tr("Clear the list of runs"))
        self.clear.setToolTip(tr("Take every run out of the list; a note offers to bring them back"))
        self.clear.triggered.connect(self.clear_asked)
        menu.setToolTipsVisible(True)
        menu.addAction(tr("Export the curves …")).triggered.connect(self.export_asked)
        menu.addAction(tr("Export the figure …")).triggered.connect(self._export)
        self.look.setMenu(menu)

    def _export(self) -> None:
        ask_and_save(self, "loss", self.failed.emit, without=(self.log_loss, self.log_iterations, self.look))

    def _look(self, **fields: object) -> None:
        self.show_view(replace(self._view, **fields))
        self.look_asked.emit(fields)

    def show_view(self, view: View) -> None:
        """Draw the curves as this says: axes, smoothing, mini-batches, exposure bias."""
        self._view = view
        for tool, on in ((self.log_loss, view.log_loss), (self.log_iterations, view.log_iterations)):
            tool.setChecked(on)
        for action, on in ((self.mini_batches, view.mini_batches), (self.gap, view.exposure_bias)):
            action.setChecked(on)
        for judgements, action in self.smoothings.items():
            action.setChecked(judgements == view.smoothing)
        self._draw_as_seen()

    def _draw_as_seen(self) -> None:
        if self.plot is None:
            return
        from explorer.ui.training.run_curves import CurveOptions

        view, plot = self._view, self.plot
        options = CurveOptions(view.mini_batches, view.exposure_bias, view.smoothing)
        if options != plot.options:
            plot.set_options(options)
        if (view.log_iterations, view.log_loss) != (plot.x_log, plot.y_log):
            plot.set_log(view.log_iterations, view.log_loss)


def _toggle(text: str, tip: str) -> QToolButton:
    button = tool_button(text, tip)
    button.setAccessibleName(tip)
    button.setCheckable(True)
    return button
