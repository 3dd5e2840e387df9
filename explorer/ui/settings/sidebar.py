"""View of a document's settings: architecture, sequence, model and what is fed back; says what is to change."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QLayout, QRadioButton, QScrollArea, QVBoxLayout, QWidget

from explorer.graph.architecture import Architecture
from explorer.graph.feedback import get_feedback, own_title
from explorer.graph.operations import ACTIVATIONS
from explorer.session.document import Document, Shown
from explorer.training.meaning import why_not
from explorer.ui.parts.fields import Choice
from explorer.ui.parts.widgets import SectionHeader, Words
from explorer.ui.settings.architecture_cards import ArchitectureCards
from explorer.ui.settings.sequence_settings import Form, SequenceSettings

AT_TEST_TIME = (
    "At test time there is no y: the network is fed its own output, whatever it was fed in training. The backward pass "
    "shows what training that way would teach it."
)


class Sidebar(QScrollArea):
    """All settings in one column. `changed` carries the fields of the document to change, `failed` a sentence.

    Where there is no height for all of it, the cards say less, and what a task is for is left to its tool tip.
    """

    changed = Signal(dict)
    failed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Scrolling is for the wheel and for Tab, which brings each field into view.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._body = body = QWidget()
        column = QVBoxLayout(body)
        self.cards = ArchitectureCards()
        self.cards.chosen.connect(lambda id: self.changed.emit({"architecture": id}))
        self.sequence = SequenceSettings()
        self.model = ModelSettings()
        self.feedback = FeedbackChoice()
        column.addWidget(SectionHeader("Architecture"))
        column.addWidget(self.cards)
        for header, panel in (
            ("Task", self.sequence),
            ("Model", self.model),
            ("Fed back at t + 1", self.feedback),
        ):
            column.addWidget(SectionHeader(header))
            column.addWidget(panel)
            panel.changed.connect(self.changed)
        for panel in (self.sequence, self.model):
            panel.failed.connect(self.failed)
        column.addStretch(1)
        self._column = column
        self.setWidget(body)

    def set_shown(self, shown: Shown) -> None:
        """Show the settings of a document."""
        self.cards.set_chosen(shown.architecture.id)
        self.sequence.set_shown(shown)
        self.model.set_shown(shown)
        self.feedback.set_document(shown.document, shown.architecture)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave out only what all the rest would not be seen with."""
        for low, lesson in ((False, True), (True, True), (True, False)):
            self.cards.set_low(low)
            self.sequence.lesson.setVisible(lesson)
            self._column.setSpacing(4 if low else 8)
            self._column.setContentsMargins(12, 4 if low else 10, 12, 4 if low else 12)
            if self._needed() <= self.viewport().height():
                break

    def _needed(self) -> int:
        """The height of all settings at the width there is without a scroll bar."""
        for layout in reversed(self._body.findChildren(QLayout)):
            layout.activate()  # from within, as Qt does it later
        wrapped = self._column.totalHeightForWidth(self.width())  # −1 where nothing is wrapped
        return max(wrapped, self._column.totalMinimumSize().height())


class ModelSettings(Form):
    """Hidden units, activation and seed."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden = self.number("hidden")
        self.activation = self.choice("Activation", "activation", ((id, id) for id in ACTIVATIONS))
        self.seed = self.number("seed")

    def set_shown(self, shown: Shown) -> None:
        """Show the model settings of a document."""
        document = shown.document
        for number, value in ((self.hidden, document.network.hidden), (self.seed, document.seed)):
            with QSignalBlocker(number):
                number.setValue(value)
        self.activation.setCurrentIndex(self.activation.findData(document.network.activation))
        why = why_not("activation", shown.architecture, document.plan.training, (document.feedback,))
        self.activation.setEnabled(not why)
        self.activation.setToolTip(why)


class FeedbackChoice(QWidget):
    """What is fed back: target, own output, or a mix step by step; or why there is nothing to choose."""

    changed = Signal(dict)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        self.target = QRadioButton("target y(t) · teacher forcing")
        self.free = QRadioButton("own output · free running")
        self.mixed = QRadioButton("mixed f(t) · step by step")
        for button, role, tip in (
            (self.target, "target", "Step t + 1 is fed the right answer to step t"),
            (self.free, "forward", "Step t + 1 is fed what the network itself said at step t"),
            (self.mixed, "neutral", "Decide for each step, in the graph, which of the two it is fed"),
        ):
            button.setProperty("role", role)
            button.setToolTip(tip)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.own = Choice()
        self.own.setAccessibleName("own output that is fed back")
        self.own.setToolTip("Which of the network's own signals is fed back; no gradient flows through the last two")
        self.why = Words(role="muted")
        self._group = QButtonGroup(self)
        for button in (self.target, self.free, self.mixed):
            self._group.addButton(button)
            button.clicked.connect(self._choose)
            column.addWidget(button)
        self.own.activated.connect(self._choose)
        column.addWidget(self.own)
        column.addWidget(self.why)

    def set_document(self, document: Document, architecture: Architecture) -> None:
        """Show what a document feeds back."""
        why = why_not("feedback", architecture, document.plan.training, (document.feedback,))
        applies = not why
        for widget in (self.target, self.free, self.mixed, self.own):
            widget.setVisible(applies)
            widget.setEnabled(not document.test_time)
        why = why or (AT_TEST_TIME if document.test_time else "")
        self.why.setText(why)
        self.why.setVisible(bool(why))
        feedback = get_feedback(document.feedback) if document.feedback else None
        output = architecture.fed_back
        self.own.setVisible(feedback is not None and feedback.own is not None)
        if feedback is None or output is None:
            return
        titles = [own_title(own, output) for own in output.kind.own]
        if titles != [self.own.itemText(i) for i in range(self.own.count())]:
            self.own.clear()
            for own, title in zip(output.kind.own, titles, strict=True):
                self.own.addItem(title, own)
        chosen = self.mixed if feedback.mixed else self.target if feedback.target else self.free
        chosen.setChecked(True)
        if feedback.own is not None:
            self.own.setCurrentIndex(self.own.findData(feedback.own))

    def _choose(self) -> None:
        own = self.own.currentData()
        if self.target.isChecked():
            self.changed.emit({"feedback": "teacher_forcing"})
        else:
            kind = "mixed" if self.mixed.isChecked() else "free_running"
            self.changed.emit({"feedback": f"{kind}_{own}"})
