"""The key to the colours of states: a mark beside each name, in a few lines; of numbers a scale."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QLinearGradient, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.language import tr
from explorer.tasks import Fact
from explorer.ui.look import theme as themes
from explorer.ui.look.fonts import number_font
from explorer.ui.look.text_size import own_rect, painter_on, px, sized, usual
from explorer.ui.states.marks import add_mark, colour_of, limits, scale_stops
from explorer.ui.typography.numbers import figures
from explorer.ui.typography.text import paint_text

LABEL, LINE, MARK = 11, 15.0, 4.0
MOST_LINES = 3


class Legend(QWidget):
    """It asks for the height that its lines take at its width, three at most; what does not fit is counted."""

    def __init__(self) -> None:
        super().__init__()
        self._fact: Fact | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_fact(self, fact: Fact | None) -> None:
        """Explain the colours of this fact."""
        if fact is not self._fact:
            self._fact = fact
            self.setAccessibleName(", ".join(fact.names) if fact is not None else "")
            self.setToolTip(", ".join(fact.names) if fact is not None else "")
            self.updateGeometry()
            self.update()

    def _rows(self, width: float) -> list[list[tuple[int, float, float]]]:
        """Each name's place, where it stands from the left, and how wide it is."""
        assert self._fact is not None
        rows: list[list[tuple[int, float, float]]] = [[]]
        x, metrics = 0.0, QFontMetricsF(number_font(LABEL))
        for place, name in enumerate(self._fact.names):
            wide = 2 * MARK + 6 + metrics.horizontalAdvance(name)
            if rows[-1] and x + wide > width:
                rows.append([])
                x = 0.0
            rows[-1].append((place, x, wide))
            x += wide + 9
        return rows

    def paintEvent(self, event: QPaintEvent) -> None:
        fact, theme = self._fact, themes.current()
        if fact is None:
            return
        painter = painter_on(self, smooth=True)
        if not fact.labelled:
            self._scale(painter, fact)
            return
        rows = self._rows(own_rect(self).width())
        left = sum(map(len, rows[MOST_LINES:]))
        for row, names in enumerate(rows[:MOST_LINES]):
            shown = names[:-1] if left and row == MOST_LINES - 1 and len(names) > 1 else names
            middle = row * LINE + LINE / 2
            for place, x, wide in shown:
                path = QPainterPath()
                add_mark(path, place, QPointF(x + MARK + 1, middle), MARK)
                themes.draw_with(painter, None, colour_of(place))
                painter.drawPath(path)
                room = QRectF(x + 2 * MARK + 5, row * LINE, wide, LINE)
                paint_text(painter, room, fact.names[place], LABEL, theme.text, "left")
            if len(shown) < len(names):
                room = QRectF(shown[-1][1] + shown[-1][2] + 9, row * LINE, 60, LINE)
                paint_text(painter, room, tr("+{count} more", count=left + 1), LABEL, theme.muted, "left")

    def _scale(self, painter: QPainter, fact: Fact) -> None:
        theme, (low, high) = themes.current(), limits(fact)
        room = QRectF(0, 0, 44, LINE)
        paint_text(painter, room, figures(low, 2), LABEL, theme.text, "left")
        bar = QRectF(48, 3, max(20.0, min(90.0, own_rect(self).width() - 100)), LINE - 6)
        ramp = QLinearGradient(bar.topLeft(), bar.topRight())
        for share, colour in scale_stops(fact):
            ramp.setColorAt(share, colour)
        themes.draw_with(painter, QPen(theme.border, 1), ramp)
        painter.drawRect(bar)
        paint_text(painter, room.translated(bar.right() + 5, 0), figures(high, 2), LABEL, theme.text, "left")

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        labelled = self._fact is not None and self._fact.labelled
        return px(LINE * (min(MOST_LINES, len(self._rows(max(usual(width), 60)))) if labelled else 1))

    def sizeHint(self) -> QSize:
        return QSize(px(120), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return sized(60, LINE)
