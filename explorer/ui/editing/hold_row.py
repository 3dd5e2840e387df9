"""What goes with the numbers of a computed node: hold all of it as it is, at later steps too, or let it go."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from explorer.language import tr
from explorer.session.editable import Holding
from explorer.ui.parts.widgets import in_row


class HoldRow(QWidget):
    """It only asks. `onward` says whether what is held next is held at every later step too."""

    hold_asked = Signal()
    let_go_asked = Signal()
    onward_chosen = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.hold, self.let_go = QPushButton(tr("Hold as it is")), QPushButton(tr("Let go"))
        self.later = QCheckBox(tr("at later steps too"))
        for button, asked in ((self.hold, self.hold_asked), (self.let_go, self.let_go_asked)):
            button.setAutoDefault(False)
            button.clicked.connect(asked)
        in_row(None, self.hold, self.let_go, self.later, 1, on=self)
        self.later.clicked.connect(self.onward_chosen)

    @property
    def onward(self) -> bool:
        return self.later.isVisible() and self.later.isChecked()

    def set_holding(self, holding: Holding, units: int) -> None:
        """Show what is held of a node of so many units."""
        self.hold.setEnabled(len(holding.edits) < units)
        self.let_go.setEnabled(bool(holding.edits))
        self.later.setVisible(holding.later)
        if holding.edits:
            self.later.setChecked(holding.onward)
