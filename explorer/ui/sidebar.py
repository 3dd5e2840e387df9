"""View of a document's settings: architecture, sequence, model and what is fed back; says what is to change."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFileDialog,
    QFrame,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from explorer.errors import ExplorerError
from explorer.graph.declaration import Architecture
from explorer.graph.feedback import OWN_SIGNALS, get_feedback, why_no_feedback
from explorer.graph.operations import ACTIVATIONS
from explorer.session.document import LONGEST, MOST_HIDDEN, Document, Shown
from explorer.tasks import Task, get_task, task_ids
from explorer.tasks.options import Option
from explorer.tasks.text_file import read_text
from explorer.training.settings import compatible
from explorer.ui.architecture_cards import ArchitectureCards
from explorer.ui.widgets import LabelledRows, SectionHeader, Words

WIDTH, LABEL_WIDTH = 258, 86
OWN_NAMES = {"yhat": "prediction ŷ(t)", "o": "logits o(t)", "argmax": "arg max of o(t)", "sample": "sample from ŷ(t)"}
assert set(OWN_NAMES) == set(OWN_SIGNALS)


class Sidebar(QScrollArea):
    """All settings in one column. `changed` carries the fields of the document to change."""

    changed = Signal(dict)
    failed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(WIDTH)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(14, 10, 12, 12)
        column.setSpacing(8)
        self.cards = ArchitectureCards()
        self.cards.chosen.connect(lambda id: self.changed.emit({"architecture": id}))
        self.sequence = SequenceSettings()
        self.model = ModelSettings()
        self.feedback = FeedbackChoice()
        column.addWidget(SectionHeader("Architecture"))
        column.addWidget(self.cards)
        for header, panel in (
            ("Sequence", self.sequence),
            ("Model", self.model),
            ("Fed back at t + 1", self.feedback),
        ):
            column.addWidget(SectionHeader(header))
            column.addWidget(panel)
            panel.changed.connect(self.changed)
        self.sequence.failed.connect(self.failed)
        column.addStretch(1)
        self.setWidget(body)

    def set_shown(self, shown: Shown) -> None:
        """Show the settings of a document."""
        self.cards.set_chosen(shown.architecture.id)
        self.sequence.set_shown(shown)
        self.model.set_document(shown.document)
        self.feedback.set_document(shown.document, shown.architecture)


class _Form(LabelledRows):
    """Labels beside fields that each change one field of the document."""

    changed = Signal(dict)

    def __init__(self) -> None:
        super().__init__(LABEL_WIDTH)

    def spin(self, label: str, field: str, lowest: int, highest: int) -> QSpinBox:
        """A number, taken on once it is typed whole."""
        spin = QSpinBox()
        spin.setRange(lowest, highest)
        spin.setKeyboardTracking(False)
        spin.valueChanged.connect(lambda value: self.changed.emit({field: value}))
        self.add(label, spin)
        return spin

    def choice(self, label: str, field: str, items: Iterable[tuple[str, str]]) -> QComboBox:
        """A menu of titles that stand for ids."""
        box = _narrow(QComboBox())
        for id, title in items:
            box.addItem(title, id)
        box.activated.connect(lambda i: self.changed.emit({field: box.itemData(i)}))
        self.add(label, box)
        return box


def _narrow(box: QComboBox) -> QComboBox:
    """A menu that does not ask for the width of its longest item; the open list shows it whole."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(8)
    return box


