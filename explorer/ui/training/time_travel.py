"""Travel along a run: the line in the loss plot says of which iteration the weights are looked at."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from explorer.session.runs.bundles import Bundle
from explorer.session.runs.runs import RunRecord
from explorer.ui.training.loss_card import LossCard
from explorer.ui.training.run_views import RunViews

if TYPE_CHECKING:
    from explorer.ui.training.travel_tag import TravelTag


class TimeTravel(QObject):
    """`arrived` carries a RunRecord and an iteration whose weights are kept, `branch_asked` too; `ended` nothing."""

    arrived = Signal(object, int)
    ended = Signal()
    branch_asked = Signal(object, int)

    def __init__(self, losses: LossCard, views: RunViews) -> None:
        super().__init__(losses)
        self._losses, self._views = losses, views
        self.at: tuple[RunRecord, int] | None = None
        self.tag: TravelTag | None = None
        """There once the plot is."""

    def go(self, bundle: Bundle | None, iteration: float) -> None:
        """Look at the kept weights of a run that are nearest to an iteration."""
        found = bundle.first.theta(round(iteration)) if bundle else None
        if bundle is None or found is None:
            return
        plot = self._losses.plot
        if plot is not None and not plot.line.moving:
            plot.place_line(found[0])
        here = (bundle.first, found[0])
        if self.at != here:
            self.at = here
            self._show(found[0])
            self._tag()
            self.arrived.emit(*here)

    def follow(self, bundle: Bundle | None) -> None:
        """Keep the line at the newest iteration until it is taken elsewhere."""
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

    def _show(self, iteration: int | None) -> None:
        for card in (self._losses, self._views):
            card.set_iteration(iteration)

    def _tag(self) -> None:
        """Name the place at the line in time."""
        plot = self._losses.plot
        if self.tag is None and plot is not None:
            from explorer.ui.training.travel_tag import TravelTag

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
