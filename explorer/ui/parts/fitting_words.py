"""Show a few sentences: of several ways to say them, the first for which there is room, width and height."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from explorer.ui.parts.widgets import Words


class FittingWords(Words):
    """It asks for the height of the shortest, and takes what a layout leaves to it.

    Where it does not say most, its tool tip does.
    """

    def __init__(self) -> None:
        super().__init__()
        self._texts: tuple[str, ...] = ("",)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)

    def say_most(self, *texts: str) -> None:
        """Say one of these, which go from the one that says most to the shortest."""
        if texts != self._texts:
            self._texts = texts
            self.updateGeometry()
        self._fit()

    def _fit(self) -> None:
        text = next(filter(self._has_room, self._texts), self._texts[-1])
        if text != self.text():
            self.setText(text)
        self.setToolTip(self._texts[0] if text != self._texts[0] else "")

    def heightForWidth(self, width: int) -> int:
        return self._height(self._texts[-1], width)

    def _has_room(self, text: str) -> bool:
        return self._height(text, self.width()) <= self.height()

    def _height(self, text: str, width: int) -> int:
        flags = int(Qt.TextFlag.TextWordWrap)
        return self.fontMetrics().boundingRect(QRect(0, 0, width, 10_000), flags, text).height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)
