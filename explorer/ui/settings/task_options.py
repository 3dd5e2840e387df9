"""View of the options that a task declares; says what is to change."""

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QComboBox, QFileDialog, QPushButton, QWidget

from explorer.language import tr
from explorer.tasks import Task
from explorer.tasks.options import Option
from explorer.training.settings import TaskSettings
from explorer.ui.parts.encoding_dialog import take_text
from explorer.ui.parts.fields import Choice, WholeNumber
from explorer.ui.parts.typed_line import TypedLine
from explorer.ui.parts.widgets import LabelledRows, Words, in_column
from explorer.ui.settings.data_row import DataRow
from explorer.ui.settings.output_choice import OutputChoice

LABEL_WIDTH = 82
SHORT = 20
"""Characters of a text that is only quoted."""


def renewed(column: QBoxLayout, before: LabelledRows | None, fields: Iterable[QWidget]) -> LabelledRows:
    """Empty rows at the top of a column, not shown yet, in the place of those before, whose fields are heard no more.

    A number still being typed is taken on when its field loses the focus, and belongs to another task or network.
    """
    if before is not None:
        for field in fields:
            field.blockSignals(True)
        before.hide()
        before.deleteLater()
    rows = LabelledRows(LABEL_WIDTH)
    column.insertWidget(0, rows)
    return rows


class TaskOptions(QWidget):
    """The options that the task declares: a number, or a text that can come from a file."""

    changed = Signal(dict)
    failed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._task: Task | None = None
        self._rows: LabelledRows | None = None
        self.kept: Words | None = None
        """Says which text is in use while one that was typed is refused; None if there is no such option."""
        self.output = OutputChoice()
        """Stands beside the heading of the task."""
        self.output.chosen.connect(lambda id: self._emit("output", id))
        self.fields: dict[str, WholeNumber | QComboBox | DataRow] = {}
        self.from_file: QPushButton | None = None
        """Reads the text of the option from a file; None if there is no such option."""
        self.note = Words(role="muted")
        self._column = in_column(None, self.note, on=self)

    def set_task(self, task: Task) -> None:
        """Show the options of a task and their values. The fields of the same task stay: one may be in use."""
        other = self._task is None or task.id != self._task.id
        self._task = task
        if other:
            self._build([option for option in task.options() if not option.common])
        self.output.set_task(task)
        self.note.setText(task.note)
        self.setToolTip(task.note)
        values = task.settings()
        for name, field in self.fields.items():
            if self._rows is not None:
                self._rows.show_row(field, name not in task.idle)
            with QSignalBlocker(field):
                if isinstance(field, WholeNumber):
                    field.setValue(int(values[name]))
                elif isinstance(field, DataRow):
                    field.show_data(str(values[name]))
                elif not field.isEditable():
                    field.setCurrentText(str(values[name]))
                else:
                    line = field.lineEdit()
                    assert isinstance(line, TypedLine)
                    line.show_text(str(values[name]))
                    line.mark()

    def show_note(self, on: bool) -> None:
        """Show what must be known of the options, if there is anything; else it is in their tool tip alone."""
        self.note.setVisible(on and bool(self.note.text()))

    def _build(self, options: list[Option]) -> None:
        self._rows, self.from_file, self.kept = renewed(self._column, self._rows, self.fields.values()), None, None
        build: dict[str, Callable[[Option, LabelledRows], WholeNumber | QComboBox | DataRow]]
        build = {"int": self._number, "text": self._text, "data": self._data, "choice": self._choice}
        self.fields = {option.name: build[option.kind](option, self._rows) for option in options}
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
        line = TypedLine(lambda text: self._task is not None and text == self._task.settings()[option.name])
        box.setLineEdit(line)
        box.addItems(option.examples)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        # It would put an example in the place of a text that only begins like it. PySide's types know no None here.
        box.setCompleter(None)  # type: ignore[arg-type]
        line.typed.connect(lambda text: self._emit(option.name, text))
        line.marked.connect(lambda refused: self._say_kept(option.name, refused))
        box.activated.connect(lambda i: self._emit(option.name, box.itemText(i)))
        rows.add(option.title, box, option.help)
        self.kept = Words(role="backward")
        self.kept.hide()
        rows.add("", self.kept).hide()  # even an empty label would take a line
        self.from_file = button = QPushButton(tr("From file…"))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self._open(option.name))
        rows.add("", button, tr("Learn a text of your own: a file of up to 10 MB."))
        button.setAccessibleName(tr("{option} from a file", option=option.title))
        return box

    def _choice(self, option: Option, rows: LabelledRows) -> QComboBox:
        box = Choice()
        box.addItems(option.examples)
        box.activated.connect(lambda i: self._emit(option.name, box.itemText(i)))
        rows.add(option.title, box, option.help)
        return box

    def _data(self, option: Option, rows: LabelledRows) -> DataRow:
        row = DataRow()
        row.taken.connect(lambda data: self._emit(option.name, data))
        rows.add(option.title, row, option.help)
        return row

    def _say_kept(self, name: str, refused: bool) -> None:
        """Say which text is in use while another is refused."""
        assert self._task is not None and self.kept is not None
        if refused:
            kept = str(self._task.settings()[name])
            shortened = kept if len(kept) <= SHORT else f"{kept[:SHORT]}…"
            self.kept.setText(tr("Not taken; “{shortened}” is still in use.", shortened=shortened))
        self.kept.setVisible(refused)

    def _open(self, name: str) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, tr("Choose a text"), "", tr("Text (*.txt *.md *.py);;All files (*)")
        )
        if path:
            self.use_file(name, Path(path))

    def use_file(self, name: str, path: Path) -> None:
        """Take the text of a file as the value of an option."""
        take_text(self, path, lambda text: self._emit(name, text), self.failed.emit)

    def _emit(self, name: str, value: int | str) -> None:
        assert self._task is not None
        now = self._task.settings()
        chosen = {
            option.name: now[option.name] for option in self._task.options() if now[option.name] != option.default
        }
        self.changed.emit({"task": TaskSettings(self._task.id, {**chosen, name: value})})
