"""Say below the curves what a story asks and what the curves tell; a notice takes their place while it is read."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from explorer.ui.look.text_size import usual
from explorer.ui.parts.short_words import ShortWords
from explorer.ui.parts.widgets import in_column, in_row

LINES, LOW, MOST_LINES = 2, 280, 4
"""How many lines a sentence has in a panel lower than so many px, and else at most."""


class Foot(QWidget):
    """Its height does not change as a notice comes and goes. Folded, it shows notices alone."""

    def __init__(self, notice: QWidget, *told: QWidget) -> None:
        super().__init__()
        self._notice, self._told, self._folded = notice, told, False
        self._row = QWidget()
        # What the curves tell is longer than what is asked.
        in_row(8, *((widget, share) for share, widget in enumerate(told, 5)), on=self._row)
        for widget in (*told, notice):
            widget.installEventFilter(self)
        in_column(0, self._row, notice, on=self)
        self._show()

    def set_height(self, panel: int) -> None:
        """Take no more lines than there is room for in a panel of this height, in px on the screen."""
        for words in self._row.findChildren(ShortWords):
            words.set_most(LINES if usual(panel) < LOW else MOST_LINES)

    def set_folded(self, on: bool) -> None:
        """Leave out what is about the curves."""
        self._folded = on
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._show()
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        told = not self._folded and any(not widget.isHidden() for widget in self._told)
        noticed = not self._notice.isHidden()
        self._notice.setMinimumHeight(self._row.height() if told and noticed else 0)
        self._row.setVisible(told and not noticed)
        self.setVisible(told or noticed)
