"""View of what a gradient adds up from: a bar for each contribution with its origin; paths that are cut, and why."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from explorer.graph.equation import Factor, Role
from explorer.language import tr
from explorer.session.equations.contributions import Part, Parts
from explorer.ui.equations.array_block import ArrayBlock
from explorer.ui.look import theme as themes
from explorer.ui.look.fonts import number_font
from explorer.ui.look.icons import paint_icon
from explorer.ui.look.text_size import own_rect, painter_on, pointer_at, px, scaled
from explorer.ui.parts.key_pointer import KeyPointer
from explorer.ui.parts.widgets import Words, in_column, show_text
from explorer.ui.typography.numbers import figures
from explorer.ui.typography.prose import raised
from explorer.ui.typography.text import paint_text

ROW = 26.0
NUMBER = 56.0
MOST_NAME = 0.6
"""Share of the width that origins take at most."""


class ContributionBars(QWidget):
    """One row for each contribution and one for their sum; a click opens the numbers of all."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: Parts | None = None
        self._limit = 1.0
        self.opened = False
        """Whether the numbers are shown."""
        self._blocks: list[ArrayBlock] = []
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        KeyPointer(self, self._places)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_parts(self, parts: Parts, limit: float) -> None:
        """Show the contributions to another gradient; `limit` is the magnitude of their darkest colour."""
        self._parts, self._limit = parts, limit
        self.setAccessibleName(
            "; ".join(
                tr("{origin}: norm {norm}", origin=p.origin, norm=figures(p.norm)) for p in (*parts.parts, parts.total)
            )
        )
        self._lay_out()

    def set_open(self, on: bool) -> None:
        """Show the numbers of every contribution, or bars alone."""
        self.opened = on
        self._lay_out()

    def _rows(self) -> tuple[Part, ...]:
        if self._parts is None:
            return ()
        parts = self._parts.parts
        return parts if len(parts) == 1 else (*parts, self._parts.total)

    def _places(self) -> list[QRectF]:
        """Where each row stands."""
        return [
            QRectF(5, i * self._pitch() + 5, own_rect(self).width() - 10, ROW - 10) for i in range(len(self._rows()))
        ]

    def _lay_out(self) -> None:
        rows = self._rows()
        self._blocks = []
        if self.opened and rows:
            for row in rows:
                factor = Factor("", "", row.array, Role.GRADIENT)
                block = ArrayBlock(factor, row.figures, self._limit, expanded=True, row=True)
                if block.width > own_rect(self).width() - 20:
                    block = ArrayBlock(factor, row.figures, self._limit, expanded=False, row=True)
                self._blocks.append(block)
        height = len(rows) * (ROW + (ROW + 4 if self.opened else 0))
        scaled(self.setFixedHeight, round(height))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(240), self.height())

    def _name_width(self) -> float:
        metrics = QFontMetricsF(number_font(12))
        widest = max((metrics.horizontalAdvance(raised(row.origin)) for row in self._rows()), default=0.0)
        return min(widest + 26, MOST_NAME * own_rect(self).width())

    def _pitch(self) -> float:
        return ROW + (ROW + 4 if self.opened else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = themes.current()
        painter = painter_on(self, smooth=True)
        rows = self._rows()
        largest = max((row.norm for row in rows), default=0.0) or 1.0
        named = self._name_width()
        room = own_rect(self).width() - named - NUMBER - 8
        for i, row in enumerate(rows):
            y, last = i * self._pitch(), len(rows) > 1 and i == len(rows) - 1
            if last:
                painter.setPen(theme.border)
                painter.drawLine(QPointF(0, y + 0.5), QPointF(own_rect(self).width(), y + 0.5))
            name = QRectF(14, y, named - 20, ROW)
            paint_icon(painter, "down" if self.opened else "forward", QPointF(5, name.center().y()), theme.faint, 9)
            paint_text(painter, name, raised(row.origin), 12, theme.muted if last else theme.text, "left", fit=True)
            bar = QRectF(named, y + 7, max(1.5, room * row.norm / largest), ROW - 14)
            themes.draw_with(painter, None, theme.backward.text if last else theme.backward.line)
            painter.drawRoundedRect(bar, 2, 2)
            number = QRectF(own_rect(self).width() - NUMBER, y, NUMBER, ROW)
            paint_text(painter, number, figures(row.norm), 12, theme.text, "right", fit=True)
        for i, block in enumerate(self._blocks):
            block.paint(painter, 14, i * self._pitch() + ROW + ROW / 2)

    def resizeEvent(self, event: QEvent) -> None:
        self._lay_out()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.set_open(not self.opened)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            point = pointer_at(event)
            row = min(int(point.y() / self._pitch()), len(self._rows()) - 1)
            text = tr("Norm {norm}; click for the numbers", norm=figures(self._rows()[row].norm, 6)) if row >= 0 else ""
            if row < len(self._blocks):
                index = self._blocks[row].index_at(14, row * self._pitch() + ROW + ROW / 2, point)
                if index is not None:
                    text = tr("Unit {row}: {value!r}", row=index[0] + 1, value=float(self._rows()[row].array[index]))
            QToolTip.showText(event.globalPos(), text.replace("-", "−"), self)
            return True
        return super().event(event)


class Contributions(QWidget):
    """Bars, and below them a line for each path by which no gradient comes."""

    def __init__(self) -> None:
        super().__init__()
        self.bars = ContributionBars()
        self.cuts = Words()
        in_column(4, self.bars, self.cuts, on=self)

    def set_parts(self, parts: Parts, limit: float) -> None:
        """Show the contributions to a gradient; `limit` is the magnitude of their darkest colour."""
        self.bars.set_parts(parts, limit)
        show_text(self.cuts, "\n".join(raised(f"{cut.origin}: {cut.reason}.") for cut in parts.cuts))
