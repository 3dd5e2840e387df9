"""View of what is fed back at the next step: the target, the network's own output, or a mix of both."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from explorer.graph.feedback import get_feedback
from explorer.graph.own_signal import OWN_SIGNALS
from explorer.language import tr
from explorer.session.document import Shown
from explorer.training.meaning import about_feedback
from explorer.ui.parts.explained import explained
from explorer.ui.parts.fields import Choice
from explorer.ui.parts.widgets import Words, in_column

AT_TEST_TIME = tr(
    "At test time there is no y: the network is fed its own output, whatever it was fed in training. The backward "
    "pass shows what training that way would teach it."
)


class FeedbackChoice(QWidget):
    """What is fed back: target, own output, or a mix step by step; or why there is nothing to choose."""

    changed = Signal(dict)

    def __init__(self) -> None:
        super().__init__()
        self.target = QRadioButton(tr("target y(t) · teacher forcing"))
        self.free = QRadioButton(tr("own output · free running"))
        self.mixed = QRadioButton(tr("mixed f(t) · step by step"))
        for button, role, id, tip in (
            (self.target, "target", "teacher_forcing", tr("Step t + 1 is fed the right answer to step t")),
            (self.free, "forward", "free_running", tr("Step t + 1 is fed what the network itself said at step t")),
            (self.mixed, "neutral", "mixed", tr("Decide for each step, in the graph, which of the two it is fed")),
        ):
            explained(button, id)
            button.setProperty("role", role)
            button.setToolTip(tip)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.own = Choice()
        self.own.setAccessibleName(tr("own output that is fed back"))
        self.own.setToolTip(
            tr("Which of the network's own signals is fed back; no gradient flows through the last two")
        )
        self.why = Words(role="muted")
        self._needed = True
        """Whether what is said is the only thing there is to see."""
        self._group = QButtonGroup(self)
        for button in (self.target, self.free, self.mixed):
            self._group.addButton(button)
            button.clicked.connect(self._choose)
        self.own.activated.connect(self._choose)
        in_column(5, self.target, self.free, self.mixed, self.own, self.why, on=self)

    def set_shown(self, shown: Shown) -> None:
        """Show what a document feeds back."""
        document, architecture = shown.document, shown.architecture
        applies = architecture.takes_feedback
        why = about_feedback(architecture, shown.task)
        for widget in (self.target, self.free, self.mixed, self.own):
            widget.setVisible(applies)
            widget.setEnabled(not document.test_time)
        self.why.setText(AT_TEST_TIME if document.test_time and applies else why)
        self._needed = bool(why and not applies) or document.test_time
        self.show_lesson(True)
        feedback = get_feedback(document.feedback) if document.feedback else None
        output = architecture.fed_back
        self.own.setVisible(feedback is not None and feedback.own is not None)
        if feedback is None or output is None:
            return
        self.own.fill((OWN_SIGNALS[own].words(output), own) for own in output.kind.own)
        chosen = self.mixed if feedback.mixed else self.target if feedback.target else self.free
        chosen.setChecked(True)
        if feedback.own is not None:
            self.own.show_value(feedback.own)

    def show_lesson(self, on: bool) -> None:
        """Say what feedback means here, or leave out what can be done without where there is no room."""
        self.why.setVisible(bool(self.why.text()) and (on or self._needed))

    def _choose(self) -> None:
        own = self.own.currentData()
        if self.target.isChecked():
            self.changed.emit({"feedback": "teacher_forcing"})
        else:
            kind = "mixed" if self.mixed.isChecked() else "free_running"
            self.changed.emit({"feedback": f"{kind}_{own}"})