class SequenceSettings(QWidget):
    """Task, its options, length, and which example."""

    changed = Signal(dict)
    failed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        above, self.options, below = _Form(), TaskOptions(), _Form()
        self.task = above.choice("Task", "task", ((id, get_task(id).title) for id in task_ids()))
        self.length = below.spin("Length T", "length", 1, LONGEST)
        self.example = below.spin("Example", "example", 0, 9999)
        self.example.setPrefix("# ")
        self.lesson = Words(role="muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for form in (above, self.options, below):
            form.changed.connect(self.changed)
            column.addWidget(form)
        self.options.failed.connect(self.failed)
        column.addWidget(self.lesson)

    def set_shown(self, shown: Shown) -> None:
        """Show a task; one that the architecture cannot learn is disabled, and its tool tip says why."""
        document = shown.document
        model = self.task.model()
        assert isinstance(model, QStandardItemModel)
        for row in range(self.task.count()):
            task = get_task(self.task.itemData(row))
            why = compatible(shown.architecture, task)
            model.item(row).setEnabled(not why)
            self.task.setItemData(row, why or task.lesson, Qt.ItemDataRole.ToolTipRole)
        self.task.setCurrentIndex(self.task.findData(document.task))
        self.length.setMinimum(shown.task.shortest_length)
        for spin, value in ((self.length, document.length), (self.example, document.example)):
            with QSignalBlocker(spin):
                spin.setValue(value)
        self.options.set_task(shown.task)
        self.lesson.setText(shown.task.lesson)


class TaskOptions(QWidget):
    """The options that the task declares: a number, or a text that can come from a file."""

    changed = Signal(dict)
    failed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._task: Task | None = None
        self._rows: LabelledRows | None = None
        self.fields: dict[str, QSpinBox | QComboBox] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def set_task(self, task: Task) -> None:
        """Show the options of a task and their values."""
        if task == self._task:
            return
        self._task = task
        if self._rows is not None:
            self._rows.hide()
            self._rows.deleteLater()
        self._rows = LabelledRows(LABEL_WIDTH)
        self._column.addWidget(self._rows)
        values = task.settings()
        self.fields = {
            option.name: self._text(option, str(values[option.name]), self._rows)
            if option.kind == "text"
            else self._number(option, int(values[option.name]), self._rows)
            for option in task.options()
        }
        self.setVisible(bool(self.fields))

    def _number(self, option: Option, value: int, rows: LabelledRows) -> QSpinBox:
        spin = QSpinBox()
        spin.setRange(option.minimum, option.maximum)
        spin.setKeyboardTracking(False)
        spin.setValue(value)
        spin.valueChanged.connect(lambda new: self._emit(option.name, new))
        rows.add(option.title, spin, option.help)
        return spin

    def _text(self, option: Option, value: str, rows: LabelledRows) -> QComboBox:
        box = _narrow(QComboBox())
        box.setEditable(True)
        box.addItems(option.examples)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        # A text of megabytes would freeze a line of input, which shows its beginning only anyway.
        box.setEditText(value[:200])
        line = box.lineEdit()
        assert line is not None
        line.setCursorPosition(0)
        line.editingFinished.connect(lambda: self._typed(option.name, line))
        box.activated.connect(lambda i: self._emit(option.name, box.itemText(i)))
        rows.add(option.title, box, option.help)
        button = QPushButton("From file…")
        button.clicked.connect(lambda: self._open(option.name))
        rows.add("", button, "Learn a text of your own: a UTF-8 file of up to 10 MB.")
        return box

    def _typed(self, name: str, line: QLineEdit) -> None:
        assert self._task is not None
        if line.isModified() and line.text() != self._task.settings()[name]:
            line.setModified(False)
            self._emit(name, line.text())

    def _open(self, name: str) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "Choose a UTF-8 text", "", "Text (*.txt *.md *.py);;All files (*)")
        if path:
            self.use_file(name, Path(path))

    def use_file(self, name: str, path: Path) -> None:
        """Take the text of a file as the value of an option."""
        try:
            self._emit(name, read_text(path))
        except ExplorerError as error:
            self.failed.emit(str(error))

    def _emit(self, name: str, value: int | str) -> None:
        assert self._task is not None
        self.changed.emit({"task_options": {**self._task.settings(), name: value}})


class ModelSettings(_Form):
    """Hidden units, activation and seed."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden = self.spin("Hidden units", "hidden", 1, MOST_HIDDEN)
        self.activation = self.choice("Activation", "activation", ((id, id) for id in ACTIVATIONS))
        self.seed = self.spin("Seed", "seed", 0, 2**31 - 1)

    def set_document(self, document: Document) -> None:
        """Show the model settings of a document."""
        for spin, value in ((self.hidden, document.hidden), (self.seed, document.seed)):
            with QSignalBlocker(spin):
                spin.setValue(value)
        self.activation.setCurrentIndex(self.activation.findData(document.activation))


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
        self.mixed = QRadioButton("mixed · step by step")
        for button, role in ((self.target, "target"), (self.free, "forward"), (self.mixed, "neutral")):
            button.setProperty("role", role)
        self.own = _narrow(QComboBox())
        self.own.setAccessibleName("own output that is fed back")
        for id, title in OWN_NAMES.items():
            self.own.addItem(title, id)
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
        applies = architecture.takes_feedback
        for widget in (self.target, self.free, self.mixed):
            widget.setVisible(applies)
        self.why.setVisible(not applies)
        self.why.setText("" if applies else why_no_feedback(architecture))
        feedback = get_feedback(document.feedback) if document.feedback else None
        self.own.setVisible(feedback is not None and feedback.own is not None)
        if feedback is None:
            return
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
