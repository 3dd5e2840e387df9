"""Build panels from the same few parts: section headers, cards, labelled rows, notes, badges, hairlines."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QGridLayout,
    QLabel,
    QLayout,
    QToolButton,
    QWidget,
)

from explorer.ui.look.text_size import scaled
from explorer.ui.look.theme import SPACE, RoleName

Thing = QWidget | QLayout | int | tuple[QWidget | QLayout, int]
"""What stands in a row or a column; with a number, its share of the room that is left."""
Margins = tuple[int, int, int, int]
NO_MARGINS = 0, 0, 0, 0
Made = TypeVar("Made", bound=QWidget)
UNBOUNDED = 16_777_215
"""Qt's largest width or height of a widget, which means that there is none; PySide has no name for it."""


def in_row(
    spacing: int | None, *things: Thing, on: QWidget | None = None, margins: Margins | None = NO_MARGINS
) -> QBoxLayout:
    """Things side by side, `on` a widget or within another layout, with so many px between and around them.

    A number is empty room with this share of what is left. None leaves a distance to Qt.
    """
    return _boxes(QBoxLayout.Direction.LeftToRight, spacing, things, on, margins)


def in_column(
    spacing: int | None, *things: Thing, on: QWidget | None = None, margins: Margins | None = NO_MARGINS
) -> QBoxLayout:
    """Things one below the other, as `in_row` has them side by side."""
    return _boxes(QBoxLayout.Direction.TopToBottom, spacing, things, on, margins)


def _boxes(
    direction: QBoxLayout.Direction,
    spacing: int | None,
    things: tuple[Thing, ...],
    on: QWidget | None,
    margins: Margins | None,
) -> QBoxLayout:
    boxes = QBoxLayout(direction, on)
    if margins is not None:
        scaled(boxes.setContentsMargins, *margins)
    if spacing is not None:
        scaled(boxes.setSpacing, spacing)
    for thing in things:
        part, share = thing if isinstance(thing, tuple) else (thing, 0)
        if isinstance(part, QWidget):
            boxes.addWidget(part, share)
        elif isinstance(part, QLayout):
            boxes.addLayout(part, share)
        else:
            boxes.addStretch(part)
    return boxes


def ancestors(widget: QWidget) -> Iterator[QWidget]:
    """What a widget stands in, from within; beyond a dialog, the window that it belongs to."""
    while (parent := widget.parentWidget()) is not None:
        yield parent
        widget = parent


def restyle(widget: QWidget, name: str, value: str | bool) -> None:
    """Set a property that the style sheet goes by: it is looked at when a widget is polished, not when it changes."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def styled(widget: Made, role: str | None = None, font: QFont | None = None) -> Made:
    """A widget in a role of the style sheet, and in a font; None for those that it has."""
    if role is not None:
        widget.setProperty("role", role)
    if font is not None:
        scaled(widget.setFont, font)
    return widget


class SectionHeader(QLabel):
    """The heading of a group in a panel, in small capitals' stead: upper case, muted."""

    def __init__(self, text: str) -> None:
        super().__init__(text.upper())
        self.setProperty("role", "section")
        self.setAccessibleName(text)


class Card(QFrame):
    """A white box with a hairline border around things that stand one below the other."""

    def __init__(self, *things: Thing, spacing: int = SPACE, margins: Margins = (12, 10, 12, 10)) -> None:
        super().__init__()
        self.setProperty("role", "card")
        in_column(spacing, *things, on=self, margins=margins)


