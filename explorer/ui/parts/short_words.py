"""Show running text in a few lines where there is little height; a tool tip then says all of it."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip

from explorer.ui.parts.widgets import Words


class ShortWords(Words):
    """Text that wraps, in at most so many lines, of which the last then ends in …; None: in as many as it needs."""

    def __init__(self) -> None:
        super().__init__()
        self._most: int | None = None

    def set_most(self, lines: int | None) -> None:
        """Take so many lines at most."""
        if lines != self._most:
            self._most = lines
            self.updateGeometry()
            self.update()

    def lines(self, width: int) -> list[str]:
        """The text as it is broken at this width, in px."""
        metrics, found = self.fontMetrics(), [""]
        for word in self.text().split():
            longer = f"{found[-1]} {word}".strip()
            if found[-1] and metrics.horizontalAdvance(longer) > width:
                found.append(word)
            else:
                found[-1] = longer
        return found

    @property
    def cut(self) -> bool:
        """Whether some of the text is left out."""
        return self._most is not None and len(self.lines(self.contentsRect().width())) > self._most

    def heightForWidth(self, width: int) -> int:
        needed = super().heightForWidth(width)
        return needed if self._most is None else min(needed, self._highest)

    @property
    def _highest(self) -> int:
        return self.fontMetrics().lineSpacing() * (self._most or 1)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return hint if self._most is None else QSize(hint.width(), min(hint.height(), self._highest))

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return hint if self._most is None else QSize(hint.width(), min(hint.height(), self._highest))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.cut:
            super().paintEvent(event)
            return
        assert self._most is not None
        area, metrics = self.contentsRect(), self.fontMetrics()
        lines = self.lines(area.width())
        shown = [*lines[: self._most - 1], " ".join(lines[self._most - 1 :])]
        painter = QPainter(self)
        y = area.top() + (area.height() - metrics.lineSpacing() * len(shown)) / 2 + metrics.ascent()
        for line in shown:
            text = metrics.elidedText(line, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(area.left(), round(y), text)
            y += metrics.lineSpacing()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and self.cut:
            QToolTip.showText(event.globalPos(), "\n".join(self.lines(480)), self)
            return True
        return super().event(event)
