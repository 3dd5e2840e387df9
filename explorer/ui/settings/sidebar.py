"""View of a document's settings: architecture, sequence, model and what is fed back; says what is to change."""

from PySide6.QtCore import QPoint, QRect, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QLayout, QWidget

from explorer.graph.activations import ACTIVATIONS
from explorer.graph.compute.initial import RECURRENT
from explorer.language import tr
from explorer.reading.bounds import declared
from explorer.session.document import Document, Shown
from explorer.training.meaning import why_not
from explorer.ui.look.text_size import scaled
from explorer.ui.parts.explained import explained
from explorer.ui.parts.scroller import ScrolledColumn
from explorer.ui.parts.widgets import LabelledRows, SectionHeader, in_column, in_row
from explorer.ui.settings.chosen_network import ChosenNetwork
from explorer.ui.settings.feedback_choice import FeedbackChoice
from explorer.ui.settings.network_choices import NetworkChoices
from explorer.ui.settings.network_chooser import NetworkChooser
from explorer.ui.settings.sequence_settings import Form, SequenceSettings


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
        self.network = ChosenNetwork()
        self.network.clicked.connect(self.choose_network)
        self.network.stepped.connect(self._choose)
        self.chooser: NetworkChooser | None = None
        """Made when it is first asked for."""
        self._shown: Shown | None = None
        self.sequence = SequenceSettings()
        self.model = ModelSettings()
        self.choices = NetworkChoices()
        self.feedback = FeedbackChoice()
        task = in_row(4, (SectionHeader(tr("Task")), 1), self.sequence.options.output)
        model = in_row(4, (SectionHeader(tr("Model")), 1), self.model.biases)
        self._column = in_column(
            None,
            *(SectionHeader(tr("Network")), self.network),
            *(task, self.sequence),
            *(model, self.model, self.choices),
            *(SectionHeader(tr("Fed back at t + 1")), self.feedback, 1),
            on=body,
            margins=None,
        )
        for panel in (self.sequence, self.model, self.choices, self.feedback):
            panel.changed.connect(self.changed)
        for panel in (self.sequence, self.model):
            panel.failed.connect(self.failed)
        self.sequence.typed.connect(self.typed)
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
        """Leave out only what all the rest would not be seen with.

        First space, then what a network and what a task teaches, a note on options, and last the room between rows.
        """
        for left_out in range(6):
            spacious, lesson, task_lesson, note, apart = (place >= left_out for place in range(5))
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
        self.initial = self.choice(first.title, "initial", ((id, start.title) for id, start in RECURRENT.items()))

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
        self.activation.show_value(document.network.activation)
        self.initial.show_value(document.plan.training.initial)
        for name, choice in (("activation", self.activation), ("initial", self.initial)):
            why = why_not(name, shown.architecture, document.plan.training, (document.feedback,))
            choice.setEnabled(not why)
            choice.setToolTip(why or declared(Document)[name].help)
