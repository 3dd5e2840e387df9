"""Make fields for whole numbers and choices that keep still when the wheel only scrolls past them."""

from collections.abc import Iterable

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSpinBox, QStyle, QStyleOptionComboBox, QStylePainter

from explorer.errors import ExplorerError
from explorer.reading.bounds import Bounds
from explorer.reading.number import read_within
from explorer.ui.look.text_size import scaled


class WholeNumber(QSpinBox):
    """A number between bounds, taken on once it is typed whole. It asks for little room, however large it may get.

    What is no such number is not taken: the number before it comes back, and `refused` says why.
    """

    refused = Signal(str)

    def __init__(self, bounds: Bounds) -> None:
        super().__init__()
        self.setRange(int(bounds.low), int(bounds.high))
        self.setKeyboardTracking(False)
        scaled(self.setMinimumWidth, 64)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # Qt asks these. It would drop blanks and marks itself: 12 for "1,2", 15 for "1.5".

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        try:
            self._read(text)
        except ExplorerError:
            return QValidator.State.Intermediate, text, position
        return QValidator.State.Acceptable, text, position

    def valueFromText(self, text: str) -> int:
        return self._read(text)

    def textFromValue(self, value: int) -> str:
        return str(value)

    def fixup(self, text: str) -> str:
        try:
            self._read(text)
        except ExplorerError as error:
            self.refused.emit(str(error))
        return text

    def _read(self, text: str) -> int:
        return int(read_within(text.removeprefix(self.prefix()), Bounds(self.minimum(), self.maximum(), whole=True)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


FRAME = 2 * (2 + 3)
"""Pixels of border and padding above and below an open list that has the keyboard."""


class Choice(QComboBox):
    """A choice from a list that is as wide as its items need, while the field itself shortens what does not fit.

    With `whole` the field is as wide as its longest item. A click opens the list without taking the keyboard away
    from the graph; Tab leads here. `asked` carries what the text stands for that a person chose.
    """

    asked = Signal(object)

    def __init__(self, whole: bool = False) -> None:
        super().__init__()
        if whole:
            self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        else:
            self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            self.setMinimumContentsLength(6)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.activated.connect(lambda place: self.asked.emit(self.itemData(place)))

    def sizeHint(self) -> QSize:
        # The label keeps off both sides of its field by one pixel, which Qt does not count.
        return super().sizeHint() + QSize(2, 0)

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint() + QSize(2, 0)

    def fill(self, items: Iterable[tuple[str, object]]) -> None:
        """Offer these texts, each with the value it stands for; a list that offers them already stays as it is."""
        offered = list(items)
        if offered != [(self.itemText(i), self.itemData(i)) for i in range(self.count())]:
            self.clear()
            for text, value in offered:
                self.addItem(text, value)

    def show_value(self, value: object) -> None:
        """Show the text that stands for this value; none, if it is not offered."""
        # Qt's findData takes two records that are equal for different ones.
        self.setCurrentIndex(next((i for i in range(self.count()) if self.itemData(i) == value), -1))

    def text_rect(self) -> QRect:
        """Where the chosen item is written."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        field = QStyle.SubControl.SC_ComboBoxEditField
        return self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, self)

    def showPopup(self) -> None:
        view = self.view()
        view.setMinimumWidth(view.sizeHintForColumn(0) + 24)
        # Qt leaves no room for the frame of the keyboard's focus, and would scroll a list that lacks two pixels.
        tall = sum(map(view.sizeHintForRow, range(self.count()))) + FRAME
        view.setMinimumHeight(tall if tall < self.screen().availableGeometry().height() / 2 else 0)
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        room = self.text_rect().width() - 2
        option.currentText = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        if not self.isEditable():
            painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
