"""View of the sequence: task, the task's own options, length, and which example; says what is to change."""

from collections.abc import Iterable
from html import escape
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QFileDialog, QPushButton, QVBoxLayout, QWidget

from explorer.errors import ExplorerError
from explorer.graph.architecture import Architecture
from explorer.session.document import Shown, shown_setting
from explorer.tasks import Task, get_task, task_ids
from explorer.tasks.options import Option
from explorer.tasks.text_file import read_text
from explorer.training.matching import clash, mismatch
from explorer.training.settings import TaskSettings
from explorer.ui.parts.fields import Choice, WholeNumber
from explorer.ui.parts.widgets import LabelledRows, Words, tight

LABEL_WIDTH = 82
SHORT = 20
"""Characters of a text that is only quoted."""
LONGEST_LINE = 200
"""Characters of a text that its field shows: a line of input would freeze at megabytes, and show no more anyway."""


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
        return number

    def choice(self, label: str, field: str, items: Iterable[tuple[str, str]]) -> Choice:
        """A menu of titles that stand for ids."""
        box = Choice()
        for id, title in items:
            box.addItem(title, id)
        box.activated.connect(lambda i: self.changed.emit({field: box.itemData(i)}))
        self.add(label, box)
        return box


class SequenceSettings(QWidget):
    """Task, its options, length, and which example."""

    changed = Signal(dict)
    failed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.task, self.options, self.below = Choice(), TaskOptions(), Form()
        self._given = True
        """Whether the network is given anything of the task."""
        self.task.setAccessibleName("Task")
        self.task.activated.connect(lambda i: self.changed.emit({"task": TaskSettings(self.task.itemData(i))}))
        self.length = self.below.number("length")
        self.example = self.below.number("example")
        self.example.setPrefix("# ")
        self.lesson = Words(role="muted")
        column = tight(QVBoxLayout(self), 6)
        column.addWidget(self.task)
        for form in (self.options, self.below):
            form.changed.connect(self.changed)
            form.failed.connect(self.failed)
            column.addWidget(form)
        column.addWidget(self.lesson)

    def set_shown(self, shown: Shown) -> None:
        """Show a task and its settings."""
        document = shown.document
        self._offer(shown.architecture)
        self.task.setCurrentIndex(self.task.findData(document.task.id))
        for number, value in ((self.length, document.length), (self.example, document.example)):
            with QSignalBlocker(number):
                if number is self.length:
                    number.setMinimum(shown.task.shortest_length)
                number.setValue(value)
        self.options.set_task(shown.task)
        signature = shown.architecture.signature
        self._given = bool(signature.inputs) or signature.target is not None
        for part in (self.task, self.options):
            part.setVisible(self._given)
        self.below.show_row(self.example, self._given)
        self.lesson.setText(shown.task.lesson)
        self.task.setToolTip(in_full(shown.task))
        self.lesson.setToolTip(in_full(shown.task))

    def show_lesson(self, on: bool) -> None:
        """Show what the task teaches, if the network is given anything of it."""
        self.lesson.setVisible(on and self._given)

    def _offer(self, architecture: Architecture) -> None:
        """List the tasks; those that the network cannot learn come last, disabled, and say why in their tool tips."""
        model = self.task.model()
        assert isinstance(model, QStandardItemModel)
        tasks = [get_task(id) for id in task_ids()]
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
            self.task.setItemData(row, why[task.id] or in_full(task), Qt.ItemDataRole.ToolTipRole)


def in_full(task: Task) -> str:
    """What a task teaches, and which networks learn it, as a tool tip."""
    return "".join(f"<p>{escape(sentence)}</p>" for sentence in (task.lesson, task.networks))


