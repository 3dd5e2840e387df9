"""Show a few sentences: of several ways to say them, the first for which there is room, width and height."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from explorer.ui.parts.widgets import Words


class FittingWords(Words):
    """It takes what height a layout leaves to it; where it does not say most, its tool tip does."""

    def __init__(self) -> None:
        super().__init__()
        self._texts: tuple[str, ...] = ("",)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)

    def say_most(self, *texts: str) -> None:
        """Say one of these, which go from the one that says most to the shortest."""
        self._texts = texts
        self._fit()

    def _fit(self) -> None:
        text = next(filter(self._has_room, self._texts), self._texts[-1])
        if text != self.text():
            self.setText(text)
        self.setToolTip(self._texts[0] if text != self._texts[0] else "")

    def _has_room(self, text: str) -> bool:
        flags = int(Qt.TextFlag.TextWordWrap)
        needed = self.fontMetrics().boundingRect(QRect(0, 0, self.width(), 10_000), flags, text)
        return needed.height() <= self.height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)
