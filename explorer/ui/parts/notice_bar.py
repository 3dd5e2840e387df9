"""Say one thing in a line: what happened, and a button that mends it; it stays as long as one needs to read it.

What has such a button is still needed: another note covers it, and it is back once that is gone. What closing it does
something beside stays until it is closed.
"""

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy

from explorer.language import tr
from explorer.ui.look.fonts import ui_font
from explorer.ui.parts.announcing import announce
from explorer.ui.parts.short_words import ShortWords
from explorer.ui.parts.widgets import in_row, styled, tool_button

Remedy = tuple[str, Callable[[], None]]
NOTICED_MS, LETTER_MS, DECIDED_MS = 4000, 70, 8000
"""How long it takes to notice a note, to read a letter of it, and to decide whether to press its button."""


class Note(Struct, frozen=True):
    """What is said. `closing`: what closing it does beside, in words.

    One that is `lasting` no change takes away; one that is `brief` goes as soon as what it covers is asked for.
    """

    text: str
    remedy: Remedy | None = None
    closing: Remedy | None = None
    lasting: bool = False
    brief: bool = False


class NoticeBar(QFrame):
    """Hidden while there is nothing to say. `gone` carries a sentence that went by itself, to be kept elsewhere.

    While it is pointed at, it stays.
    """

    gone = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "note")
        self.text = styled(ShortWords(), "text", ui_font(12))
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.remedy = QPushButton()
        self.remedy.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.closer = tool_button("✕", "", "sign", self._close)
        self.remedy.clicked.connect(self._mend)
        self._leaving = QTimer(self, singleShot=True)
        self._leaving.timeout.connect(self._leave)
        self._said = Note("")
        self._covered: list[Note] = []
        in_row(None, (self.text, 1), self.remedy, self.closer, on=self, margins=(10, 1, 4, 1))
        self.hide()

    def say(
        self,
        text: str,
        remedy: Remedy | None = None,
        *,
        closing: Remedy | None = None,
        lasting: bool = False,
        brief: bool = False,
    ) -> None:
        """Show a sentence, with a button or without; see `Note`."""
        if self.isHidden():
            self._covered = []
        elif self._said.remedy is not None and text != self._said.text:
            self._covered.append(self._said)
        self._show(Note(text, remedy, closing, lasting, brief))

    def pass_on(self) -> None:
        """Take away what was said before a change, but not what is lasting."""
        said = [] if self.isHidden() else [*self._covered, self._said]
        self._covered = [note for note in said if note.lasting]
        self._uncover()

    def step_aside(self) -> None:
        """Let what is brief go: there is a step, or a talk begins."""
        if not self.isHidden() and self._said.brief:
            self._leave()

    def _show(self, note: Note) -> None:
        self._said = note
        self.closer.setToolTip(note.closing[0] if note.closing else tr("Close this note"))
        self.text.setText(note.text)
        self.remedy.setVisible(note.remedy is not None)
        if note.remedy is not None:
            self.remedy.setText(note.remedy[0])
            self.remedy.setToolTip(tr("Mend what the note says, or take it back"))
        self.show()
        announce(self, note.text)
        self._wait()

    def _wait(self) -> None:
        """Stay for as long as it takes to read this."""
        said = self._said
        if said.closing is None:
            self._leaving.start(NOTICED_MS + LETTER_MS * len(said.text) + (DECIDED_MS if said.remedy else 0))
        else:
            self._leaving.stop()

    def _leave(self) -> None:
        text = self._said.text
        self._uncover()
        self.gone.emit(text)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._wait()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._leaving.stop()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._leaving.stop()

    def leaveEvent(self, event: QEvent) -> None:
        self._wait()

    def _uncover(self) -> None:
        """Take this note away, and show the one that it covers."""
        if self._covered:
            self._show(self._covered.pop())
        else:
            self.hide()

    def _close(self) -> None:
        closing = self._said.closing
        self._uncover()
        if closing is not None:
            closing[1]()

    def _mend(self) -> None:
        remedy = self._said.remedy
        self._uncover()
        if remedy is not None:
            remedy[1]()
