"""Put the curves and a view of the runs side by side."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter

from explorer.ui.training.loss_card import LossCard
from explorer.ui.training.run_views import RunViews

USUAL_SHARE, WIDE_SHARE = 1 / 3, 1 / 2
"""How much of the row the view takes, and one that says it is `wide`."""


class Cards(QSplitter):
    """The border between the two can be moved, and then stays until another view is chosen."""

    def __init__(self, losses: LossCard, views: RunViews) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._views, self._moved = views, False
        self.setHandleWidth(8)
        self.setChildrenCollapsible(False)
        self.setStyleSheet("QSplitter::handle { background: transparent }")
        self.addWidget(losses)
        self.addWidget(views)
        self.splitterMoved.connect(self._keep)
        views.choice.currentIndexChanged.connect(self.share)

    def share(self) -> None:
        """Give the view that is looked at what it needs."""
        self._moved = False
        view = self._views.stack.currentWidget()
        share = WIDE_SHARE if view is not None and view.property("wide") else USUAL_SHARE
        self.setSizes([round(self.width() * (1 - share)), round(self.width() * share)])

    def _keep(self) -> None:
        self._moved = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._moved:
            self.share()
