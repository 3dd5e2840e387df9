"""Travel along a run: the line in the loss plot says of which iteration the weights are shown, its tag leads back."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRect, Signal
from PySide6.QtWidgets import QFrame, QLabel

from explorer.language import tr
from explorer.session.runs.bundles import Bundle
from explorer.session.runs.runs import RunRecord
from explorer.ui.look.fonts import ui_font
from explorer.ui.look.text_size import scaled
from explorer.ui.parts.widgets import in_row, styled, tool_button
from explorer.ui.training.loss_card import LossCard
from explorer.ui.training.run_views import RunViews
from explorer.ui.typography.numbers import count

if TYPE_CHECKING:
    from explorer.ui.training.loss_plot import CurvePlot


AWAY = 9
"""Pixels between the line and the tag."""
NARROW = 420
"""Width of a plot, in px, below which the tag says less."""


_LOW = "QToolButton { padding: 0 4px; border-width: 1px } QToolButton:focus { padding: 0 4px; border-width: 1px }"


class TravelTag(QFrame):
    """Lies on a plot beside its line in time, on the side that has room."""

    branch_asked = Signal()
    closed = Signal()

    def __init__(self, plot: "CurvePlot") -> None:
        super().__init__(plot)
        self._plot = plot
        self.setProperty("role", "card")
        self.label = styled(QLabel(), font=ui_font(11))
        tip = tr("Train another run from these weights, with other settings")
        self.branch = tool_button(tr("branch from here …"), tip, clicked=self.branch_asked)
        self.back = tool_button("✕", tr("Come back to the weights that were there before"), "sign", self.closed)
        for button in (self.branch, self.back):
            scaled(button.setFont, ui_font(11))
            scaled(button.setStyleSheet, _LOW)
        in_row(2, self.label, self.branch, self.back, on=self, margins=(7, 0, 1, 0))
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
            self.label.setText(
                tr("iter. {count}", count=count(iteration))
                if narrow
                else tr("iteration {count}", count=count(iteration))
            )
            self.branch.setText(tr("branch …") if narrow else tr("branch from here …"))
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


class TimeTravel(QObject):
    """`arrived` carries a RunRecord and an iteration whose weights are kept, `branch_asked` too; `ended` nothing."""

    arrived = Signal(object, int)
    ended = Signal()
    branch_asked = Signal(object, int)

    def __init__(self, losses: LossCard, views: RunViews) -> None:
        super().__init__(losses)
        self._losses, self._views = losses, views
        self.at: tuple[RunRecord, int] | None = None
        self._bundle: Bundle | None = None
        """That which the line follows."""
        self.tag: TravelTag | None = None
        """There once the plot is."""

    def go(self, bundle: Bundle | None, iteration: float) -> None:
        """Look at the kept weights of a run that are nearest to an iteration."""
        found = bundle.first.theta(round(iteration)) if bundle else None
        if bundle is None or found is None:
            return
        if self.show_at(bundle.first, found[0]):
            self.arrived.emit(bundle.first, found[0])

    def show_at(self, run: RunRecord, iteration: int) -> bool:
        """Be at an iteration whose weights are kept; tell whether that is a change."""
        changes = self.at != (run, iteration)
        self.at = (run, iteration)
        plot = self._losses.plot
        if plot is not None and not plot.line.moving:
            plot.place_line(iteration)
        if changes:
            self._show(iteration)
            self._tag()
        return changes

    def mark(self) -> None:
        """Name the place in a plot that has just been made."""
        if self.at is not None:
            self.show_at(*self.at)
            self._tag()

    def follow(self, bundle: Bundle | None) -> None:
        """Keep the line at the newest iteration until it is taken elsewhere."""
        self._bundle = bundle
        plot = self._losses.plot
        if plot is not None:
            plot.line.setVisible(bundle is not None and bool(bundle.first.kept))
            if bundle is not None and self.at is None:
                plot.place_line(bundle.first.iteration)

    def end(self) -> None:
        """Come back from wherever this led."""
        if self.at is not None:
            self.leave()
            self.ended.emit()

    def leave(self) -> None:
        """Let the line follow the newest iteration again; what the graph shows stays."""
        if self.at is not None:
            self.at = None
            self._show(None)
            self._tag()
            self.follow(self._bundle)

    def _show(self, iteration: int | None) -> None:
        for card in (self._losses, self._views):
            card.set_iteration(iteration)

    def _tag(self) -> None:
        """Name the place at the line in time."""
        plot = self._losses.plot
        if self.tag is None and plot is not None:
            self.tag = TravelTag(plot)
            self.tag.closed.connect(self.end)
            self.tag.branch_asked.connect(self._ask_branch)
        if plot is not None:
            plot.set_travelling(self.at is not None)
        if self.tag is not None:
            self.tag.show_at(self.at[1] if self.at else None)

    def _ask_branch(self) -> None:
        if self.at is not None:
            self.branch_asked.emit(*self.at)
