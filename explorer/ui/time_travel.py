"""Travel along a run: the line in the loss plot says of which iteration the weights are looked at."""

from PySide6.QtCore import QObject, Signal

from explorer.session.bundles import Bundle
from explorer.session.runs import RunRecord
from explorer.ui.loss_card import LossCard
from explorer.ui.run_views import RunViews


class TimeTravel(QObject):
    """`arrived` carries a RunRecord and an iteration whose weights are kept; `ended` nothing."""

    arrived = Signal(object, int)
    ended = Signal()

    def __init__(self, losses: LossCard, views: RunViews) -> None:
        super().__init__(losses)
        self._losses, self._views = losses, views
        self.at: tuple[RunRecord, int] | None = None

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
            self._views.set_iteration(found[0])
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
            self.at = None
            self._views.set_iteration(None)
            self.ended.emit()
