"""Let the keys point and click in a painted widget as the mouse does: `KeyPointer`."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QToolTip, QWidget

from explorer.ui.look.text_size import factor, rect_on_screen
from explorer.ui.parts.announcing import announce
from explorer.ui.parts.focus_ring import FocusRing, by_key
from explorer.ui.parts.ways import Way, ahead
from explorer.ui.parts.widgets import ancestors

LEADS: dict[int, Way] = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
}
CLICKS = Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space


class KeyPointer(QObject):
    """Arrows lead from one of `places`, in px as the widget paints, to the next; Return or Space clicks in its middle.

    What the widget says where the mouse points, it says here too, and aloud.
    """

    def __init__(self, widget: QWidget, places: Callable[[], Sequence[QRectF]]) -> None:
        super().__init__(widget)
        self._widget, self._places = widget, places
        self._ring = FocusRing(widget)
        self._at: int | None = None
        widget.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event:
            case QKeyEvent() if event.type() == QEvent.Type.ShortcutOverride and event.key() in (*LEADS, *CLICKS):
                event.accept()
                return True
            case QKeyEvent() if event.type() == QEvent.Type.KeyPress:
                return self._take(Qt.Key(event.key()))
            case QFocusEvent() if event.gotFocus() and by_key(event):
                self._surround()
            case QFocusEvent():
                self._ring.surround(QRect())
                QToolTip.hideText()
        if event.type() == QEvent.Type.Resize and self._ring.isVisible():
            self._surround()
        return False

    def _take(self, key: Qt.Key) -> bool:
        """Do what a key asks for; False if that is nothing."""
        places = self._places()
        if key in CLICKS and self._at is not None and self._at < len(places):
            self._send(QEvent.Type.MouseButtonPress, places[self._at].center())
            self._send(QEvent.Type.MouseButtonRelease, places[self._at].center())
            self._surround()
            return True
        if key not in LEADS:
            return False
        here = places[self._at] if self._at is not None and self._at < len(places) else None
        found = ahead(places, here, LEADS[key]) if here is not None else (0 if places else None)
        if found is not None:
            self._at = found
            self._surround()
            self._point(places[found].center())
        return True

    def _point(self, at: QPointF) -> None:
        """Show and say what is told where the mouse is there."""
        QToolTip.hideText()
        self._send(QEvent.Type.MouseMove, at)
        if self._widget.toolTip():
            QToolTip.showText(self._widget.mapToGlobal(at * factor()).toPoint(), self._widget.toolTip(), self._widget)
        announce(self._widget, self._widget.toolTip() or QToolTip.text())

    def _send(self, kind: QEvent.Type, at: QPointF) -> None:
        moves = kind == QEvent.Type.MouseMove
        button = Qt.MouseButton.NoButton if moves else Qt.MouseButton.LeftButton
        here = at * factor()
        event = QMouseEvent(kind, here, self._widget.mapToGlobal(here), button, button, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self._widget, event)

    def _surround(self) -> None:
        """Frame the place, or all of the widget before there is one, and bring it into sight."""
        places = self._places()
        if self._at is not None and self._at < len(places):
            self._ring.surround(rect_on_screen(places[self._at]))
        else:
            self._ring.fill()
        area = next((around for around in ancestors(self._widget) if isinstance(around, QScrollArea)), None)
        if area is not None:
            area.ensureWidgetVisible(self._ring, 4, 4)
