"""Choose the options that a format heeds: a form that follows from their declaration."""

from typing import Any

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QSizePolicy, QWidget

from explorer.errors import ExplorerError
from explorer.export.format import Format, Options
from explorer.language import tr
from explorer.reading.bounds import Setting, declared
from explorer.ui.parts.fields import Choice
from explorer.ui.parts.number_field import NumberField
from explorer.ui.parts.widgets import LabelledRows, in_column

WORDS = {
    "all": tr("All"),
    "current": tr("Current"),
    "outlines": tr("Outlines"),
    "text": tr("Text"),
    "node": tr("Node"),
    "step": tr("Step"),
    "phase": tr("Phase"),
    "below": tr("Below"),
    "none": tr("None"),
    "shown": tr("As shown"),
    "light": tr("Light"),
    "dark": tr("Dark"),
}
"""What each choice is called."""
LABELS = 150
"""Width, in px, of the names on the left."""


class OptionsForm(QWidget):
    """`changed` tells that something else was chosen; `options` are kept from format to format."""

    changed = Signal()
    failed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.options = Options()
        self.fields: dict[str, QWidget] = {}
        self._rows = LabelledRows(LABELS)
        self._column = in_column(0, self._rows, on=self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_format(self, format: Format) -> None:
        """Offer what this format heeds."""
        self._column.removeWidget(self._rows)
        self._rows.hide()
        self._rows.deleteLater()
        self._rows, self.fields = LabelledRows(LABELS), {}
        for name in format.heeds:
            setting = declared(Options)[name]
            field = self.fields[name] = self._field(setting)
            self._rows.add("" if isinstance(field, QCheckBox) else setting.title, field, setting.help)
        self._column.addWidget(self._rows)

    def _field(self, setting: Setting) -> QWidget:
        name, value = setting.name, getattr(self.options, setting.name)
        words = setting.words
        if isinstance(setting.default, bool):
            box = QCheckBox(setting.title)
            box.setChecked(value)
            box.toggled.connect(lambda on: self._choose(name, on))
            return box
        if words:
            choice = Choice(whole=True)
            choice.addItems([WORDS[word] for word in words])
            choice.setCurrentIndex(words.index(value))
            choice.activated.connect(lambda i: self._choose(name, words[i]))
            return choice
        if setting.kind is str:
            line = QLineEdit("" if value is None else str(value))
            line.setPlaceholderText(tr("as large as the drawing"))
            line.editingFinished.connect(lambda: self._choose(name, line.text().strip() or None))
            return line
        number = NumberField(setting.bounds, optional=setting.optional, nothing=tr("automatic"))
        number.set_value(value)
        number.set_help(setting.help)
        number.changed.connect(lambda found: self._choose(name, found))
        return number

    def _choose(self, name: str, value: Any) -> None:
        if value == getattr(self.options, name):
            return
        options = msgspec.structs.replace(self.options, **{name: value})
        try:
            options.pixels()
        except ExplorerError as error:
            self.failed.emit(str(error))
            return
        self.options = options
        self.changed.emit()
