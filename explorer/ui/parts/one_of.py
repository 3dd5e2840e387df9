"""A choice between a few named things in little room: side by side while they are few, else a list that drops down."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from explorer.ui.look.text_size import scaled
from explorer.ui.parts.fields import Choice
from explorer.ui.parts.widgets import Segments, in_row

FEW = 2
COMPACT = (
    "QToolButton { padding: 1px 7px; font-size: 12px } QToolButton:focus { padding: 0 6px } "
    "QComboBox { padding-top: 1px; padding-bottom: 1px; min-height: 0; font-size: 12px }"
)
"""The style of buttons and lists that stand in the smallest room."""


class OneOf(QWidget):
    """Hidden where there is nothing to choose. `chosen` carries what a text stands for."""

    chosen = Signal(str)

    def __init__(self, name: str, tip: str) -> None:
        super().__init__()
        self._name, self._tip = name, tip
        self._row = in_row(0, on=self)
        self._field: Segments | Choice | None = None
        self.texts: Mapping[str, str] = {}
        """By what they stand for."""
        self.hide()

    def offer(self, texts: Mapping[str, str]) -> None:
        """Offer these texts, by what they stand for."""
        if texts == self.texts:
            return
        self.texts = texts
        if self._field is not None:
            self._row.removeWidget(self._field)
            self._field.hide()
            self._field.deleteLater()
        if len(texts) <= FEW:
            self._field = segments = Segments(tuple(texts.values()), self._name)
            segments.chosen.connect(self._choose)
        else:
            self._field = dropped = Choice(whole=True)
            dropped.addItems(list(texts.values()))
            dropped.setAccessibleName(self._name)
            dropped.activated.connect(self._choose)
        scaled(self._field.setStyleSheet, COMPACT)
        self._field.setToolTip(self._tip)
        self._row.addWidget(self._field)
        self.setVisible(len(texts) > 1)

    def _choose(self, place: int) -> None:
        self.chosen.emit(list(self.texts)[place])

    def choose(self, name: str) -> None:
        """Show which is chosen, without a signal."""
        place = list(self.texts).index(name)
        if isinstance(self._field, Segments):
            self._field.choose(place)
        elif self._field is not None:
            self._field.setCurrentIndex(place)
