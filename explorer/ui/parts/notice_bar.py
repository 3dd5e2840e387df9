"""Say one thing in a line: what happened, and a button that mends it; it stays until closed or replaced."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton

from explorer.ui.look.fonts import ui_font

Remedy = tuple[str, Callable[[], None]]


class NoticeBar(QFrame):
    """Hidden while there is nothing to say."""

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
        self._stays = False
        self._mending: Callable[[], None] | None = None
        self._closing: Callable[[], None] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 3, 4, 3)
        row.addWidget(self.text, 1)
        row.addWidget(self.remedy)
        row.addWidget(self.closer)
        self.hide()

    def say(
        self, text: str, remedy: Remedy | None = None, *, stays: bool = False, closing: Remedy | None = None
    ) -> None:
        """Show a sentence, with a button or without; one that `stays` is still true once something else is done.

        `closing`: what closing it does beside, with the words for that.
        """
        self._stays = stays
        self.closer.setToolTip(closing[0] if closing else "Close this note")
        self._closing = closing[1] if closing else None
        self.text.setText(text)
        self.remedy.setVisible(remedy is not None)
        if remedy is not None:
            self.remedy.setText(remedy[0])
        self._mending = remedy[1] if remedy else None
        self.show()

    def drop(self) -> None:
        """Hide what does not stay."""
        if not self._stays:
            self.hide()

    def _close(self) -> None:
        closing = self._closing
        self.hide()
        if closing is not None:
            closing()

    def _mend(self) -> None:
        mending = self._mending
        self.hide()
        if mending is not None:
            mending()
