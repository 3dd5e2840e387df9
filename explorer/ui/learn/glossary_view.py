"""View of the glossary: a field that filters, the terms, and what is said of the one that is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QWidget

from explorer.language import tr
from explorer.lessons.glossary import GlossaryEntry, matching
from explorer.ui.look.text_size import px, sized
from explorer.ui.parts.cited import CitedLabel
from explorer.ui.parts.widgets import Words, in_column, show_text

WIDTH, HEIGHT = 330, 520
STEPS = {
    Qt.Key.Key_Up.value: -1,
    Qt.Key.Key_Down.value: 1,
    Qt.Key.Key_PageUp.value: -10,
    Qt.Key.Key_PageDown.value: 10,
}
"""How far a key leads through the list while one types."""


class GlossaryView(QDialog):
    """`chosen` carries the entry that is to light up in the graph; `closed` tells that none is any more."""

    chosen = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Glossary"))
        self.words, self.list = QLineEdit(), QListWidget()
        self.words.setPlaceholderText(tr("Find a term"))
        self.words.setAccessibleName(tr("Find a term"))
        self.words.setToolTip(tr("Type words of a term, or of what is said of it; arrows choose"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self._filter)
        self.words.installEventFilter(self)
        self.list.setAccessibleName(tr("Terms of the chapter"))
        self.list.setToolTip(tr("Choose a term: what it means lights up in the graph"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._turn)
        self.says, self.lights, self.section = Words(role="text"), Words(role="muted"), CitedLabel()
        in_column(None, self.words, (self.list, 1), self.says, self.lights, self.section, on=self, margins=None)
        self._entries: Sequence[GlossaryEntry] = ()
        self.resize(sized(WIDTH, HEIGHT))
        self._filter("")

    @property
    def entry(self) -> GlossaryEntry | None:
        """The entry that is chosen."""
        row = self.list.currentRow()
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def say_lit(self, sentence: str) -> None:
        """Say what lights up, or that there is nothing of it."""
        self.lights.setText(sentence)

    def open_over(self, place: QRect) -> None:
        """Open over a rectangle of the screen, as high as that, with the keyboard in the field."""
        if not self.isVisible():
            self.resize(max(px(WIDTH), place.width()), max(px(HEIGHT) // 2, min(px(HEIGHT), place.height())))
            room = self.screen().availableGeometry()
            at = place.topRight() - QPoint(self.width() - 1, 0)
            self.move(max(room.left(), at.x()), max(room.top(), at.y()))
        self.show()
        self.raise_()
        self.activateWindow()
        self.words.setFocus()
        self.words.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in STEPS:
            row = self.list.currentRow() + STEPS[event.key()]
            self.list.setCurrentRow(max(0, min(row, self.list.count() - 1)))
            return True
        return super().eventFilter(watched, event)

    def reject(self) -> None:
        super().reject()
        self.closed.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    def _filter(self, words: str) -> None:
        self._entries = matching(words)
        with QSignalBlocker(self.list):
            self.list.clear()
            self.list.addItems([entry.term for entry in self._entries])
            if words and self._entries:
                self.list.setCurrentRow(0)
        self._turn()

    def _turn(self) -> None:
        entry = self.entry
        nothing = "" if self._entries else tr("No term of the chapter has these words.")
        show_text(self.says, entry.says if entry is not None else nothing)
        self.section.cite(f"section {entry.section}" if entry is not None else "")
        self.say_lit("")
        self.chosen.emit(entry)