class LabelledRows(QWidget):
    """Controls one below the other, each with its name on the left, all starting on one line."""

    def __init__(self, label_width: int = 90) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        scaled(self._grid.setHorizontalSpacing, SPACE)
        self.set_apart(True)
        self._grid.setColumnMinimumWidth(0, label_width)
        self._grid.setColumnStretch(1, 1)

    def add(self, text: str, control: QWidget, tip: str = "") -> QLabel:
        """Append a control; its label names it for screen readers, and `&x` in the text makes Alt+X its key."""
        label = QLabel(text)
        label.setBuddy(control)
        if isinstance(control, QAbstractSpinBox):
            roomy(control)
        control.setAccessibleName(control.accessibleName() or text.replace("&", ""))
        if tip:
            label.setToolTip(tip)
            control.setToolTip(tip)
        row = self._grid.rowCount()
        if text:  # an empty label would keep the room of a line though the control is hidden
            self._grid.addWidget(label, row, 0)
        self._grid.addWidget(control, row, 1)
        return label

    def set_apart(self, on: bool) -> None:
        """Keep the rows a little apart, or as near to each other as can be where there is no room."""
        scaled(self._grid.setVerticalSpacing, 6 if on else 5)

    def show_row(self, control: QWidget, on: bool) -> None:
        """Show a control with its name, or hide both."""
        for label in self.findChildren(QLabel):
            if label.buddy() is control:
                label.setVisible(on)
        control.setVisible(on)


class Segments(QWidget):
    """A choice between a few texts side by side, of which one is on: `train time | test time`."""

    chosen = Signal(int)

    def __init__(self, texts: tuple[str, ...], name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        for index, text in enumerate(texts):
            button = QToolButton()
            button.setText(text)
            button.setCheckable(True)
            place = "first" if index == 0 else "last" if index == len(texts) - 1 else "middle"
            button.setProperty("segment", place)
            button.setAccessibleName(f"{name}: {text}")
            self._group.addButton(button, index)
        in_row(0, *self._group.buttons(), on=self)
        self._group.idClicked.connect(self.chosen)
        self._group.buttonToggled.connect(self._lead)
        self.choose(0)
        for each in self._group.buttons():
            self._lead(each, each.isChecked())

    def _lead(self, button: QAbstractButton, on: bool) -> None:
        """Let Tab lead to the one that is on, whence arrows lead on; a click leaves the keyboard to the graph."""
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus if on else Qt.FocusPolicy.NoFocus)

    def rename(self, texts: tuple[str, ...]) -> None:
        """Write the texts differently: shorter, where there is less room."""
        for index, text in enumerate(texts):
            self._group.button(index).setText(text)
        layout = self.layout()
        assert layout is not None
        layout.activate()  # at once: what it stands in may ask how much room it needs now

    @property
    def choice(self) -> int:
        """The index of the text that is on."""
        return self._group.checkedId()

    def choose(self, index: int | None) -> None:
        """Switch a text on without a signal, or None."""
        self._group.setExclusive(index is not None)
        for place, button in enumerate(self._group.buttons()):
            button.setChecked(place == index)


class Words(QLabel):
    """Running text that wraps, in the colour of a meaning or muted; can be selected with the mouse."""

    def __init__(self, text: str = "", role: RoleName | str = "muted") -> None:
        super().__init__(text)
        self.setWordWrap(True)
        self.setProperty("role", role)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def say(self, text: str, role: RoleName | str) -> None:
        """Show another text in the colour of its meaning."""
        self.setText(text)
        restyle(self, "role", role)


def show_text(label: QLabel, text: str) -> None:
    """Show a text, or hide its label if there is none."""
    label.setText(text)
    label.setVisible(bool(text))


class Links(Words):
    """Words in HTML with links, in the colour that links have in the theme."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and (text := self.text()):
            # Qt colours links when it reads the text, and passes over a text that is there already.
            self.setText("")
            self.setText(text)


def roomy(spin: QAbstractSpinBox) -> None:
    """Move a spin box's text in from its border; a style sheet's padding does not reach it (Qt 6.11)."""
    spin.lineEdit().setTextMargins(6, 0, 0, 0)


def tool_button(
    text: str, tip: str, role: str = "flat", clicked: Callable[[], object] | SignalInstance | None = None
) -> QToolButton:
    """A small button for a sign or a few words, and what a click does; it leaves the keys to what had them."""
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tip)
    button.setAccessibleName(text if any(map(str.isalpha, text)) else tip)
    button.setProperty("role", role)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if clicked is not None:
        button.clicked.connect(clicked)
    return button
