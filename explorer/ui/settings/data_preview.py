"""View of the first rows of data: what each column is used for, small curves of its numbers, and its cells."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from explorer.data.choices import Choices
from explorer.data.source import Cell, Source, is_number, number_in
from explorer.language import tr
from explorer.ui.look import theme as themes
from explorer.ui.look.fonts import number_font
from explorer.ui.look.text_size import font_on_screen, own_rect, painter_on, px, scaled, sized
from explorer.ui.parts.fields import Choice

ROLES = ("–", tr("input"), tr("target"), tr("input and target"), tr("sequence"))
SHOWN_ROWS = 30
MOST_CELLS = 60
MOST_CURVE = 200
"""Values that a small curve shows."""
MOST_SHOWN = 24
"""Columns that are shown; more are used as they are understood."""


class DataPreview(QTableWidget):
    """Of a table, each column has a role that can be chosen, and `chosen` says so; of pairs, each has a line."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.roles: dict[str, Choice] = {}
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        scaled(self.verticalHeader().setDefaultSectionSize, 20)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setHighlightSections(False)

    def show_source(self, source: Source) -> None:
        """Show the first rows of what was read."""
        self.clear()
        self.roles = {}
        if source.columns:
            self._show_table(source)
        else:
            self._show_pairs(source)

    def show_choices(self, choices: Choices) -> None:
        """Show what each column is used for."""
        for name, box in self.roles.items():
            sides = name in (choices.inputs or ()), name in (choices.targets or ())
            role = {(True, True): 3, (True, False): 1, (False, True): 2}.get(sides, 0)
            box.setCurrentIndex(4 if name == choices.sequence else role)

    def columns(self) -> dict[str, Any]:
        """The columns that are inputs, targets, and the one that names the sequence; of pairs nothing."""
        if not self.roles:
            return {}
        roles = {name: box.currentIndex() for name, box in self.roles.items()}
        return {
            "inputs": tuple(name for name, role in roles.items() if role in (1, 3)),
            "targets": tuple(name for name, role in roles.items() if role in (2, 3)),
            "sequence": next((name for name, role in roles.items() if role == 4), ""),
        }

    def _show_table(self, source: Source) -> None:
        columns, rows = source.columns[:MOST_SHOWN], source.rows[:SHOWN_ROWS]
        self.setColumnCount(len(columns))
        self.setRowCount(len(rows) + 2)
        self.setHorizontalHeaderLabels(list(columns))
        self.setVerticalHeaderLabels([tr("use as"), "", *(tr("line {line}", line=line) for line, _ in rows)])
        self.setRowHeight(0, px(32))
        self.setRowHeight(1, px(34))
        for place, name in enumerate(columns):
            box = self.roles[name] = Choice()
            box.addItems(ROLES)
            box.setAccessibleName(tr("Use {name} as", name=name))
            box.activated.connect(lambda _: self.chosen.emit())
            self.setCellWidget(0, place, box)
            numbers = [number_in(c[place]) for _, c in source.rows[:MOST_CURVE] if is_number(c[place])]
            if len(numbers) > 1:
                self.setCellWidget(1, place, SmallCurve(numbers))
            for at, (_, cells) in enumerate(rows, 2):
                self._put(at, place, cells[place])
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setStretchLastSection(False)
        room = self.viewport().width() // max(1, len(columns))
        for place in range(len(columns)):
            self.setColumnWidth(place, max(px(116), min(px(150), room)))

    def _show_pairs(self, source: Source) -> None:
        pairs = source.pairs[:SHOWN_ROWS]
        self.setColumnCount(2)
        self.setRowCount(len(pairs))
        self.setHorizontalHeaderLabels([tr("inputs"), tr("targets")])
        where = tr("item {line}") if source.form == "json" else tr("line {line}")
        self.setVerticalHeaderLabels([where.format(line=one.line) for one in pairs])
        for at, pair in enumerate(pairs):
            self.setRowHeight(at, px(20))
            self._put(at, 0, _said(pair.inputs))
            self._put(at, 1, tr("the next input") if pair.targets is None else _said(pair.targets))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    def _put(self, row: int, column: int, text: str) -> None:
        item = QTableWidgetItem(text)
        item.setFont(font_on_screen(number_font(12)))
        self.setItem(row, column, item)


class SmallCurve(QWidget):
    """Numbers as a small curve, from their least to their largest."""

    def __init__(self, numbers: Sequence[float]) -> None:
        super().__init__()
        self._numbers = numbers
        low, high = min(numbers), max(numbers)
        self.setToolTip(
            tr("From {low:g} to {high:g}; the first {numbers} are drawn", low=low, high=high, numbers=len(numbers))
        )

    def sizeHint(self) -> QSize:
        return sized(100, 34)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self, smooth=True)
        room = own_rect(self).adjusted(5, 5, -5, -5)
        painter.setPen(QPen(themes.current().role("forward").line, 1.3))
        painter.drawPolyline(curve(self._numbers, room))


def curve(numbers: Sequence[float], room: QRectF) -> QPolygonF:
    """The points of a curve through numbers that fills the room; a level one lies in its middle."""
    low, high = min(numbers), max(numbers)
    across, up = room.width() / max(1, len(numbers) - 1), room.height() / ((high - low) or 1.0)
    middle = room.height() / 2 if high == low else 0.0
    return QPolygonF(
        [QPointF(room.left() + i * across, room.bottom() - middle - (n - low) * up) for i, n in enumerate(numbers)]
    )


def _said(cells: Sequence[Cell]) -> str:
    """Symbols apart from each other, so that 1 0 2 cannot be taken for 102, and vectors in brackets."""
    said = [f"({', '.join(f'{x:g}' for x in c)})" if isinstance(c, list) else c for c in cells[:MOST_CELLS]]
    return " ".join(f"{cell:g}" if isinstance(cell, float) else cell for cell in said) + (
        " …" if len(cells) > MOST_CELLS else ""
    )
