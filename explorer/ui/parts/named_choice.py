"""Choose one of a few texts that stand for something: `NamedChoice`, small enough for a card."""

from collections.abc import Sequence

from PySide6.QtWidgets import QSizePolicy

from explorer.ui.look.text_size import scaled
from explorer.ui.parts.fields import Choice
from explorer.ui.parts.one_of import COMPACT


class NamedChoice(Choice):
    """A text may stand for an id, or for None. As wide as there is room, or with `whole` as its longest text."""

    def __init__(self, name: str, tip: str, whole: bool = False) -> None:
        super().__init__(whole)
        scaled(self.setStyleSheet, COMPACT)
        if not whole:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self.setToolTip(tip)

    def offer(self, texts: Sequence[tuple[str, str | None]], chosen: str | None) -> None:
        """Offer these texts with what they stand for, and show which is chosen."""
        self.fill(texts)
        self.setEnabled(len(texts) > 1)
        self.setCurrentIndex(next((i for i, (_, id) in enumerate(texts) if id == chosen), -1))
