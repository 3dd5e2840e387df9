"""Say one thing in a line: what happened, and a button that mends it; it stays as long as one needs to read it.

What has such a button is still needed: another note covers it, and it is back once that is gone. What closing it does
something beside stays until it is closed.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton

from explorer.ui.look.fonts import ui_font

Remedy = tuple[str, Callable[[], None]]
NOTICED_MS, LETTER_MS, DECIDED_MS = 4000, 70, 8000
"""How long it takes to notice a note, to read a letter of it, and to decide whether to press its button."""


class NoticeBar(QFrame):
    """Hidden while there is nothing to say. `gone` carries a sentence that went by itself, to be kept elsewhere.

    While it is pointed at, it stays.
    """

    gone = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "note")
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setFont(ui_font(12))
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.remedy = QPushButton()
        self.closer = QToolButton()
        self.closer.setText("✕")
        self.closer.setProperty("role", "sign")
        self.closer.clicked.connect(self._close)
        self.remedy.clicked.connect(self._mend)
        self._leaving = QTimer(self, singleShot=True)
        self._leaving.timeout.connect(self._leave)
        self._said: tuple[str, Remedy | None, Remedy | None] = "", None, None
        self._covered: list[tuple[str, Remedy | None, Remedy | None]] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 1, 4, 1)
        row.addWidget(self.text, 1)
        row.addWidget(self.remedy)
        row.addWidget(self.closer)
        self.hide()

    def say(self, text: str, remedy: Remedy | None = None, *, closing: Remedy | None = None) -> None:
        """Show a sentence, with a button or without; `closing`: what closing it does beside, in words."""
        if self.isHidden():
            self._covered = []
        elif self._said[1] is not None and text != self._said[0]:
            self._covered.append(self._said)
        self._show(text, remedy, closing)

    def _show(self, text: str, remedy: Remedy | None, closing: Remedy | None) -> None:
        self._said = text, remedy, closing
        self.closer.setToolTip(closing[0] if closing else "Close this note")
        self.text.setText(text)
        self.remedy.setVisible(remedy is not None)
        if remedy is not None:
            self.remedy.setText(remedy[0])
        self.show()
        self._wait()

    def _wait(self) -> None:
        """Stay for as long as it takes to read this."""
        text, remedy, closing = self._said
        if closing is None:
            self._leaving.start(NOTICED_MS + LETTER_MS * len(text) + (DECIDED_MS if remedy else 0))
        else:
            self._leaving.stop()

    def _leave(self) -> None:
        text = self._said[0]
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
            self._show(*self._covered.pop())
        else:
            self.hide()

    def _close(self) -> None:
        _, _, closing = self._said
        self._uncover()
        if closing is not None:
            closing[1]()

    def _mend(self) -> None:
        _, remedy, _ = self._said
        self._uncover()
        if remedy is not None:
            remedy[1]()
