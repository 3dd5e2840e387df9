"""A small window beside the main one: nudge a weight, and compare the loss with what its gradient foretells."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from explorer.ui.editing.nudge import NudgePanel


class NudgeWindow(QDialog):
    """Holds the panel; stays open beside the graph, so that both are seen at once."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Tool)
        self.setWindowTitle("Nudge a weight")
        self.panel = NudgePanel()
        column = QVBoxLayout(self)
        column.addWidget(self.panel)
        self.resize(380, 460)
