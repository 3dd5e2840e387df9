"""Light up what a page speaks of: a ring around nodes, parameters and controls, above the rest of the window."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from explorer.ui.look import theme as themes

RING, AROUND = 2.5, 4.0
"""Width of a ring, and how far it is from what it surrounds, in px."""


class Spotlight(QWidget):
    """Lies over a window and lets every click through; hidden while there is nothing to point at.

    What is to be surrounded is asked for whenever it is painted, in this widget's pixels: a canvas moves its nodes.
    """

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._places: Callable[[], Sequence[QRectF]] = tuple
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        over.installEventFilter(self)
        self.hide()

    def point_at(self, places: Callable[[], Sequence[QRectF]] | None) -> None:
        """Surround what stands at these places; None: nothing."""
        self._places = places or tuple
        self.setVisible(places is not None)
        self._cover()
        self.update()

    @property
    def rings(self) -> list[QRectF]:
        """What is surrounded now."""
        return [place for place in self._places() if not place.isEmpty()]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._cover()
        return False

    def _cover(self) -> None:
        parent = self.parentWidget()
        if parent is not None and self.isVisible():
            self.setGeometry(parent.rect())
            self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), themes.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place in self.rings:
            wide = place.adjusted(-AROUND, -AROUND, AROUND, AROUND)
            ring = wide.intersected(QRectF(self.rect()).adjusted(2, 2, -2, -2))
            for width, colour in ((RING + 3.0, theme.surface), (RING, theme.text)):
                painter.setPen(QPen(colour, width))
                painter.drawRoundedRect(ring, 8, 8)
