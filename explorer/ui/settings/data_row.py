"""Show which data are in use, and ask for others."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton

from explorer.data.data_set import decoded, sample
from explorer.language import tr
from explorer.ui.look.text_size import scaled

if TYPE_CHECKING:
    from explorer.ui.settings.data_dialog import DataDialog

LONGEST = 84
"""Width, in px, of the name at most."""


class DataRow(QPushButton):
    """A button that names what is in use and opens the dialog. `taken` carries other data."""

    taken = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        scaled(self.setMinimumWidth, 64)
        self.clicked.connect(self.ask)
        self.dialog: DataDialog | None = None
        self._data = sample()

    def show_data(self, text: str) -> None:
        """Name the data that are in use; the tool tip says what they hold."""
        self._data = data = decoded(text)
        self._name_data()
        self.setToolTip(data.said())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name_data()

    def _name_data(self) -> None:
        """Write as much of their name as has room."""
        metrics, name, more = self.fontMetrics(), self._data.name or tr("pasted"), " …"
        around = self.sizeHint().width() - metrics.horizontalAdvance(self.text())
        room = self.width() - around - metrics.horizontalAdvance(more)
        self.setText(metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, min(LONGEST, room)) + more)

    def ask(self) -> None:
        """Open the dialog over the window, with the data that are in use."""
        from explorer.ui.settings.data_dialog import DataDialog

        self.dialog = DataDialog(self.window())
        self.dialog.taken.connect(self.taken)
        self.dialog.use_data(self._data)
        self.dialog.open_over(self.window())
