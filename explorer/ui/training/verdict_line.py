"""Say under the curves what they tell, with what mends it; and lead from them to the weights in the graph."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from explorer.session.runs.verdict import Verdict
from explorer.ui.look.fonts import ui_font
from explorer.ui.parts.widgets import Words
from explorer.ui.typography.numbers import count

BEFORE = "The graph shows the weights from before."
SHOW, BACK = "Show the trained weights in the graph", "Come back to the weights from before"
HEIGHT = 46
"""In px, for two lines, or for a line and a button below it."""


def travelling(iteration: int) -> str:
    """What is said while the weights of an iteration are looked at."""
    return f"The graph shows iteration {count(iteration)}: drag the line."


class VerdictLine(QWidget):
    """Two lines high whatever it says, so that nothing moves as it changes; hidden without runs to tell about.

    `asked` asks for the trained weights, `left` for those from before; `mended` carries settings to train with, and the
    Origin where to begin.
    """

    mended = Signal(object, object)
    asked = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._verdict: Verdict | None = None
        self._at: int | None = None
        self.sentence, self.invitation = Words(), Words()
        self.sentence.setFont(ui_font(12))
        self.sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.invitation.setFont(ui_font(11))
        self.invitation.setWordWrap(False)
        self.remedy, self.show_weights = QPushButton(), QPushButton(SHOW)
        self.remedy.setProperty("role", "primary")
        self.show_weights.setFont(ui_font(11))
        self.show_weights.setToolTip("Look at them step by step; the line in the plot leads to those of any iteration")
        self.remedy.clicked.connect(self._mend)
        self.show_weights.clicked.connect(lambda: (self.asked if self._at is None else self.left).emit())
        weights = QVBoxLayout()
        weights.setSpacing(1)
        weights.addWidget(self.invitation, 0, Qt.AlignmentFlag.AlignRight)
        weights.addWidget(self.show_weights)
        self.setMinimumHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.remedy)
        row.addLayout(weights)
        for widget in (self.invitation, self.show_weights):
            policy = widget.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            widget.setSizePolicy(policy)
        for widget in (self.remedy, self.invitation, self.show_weights):
            widget.hide()
        self.hide()

    def tell(self, verdict: Verdict | None) -> None:
        """Say what the curves tell: an alarm loudly, all else quietly."""
        self._verdict = verdict
        role = "backward" if verdict is not None and verdict.alarm else "text"
        sentence = verdict.sentence if verdict is not None else ""
        if (sentence, role) != (self.sentence.text(), self.sentence.property("role")):
            self.sentence.say(sentence, role)
        title = verdict.remedy.title if verdict is not None and verdict.remedy is not None else ""
        if title != self.remedy.text():
            self.remedy.setText(title)
        self.remedy.setVisible(bool(title))

    def invite(self, trained: bool, at: int | None) -> None:
        """Offer the weights of runs that are trained, if there are any, or the way back from those looked at."""
        self._at = at
        self.invitation.setText(BEFORE if at is None else travelling(at))
        self.show_weights.setText(SHOW if at is None else BACK)
        for widget in (self.invitation, self.show_weights):
            widget.setVisible(trained)

    def _mend(self) -> None:
        if self._verdict is not None and self._verdict.remedy is not None:
            self.mended.emit(self._verdict.remedy.settings, self._verdict.remedy.origin)
