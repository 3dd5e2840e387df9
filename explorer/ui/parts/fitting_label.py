"""Show one line of text: of several ways to say it, the first for which there is room."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip


class FittingLabel(QLabel):
    """The texts go from the one that says most to the shortest, which ends in … only where nothing else helps.

    It takes what room a layout leaves to it, or asks for that of its texts once it has another size policy. Where it
    does not say most, its tool tip does, unless it has another.
    """

    def __init__(self, *texts: str) -> None:
        super().__init__()
        self._texts: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.say(*texts)

    def say(self, *texts: str) -> None:
        """Show one of these, or nothing."""
        self._texts = texts
        self.setText(texts[0] if texts else "")

    @property
    def shown(self) -> str:
        """What there is room for."""
        room, metrics = self.contentsRect().width(), self.fontMetrics()
        fitting = (text for text in self._texts if metrics.horizontalAdvance(text) <= room)
        shortest = self._texts[-1] if self._texts else ""
        return next(fitting, metrics.elidedText(shortest, Qt.TextElideMode.ElideRight, room))

    @property
    def cut(self) -> bool:
        """Whether there is no room for any of the texts."""
        return bool(self._texts) and self.shown not in self._texts

    def minimumSizeHint(self) -> QSize:
        shortest = self.fontMetrics().horizontalAdvance(self._texts[-1]) if self._texts else 0
        around = self.width() - self.contentsRect().width()
        return QSize(shortest + around, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        flags = self.alignment() | Qt.TextFlag.TextSingleLine
        QPainter(self).drawText(self.contentsRect(), int(flags), self.shown)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and not self.toolTip() and self.shown != self.text():
            QToolTip.showText(event.globalPos(), self.text(), self)
            return True
        return super().event(event)
