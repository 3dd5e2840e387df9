"""A picture that says what there is under the pointer: `Painted`."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget

from explorer.ui.look.text_size import pointer_at, scaled, sized

Size = tuple[int, int]


class Painted(QWidget):
    """At least as large as `least`, and `usual` where there is room, in px. A subclass says in `told` what is where."""

    cursor_elsewhere = Qt.CursorShape.ArrowCursor
    """The pointer's shape where there is nothing to click."""

    def __init__(self, least: Size, usual: Size) -> None:
        super().__init__()
        scaled(self.setMinimumSize, *least)
        self._usual = usual
        self.setMouseTracking(True)

    def told(self, point: QPointF) -> str:
        """What there is at a place, in px as it is painted; "" where there is nothing."""
        raise NotImplementedError

    def clickable(self, point: QPointF) -> bool:
        """Whether a click there does something."""
        return False

    def sizeHint(self) -> QSize:
        return sized(*self._usual)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = pointer_at(event)
        self.setCursor(Qt.CursorShape.PointingHandCursor if self.clickable(point) else self.cursor_elsewhere)
        QToolTip.showText(event.globalPosition().toPoint(), self.told(point), self)
