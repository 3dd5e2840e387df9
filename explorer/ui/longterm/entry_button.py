"""Choose one entry of θ: a button with its name, which opens the matrices to click in."""

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QStyle, QStyleOptionToolButton, QStylePainter, QToolButton, QWidget

from explorer.graph.analyse.surface import Entry
from explorer.graph.arrays import Array, Index
from explorer.language import tr
from explorer.ui.longterm.words import entry_name
from explorer.ui.look.text_size import scaled
from explorer.ui.parts.entry_picker import EntryPicker
from explorer.ui.parts.fields import Choice
from explorer.ui.parts.one_of import COMPACT
from explorer.ui.parts.widgets import in_column
from explorer.ui.typography.text import paint_text


class EntryButton(QToolButton):
    """`picked` carries an `Entry`; it closes with a click outside or Esc, so that several can be tried."""

    picked = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        scaled(self.setStyleSheet, COMPACT)
        self.setAccessibleName(name)
        self.setToolTip(tr("{name}: click to choose another entry of a weight matrix or a bias", name=name))
        self._parameters: Mapping[str, Array] = {}
        self._symbols: Mapping[str, str] = {}
        self.entry: Entry = ("", ())
        self.popup = _Popup(self)
        self.popup.parameter.activated.connect(self._pick_parameter)
        self.popup.entries.picked.connect(lambda index: self.picked.emit((self.entry[0], index)))
        self.clicked.connect(self.open)

    def set_entry(self, entry: Entry, parameters: Mapping[str, Array], symbols: Mapping[str, str]) -> None:
        """Show the entry chosen, of these parameters, which are called so."""
        self.popup.parameter.fill((symbols[name], name) for name in parameters)
        self.entry, self._parameters, self._symbols = entry, parameters, symbols
        self.setText(entry_name(entry, symbols[entry[0]]))
        self.popup.parameter.show_value(entry[0])
        self.popup.entries.set_array(parameters[entry[0]], entry[1])
        self.popup.adjustSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, option = QStylePainter(self), QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        ink = self.palette().color(self.foregroundRole())
        paint_text(painter, QRectF(self.rect()), self.text(), self.fontInfo().pixelSize(), ink)

    def open(self) -> None:
        """Open the matrices beside the button, whole on the screen."""
        self.popup.adjustSize()
        free, at = self.screen().availableGeometry(), self.mapToGlobal(QPoint(0, self.height() + 2))
        if at.y() + self.popup.height() > free.bottom():
            at = self.mapToGlobal(QPoint(0, -self.popup.height() - 2))
        self.popup.move(min(at.x(), free.right() - self.popup.width()), max(free.top(), at.y()))
        self.popup.show()
        self.popup.entries.setFocus(Qt.FocusReason.PopupFocusReason)

    def _pick_parameter(self, place: int) -> None:
        name = list(self._parameters)[place]
        index: Index = (0,) * self._parameters[name].ndim
        self.picked.emit((name, index))


class _Popup(QFrame):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "popup")
        self.parameter, self.entries = Choice(whole=True), EntryPicker()
        self.parameter.setAccessibleName(tr("Parameter"))
        in_column(6, self.parameter, self.entries, on=self, margins=(10, 8, 10, 8))
