"""View of what a network leaves to the learner, such as a spectral radius; says what is to change."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from explorer.architectures import get_architecture
from explorer.graph.adjustable import Adjustable, Chosen
from explorer.session.document import Shown
from explorer.ui.parts.number_field import NumberField
from explorer.ui.parts.widgets import LabelledRows, in_column
from explorer.ui.settings.task_options import renewed


class NetworkChoices(QWidget):
    """A field for each choice that the network declares; nothing where it declares none."""

    changed = Signal(dict)

    def __init__(self) -> None:
        super().__init__()
        self._choices: tuple[Adjustable, ...] = ()
        self._made: dict[str, Chosen] = {}
        self._rows: LabelledRows | None = None
        self.fields: dict[str, NumberField | QCheckBox] = {}
        self._column = in_column(None, on=self)
        self.hide()

    def set_shown(self, shown: Shown) -> None:
        """Show the choices of a network. The fields of the same choices stay: one may be in use."""
        self._made = shown.document.network.choices
        choices = tuple(get_architecture(shown.architecture.id).choices.values())
        if choices != self._choices:
            self._choices = choices
            self._build()
        for choice in choices:
            field, value = self.fields[choice.name], self._made.get(choice.name, choice.default)
            if isinstance(field, NumberField):
                field.set_value(value)
            else:
                with QSignalBlocker(field):
                    field.setChecked(bool(value))

    def _build(self) -> None:
        self._rows = renewed(self._column, self._rows, self.fields.values())
        self.fields = {choice.name: self._field(choice, self._rows) for choice in self._choices}
        self._rows.show()  # at once, so that the height of all settings can be asked for
        self.setVisible(bool(self.fields))

    def _field(self, choice: Adjustable, rows: LabelledRows) -> NumberField | QCheckBox:
        if choice.switch:
            check = QCheckBox(choice.title)
            check.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            check.toggled.connect(lambda on: self._choose(choice.name, on))
            rows.add("", check, choice.help)
            return check
        number = NumberField(choice.bounds, wide=True)
        number.setTextMargins(6, 0, 0, 0)
        number.changed.connect(lambda value: self._choose(choice.name, value))
        rows.add(choice.title, number, choice.help)
        number.set_help(choice.help)
        return number

    def _choose(self, name: str, value: Chosen) -> None:
        self.changed.emit({"choices": {**self._made, name: value}})
