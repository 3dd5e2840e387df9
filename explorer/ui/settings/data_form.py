"""View of how data are read: encoding, form, kinds, targets ahead, one target, windows, scale."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QLineEdit, QWidget

from explorer.data.choices import Choices
from explorer.data.reading import DataRead
from explorer.language import tr
from explorer.reading.bounds import Bounds
from explorer.reading.encodings import ENCODINGS
from explorer.ui.look.text_size import scaled
from explorer.ui.parts.fields import Choice, WholeNumber
from explorer.ui.parts.widgets import roomy

FORMS = ((None, tr("automatic")), ("symbols", tr("lines")), ("table", tr("table")), ("json", "JSON"))
KINDS = (("", tr("automatic")), ("symbols", tr("symbols")), ("bits", tr("bits")), ("numbers", tr("numbers")))


class DataForm(QWidget):
    """`changed` says that something was chosen. What was not touched follows from the data."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choices = Choices()
        self._labels: dict[QWidget, QLabel] = {}
        self._grid = QGridLayout(self)
        scaled(self._grid.setContentsMargins, 0, 4, 0, 0)
        scaled(self._grid.setHorizontalSpacing, 8)
        scaled(self._grid.setVerticalSpacing, 5)
        self.encoding = self._choice(tr("Encoding"), ((None, tr("recognised")), *ENCODINGS.items()), 0, 0)
        self.form = self._choice(tr("Read as"), FORMS, 1, 0)
        self.inputs_are = self._choice(tr("Inputs are"), KINDS, 2, 0)
        self.targets_are = self._choice(tr("Targets are"), KINDS, 2, 2)
        self.ahead = WholeNumber(Bounds(0, 1000, whole=True))
        self.ahead.setToolTip(tr("The target of a step is that of so many steps later: 1 asks for what comes next"))
        roomy(self.ahead)
        self._add(tr("Steps ahead"), self.ahead, 1, 2)
        self.inputs_also = self._line(tr("Inputs also"), "inputs_also", 3, 0)
        self.targets_also = self._line(tr("Targets also"), "targets_also", 3, 2)
        self.one_target = self._switch(
            tr("one target a sequence"), tr("The last target alone, after the whole sequence"), 4, 0
        )
        self.windows = self._switch(
            tr("cut into windows"), tr("Learn windows of a series, as long as the length says"), 4, 2
        )
        self.scaled = self._switch(tr("scale numbers"), tr("Numbers less their mean, divided by their spread"), 5, 0)
        for name, box in (("form", self.form), ("inputs_are", self.inputs_are), ("targets_are", self.targets_are)):
            box.asked.connect(partial(self._choose, name))
        for name, switch in (("one_target", self.one_target), ("windows", self.windows), ("scaled", self.scaled)):
            switch.clicked.connect(lambda on, name=name: self._choose(name, on))
        self.ahead.valueChanged.connect(partial(self._choose, "ahead"))
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1)
        self.show_encoding(False)

    def with_columns(self, columns: dict[str, Any]) -> Choices:
        """The choices, with these columns."""
        return replace(self.choices, **columns)

    def show_choices(self, choices: Choices) -> None:
        """Show how data were read that are there already; no signal."""
        self.choices = choices
        for box, chosen in ((self.inputs_are, choices.inputs_are), (self.targets_are, choices.targets_are)):
            box.show_value(chosen)
        for line, names in ((self.inputs_also, choices.inputs_also), (self.targets_also, choices.targets_also)):
            with QSignalBlocker(line):
                line.setText(" ".join(names))

    def show_reading(self, reading: DataRead) -> None:
        """Show what was followed where nothing is chosen."""
        made = reading.choices
        with QSignalBlocker(self.ahead):
            self.ahead.setValue(made.ahead or 0)
        self.one_target.setChecked(bool(made.one_target))
        self.windows.setChecked(bool(made.windows))

    def choose_kinds(self, choices: Choices) -> None:
        """Read inputs and targets as they are in these choices."""
        self.show_choices(replace(self.choices, inputs_are=choices.inputs_are, targets_are=choices.targets_are))
        self.changed.emit()

    def show_encoding(self, on: bool) -> None:
        """Let the encoding be chosen, where it is not recognised."""
        for widget in (self.encoding, self._labels[self.encoding]):
            widget.setVisible(on)

    def _choose(self, name: str, value: Any) -> None:
        self.choices = replace(self.choices, **{name: value})
        self.changed.emit()

    def _choice(self, label: str, items: Iterable[tuple[object, str]], row: int, column: int) -> Choice:
        box = Choice(whole=True)
        box.fill((title, value) for value, title in items)
        self._add(label, box, row, column)
        return box

    def _add(self, label: str, field: QWidget, row: int, column: int) -> None:
        name = QLabel(label)
        name.setBuddy(field)
        field.setAccessibleName(label)
        self._labels[field] = name
        self._grid.addWidget(name, row, column)
        self._grid.addWidget(field, row, column + 1)

    def _line(self, label: str, name: str, row: int, column: int) -> QLineEdit:
        """A line of symbols that do not occur in the data, and could, or of all in their order."""
        line = QLineEdit()
        line.setPlaceholderText(tr("symbols"))
        line.setToolTip(
            tr(
                "Symbols that could occur as well, with blanks between: each has a unit of its own. Where all are "
                "given, their units stand in this order"
            )
        )
        line.textChanged.connect(lambda text: self._choose(name, tuple(dict.fromkeys(text.split()))))
        self._add(label, line, row, column)
        return line

    def _switch(self, title: str, tip: str, row: int, column: int) -> QCheckBox:
        switch = QCheckBox(title)
        switch.setToolTip(tip)
        self._grid.addWidget(switch, row, column, 1, 2)
        return switch
