"""View of a table of numbers that can be typed over, moved about in with arrows, and pasted into: `NumberTable`."""

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from explorer.errors import ExplorerError
from explorer.language import tr
from explorer.reading.array import read_array, write_array
from explorer.reading.number import read_number
from explorer.session.editable import Numbers
from explorer.ui.editing.number_model import AnyIndex, NumberModel
from explorer.ui.look import theme as themes
from explorer.ui.look.colour import symmetric_limit
from explorer.ui.look.fonts import number_font
from explorer.ui.look.text_size import factor, on_sheet, px, scaled
from explorer.ui.parts.ways import ARROWS
from explorer.ui.parts.widgets import restyle, styled
from explorer.ui.typography.text import paint_text

CELL_HEIGHT, NARROWEST, WIDEST = 26, 60, 92
TEXT = 12
MOST_ROWS, MOST_COLUMNS = 10, 10
"""How many rows and columns are in sight; the others are scrolled to."""
MARK = 7.0
"""Side in px of the corner that marks a number changed by hand."""
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NumberTable(QTableView):
    """A small spreadsheet on heat colours. It changes nothing itself: `entered` and `pasted` ask for it."""

    entered = Signal(int, int, float)
    """Row, column and the number typed there."""
    pasted = Signal(int, int, object)
    """Row and column, from 0, and the block (rows, columns) that goes there."""
    refused = Signal(str)
    """The sentence that says why a text was not taken."""
    undo_requested = Signal()
    redo_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._model, self._cells = NumberModel(), _Cells(self)
        self.setModel(self._model)
        self.setItemDelegate(self._cells)
        self.setShowGrid(False)
        self.setStyleSheet(
            "QTableView { border: none } QHeaderView { background: transparent } "
            "QTableCornerButton::section { background: transparent; border: none } "
            "QHeaderView::section { background: transparent; border: none; padding: 0 5px }"
        )
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setHighlightSections(False)
            scaled(header.setFont, number_font(11))
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        scaled(self.verticalHeader().setDefaultSectionSize, CELL_HEIGHT)
        self._model.entered.connect(self.entered)
        self._model.refused.connect(self.refused)
        self._cells.refused.connect(self.refused)
        self._cells.filled.connect(self.fill)

    def set_numbers(self, numbers: Numbers) -> None:
        """Show these numbers, with the colours that their largest sets."""
        at = self.currentIndex()
        self._cells.limit = symmetric_limit(numbers.array)
        self._model.set_numbers(numbers)
        metrics, every = QFontMetricsF(number_font(TEXT)), range(self._model.columnCount())
        shown = [str(self._model.index(row, c).data()) for row in range(min(64, self._model.rowCount())) for c in every]
        width = max((metrics.horizontalAdvance(text) for text in shown), default=0.0) + 16
        scaled(self.horizontalHeader().setDefaultSectionSize, min(max(width, NARROWEST), WIDEST))
        self.horizontalHeader().setVisible(any(numbers.column_names))
        if not at.isValid():
            self.setCurrentIndex(self._model.index(0, 0))

    def sizeHint(self) -> QSize:
        rows, columns = min(self._model.rowCount(), MOST_ROWS), min(self._model.columnCount(), MOST_COLUMNS)
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        width = self.verticalHeader().sizeHint().width() + columns * self.horizontalHeader().defaultSectionSize()
        height = rows * px(CELL_HEIGHT)
        if self.horizontalHeader().isVisibleTo(self):
            height += self.horizontalHeader().sizeHint().height()
        return QSize(
            width + 2 + (bar if self._model.rowCount() > rows else 0),
            height + 2 + (bar if self._model.columnCount() > columns else 0),
        )

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def copy(self) -> None:
        """Put the selected cells on the clipboard, to the last figure."""
        rows, columns = self._selected()
        QGuiApplication.clipboard().setText(write_array([[self._model.value(r, c) for c in columns] for r in rows]))

    def paste(self) -> None:
        """Ask for the block on the clipboard at the first selected cell, or say why it cannot go there."""
        rows, columns = self._selected()
        try:
            shape = self._model.rowCount(), self._model.columnCount()
            block = read_array(QGuiApplication.clipboard().text(), shape, (rows[0], columns[0]))
        except ExplorerError as error:
            self.refused.emit(str(error))
        else:
            self.pasted.emit(rows[0], columns[0], block)

    def fill(self, value: float) -> None:
        """Ask for one number in all selected cells."""
        rows, columns = self._selected()
        self.pasted.emit(rows[0], columns[0], np.full((len(rows), len(columns)), value))

    def _selected(self) -> tuple[range, range]:
        found = self.selectionModel().selectedIndexes() or [self.currentIndex()]
        rows, columns = [i.row() for i in found], [i.column() for i in found]
        return range(min(rows), max(rows) + 1), range(min(columns), max(columns) + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        for keys, act in (
            (QKeySequence.StandardKey.Copy, self.copy),
            (QKeySequence.StandardKey.Paste, self.paste),
            (QKeySequence.StandardKey.Undo, self.undo_requested.emit),
            (QKeySequence.StandardKey.Redo, self.redo_requested.emit),
        ):
            if event.matches(keys):
                act()
                return
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.fill(0.0)
        elif event.key() in ENTER and self.state() != QAbstractItemView.State.EditingState:
            self.edit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()  # the popup closes
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from number to number, and on from the last; back from the first."""
        last = self._model.index(self._model.rowCount() - 1, self._model.columnCount() - 1)
        if self.currentIndex() == (last if forward else self._model.index(0, 0)):
            return super(QAbstractItemView, self).focusNextPrevChild(forward)
        return super().focusNextPrevChild(forward)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.RevertModelCache:
            self.refused.emit("")  # what was not taken is not there any more
        # Enter goes to the next row, as in every spreadsheet, and in a single row to the next column.
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self.go_on(*((0, 1) if self._model.rowCount() == 1 else (1, 0)))

    def go_on(self, rows: int, columns: int) -> None:
        """Go so many rows and columns on, if there are as many; a number that was not taken holds it where it is."""
        at = self.currentIndex()
        next = self._model.index(at.row() + rows, at.column() + columns)
        if self._model.took and next.isValid():
            self.setCurrentIndex(next)


class _Cells(QStyledItemDelegate):
    """Paints the cells, and lets a number be typed in place. What is no number is not taken on Enter or Tab."""

    refused = Signal(str)
    filled = Signal(float)
    """The number typed is for all selected cells: Ctrl+Enter, as in every spreadsheet."""

    def __init__(self, table: NumberTable) -> None:
        super().__init__(table)
        self._table = table
        self.limit = 1.0

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        theme, model = themes.current(), index.model()
        assert isinstance(model, NumberModel)
        rect = on_sheet(QRectF(option.rect))
        step = int(theme.value.steps(model.value(index.row(), index.column()), self.limit))
        painter.save()
        painter.scale(factor(), factor())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, QColor(*theme.value.table[step].tolist()))
        painter.setPen(QPen(theme.grid, 1))
        painter.drawRect(rect.adjusted(-0.5, -0.5, -0.5, -0.5))
        ink = QColor(0, 0, 0) if theme.value.dark_ink[step] else QColor(255, 255, 255)
        paint_text(painter, rect.adjusted(3, 0, -7, 0), str(index.data()), TEXT, ink, "right", fit=True)
        if model.is_edited(index.row(), index.column()):
            corner = rect.topRight()
            themes.draw_with(painter, None, ink)
            painter.drawPolygon(QPolygonF([corner, corner - QPointF(MARK, 0), corner + QPointF(0, MARK)]))
        current = index == self._table.currentIndex() and self._table.hasFocus()
        if current or self._table.selectionModel().isSelected(index):
            themes.draw_with(painter, QPen(theme.text, 2.0 if current else 1.0), None)
            inset = 1.0 if current else 0.5
            painter.drawRect(rect.adjusted(inset, inset, -inset - 1, -inset - 1))
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        line = styled(QLineEdit(parent), font=number_font(TEXT))
        scaled(line.setStyleSheet, "QLineEdit { padding: 0 4px; min-height: 0; border-radius: 0 }")
        line.setAccessibleName(tr("number"))
        line.textEdited.connect(lambda: restyle(line, "invalid", False))
        return line

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        # As wide as the number to its last figure, and within the table.
        room, rect = self._table.viewport().rect(), QRect(option.rect)
        text = px(QFontMetricsF(number_font(TEXT)).horizontalAdvance(str(index.data(Qt.ItemDataRole.EditRole))))
        rect.setWidth(min(max(rect.width(), text + px(16)), room.width()))
        rect.moveRight(min(rect.right(), room.right()))
        editor.setGeometry(rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(editor, QLineEdit):
            leaves = event.key() in ARROWS and _at_rim(editor, event)
            if (leaves or event.key() in (*ENTER, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)) and not self._readable(editor):
                return True
            if leaves:
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
                self._table.go_on(*ARROWS[Qt.Key(event.key())])
                return True
            if event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                value = read_number(editor.text())
                self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.RevertModelCache)
                self.filled.emit(value)
                return True
        return super().eventFilter(editor, event)

    def _readable(self, line: QLineEdit) -> bool:
        try:
            read_number(line.text())
        except ExplorerError as error:
            restyle(line, "invalid", True)
            self.refused.emit(str(error))
            return False
        return True


def _at_rim(line: QLineEdit, event: QKeyEvent) -> bool:
    """Whether an arrow would lead out of what is typed, and not through it."""
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or line.hasSelectedText():
        return False
    at = line.cursorPosition()
    return {Qt.Key.Key_Left: at == 0, Qt.Key.Key_Right: at == len(line.text())}.get(Qt.Key(event.key()), True)
