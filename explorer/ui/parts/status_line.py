"""Say below the window what was just done, or else which keys there are; and whose weights the graph shows."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStatusBar, QWidget

HINT = "Space: next  ·  Shift+Space: back  ·  P: play  ·  F: fold  ·  1 to 4: architecture  ·  F1: all keys"


class StatusLine(QStatusBar):
    """A message on the left, which gives way; the origin of the weights on the right, which does not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message, self.origin = ShortenedLabel(HINT), QLabel()
        self.message.setProperty("role", "muted")
        self.message.setContentsMargins(12, 0, 12, 0)
        self.addWidget(self.message, 1)
        self.addPermanentWidget(self.origin)

    def say(self, sentence: str) -> None:
        """Say what was done, until something else is."""
        self.message.setText(sentence or HINT)


class ShortenedLabel(QLabel):
    """One line that ends in … where there is no room for it; its tool tip has it whole."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @property
    def shortened(self) -> str:
        """What there is room for."""
        room = self.contentsRect().width()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).drawText(self.contentsRect(), int(Qt.AlignmentFlag.AlignVCenter), self.shortened)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            self.setToolTip("" if self.shortened == self.text() else self.text())
        return super().event(event)
