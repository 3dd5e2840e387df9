"""View of a few symbols of which one is chosen: click another, type it, or go to it with arrows and Enter."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QToolButton, QWidget

from explorer.language import tr
from explorer.ui.look.text_size import scaled
from explorer.ui.parts.ways import ARROWS

SIDE = 34
"""Smallest width and height of a button in px."""
COLUMNS = 10


class SymbolPicker(QWidget):
    """Buttons in rows of ten, the present symbol's pressed; `chosen` carries the place of a symbol."""

    chosen = Signal(int)

    def __init__(self, symbols: tuple[str, ...]) -> None:
        super().__init__()
        self._symbols = symbols
        self.buttons: list[QToolButton] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        scaled(grid.setSpacing, 4)
        for place, symbol in enumerate(symbols):
            button = QToolButton()
            button.setText(symbol.replace("&", "&&"))
            button.setAccessibleName(tr("symbol {symbol}", symbol=symbol))
            button.setCheckable(True)
            scaled(button.setMinimumSize, SIDE, SIDE)
            button.clicked.connect(lambda _=False, place=place: self.chosen.emit(place))
            button.installEventFilter(self)
            grid.addWidget(button, place // COLUMNS, place % COLUMNS)
            self.buttons.append(button)
        # A short row stands at the left, not drawn apart.
        grid.setColumnStretch(COLUMNS, 1)

    def set_chosen(self, place: int | None) -> None:
        """Show which one is chosen."""
        for i, button in enumerate(self.buttons):
            button.setChecked(i == place)
        if place is not None:
            self.setFocusProxy(self.buttons[place])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        at = next(i for i, button in enumerate(self.buttons) if button is watched)
        if (move := ARROWS.get(Qt.Key(event.key()))) is not None:
            to = at + COLUMNS * move[0] + move[1]
            if 0 <= to < len(self.buttons):
                self.buttons[to].setFocus(Qt.FocusReason.TabFocusReason)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(at)
            return True
        # Space presses the button that has the focus, unless it is a symbol itself.
        if event.text() and event.text() in self._symbols:
            self.chosen.emit(self._symbols.index(event.text()))
            return True
        return super().eventFilter(watched, event)
