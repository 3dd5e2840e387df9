"""Say below the window what was just done, or else which keys there are; and whose weights the graph shows."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QStatusBar, QToolButton

from explorer.language import tr
from explorer.ui.look.text_size import scaled
from explorer.ui.parts.announcing import announce
from explorer.ui.parts.fitting_label import FittingLabel
from explorer.ui.parts.widgets import styled

KEYS = tr("Space: next"), tr("Shift+Space: back"), tr("P: play"), tr("F: fold"), tr("C: networks")
HINTS = tuple("  ·  ".join((*KEYS[:count], tr("F1: all keys"))) for count in range(len(KEYS), -1, -1))


SMALL = "QToolButton { padding: 0 8px; font-size: 12px } QToolButton:focus { padding: 0 7px }"
"""The style of a button that fits into the line."""


class StatusLine(QStatusBar):
    """A message on the left, which gives way; the origin of the weights on the right, which does not."""

    def __init__(self) -> None:
        super().__init__()
        self.message, self.origin = styled(FittingLabel(*HINTS), "muted"), QLabel()
        self.offered: QToolButton | None = None
        scaled(self.message.setContentsMargins, 12, 0, 12, 0)
        scaled(self.origin.setContentsMargins, 0, 0, 12, 0)
        self.addWidget(self.message, 1)
        self.addPermanentWidget(self.origin)

    def offer(self, text: str, act: Callable[[], object]) -> None:
        """Offer something, out of everybody's way, until it is taken up or `withdraw` is called."""
        self.offered = QToolButton()
        self.offered.setText(text)
        scaled(self.offered.setStyleSheet, SMALL)
        # As high as the line, which would grow else, and all above it move.
        self.offered.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        self.offered.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.offered.clicked.connect(act)
        self.offered.clicked.connect(self.withdraw)
        self.insertPermanentWidget(1, self.offered)

    def withdraw(self) -> None:
        """Offer nothing any more."""
        if self.offered is not None:
            self.removeWidget(self.offered)
            self.offered.deleteLater()
            self.offered = None

    def say(self, sentence: str) -> None:
        """Say what was done, until something else is."""
        self.message.say(*([sentence] if sentence else HINTS))
        announce(self, sentence)
