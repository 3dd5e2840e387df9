"""View of a parameter as a small heat map in which one entry is chosen, by click or with arrow keys."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from explorer.graph.arrays import Array, Index
from explorer.language import tr
from explorer.ui.look import theme as themes
from explorer.ui.look.colour import symmetric_limit
from explorer.ui.look.text_size import painter_on, pointer_at, sized
from explorer.ui.parts.arrow_picture import ArrowPicture
from explorer.ui.parts.cells import cell_at, paint_cells
from explorer.ui.typography.numbers import exact
from explorer.wording import entry_place

SIDE = 112.0
"""Length in px that rows and columns share out."""
LARGEST_CELL = 18.0
MARGIN = 4.0
"""Room in px for the frame around an entry at the edge."""


class EntryPicker(ArrowPicture):
    """A vector is a column, as everywhere. `picked` carries the index of an entry in the array."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__((0, 0), (0, 0))  # it is as large as its entries
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Entries"))
        self._array: Array = np.zeros((1, 1))
        self.index: Index = (0,)

    def set_array(self, array: Array, index: Index) -> None:
        """Show an array, (n,) or (rows, columns), and which of its entries is chosen."""
        changed = array.shape != self._array.shape
        self._array, self.index = array, index
        if changed:
            self.updateGeometry()
        self.update()

    @property
    def _shape(self) -> tuple[int, int]:
        rows, *columns = self._array.shape
        return rows, columns[0] if columns else 1

    @property
    def _cells(self) -> QRectF:
        rows, columns = self._shape
        cell = min(LARGEST_CELL, SIDE / max(rows, columns))
        # A thin strip is still wide enough to be hit.
        return QRectF(MARGIN, MARGIN, max(columns * cell, 12.0), max(rows * cell, 12.0))

    def sizeHint(self) -> QSize:
        size = self._cells.size()
        return sized(round(size.width() + 2 * MARGIN), round(size.height() + 2 * MARGIN))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter, cells = themes.current(), painter_on(self), self._cells
        values = self._array.reshape(self._shape)
        paint_cells(painter, cells, values, symmetric_limit(values))
        rows, columns = self._shape
        width, height = cells.width() / columns, cells.height() / rows
        row, column = self.index[0], self.index[1] if len(self.index) == 2 else 0
        frame = QRectF(cells.left() + column * width, cells.top() + row * height, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.forward.line if self.hasFocus() else theme.text, 2))
        painter.drawRect(frame.adjusted(-1, -1, 1, 1))

    def _at(self, point: QPointF) -> Index | None:
        cell = cell_at(self._cells, self._shape, point)
        return None if cell is None else self._index(*cell)

    def _index(self, row: int, column: int) -> Index:
        return (row, column) if self._array.ndim == 2 else (row,)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._at(pointer_at(event))
        if index is not None and event.button() == Qt.MouseButton.LeftButton:
            self.picked.emit(index)

    def go(self, right: int, up: int) -> None:
        row, column = self.index[0] - up, (self.index[1] if len(self.index) == 2 else 0) + right
        if 0 <= row < self._shape[0] and 0 <= column < self._shape[1]:
            self.picked.emit(self._index(row, column))

    def told(self, point: QPointF) -> str:
        index = self._at(point)
        return "" if index is None else f"{entry_place(index)}\n{exact(float(self._array[index]))}"
