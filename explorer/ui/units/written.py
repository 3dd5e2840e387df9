"""Write examples out symbol by symbol, on the colour of a unit at each step; a click on a symbol goes there."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from explorer.language import tr
from explorer.session.states.rows import ReadLine
from explorer.ui.look import theme as themes
from explorer.ui.look.fonts import number_font, ui_font
from explorer.ui.look.text_size import on_sheet, own_rect, painter_on, pointer_at, px, scaled
from explorer.ui.parts.focus_ring import FocusFrame
from explorer.ui.parts.ways import ARROWS
from explorer.ui.typography.numbers import figures
from explorer.ui.typography.text import RIGHTWARD

CELL, BETWEEN, ASIDE = 18, 4, 12
"""Height of a row, and the room between rows and between examples side by side, in px."""
NUMBER = 32
"""Room for the number of an example before it."""
NARROWEST, WIDEST = 12, 44
SIZE = 11


class WrittenLines(QWidget):
    """Short examples stand side by side, long ones run over several rows.

    `picked` carries the place of an example among the lines, and a step, counted from 0.
    """

    picked = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(tr("Examples, symbol by symbol"))
        FocusFrame(self)
        self._lines: Sequence[ReadLine] = ()
        self._unit, self._limit, self._symbol, self._first = 0, 1.0, "h", 1
        self._now: int | None = None
        self._at: tuple[int, int] | None = None
        self._least, self._legible = float(NARROWEST), True

    def set_lines(self, lines: Sequence[ReadLine], unit: int, limit: float, symbol: str, first: int) -> None:
        """Show these examples by a unit; `limit` has the strongest colour. The first step is called `first`."""
        self._lines, self._unit, self._limit, self._symbol, self._first = lines, unit, limit, symbol, first
        longest = max((len(said) for line in lines for said in line.read), default=1)
        width = QFontMetricsF(number_font(SIZE)).horizontalAdvance("0") * longest + 5
        self._legible = width <= WIDEST
        self._least = max(NARROWEST, width) if self._legible else NARROWEST
        self._fit()
        self.update()

    def set_now(self, step: int | None) -> None:
        """Mark a step, counted from 0, of the example that the graph shows."""
        if step != self._now:
            self._now = step
            self.update()

    # Where things stand.

    @property
    def _steps(self) -> int:
        return len(self._lines[0].read) if self._lines else 1

    @property
    def _per_row(self) -> int:
        """Symbols in a row of one example."""
        return max(1, min(self._steps, int((own_rect(self).width() - NUMBER) / self._least)))

    @property
    def _side_by_side(self) -> int:
        """Examples in a row."""
        if self._per_row < self._steps:
            return 1
        return max(1, int((own_rect(self).width() + ASIDE) / (NUMBER + self._steps * self._least + ASIDE)))

    @property
    def _pitch(self) -> float:
        """The width of a symbol: what room there is, up to twice the least."""
        room = (own_rect(self).width() + ASIDE) / self._side_by_side - ASIDE - NUMBER
        return max(self._least, min(2 * self._least, room / self._per_row))

    @property
    def _height_of_one(self) -> int:
        return -(-self._steps // self._per_row) * CELL + BETWEEN

    def _corner(self, place: int) -> QPointF:
        row, column = divmod(place, self._side_by_side)
        return QPointF(column * (NUMBER + self._steps * self._pitch + ASIDE), 2 + row * self._height_of_one)

    def cell(self, place: int, step: int) -> QRectF:
        """Where a step, counted from 0, of the example at this place stands."""
        row, column = divmod(step, self._per_row)
        corner = self._corner(place)
        return QRectF(corner.x() + NUMBER + column * self._pitch, corner.y() + row * CELL, self._pitch, CELL)

    def _cell_at(self, point: QPointF) -> tuple[int, int] | None:
        row = int((point.y() - 2) // self._height_of_one)
        for place in range(row * self._side_by_side, min((row + 1) * self._side_by_side, len(self._lines))):
            inside = point - self._corner(place)
            column, line = int((inside.x() - NUMBER) // self._pitch), int(inside.y() // CELL)
            step = line * self._per_row + column
            if 0 <= column < self._per_row and line >= 0 and inside.y() < self._height_of_one - BETWEEN:
                return (place, step) if step < self._steps else None
        return None

    def _fit(self) -> None:
        rows = -(-len(self._lines) // self._side_by_side)
        scaled(self.setMinimumHeight, 4 + rows * self._height_of_one)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(px(260), self.minimumHeight())

    # How it looks.

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, seen = painter_on(self, smooth=True), on_sheet(QRectF(event.rect()))
        for place, line in enumerate(self._lines):
            top = self._corner(place).y()
            if top + self._height_of_one >= seen.top() and top <= seen.bottom():
                self._paint_line(painter, place, line)
        if self._at is not None and self.hasFocus():
            themes.draw_with(painter, QPen(themes.current().text, 2), None)
            painter.drawRect(self.cell(*self._at))

    def _paint_line(self, painter: QPainter, place: int, line: ReadLine) -> None:
        theme, values = themes.current(), line.values[:, self._unit]
        corner = self._corner(place)
        painter.setPen(theme.text if line.shown else theme.muted)
        painter.setFont(ui_font(SIZE, QFont.Weight.DemiBold if line.shown else QFont.Weight.Normal))
        painter.drawText(QRectF(corner.x(), corner.y(), NUMBER - 5, CELL), RIGHTWARD, f"#{line.number}")
        for begin in range(0, self._steps, self._per_row):
            part = values[begin : begin + self._per_row]
            row = QRectF(self.cell(place, begin).topLeft(), self.cell(place, begin + len(part) - 1).bottomRight())
            row.adjust(0, 1, 0, -1)
            for step, colour in enumerate(theme.value.rgba(part, self._limit).tolist(), begin):
                painter.fillRect(self.cell(place, step).adjusted(0, 1, 0, -1), QColor(*colour))
            if line.shown:
                themes.draw_with(painter, QPen(theme.text, 1.4), None)
                painter.drawRect(row)
        if self._legible:
            dark = theme.value.dark_ink[theme.value.steps(values, self._limit)]
            painter.setFont(number_font(SIZE, QFont.Weight.Medium))
            for step, said in enumerate(line.read):
                painter.setPen(QColor("black" if dark[step] else "white"))
                painter.drawText(self.cell(place, step), Qt.AlignmentFlag.AlignCenter, said)
        if line.shown and self._now is not None and 0 <= self._now < self._steps:
            themes.draw_with(painter, QPen(theme.text, 2.6), None)
            painter.drawRect(self.cell(place, self._now).adjusted(0.5, 0, -0.5, 0))

    # What one does with it.

    def said(self, place: int, step: int) -> str:
        """A symbol of an example in a sentence: what is read, the unit, and what is known."""
        line = self._lines[place]
        value = float(line.values[step, self._unit])
        unit = tr("{node}({t}), unit {unit}: {value}", node=self._symbol, t=step + self._first, unit=self._unit + 1,
                  value=figures(value))  # fmt: skip
        return ", ".join(filter(None, (line.read[step], unit, line.known[step])))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._cell_at(pointer_at(event))
        self.setCursor(Qt.CursorShape.PointingHandCursor if at else Qt.CursorShape.ArrowCursor)
        self.setToolTip(self.said(*at) if at else "")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._cell_at(pointer_at(event))
        if at is not None and event.button() == Qt.MouseButton.LeftButton:
            self._at = at
            self.picked.emit(*at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place, step = self._at or (0, 0)
        key = Qt.Key(event.key())
        if key in ARROWS and self._lines:
            by = ARROWS[key]
            self._at = (
                int(np.clip(place + by[0] * self._side_by_side, 0, len(self._lines) - 1)),
                int(np.clip(step + by[1], 0, self._steps - 1)),
            )
            self.setAccessibleDescription(self.said(*self._at))
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at is not None:
            self.picked.emit(*self._at)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
