"""Change things by hand where they are drawn: `Editors.open` puts the editor of a node or a parameter beside it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QElapsedTimer, QObject, QRect
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QWidget

from explorer.errors import ExplorerError
from explorer.graph.arrays import Array
from explorer.language import tr, trn
from explorer.reading.array import read_array
from explorer.session.document import Shown
from explorer.session.editable import Editable, Numbers, SymbolChoice, editable
from explorer.session.edits import Edit, HoldEdit
from explorer.session.holding import hold_edits, released
from explorer.session.originals import answers_changed, computed_before
from explorer.session.session import Session
from explorer.session.viewing import Selection
from explorer.ui.typography.numbers import figures

if TYPE_CHECKING:
    from explorer.ui.editing.popup import EditorPopup


MOST_STEPS = 12
"""How many steps are named one by one."""


class Editors(QObject):
    """Opens one editor at a time over `parent`, the drawing. `do` runs a change of the session and shows the result.

    `do` says what went wrong, if anything, and leaves all as it was; the editor says it too.
    """

    def __init__(self, parent: QWidget, session: Session, do: Callable[[Callable[[], object]], object]) -> None:
        super().__init__(parent)
        self._parent, self._session, self._do = parent, session, do
        self.popup: EditorPopup | None = None
        """The editor that was opened last; it may be closed by now."""
        self._thing: Selection = None
        self._kind: tuple[object, ...] = ()
        self._flipped: Selection = None
        self._since = QElapsedTimer()

    def open(self, thing: Selection, rect: QRect | None = None) -> None:
        """Open the editor of a thing that stands at `rect` of the parent; a switch is flipped at once.

        Without a rectangle, or with an empty one, it opens at the pointer. What cannot be edited is said through `do`.
        """
        self.close()
        try:
            state = editable(self._session.shown, thing)
        except ExplorerError as error:
            self._refuse(error)
            return
        if state.switch:
            self._flip(thing, state)
            return
        from explorer.ui.editing.popup import EditorPopup

        self._thing, self._kind = thing, _kind(state)
        self.popup = popup = EditorPopup(self._parent, state)
        popup.symbol_chosen.connect(self._choose)
        popup.number_entered.connect(self._enter)
        popup.block_pasted.connect(self._paste)
        popup.feeding_chosen.connect(self._feed)
        popup.hold_asked.connect(self._hold)
        popup.let_go_asked.connect(self._let_go)
        popup.onward_chosen.connect(self._hold_onward)
        popup.undo_requested.connect(lambda: self._attempt(self._session.undo))
        popup.redo_requested.connect(lambda: self._attempt(self._session.redo))
        popup.say_effect(said_of_effect(self._session.shown))
        popup.open_at(self._place(rect))

    def click(self, thing: Selection) -> None:
        """Flip the switch of a fed-back signal at a single click; other things only get selected by one."""
        try:
            state = editable(self._session.shown, thing)
        except ExplorerError:
            return
        if state.switch:
            self._flip(thing, state)

    def paste(self, thing: Selection, text: str) -> bool:
        """Put the numbers of a text into a thing that is given, without its editor; False if it has no numbers.

        Why they cannot go there is said through `do`.
        """
        try:
            content = editable(self._session.shown, thing).content
        except ExplorerError:
            return False
        if not isinstance(content, Numbers) or content.computed:
            return False
        rows, columns = content.array.shape
        self._do(lambda: self._session.edit_all(_edits(content, read_array(text, (rows, columns)))))
        return True

    def close(self) -> None:
        """Close the editor; a number that is half typed is dropped."""
        if self.popup is not None:
            # Or else it might still ask for a change, meant for its own thing, when another has taken its place.
            self.popup.blockSignals(True)
            self.popup.close()
            self.popup.deleteLater()
            self.popup = None

    @property
    def editing(self) -> bool:
        """Whether an editor is open."""
        return self.popup is not None and self.popup.isVisible()

    def refresh(self) -> None:
        """Show the thing as it is after the session has changed; close the editor if there is no such thing now."""
        if self.editing:
            self._show("")

    def _place(self, rect: QRect | None) -> QRect:
        """Where the thing stands on the screen."""
        if rect is not None and not rect.isEmpty():
            return QRect(self._parent.mapToGlobal(rect.topLeft()), rect.size())
        pointer = self._parent.mapFromGlobal(QCursor.pos())
        inside = self._parent.rect().contains(pointer)
        corner = self._parent.mapToGlobal(pointer if inside else self._parent.rect().center())
        return QRect(corner, corner)

    def _choose(self, place: int) -> None:
        content = self._state().content
        assert isinstance(content, SymbolChoice)
        if place == content.chosen or self._attempt(lambda: self._session.edit(content.edit(place))):
            self.close()

    def _enter(self, row: int, column: int, value: float) -> None:
        content = self._state().content
        assert isinstance(content, Numbers)
        self._attempt(lambda: self._session.edit_all(self._onward([content.edit(row, column, value)])))

    def _paste(self, row: int, column: int, block: Array) -> None:
        content = self._state().content
        assert isinstance(content, Numbers)
        self._attempt(lambda: self._session.edit_all(self._onward(_edits(content, block, row, column))))

    def _onward(self, edits: Sequence[Edit]) -> list[Edit]:
        """The edits, those that hold something at later steps too if that is chosen."""
        row = None if self.popup is None else self.popup.holding
        onward = row is not None and row.onward
        return [replace(edit, onward=onward) if isinstance(edit, HoldEdit) else edit for edit in edits]

    def _hold(self) -> None:
        """Hold all units that are not held, where they are."""
        state = self._state()
        assert state.holding is not None
        held = {edit.unit for edit in state.holding.edits}
        edits = [e for e in hold_edits(self._session.shown, state.holding.vertex) if e.unit not in held]
        self._attempt(lambda: self._session.edit_all(self._onward(edits)))

    def _hold_onward(self, onward: bool) -> None:
        """Hold what is held at later steps too, or no longer."""
        holding = self._state().holding
        assert holding is not None
        if holding.edits:
            self._attempt(lambda: self._session.edit_all([replace(e, onward=onward) for e in holding.edits]))

    def _let_go(self) -> None:
        holding = self._state().holding
        assert holding is not None
        self._attempt(lambda: self._session.change(edits=released(self._session.document, holding.vertex)))

    def _feed(self, target: bool) -> None:
        feeding = self._state().feeding
        assert feeding is not None
        self._attempt(lambda: self._session.feed(feeding.t, target))

    def _flip(self, thing: Selection, state: Editable) -> None:
        """Feed the other signal; the second click of a double click does not flip it back."""
        again = thing == self._flipped and self._since.isValid()
        if again and self._since.elapsed() < QApplication.doubleClickInterval():
            return
        self._flipped = thing
        self._since.start()
        feeding = state.feeding
        assert feeding is not None
        self._attempt(lambda: self._session.feed(feeding.t, not feeding.target))

    def _state(self) -> Editable:
        return editable(self._session.shown, self._thing)

    def _attempt(self, change: Callable[[], object]) -> bool:
        """Make a change; whether it worked. The editor shows what came of it, or closes if its thing is gone."""
        failures: list[str] = []

        def attempted() -> None:
            try:
                change()
            except ExplorerError as error:
                failures.append(str(error))
                raise

        self._do(attempted)
        if self.popup is not None:
            self._show(" ".join(failures))
        return not failures

    def _show(self, sentence: str) -> None:
        """Show the thing as it is now, unless an undo has led to where there is no such thing."""
        assert self.popup is not None
        try:
            state = self._state()
        except ExplorerError:
            self.close()
            return
        if _kind(state) != self._kind:
            self.close()
            return
        self.popup.set_state(state)
        self.popup.say_effect(said_of_effect(self._session.shown))
        self.popup.say(sentence)

    def _refuse(self, error: ExplorerError) -> None:
        def refuse() -> None:
            raise error

        self._do(refuse)


def _edits(content: Numbers, block: Array, row: int = 0, column: int = 0) -> list[Edit]:
    """Those that put a block into numbers, from a row and a column on, where it has others."""
    return [
        content.edit(row + i, column + j, value)
        for i, line in enumerate(block.tolist())
        for j, value in enumerate(line)
        if value != content.array[row + i, column + j]
    ]


def said_of_effect(shown: Shown) -> str:
    """What the edits by hand do to the loss and to the answers, in a sentence; "" where they change nothing."""
    before, steps = None if shown.network.output is None else computed_before(shown, None), answers_changed(shown)
    if before is None:
        return ""
    loss = tr("L was {before} without the edits by hand, and is {after}.", before=figures(float(before[0])),
              after=figures(shown.trace.loss))  # fmt: skip
    if not steps:
        return loss
    return f"{loss}\n" + trn(
        "Another answer comes at step {steps}.",
        "Another answer comes at {n} steps: {steps}.",
        len(steps),
        steps=", ".join(map(str, steps[:MOST_STEPS])) + (", …" if len(steps) > MOST_STEPS else ""),
    )


def _kind(state: Editable) -> tuple[object, ...]:
    """What an editor is made for: what differs needs another one."""
    match state.content:
        case SymbolChoice(symbols=symbols):
            return symbols, state.feeding is None
        case Numbers() as numbers:
            return numbers.name, numbers.row_names, numbers.column_names
    return (state.feeding and state.feeding.t,)
