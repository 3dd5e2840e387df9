"""Open a small window beside a thing in the drawing, to change it by hand; Esc or a click outside closes it."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QRadioButton, QWidget

from explorer.language import tr
from explorer.session.editable import Editable, Feeding, Numbers, SymbolChoice
from explorer.ui.editing.hold_row import HoldRow
from explorer.ui.editing.number_table import NumberTable
from explorer.ui.look import theme as themes
from explorer.ui.look.text_size import scaled
from explorer.ui.parts.beside import kept_within
from explorer.ui.parts.symbol_picker import SymbolPicker
from explorer.ui.parts.widgets import Words, in_column, in_row, show_text
from explorer.ui.typography.prose import Title, raised, written

GAP = 6
"""Distance in px between the thing and the popup."""
NARROWEST = 300
KEYS = tr(
    "Type a number, Enter takes it; arrows move.\nCtrl+A selects all: Del sets zeros, Ctrl+Enter fills in a number.\n"
    "Ctrl+V pastes a block, Ctrl+Z undoes."
)


class EditorPopup(QFrame):
    """The editor of one thing. It only asks: the session changes, and `set_state` shows what came of it."""

    symbol_chosen = Signal(int)
    number_entered = Signal(int, int, float)
    block_pasted = Signal(int, int, object)
    feeding_chosen = Signal(bool)
    hold_asked = Signal()
    let_go_asked = Signal()
    onward_chosen = Signal(bool)
    undo_requested = Signal()
    redo_requested = Signal()

    def __init__(self, parent: QWidget, state: Editable) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "popup")
        self.title, self.note, self.effect = Title(), _line(), _line(role="")
        self.message = Words(role="backward")
        self.picker: SymbolPicker | None = None
        self.table: NumberTable | None = None
        self.holding: HoldRow | None = None
        self.feeding: tuple[QRadioButton, ...] = ()
        """Target and own signal, where there is that choice."""
        self._column = column = in_column(themes.SPACE, self.title, self.note, on=self, margins=(14, 10, 14, 12))
        match state.content:
            case SymbolChoice():
                self._add_picker(state.content)
            case Numbers():
                self._add_table()
        if state.holding is not None:
            self._add_holding()
        if state.feeding is not None:
            self._add_feeding(state.feeding)
        column.addWidget(self.effect)
        column.addWidget(self.message)
        scaled(self.setMinimumWidth, NARROWEST)
        self.set_state(state)
        self.say("")

    def set_state(self, state: Editable) -> None:
        """Show the thing as it is now."""
        self.title.set_text(state.title)
        self.setAccessibleName(tr("Edit {state}", state=state.title))
        self.note.setText(written(state.note))
        if self.picker is not None and isinstance(state.content, SymbolChoice):
            self.picker.set_chosen(state.content.chosen)
        if self.table is not None and isinstance(state.content, Numbers):
            self.table.set_numbers(state.content)
            self.table.setAccessibleName(state.title)
            if self.holding is not None and state.holding is not None:
                self.holding.set_holding(state.holding, len(state.content.array))
        if self.feeding and state.feeding is not None:
            self.feeding[0 if state.feeding.target else 1].setChecked(True)

    def say_effect(self, sentence: str) -> None:
        """Say what the edits by hand do to the loss."""
        self.effect.setText(sentence)
        self.effect.setVisible(bool(sentence) and self.holding is not None)
        self._fit()

    def say(self, sentence: str) -> None:
        """Say why something was not taken; nothing to take it back."""
        show_text(self.message, sentence)
        self._fit()

    def open_at(self, thing: QRect) -> None:
        """Open below a rectangle of the screen, or above it where there is no room; always whole on the screen."""
        self._fit()
        self.move(placed(thing, self.size(), self.screen().availableGeometry()))
        self.show()
        chosen = next((button for button in self.feeding if button.isChecked()), self)
        (self.table or self.picker or chosen).setFocus(Qt.FocusReason.PopupFocusReason)

    def _fit(self) -> None:
        # Not adjustSize, which keeps a window within two thirds of the screen.
        self._column.activate()
        self.resize(self.sizeHint().boundedTo(self.screen().availableGeometry().size()))

    def _add_picker(self, choice: SymbolChoice) -> None:
        self.picker = SymbolPicker(choice.symbols)
        self.picker.chosen.connect(self.symbol_chosen)
        self._column.addWidget(self.picker)

    def _add_table(self) -> None:
        self.table = table = NumberTable()
        table.entered.connect(self.number_entered)
        table.pasted.connect(self.block_pasted)
        table.refused.connect(self.say)
        table.undo_requested.connect(self.undo_requested)
        table.redo_requested.connect(self.redo_requested)
        self._column.addLayout(in_row(None, table, 1))
        self._column.addWidget(_line(KEYS))

    def _add_holding(self) -> None:
        self.holding = row = HoldRow()
        row.hold_asked.connect(self.hold_asked)
        row.let_go_asked.connect(self.let_go_asked)
        row.onward_chosen.connect(self.onward_chosen)
        self._column.addWidget(row)

    def _add_feeding(self, feeding: Feeding) -> None:
        self._column.addWidget(_line(tr("Step {t} is fed the", t=feeding.t + 1), role=""))
        self.feeding = tuple(QRadioButton(raised(name)) for name in feeding.names)
        self.feeding[0].setProperty("role", "target")
        for button, target in zip(self.feeding, (True, False), strict=True):
            button.clicked.connect(lambda _=False, target=target: self.feeding_chosen.emit(target))
            self._column.addWidget(button)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo_requested.emit()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redo_requested.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        # Closed, it must not ask for changes any more, though a key may still reach it.
        self.blockSignals(True)
        super().hideEvent(event)


def _line(text: str = "", role: str = "muted") -> Words:
    """Words that do not wrap: a window that fits itself around wrapping ones is too high."""
    words = Words(text, role)
    words.setWordWrap(False)
    return words


def placed(thing: QRect, size: QSize, screen: QRect) -> QPoint:
    """Where a popup of this size goes beside a thing: below it, else above, else where there is room."""
    x = thing.left() + (thing.width() - size.width()) // 2
    y = thing.bottom() + 1 + GAP
    if y + size.height() > screen.bottom() + 1:
        y = thing.top() - GAP - size.height()
    return kept_within(screen, QPoint(x, y), size)