class TaskOptions(QWidget):
    """The options that the task declares: a number, or a text that can come from a file."""

    changed = Signal(dict)
    failed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._task: Task | None = None
        self._rows: LabelledRows | None = None
        self._refused: str | None = None
        self.kept: Words | None = None
        """Says which text is in use while one that was typed is refused; None if there is no such option."""
        self.fields: dict[str, WholeNumber | QComboBox] = {}
        self.from_file: QPushButton | None = None
        """Reads the text of the option from a file; None if there is no such option."""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def set_task(self, task: Task) -> None:
        """Show the options of a task and their values. The fields of the same task stay: one may be in use."""
        other = self._task is None or task.id != self._task.id
        self._task = task
        if other:
            self._build(task.options())
        values = task.settings()
        for name, field in self.fields.items():
            with QSignalBlocker(field):
                if isinstance(field, WholeNumber):
                    field.setValue(int(values[name]))
                else:
                    _show_text(field, str(values[name]))
                    self._mark(name, field)

    def _build(self, options: tuple[Option, ...]) -> None:
        if self._rows is not None:
            for field in self.fields.values():
                # A number still being typed is taken on when its field loses the focus, and belongs to another task.
                field.blockSignals(True)
            self._rows.hide()
            self._rows.deleteLater()
        self._rows, self.from_file, self.kept = LabelledRows(LABEL_WIDTH), None, None
        self.fields = {
            option.name: self._text(option, self._rows) if option.kind == "text" else self._number(option, self._rows)
            for option in options
        }
        self._column.addWidget(self._rows)
        self._rows.show()  # at once, so that the height of all settings can be asked for
        self.setVisible(bool(self.fields))

    def _number(self, option: Option, rows: LabelledRows) -> WholeNumber:
        number = WholeNumber(option.bounds)
        number.valueChanged.connect(lambda new: self._emit(option.name, new))
        number.refused.connect(lambda why: self.failed.emit(f"{option.title}: {why}"))
        rows.add(option.title, number, option.help)
        return number

    def _text(self, option: Option, rows: LabelledRows) -> QComboBox:
        box = Choice()
        box.setEditable(True)
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.addItems(option.examples)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        # It would put an example in the place of a text that only begins like it. PySide's types know no None here.
        box.setCompleter(None)  # type: ignore[arg-type]
        line = box.lineEdit()
        assert line is not None
        line.editingFinished.connect(lambda: self._typed(option.name, box))
        box.activated.connect(lambda i: self._emit(option.name, box.itemText(i)))
        rows.add(option.title, box, option.help)
        self.kept = Words(role="backward")
        self.kept.hide()
        rows.add("", self.kept).hide()  # even an empty label would take a line
        self.from_file = button = QPushButton("From file…")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self._open(option.name))
        rows.add("", button, "Learn a text of your own: a UTF-8 file of up to 10 MB.")
        button.setAccessibleName(f"{option.title} from a file")
        return box

    def _typed(self, name: str, box: QComboBox) -> None:
        """Ask for the text that was typed. One that is refused stays, marked, so that it can be mended."""
        line = box.lineEdit()
        assert line is not None and self._task is not None
        if not line.isModified() or line.text() == self._refused:
            return
        if line.text() != self._task.settings()[name]:
            self._emit(name, line.text())
        refused = line.text() != self._task.settings()[name]
        self._refused = line.text() if refused else None
        line.setModified(refused)
        self._mark(name, box)

    def _mark(self, name: str, box: QComboBox) -> None:
        """Mark a text that was refused, and say which one is in use."""
        line = box.lineEdit()
        assert line is not None and self._task is not None and self.kept is not None
        refused = line.isModified() and line.text() == self._refused
        if refused:
            kept = str(self._task.settings()[name])
            shortened = kept if len(kept) <= SHORT else f"{kept[:SHORT]}…"
            self.kept.setText(f"Not taken; “{shortened}” is still in use.")
        self.kept.setVisible(refused)
        if bool(box.property("invalid")) != refused:
            box.setProperty("invalid", refused)
            box.style().polish(box)

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
        self.changed.emit({"task": TaskSettings(self._task.id, {**self._task.settings(), name: value})})


def _show_text(box: QComboBox, text: str) -> None:
    """Show a text in its field, unless another is being typed there."""
    line = box.lineEdit()
    assert line is not None
    if line.text() != text[:LONGEST_LINE] and not line.isModified():
        line.setText(text[:LONGEST_LINE])
        line.setCursorPosition(0)
