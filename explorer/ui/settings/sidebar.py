"""View of a document's settings: architecture, sequence, model and what is fed back; says what is to change."""

from PySide6.QtCore import QPoint, QRect, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QLayout, QRadioButton, QVBoxLayout, QWidget

from explorer.graph.activations import ACTIVATIONS
from explorer.graph.compute.initial import RECURRENT
from explorer.graph.feedback import get_feedback, own_title
from explorer.language import tr
from explorer.reading.bounds import declared
from explorer.session.document import Document, Shown
from explorer.training.meaning import about_feedback, why_not
from explorer.ui.look.text_size import scaled
from explorer.ui.parts.explained import explained
from explorer.ui.parts.fields import Choice
from explorer.ui.parts.widgets import LabelledRows, ScrolledColumn, SectionHeader, Words, tight
from explorer.ui.settings.chosen_network import ChosenNetwork
from explorer.ui.settings.network_choices import NetworkChoices
from explorer.ui.settings.network_chooser import NetworkChooser
from explorer.ui.settings.sequence_settings import Form, SequenceSettings

AT_TEST_TIME = tr(
    "At test time there is no y: the network is fed its own output, whatever it was fed in training. The backward "
    "pass shows what training that way would teach it."
)

FITTINGS = (
    (True, True, True, True, True),
    (False, True, True, True, True),
    (False, False, True, True, True),
    (False, False, False, True, True),
    (False, False, False, False, True),
    (False, False, False, False, False),
)
"""What there is room for, from the most to the least.

Space, what a network and what a task teach, a note on options, and rows a little apart.
"""


