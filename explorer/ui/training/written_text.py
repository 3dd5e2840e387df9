"""Show what a network writes: the prompt, then its own characters, each in a cell of its own as on a typewriter."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QGuiApplication, QKeyEvent, QKeySequence, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.language import tr
from explorer.tasks.alphabet import visible_name
from explorer.ui.look import theme as themes
from explorer.ui.look.fonts import number_font
from explorer.ui.look.text_size import own_rect, painter_on, scaled, sized
from explorer.ui.typography.text import paint_instead

CELL, ROW = 9.5, 19.0
MARGIN = 4.0
HINT = tr("A network that learns a text writes here. Choose the task Next symbol, then press Run.")
READY = tr("Press Run: as it learns the text, the network writes here.")
"""What is said instead where that task is chosen."""


class WrittenText(QWidget):
    """Cells in rows, as many in each as there is room for; Ctrl+C copies prompt and text."""

    def __init__(self) -> None:
        super().__init__()
        self._prompt = self._text = ""
        self._instead = HINT
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(tr("What the network writes"))
        self.setAccessibleDescription(HINT)

    def write(self, prompt: str, text: str) -> None:
        """Show a prompt and what follows it."""
        if (prompt, text, "") != (self._prompt, self._text, self._instead):
            self._prompt, self._text, self._instead = prompt, text, ""
            self.setAccessibleDescription(prompt + text)
            self._make_room()

    def say(self, sentence: str) -> None:
        """Show a sentence instead."""
        self._instead = sentence
        self.setAccessibleDescription(sentence)
        self._make_room()

    def placed(self) -> list[tuple[QRectF, str, bool]]:
        """Each character's cell, as it is seen, and whether the network wrote it; a line end goes to a new row."""
        columns = max(1, int((own_rect(self).width() - 2 * MARGIN) / CELL))
        found, row, column = [], 0, 0
        for place, character in enumerate(self._prompt + self._text):
            if column == columns:
                row, column = row + 1, 0
            rect = QRectF(MARGIN + column * CELL, MARGIN + row * ROW, CELL, ROW)
            found.append((rect, visible_name(character) if character != " " else " ", place >= len(self._prompt)))
            row, column = (row + 1, 0) if character == "\n" else (row, column + 1)
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = painter_on(self), themes.current()
        if self._instead:
            paint_instead(painter, own_rect(self).adjusted(8, 0, -8, 0), self._instead)
            return
        themes.draw_with(painter, None, theme.target.soft)
        cells = self.placed()
        for rect, _, written in cells:
            if not written:
                painter.drawRect(rect)
        for rect, character, written in cells:
            painter.setPen(theme.text if written else theme.target.text)
            # A stand-in such as U+0007 has several letters.
            size = 13 if len(character) == 1 else 13 / (0.8 * len(character))
            painter.setFont(number_font(max(5, size), QFont.Weight.Medium))
            painter.drawText(rect.adjusted(-2, 0, 2, 0), Qt.AlignmentFlag.AlignCenter, character)

    def sizeHint(self) -> QSize:
        return sized(200, 60)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self._prompt + self._text)
        else:
            super().keyPressEvent(event)

    def _make_room(self) -> None:
        cells = [] if self._instead else self.placed()
        scaled(self.setMinimumHeight, round(cells[-1][0].bottom() + MARGIN) if cells else 0)
        self.update()
