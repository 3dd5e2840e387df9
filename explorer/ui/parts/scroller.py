"""Scroll within a panel: `ScrolledColumn` by the wheel and by Tab, `Scroller` with the keys too."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from explorer.ui.parts.focus_ring import FocusFrame


class BareArea(QScrollArea):
    """An area without a frame or a ground of its own, that Tab passes over. What is in it has all of its width."""

    def __init__(self) -> None:
        super().__init__()
        self.setViewport(QWidget())  # which has no ground; for Qt's own, PySide would make classes of all its widgets
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)

    def setWidget(self, inside: QWidget) -> None:
        super().setWidget(inside)
        inside.setAutoFillBackground(False)  # Qt has turned it on


class ScrolledColumn(BareArea):
    """What is scrolled up and down alone: by the wheel, and by Tab, which brings each control into view."""

    def __init__(self) -> None:
        super().__init__()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


class Scroller(BareArea):
    """Can be reached by Tab while there is more in it than is seen; a frame then shows that the keys scroll it."""

    def __init__(self) -> None:
        super().__init__()
        FocusFrame(self, clicked=True)
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.rangeChanged.connect(self._fit)

    def _fit(self) -> None:
        more = self.horizontalScrollBar().maximum() > 0 or self.verticalScrollBar().maximum() > 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if more else Qt.FocusPolicy.NoFocus)