class Sidebar(ScrolledColumn):
    """All settings in one column. `changed` carries the fields of the document to change, `failed` a sentence.

    Where there is no height for all of it, what a network and what a task teach is left to their tool tips.
    """

    changed = Signal(dict)
    failed = Signal(str)
    typed = Signal(str)
    """A whole sequence, in words of its own."""

    def __init__(self) -> None:
        super().__init__()
        self._body = body = QWidget()
        column = QVBoxLayout(body)
        self.network = ChosenNetwork()
        self.network.clicked.connect(self.choose_network)
        self.network.stepped.connect(self._choose)
        self.chooser: NetworkChooser | None = None
        """Made when it is first asked for."""
        self._shown: Shown | None = None
        self.sequence = SequenceSettings()
        self.model = ModelSettings()
        self.choices = NetworkChoices()
        self.choices.changed.connect(self.changed)
        self.feedback = FeedbackChoice()
        column.addWidget(SectionHeader(tr("Network")))
        column.addWidget(self.network)
        for header, beside, panel in (
            (tr("Task"), self.sequence.options.output, self.sequence),
            (tr("Model"), self.model.biases, self.model),
            (tr("Fed back at t + 1"), None, self.feedback),
        ):
            row = tight(QHBoxLayout(), 4)
            row.addWidget(SectionHeader(header), 1)
            if beside is not None:
                row.addWidget(beside)
            column.addLayout(row)
            column.addWidget(panel)
            if panel is self.model:
                column.addWidget(self.choices)
            panel.changed.connect(self.changed)
        for panel in (self.sequence, self.model):
            panel.failed.connect(self.failed)
        self.sequence.typed.connect(self.typed)
        column.addStretch(1)
        self._column = column
        self.setWidget(body)

    def set_shown(self, shown: Shown) -> None:
        """Show the settings of a document."""
        self._shown = shown
        self.network.set_network(shown.architecture)
        self.sequence.set_shown(shown)
        self.model.set_shown(shown)
        self.choices.set_shown(shown)
        self.feedback.set_shown(shown)
        self._fit()

    def choose_network(self) -> None:
        """Open the chooser of networks beside the settings, or where they would be."""
        if self._shown is None:
            return
        if self.chooser is None:
            self.chooser = NetworkChooser(self)
            self.chooser.chosen.connect(self._choose)
        self.chooser.open_in(self._beside(), self._shown.document)

    def _choose(self, id: str) -> None:
        self.changed.emit({"architecture": id})

    def _beside(self) -> QRect:
        """What of the window lies beside the settings, on the screen."""
        window = self.window()
        top, bottom = (0, self.height()) if self.isVisible() else (32, window.height())
        above = self if self.isVisible() else window
        left = self.width() if self.isVisible() else 0
        right = window.mapToGlobal(QPoint(window.width(), 0)).x()
        corner = above.mapToGlobal(QPoint(left, top))
        return QRect(corner.x(), corner.y(), right - corner.x(), bottom - top)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave out only what all the rest would not be seen with."""
        for spacious, lesson, task_lesson, note, apart in FITTINGS:
            self.network.set_low(not lesson)
            self.sequence.show_lesson(task_lesson)
            self.sequence.options.show_note(note)
            self.feedback.show_lesson(task_lesson)
            for rows in self._body.findChildren(LabelledRows):
                rows.set_apart(apart)
            scaled(self._column.setSpacing, 8 if spacious else 4)
            scaled(self._column.setContentsMargins, 12, 10 if spacious else 4, 12, 12 if spacious else 4)
            fits = self._needed() <= self.viewport().height()
            if fits:
                break
        # Qt asks how high it is beside the scroll bar that is there, and so keeps one that is needed no longer.
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if fits else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(policy)

    def _needed(self) -> int:
        """The height of all settings at the width there is without a scroll bar."""
        for layout in reversed(self._body.findChildren(QLayout)):
            layout.activate()  # from within, as Qt does it later
        wrapped = self._column.totalHeightForWidth(self.width())  # −1 where nothing is wrapped
        return max(wrapped, self._column.totalMinimumSize().height())


class ModelSettings(Form):
    """Hidden units, activation, seed and what the first weights are; `biases` stands beside the heading."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden = self.number("hidden")
        self.lag = self.number("lag")
        self.activation = self.choice(tr("Activation"), "activation", ((id, id) for id in ACTIVATIONS))
        self.biases = QCheckBox(tr("biases"))
        self.biases.setToolTip(declared(Document)["biases"].help)
        explained(self.biases, "biases")
        self.biases.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.biases.toggled.connect(lambda on: self.changed.emit({"biases": on}))
        self.seed = self.number("seed")
        first = declared(Document)["initial"]
        self.initial = self.choice(first.title, "initial", ((id, id) for id in RECURRENT))

    def set_shown(self, shown: Shown) -> None:
        """Show the model settings of a document."""
        document = shown.document
        network = document.network
        for number, value in ((self.hidden, network.hidden), (self.lag, network.lag), (self.seed, document.seed)):
            with QSignalBlocker(number):
                number.setValue(value)
        skips = not why_not("lag", shown.architecture, document.plan.training, (document.feedback,))
        self.show_row(self.lag, skips)
        with QSignalBlocker(self.biases):
            self.biases.setChecked(network.biases)
        self.activation.setCurrentIndex(self.activation.findData(document.network.activation))
        self.initial.setCurrentIndex(self.initial.findData(document.plan.training.initial))
        for name, choice in (("activation", self.activation), ("initial", self.initial)):
            why = why_not(name, shown.architecture, document.plan.training, (document.feedback,))
            choice.setEnabled(not why)
            choice.setToolTip(why or declared(Document)[name].help)


class FeedbackChoice(QWidget):
    """What is fed back: target, own output, or a mix step by step; or why there is nothing to choose."""

    changed = Signal(dict)

    def __init__(self) -> None:
        super().__init__()
        column = tight(QVBoxLayout(self), 5)
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
            column.addWidget(button)
        self.own.activated.connect(self._choose)
        column.addWidget(self.own)
        column.addWidget(self.why)

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
        titles = [own_title(own, output) for own in output.kind.own]
        if titles != [self.own.itemText(i) for i in range(self.own.count())]:
            self.own.clear()
            for own, title in zip(output.kind.own, titles, strict=True):
                self.own.addItem(title, own)
        chosen = self.mixed if feedback.mixed else self.target if feedback.target else self.free
        chosen.setChecked(True)
        if feedback.own is not None:
            self.own.setCurrentIndex(self.own.findData(feedback.own))

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
