"""Turn the pages of views, and scroll one that has not the room that it needs."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from explorer.ui.parts.scroller import Scroller

LEAST_PAGE = 92
"""Height of a page, in px."""


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
        self.setWidgetResizable(False)
        self.setWidget(view)
        for said in ("wide", "needs"):
            self.setProperty(said, view.property(said))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Qt's own way would give it the height that it would like for its width.
        self._view.resize(self.viewport().size())  # what it needs depends on its width
        self._view.resize(self.viewport().size().expandedTo(self._view.minimumSizeHint()))
