"""Show one line of text: of several ways to say it, the first for which there is room."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.ui.drawing.sheet import text_width
from explorer.ui.look import theme as themes
from explorer.ui.typography.text import paint_text

SIZE = 12
WEIGHT = QFont.Weight.DemiBold


class FittingLine(QWidget):
    """The texts go from the one that says most to the shortest, which is made smaller if it must."""

    def __init__(self) -> None:
        super().__init__()
        self._texts: Sequence[str] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_texts(self, texts: Sequence[str]) -> None:
        """Show one of these, or nothing."""
        self._texts = tuple(texts)
        self.setAccessibleName(texts[0] if texts else "")
        self.update()

    @property
    def text(self) -> str:
        """What there is room for."""
        fitting = (text for text in self._texts if text_width(text, SIZE, WEIGHT) <= self.width())
        return next(fitting, self._texts[-1] if self._texts else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_text(painter, QRectF(self.rect()), self.text, SIZE, themes.current().text, weight=WEIGHT, fit=True)

    def sizeHint(self) -> QSize:
        return QSize(100, 18)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
