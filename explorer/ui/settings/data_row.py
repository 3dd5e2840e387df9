"""Show which data are in use, and ask for others."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from explorer.data.data_set import decoded
from explorer.ui.parts.widgets import Words, tight
from explorer.ui.settings.data_dialog import DataDialog
from explorer.wording import counted


class DataRow(QWidget):
    """A button that opens the dialog, and what is in use below it. `taken` carries other data."""

    taken = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.button = QPushButton("Choose data…")
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self.ask)
        self.words = Words(role="muted")
        self.dialog: DataDialog | None = None
        column = tight(QVBoxLayout(self), 3)
        column.addWidget(self.button)
        column.addWidget(self.words)

    def show_data(self, text: str) -> None:
        """Say what data are in use, in full in the tool tip."""
        data = decoded(text)
        self.words.setText(f"{data.name or 'pasted'}: {counted(len(data.sequences), 'sequence')}")
        self.words.setToolTip(data.said())

    def ask(self) -> DataDialog:
        """Open the dialog over the window."""
        dialog = self.dialog = DataDialog(self.window())
        dialog.taken.connect(self.taken)
        dialog.open_over(self.window())
        return dialog

    def use_file(self, path: Path) -> None:
        """Open the dialog with a file in it."""
        self.ask().use_file(path)
