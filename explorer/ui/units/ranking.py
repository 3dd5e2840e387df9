"""List the units of a node, those first that follow best what the task knows, each with a bar."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from explorer.graph.arrays import Array
from explorer.language import tr
from explorer.ui.look import theme as themes
from explorer.ui.look.fonts import number_font, ui_font
from explorer.ui.look.text_size import on_sheet, own_rect, painter_on, pointer_at, px, scaled
from explorer.ui.parts.focus_ring import FocusFrame
from explorer.ui.typography.text import LEFTWARD, RIGHTWARD
from explorer.ui.units.words import share_text

ROW, NAME, FIGURES = 16, 46, 36
"""Height of a line, and the room for the name of a unit and for its number, in px."""


class Ranking(QWidget):
    """`chosen` carries the unit, counted from 0, that was clicked or led to by keys."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(tr("Units, the best first"))
        FocusFrame(self)
        self._order: tuple[int, ...] = ()
        self._shares: Array | None = None
        self._unit = 0

    def set_units(self, order: tuple[int, ...], shares: Array, unit: int) -> None:
        """Show how well each unit follows, (n,) from 0 to 1 or NaN, and which is seen."""
        self._order, self._shares, self._unit = order, shares, unit
        scaled(self.setMinimumHeight, len(order) * ROW)
        self.setAccessibleDescription(self.said(unit))
        self.update()

    def said(self, unit: int) -> str:
        """A unit and how well it follows."""
        share = "" if self._shares is None else share_text(float(self._shares[unit]))
        return tr("unit {unit}: {share}", unit=unit + 1, share=share)

    def line(self, unit: int) -> QRectF:
        """Where a unit stands."""
        return QRectF(0, self._order.index(unit) * ROW, own_rect(self).width(), ROW)

    def sizeHint(self) -> QSize:
        return QSize(px(150), self.minimumHeight())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._shares is None:
            return
        painter, theme = painter_on(self), themes.current()
        seen_part = on_sheet(QRectF(event.rect()))
        for unit in self._order:
            line, share, seen = self.line(unit), float(self._shares[unit]), unit == self._unit
            if not seen_part.intersects(line):
                continue
            if seen:
                painter.fillRect(line, theme.forward.soft)
            painter.setPen(theme.text if seen else theme.muted)
            painter.setFont(ui_font(11, QFont.Weight.DemiBold if seen else QFont.Weight.Normal))
            painter.drawText(QRectF(3, line.top(), NAME, ROW), LEFTWARD, tr("unit {unit}", unit=unit + 1))
            room = QRectF(NAME + 4, line.top() + 4, line.width() - NAME - FIGURES - 8, ROW - 8)
            painter.fillRect(room, theme.grid)
            if share == share:
                painter.fillRect(QRectF(room.x(), room.y(), room.width() * share, room.height()),
                                 theme.forward.line)  # fmt: skip
            painter.setFont(number_font(11))
            painter.drawText(QRectF(line.right() - FIGURES, line.top(), FIGURES - 3, ROW), RIGHTWARD, share_text(share))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = int(pointer_at(event).y() // ROW)
        if event.button() == Qt.MouseButton.LeftButton and 0 <= place < len(self._order):
            self.chosen.emit(self._order[place])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if by is None or not self._order:
            super().keyPressEvent(event)
            return
        place = self._order.index(self._unit) + by
        if 0 <= place < len(self._order):
            self.chosen.emit(self._order[place])
