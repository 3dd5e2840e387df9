"""Model of a table of numbers to edit, as Qt's table wants it: values, names of rows and columns, cells changed."""

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from explorer.errors import ExplorerError
from explorer.language import tr
from explorer.reading.number import read_number
from explorer.session.editable import Numbers
from explorer.ui.typography.numbers import exact, figures

AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class NumberModel(QAbstractTableModel):
    """Shows what it was given last. A typed number is not kept but asked for with `entered`: the session decides."""

    entered = Signal(int, int, float)
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.numbers: Numbers | None = None
        self.took = True
        """Whether the number typed last was taken."""

    def set_numbers(self, numbers: Numbers) -> None:
        """Show these; the cell one is in stays where the table keeps its shape."""
        before, same = self.numbers, False
        if before is not None:
            same = (before.row_names, before.column_names) == (numbers.row_names, numbers.column_names)
        if not same:
            self.beginResetModel()
        self.numbers = numbers
        if not same:
            self.endResetModel()
        else:
            rows, columns = numbers.array.shape
            self.dataChanged.emit(self.index(0, 0), self.index(rows - 1, columns - 1))

    def value(self, row: int, column: int) -> float:
        """The number in a cell."""
        return float(self._array[row, column])

    def is_edited(self, row: int, column: int) -> bool:
        """Whether a cell was changed by hand."""
        return self.numbers is not None and (row, column) in self.numbers.edited

    @property
    def _array(self) -> np.ndarray:
        return self.numbers.array if self.numbers is not None else np.zeros((0, 0))

    # Qt asks.

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._array.shape[0]

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._array.shape[1]

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if not index.isValid():
            return None
        value = self.value(index.row(), index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return figures(value)
            case Qt.ItemDataRole.EditRole:
                return exact(value)
            case Qt.ItemDataRole.ToolTipRole:
                changed = tr("\nchanged by hand") if self.is_edited(index.row(), index.column()) else ""
                return exact(value) + changed
            case Qt.ItemDataRole.AccessibleTextRole:
                return tr(
                    "row {row}, column {column}: {value}",
                    row=index.row() + 1,
                    column=index.column() + 1,
                    value=figures(value),
                )
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if role != Qt.ItemDataRole.DisplayRole or self.numbers is None:
            return None
        along = orientation == Qt.Orientation.Horizontal
        names = self.numbers.column_names if along else self.numbers.row_names
        return names[section]

    def setData(self, index: AnyIndex, text: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        try:
            value = read_number(str(text))
        except ExplorerError as error:
            self.took = False
            self.refused.emit(str(error))
            return False
        if value != self.value(index.row(), index.column()):
            self.entered.emit(index.row(), index.column(), value)
        self.took = value == self.value(index.row(), index.column())
        return self.took
