"""Lay out the cards of the panel: curves and a view of the runs side by side; the view's head, pages and scrolling."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from explorer.ui.parts.fields import Choice
from explorer.ui.parts.fitting_label import FittingLabel

if TYPE_CHECKING:
    from explorer.ui.training.loss_card import LossCard
    from explorer.ui.training.run_views import RunViews

GAP = 8


class ViewHead(QWidget):
    """A choice, a subject and a button in one row; a subject for which there is no room there has a row of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.choice, self.subject, self.export = Choice(whole=True), FittingLabel(), QToolButton()
        self.choice.setAccessibleName("View of the runs")
        self.choice.setToolTip("What is shown here, beside the loss: the list says what each view shows")
        self.choice.setMinimumWidth(120)
        self.choice.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.subject.setProperty("role", "muted")
        self.export.setText("export …")
        self.export.setProperty("role", "flat")
        self.export.setToolTip("Save this view as a figure")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self.choice, 0, 0)
        self._grid.addWidget(self.subject, 0, 1)
        self._grid.addWidget(self.export, 0, 2)

    def say(self, subject: str) -> None:
        """Name what the view is of."""
        if subject != self.subject.text():
            self.subject.say(*filter(None, (subject,)))
            self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        beside = self.width() - self.choice.sizeHint().width() - self.export.sizeHint().width() - 2 * GAP
        own_row = self.subject.fontMetrics().horizontalAdvance(self.subject.text()) > beside
        place = (1, 0, 1, 3) if own_row else (0, 1, 1, 1)
        if self._grid.getItemPosition(self._grid.indexOf(self.subject)) != place:
            self._grid.addWidget(self.subject, *place)


USUAL_SHARE, WIDE_SHARE = 1 / 3, 1 / 2
"""How much of the row the view takes, and one that says it is `wide`."""


class Cards(QSplitter):
    """The border between the two can be moved, and then stays until another view is chosen."""

    def __init__(self, losses: "LossCard", views: "RunViews") -> None:
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


class Scrolled(QScrollArea):
    """A view with all the room that there is; only where that is less than its least can it be scrolled."""

    def __init__(self, view: QWidget) -> None:
        super().__init__()
        self._view = view
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(view)
        for part in (view, self.viewport()):
            part.setAutoFillBackground(False)
        self.setProperty("wide", view.property("wide"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Qt's own way would give it the height that it would like for its width.
        self._view.resize(self.viewport().size())  # what it needs depends on its width
        self._view.resize(self.viewport().size().expandedTo(self._view.minimumSizeHint()))
