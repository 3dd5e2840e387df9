"""A line to type into: what is refused stays, marked, so that it can be mended; Escape brings back what was there."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from explorer.ui.parts.widgets import restyle

LONGEST = 200
"""Characters that a line shows unless it must show more: it would freeze at megabytes."""


class TypedLine(QLineEdit):
    """`typed` asks for a text once it is typed whole; `taken` tells afterwards whether it was taken on."""

    typed = Signal(str)
    marked = Signal(bool)
    """Whether what stands here was refused."""

    def __init__(self, taken: Callable[[str], bool], longest: int = LONGEST) -> None:
        super().__init__()
        self._taken, self._longest, self._in_use = taken, longest, ""
        self._refused: str | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(False)  # a file that is dropped is for the window
        self.editingFinished.connect(self._ask)

    def show_text(self, text: str) -> None:
        """Show the text in use, unless another is being typed or waits to be mended."""
        self._in_use = text
        if not self.isModified() and self.text() != text[: self._longest]:
            self.setText(text[: self._longest])
            self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self.setModified(False)
            self.show_text(self._in_use)
            self.mark()
        super().keyPressEvent(event)

    def _ask(self) -> None:
        text = self.text()
        if not self.isModified() or text == self._refused:
            return
        self.typed.emit(text)
        refused = not self._taken(text)
        self._refused = text if refused else None
        self.setModified(refused)
        if not refused:
            self.show_text(self._in_use)
        self.mark()

    def mark(self) -> None:
        """Mark a text that was refused, or no longer."""
        refused = self.isModified() and self.text() == self._refused
        restyle(self._field, "invalid", refused)
        self.marked.emit(refused)

    @property
    def _field(self) -> QWidget:
        """What has the border: the box that this is the line of, if it is in one."""
        parent = self.parentWidget()
        return parent if isinstance(parent, QComboBox) else self
