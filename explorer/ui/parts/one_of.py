"""A choice between texts in little room: side by side while they are few, else a list that drops down."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from explorer.ui.parts.fields import Choice
from explorer.ui.parts.widgets import Segments

FEW = 2
COMPACT = (
    "QToolButton { padding: 1px 7px; font-size: 12px } QToolButton:focus { padding: 0 6px } "
    "QComboBox { padding-top: 1px; padding-bottom: 1px; min-height: 0; font-size: 12px }"
)
"""The style of buttons and lists that stand in the smallest room."""


class Dropped(Choice):
    """A list that drops down, used as `Segments` are."""

    chosen = Signal(int)

    def __init__(self, texts: Sequence[str], name: str) -> None:
        super().__init__(whole=True)
        self.addItems(list(texts))
        self.setAccessibleName(name)
        self.activated.connect(self.chosen)

    @property
    def choice(self) -> int:
        """The index of the text that is chosen."""
        return self.currentIndex()

    def choose(self, index: int) -> None:
        """Choose a text without a signal."""
        self.setCurrentIndex(index)


def one_of(texts: Sequence[str], name: str) -> Segments | Dropped:
    """Where one of these is chosen; `chosen` carries its index."""
    return Segments(tuple(texts), name) if len(texts) <= FEW else Dropped(texts, name)
