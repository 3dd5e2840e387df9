"""Frame what the keys have led to in the drawing, above all else and in the way of nothing: `FocusRing`."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from explorer.ui.look import theme

OUTSIDE = 5
"""Pixels from the thing to the outer side of the ring."""
LEAST = 10.0
"""How wide and high a thing is taken to be at least: far off, a node is narrower than a line."""


class FocusRing(QWidget):
    """A child of the drawing, which moves it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def surround(self, rect: QRectF) -> None:
        """Stand around a place; hide if it is empty."""
        wide, high = max(0.0, LEAST - rect.width()) / 2, max(0.0, LEAST - rect.height()) / 2
        self.setGeometry(
            rect.adjusted(-wide, -high, wide, high).toAlignedRect().adjusted(-OUTSIDE, -OUTSIDE, OUTSIDE, OUTSIDE)
        )
        self.setVisible(not rect.isEmpty())
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for colour, width in ((theme.current().surface, 4.0), (theme.current().forward.line, 2.0)):
            painter.setPen(QPen(colour, width))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 6, 6)
