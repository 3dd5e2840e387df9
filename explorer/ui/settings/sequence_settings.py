"""View of the sequence: task, the task's own options, length, and which example; says what is to change."""

from collections.abc import Iterable
from html import escape

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QWidget

from explorer.graph.architecture import Architecture
from explorer.language import tr
from explorer.reading.symbols import LONGEST
from explorer.session.document import Document, Shown, shown_setting
from explorer.tasks import Task, get_task, task_ids
from explorer.training.matching import clash, mismatch
from explorer.training.settings import TaskSettings
from explorer.ui.parts.explained import explained
from explorer.ui.parts.fields import Choice, WholeNumber
from explorer.ui.parts.typed_line import TypedLine
from explorer.ui.parts.widgets import LabelledRows, Words, in_column
from explorer.ui.settings.task_options import LABEL_WIDTH, TaskOptions

ASK = tr(
    "Type the whole input sequence as one writes it, such as 1011, hello, 0.5 −1 2 or 1011 + 110; targets follow by "
    "the rule of the task, or come after an arrow: 1011 -> 1101. An empty field shows the example."
)

AS_LONG = tr("As long as this sequence of the data is")


class Form(LabelledRows):
    """Labels beside fields that each change one field of the document, or say by `failed` why not."""

    changed = Signal(dict)
    failed = Signal(str)

    def __init__(self) -> None:
        super().__init__(LABEL_WIDTH)

    def number(self, field: str) -> WholeNumber:
        """A number, taken on once it is typed whole."""
        setting = shown_setting(field)
        number = WholeNumber(setting.bounds)
        number.valueChanged.connect(lambda value: self.changed.emit({field: value}))
        number.refused.connect(lambda why: self.failed.emit(f"{setting.title}: {why}"))
        self.add(setting.title, number, setting.help)
        explained(number, field)
        return number

    def choice(self, label: str, field: str, items: Iterable[tuple[str, str]]) -> Choice:
        """A menu of titles that stand for ids."""
        box = Choice()
        box.fill((title, id) for id, title in items)
        box.asked.connect(lambda id: self.changed.emit({field: id}))
        self.add(label, box)
        explained(box, field)
        return box


class SequenceSettings(QWidget):
    """Task, its options, length, and which example."""

    changed = Signal(dict)
    failed = Signal(str)
    typed = Signal(str)
    """A whole sequence, in words of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.task, self.options, self.below = Choice(), TaskOptions(), Form()
        self._given = True
        """Whether the network is given anything of the task."""
        self.task.setAccessibleName(tr("Task"))
        self.task.asked.connect(lambda id: self.changed.emit({"task": TaskSettings(id)}))
        self.length = self.below.number("length")
        self.example = self.below.number("example")
        self.example.setPrefix("# ")
        self._document: Document | None = None
        self._offered: tuple[Architecture, Task] | None = None
        self.line = TypedLine(self._taken, longest=LONGEST)
        self.line.typed.connect(self.typed)
        self.below.add(tr("Sequence"), self.line, ASK)
        self.lesson = Words(role="muted")
        for form in (self.options, self.below):
            form.changed.connect(self.changed)
            form.failed.connect(self.failed)
        in_column(6, self.task, self.options, self.below, self.lesson, on=self)

    def set_shown(self, shown: Shown) -> None:
        """Show a task and its settings."""
        document = self._document = shown.document
        self._offer(shown.architecture, shown.task)
        self.task.show_value(document.task.id)
        with QSignalBlocker(self.length), QSignalBlocker(self.example):
            self.length.setMinimum(shown.task.shortest_length)
            self.length.setValue(document.length)
            self.example.setValue(document.example)
        own = shown.task.length_of(document.example) is not None
        self.length.setEnabled(not own)
        self.length.setToolTip(AS_LONG if own else shown_setting("length").help)
        self.options.set_task(shown.task)
        signature = shown.architecture.signature
        self._given = bool(signature.inputs) or signature.target is not None
        for part in (self.task, self.options):
            part.setVisible(self._given)
        self.options.output.setVisible(signature.target is not None)
        for field in (self.example, self.line):
            self.below.show_row(field, self._given)
        self.line.show_text(shown.written)
        self.lesson.setText(shown.task.teaches(shown.architecture.takes_feedback))
        whole = in_full(shown.task, shown.architecture)
        self.task.setToolTip(whole)
        self.lesson.setToolTip(whole)

    def show_lesson(self, on: bool) -> None:
        """Show what the task teaches, if the network is given anything of it."""
        self.lesson.setVisible(on and self._given)

    def _taken(self, text: str) -> bool:
        return self._document is not None and self._document.typed == (text if text.strip() else "")

    def _offer(self, architecture: Architecture, shown: Task) -> None:
        """List the tasks; those that the network cannot learn come last, disabled, and say why in their tool tips."""
        if (architecture, shown) == self._offered:
            return
        self._offered = architecture, shown
        model = self.task.model()
        assert isinstance(model, QStandardItemModel)
        tasks = [shown if id == shown.id else get_task(id) for id in task_ids()]
        why = {task.id: mismatch(architecture, task) for task in tasks}
        tasks.sort(key=lambda task: bool(why[task.id]))
        if [task.id for task in tasks] != [self.task.itemData(row) for row in range(self.task.count())]:
            self.task.clear()
            for task in tasks:
                self.task.addItem("", task.id)
        for row, task in enumerate(tasks):
            apart = clash(architecture, task)
            model.item(row).setEnabled(not why[task.id])
            self.task.setItemText(row, f"{task.title} · {apart.needs}" if apart else task.title)
            self.task.setItemData(row, why[task.id] or in_full(task, architecture), Qt.ItemDataRole.ToolTipRole)


def in_full(task: Task, beside: Architecture) -> str:
    """What a task teaches beside a network, and which networks learn it, as a tool tip."""
    taught = task.teaches(beside.takes_feedback)
    return "".join(f"<p>{escape(sentence)}</p>" for sentence in (taught, task.networks))
