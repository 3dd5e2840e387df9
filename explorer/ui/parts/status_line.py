"""Say below the window what was just done, or else which keys there are; and whose weights the graph shows."""

from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from explorer.ui.parts.fitting_label import FittingLabel

KEYS = "Space: next", "Shift+Space: back", "P: play", "F: fold", "C: networks"
HINTS = tuple("  ·  ".join((*KEYS[:count], "F1: all keys")) for count in range(len(KEYS), -1, -1))


class StatusLine(QStatusBar):
    """A message on the left, which gives way; the origin of the weights on the right, which does not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message, self.origin = FittingLabel(*HINTS), QLabel()
        self.message.setProperty("role", "muted")
        self.message.setContentsMargins(12, 0, 12, 0)
        self.addWidget(self.message, 1)
        self.addPermanentWidget(self.origin)

    def say(self, sentence: str) -> None:
        """Say what was done, until something else is."""
        self.message.say(*([sentence] if sentence else HINTS))
