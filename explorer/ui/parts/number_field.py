"""Type a number, or that there is none, into a field that knows what numbers can be used."""

from PySide6.QtCore import QPoint, QSignalBlocker, Signal
from PySide6.QtWidgets import QLineEdit, QToolTip

from explorer.errors import ExplorerError
from explorer.language import tr
from explorer.reading.bounds import Bounds
from explorer.reading.number import read_within
from explorer.ui.look.text_size import scaled
from explorer.ui.parts.widgets import restyle


class NumberField(QLineEdit):
    """A number within bounds, typed as people write it. `changed` carries it, an int if whole, or None for `nothing`.

    With `wide` it is as wide as there is room.
    """

    changed = Signal(object)

    def __init__(self, bounds: Bounds, *, optional: bool = False, nothing: str = tr("off"), wide: bool = False) -> None:
        super().__init__()
        self._bounds, self._optional, self._nothing = bounds, optional, nothing
        self._help = ""
        if not wide:
            scaled(self.setFixedWidth, 84)
        self.editingFinished.connect(self._finish)
        self.textEdited.connect(lambda _: self._mark(True))

    def set_help(self, text: str) -> None:
        """Say what the number is for, as long as it can be used."""
        self._help = text
        self.setToolTip(text)

    def set_bounds(self, bounds: Bounds) -> None:
        """Take other numbers from now on."""
        self._bounds = bounds

    def set_value(self, value: float | None) -> None:
        """Show a number; no signal."""
        with QSignalBlocker(self):
            self.setText(self._nothing if value is None else _written(value))
        self._mark(True)

    def value(self) -> float | int | None:
        """What is typed.

        Raises:
            ExplorerError: it is not exactly one number, or out of range.
        """
        text = self.text().strip()
        if self._optional and text.lower() in ("", "off", self._nothing, "–", "-"):
            return None
        return read_within(text, self._bounds)

    def _finish(self) -> None:
        try:
            value = self.value()
        except ExplorerError as error:
            self._mark(False, str(error))
            # At once: a frame alone does not say what would do.
            QToolTip.showText(self.mapToGlobal(QPoint(0, self.height() // 2)), str(error), self)
            return
        self._mark(True)
        self.changed.emit(value)

    def _mark(self, good: bool, why: str = "") -> None:
        self.setToolTip(why or self._help)
        restyle(self, "invalid", not good)


def _written(value: float) -> str:
    """The value, short but to its last figure: what is shown is read back when the field is left."""
    short = f"{value:.10g}"
    return short if float(short) == value else repr(value)
