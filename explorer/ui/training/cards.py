"""Lay out the cards of the panel: curves and a view of the runs side by side."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from explorer.ui.parts.widgets import in_column
from explorer.ui.training.loss_card import LossCard
from explorer.ui.training.run_views import RunViews

USUAL_SHARE, WIDE_SHARE, WIDE_NEEDS = 0.42, 0.55, 482
"""How much of the row the view takes, and one that says it is `wide`, which needs so many px to be seen whole.

One that only `needs` those is no wider than others where there is room, so that the tabs above stay where they are.
"""


class Cards(QSplitter):
    """The border between the two can be moved, and then stays until another view is chosen."""

    def __init__(self, losses: LossCard, views: RunViews) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._losses, self._views, self._moved = losses, views, False
        self.setHandleWidth(8)
        self.setChildrenCollapsible(False)
        self.setStyleSheet("QSplitter::handle { background: transparent }")
        self.addWidget(losses)
        self.addWidget(views)
        self.splitterMoved.connect(self._keep)
        views.turned.connect(self.share)

    def share(self) -> None:
        """Give the view that is looked at what it needs."""
        self._moved = False
        view = self._views.stack.currentWidget()
        wide, needs = (view is not None and bool(view.property(said)) for said in ("wide", "needs"))
        room = self.width() - self.handleWidth()
        wanted = max(room * (WIDE_SHARE if wide else USUAL_SHARE), WIDE_NEEDS if wide or needs else 0)
        least, most = self._views.minimumSizeHint().width(), room - self._losses.minimumWidth()
        views = round(max(least, min(wanted, most)))
        self.setSizes([room - views, views])

    def _keep(self) -> None:
        self._moved = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._moved:
            self.share()


def below(head: QWidget, cards: Cards) -> QWidget:
    """The cards with a line above them."""
    body = QWidget()
    in_column(4, head, (cards, 1), on=body)
    return body
