"""Frame what the keys have led to, above all else and in the way of nothing: `FocusRing`."""

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from explorer.ui.look import theme as themes

OUTSIDE = 5
"""Pixels from the thing to the outer side of the ring."""
LEAST = 10
"""How wide and high a thing is taken to be at least: far off, a node is narrower than a line."""


def by_key(event: QFocusEvent) -> bool:
    """Whether it was Tab that brought the focus: where the mouse did, one knows where it is."""
    return event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class FocusRing(QWidget):
    """A child of the widget in which something has the keys; that moves it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._around = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def surround(self, rect: QRect) -> None:
        """Stand around a place on the screen; hide if it is empty."""
        wide, high = (OUTSIDE + max(0, LEAST - side) // 2 for side in (rect.width(), rect.height()))
        self.setGeometry(rect.adjusted(-wide, -high, wide, high))
        self.setVisible(not rect.isEmpty())
        self.raise_()

    def fill(self) -> None:
        """Stand around all of the widget."""
        self.setGeometry(self._around.rect())
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for colour, width in ((themes.current().surface, 4.0), (themes.current().forward.line, 2.0)):
            painter.setPen(QPen(colour, width))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 6, 6)


class FocusFrame(QObject):
    """Frames a widget that does not show itself that Tab has led to it; `clicked`: or that a click has.

    `outside`: around it rather than within, for text, which has no room to spare.
    """

    def __init__(self, widget: QWidget, clicked: bool = False, outside: bool = False) -> None:
        super().__init__(widget)
        self._widget, self._clicked, self._outside = widget, clicked, outside
        self._ring = FocusRing(widget)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent):
            if event.gotFocus() and (self._clicked or by_key(event)):
                self._frame()
            else:
                self._ring.hide()
        elif event.type() == QEvent.Type.Hide:
            self._ring.hide()
        elif event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and self._ring.isVisible():
            self._frame()
        return False

    def _frame(self) -> None:
        if self._outside:
            self._ring.setParent(self._widget.parentWidget())
            self._ring.surround(self._widget.geometry())
        else:
            self._ring.fill()
