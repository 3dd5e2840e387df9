"""Lay out the cards of the panel: curves and a view of the runs side by side; the pages of views, and scrolling."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from explorer.ui.parts.scroller import Scroller
from explorer.ui.parts.widgets import tight

if TYPE_CHECKING:
    from explorer.ui.training.loss_card import LossCard
    from explorer.ui.training.run_views import RunViews

USUAL_SHARE, WIDE_SHARE, WIDE_NEEDS = 0.42, 0.55, 482
"""How much of the row the view takes, and one that says it is `wide`, which needs so many px to be seen whole.

One that only `needs` those is no wider than others where there is room, so that the tabs above stay where they are.
"""


class Cards(QSplitter):
    """The border between the two can be moved, and then stays until another view is chosen."""

    def __init__(self, losses: "LossCard", views: "RunViews") -> None:
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
    column = tight(QVBoxLayout(body), 4)
    column.addWidget(head)
    column.addWidget(cards, 1)
    return body


LEAST_PAGE = 92


class Pages(QStackedWidget):
    """Asks for the least height that the page on top needs: Qt's own would take that of the neediest from the graph."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        page, least = self.currentWidget(), super().minimumSizeHint()
        if page is not None:
            least.setHeight(max(LEAST_PAGE, page.minimumHeight(), page.minimumSizeHint().height()))
        return least


class Scrolled(Scroller):
    """A view with all the room that there is; only where that is less than its least can it be scrolled."""

    def __init__(self, view: QWidget) -> None:
        super().__init__()
        self._view = view
        self.setWidget(view)
        for part in (view, self.viewport()):
            part.setAutoFillBackground(False)
        for said in ("wide", "needs"):
            self.setProperty(said, view.property(said))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Qt's own way would give it the height that it would like for its width.
        self._view.resize(self.viewport().size())  # what it needs depends on its width
        self._view.resize(self.viewport().size().expandedTo(self._view.minimumSizeHint()))
