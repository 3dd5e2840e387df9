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
        self.closer.setProperty("role", "flat")
        self.closer.setToolTip("Close this note")
        self.closer.clicked.connect(self.hide)
        self.remedy.clicked.connect(self._mend)
        self._stays = False
        self._mending: Callable[[], None] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 3, 4, 3)
        row.addWidget(self.text, 1)
        row.addWidget(self.remedy)
        row.addWidget(self.closer)
        self.hide()

    def say(self, text: str, remedy: Remedy | None = None, *, stays: bool = False) -> None:
        """Show a sentence, with a button or without; one that `stays` is still true once something else is done."""
        self._stays = stays
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

    def _mend(self) -> None:
        mending = self._mending
        self.hide()
        if mending is not None:
            mending()
