"""View of ‖∂s(k)/∂s(t)‖ for every t, of two networks side by side, over the gates or slopes of their units.

Both have one logarithmic scale. Point at a step, or click to go there in the graph.
"""

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF

from explorer.graph.arrays import Array
from explorer.language import tr
from explorer.session.longterm.multiplied import Multiplied, NetworkProducts
from explorer.ui.drawing.sheet import text_width
from explorer.ui.longterm.words import jacobian_name, passing_name, step_words
from explorer.ui.look import theme as themes
from explorer.ui.look.text_size import own_rect, painter_on, pointer_at
from explorer.ui.parts.arrow_picture import ArrowPicture
from explorer.ui.parts.cells import paint_cells
from explorer.ui.parts.scales import logarithm
from explorer.ui.typography.numbers import figures
from explorer.ui.typography.text import paint_text

AXIS, GAP, TITLE, STEPS = 34.0, 16.0, 15.0, 13.0
"""Room in px: for the numbers, between both networks, above for their names, below for the steps."""
STRIP_SHARE, LEAST_STRIP, MOST_STRIP = 0.24, 16.0, 60.0
"""How much of the height the cells take."""
LABEL, NAME, LINE = 10, 11, 12.0
LEAST, MOST = -12.0, 12.0
"""The logarithms beyond which nothing is drawn."""


class JacobianPlot(ArrowPicture):
    """`chosen` carries the step of the network that is shown which was clicked."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__((200, 90), (320, 150))
        self._multiplied: Multiplied | None = None
        self._now: int | None = None
        self._lit: int | None = None
        self._limits = (-1.0, 0.3)

    def set_multiplied(self, multiplied: Multiplied, now: int | None, lit: int | None) -> None:
        """Show these products; `now` is the step of the cursor, `lit` the one whose path is picked out."""
        if multiplied is not self._multiplied:
            self._limits = _limits(multiplied)
        self._multiplied, self._now, self._lit = multiplied, now, lit
        first = multiplied.this.products.steps()[-1]
        self.setAccessibleName(tr("Products of Jacobians. {words}", words=step_words(multiplied.this, first)))
        self.update()

    @property
    def sides(self) -> tuple[NetworkProducts, ...]:
        """The networks from left to right."""
        if self._multiplied is None:
            return ()
        other = self._multiplied.other
        return (self._multiplied.this,) if other is None else (self._multiplied.this, other)

    def chart(self, side: int) -> QRectF:
        """Where the curves of a side are."""
        count = max(1, len(self.sides))
        width = (own_rect(self).width() - AXIS - 2 - (count - 1) * GAP) / count
        strip = self._strip_height + 3 if self._strip_height else 0.0
        return QRectF(AXIS + side * (width + GAP), TITLE, width, own_rect(self).height() - TITLE - STEPS - strip)

    def strip(self, side: int) -> QRectF:
        """Where its cells are."""
        chart = self.chart(side)
        return QRectF(chart.left(), chart.bottom() + 3, chart.width(), self._strip_height)

    @property
    def _strip_height(self) -> float:
        if all(side.products.shares is None for side in self.sides):
            return 0.0
        return min(max(LEAST_STRIP, STRIP_SHARE * own_rect(self).height()), MOST_STRIP)

    def place(self, side: int, t: int, log: float) -> QPointF:
        """Where a logarithm of step t is."""
        chart, (low, high) = self.chart(side), self._limits
        pitch = chart.width() / len(self.sides[side].products.norms)
        y = chart.bottom() - (min(max(log, low), high) - low) / (high - low) * chart.height()
        return QPointF(chart.left() + (t - 0.5) * pitch, y)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self, smooth=True)
        for place, side in enumerate(self.sides):
            self._paint_ground(painter, place, side)
            self._paint_curves(painter, place, side)
            self._paint_steps(painter, place, side)
        self.paint_focus(painter)

    def _paint_ground(self, painter: QPainter, place: int, side: NetworkProducts) -> None:
        theme, chart, (low, high) = themes.current(), self.chart(place), self._limits
        pitch = chart.width() / len(side.products.norms)
        for t, colour in ((self._now, theme.forward.soft), (self._lit, theme.backward.soft)):
            if t is not None and t <= len(side.products.norms):
                column = QRectF(chart.left() + (t - 1) * pitch, chart.top(), pitch, chart.height())
                painter.fillRect(column, colour)
        every = max(1, int(np.ceil((high - low) * 15 / chart.height())))
        for power in range(int(np.ceil(low)), int(np.floor(high)) + 1):
            if power % every:
                continue
            y = self.place(place, 1, power).y()
            painter.setPen(QPen(theme.strong_border if power == 0 else theme.border, 1))
            painter.drawLine(QLineF(chart.left(), y, chart.right(), y))
            if place == 0:
                room = QRectF(0, min(max(y - LINE / 2, chart.top()), chart.bottom() - LINE), AXIS - 4, LINE)
                text = figures(10.0**power, 1).removeprefix("1×")
                paint_text(painter, room, text, LABEL, theme.muted, "right", fit=True)
        themes.draw_with(painter, QPen(theme.border, 1), None)
        painter.drawRect(chart)
        above = QRectF(chart.left(), 0, chart.width(), TITLE - 2)
        paint_text(painter, above, side.title, NAME, theme.text, "left", weight=600, fit=True)
        name = f"‖{jacobian_name(side, 't')}‖"
        if text_width(side.title, NAME, 600) + text_width(name, NAME) + GAP <= chart.width():
            paint_text(painter, above, name, NAME, theme.backward.text, "right")

    def _paint_curves(self, painter: QPainter, place: int, side: NetworkProducts) -> None:
        theme, products = themes.current(), side.products
        if products.direct is not None:
            pale = QPen(themes.faded(theme.backward.line, 0.4), 1)
            for unit in range(products.direct.shape[1]):
                self._line(painter, place, side, products.direct[:, unit], pale)
        self._line(painter, place, side, products.norms, QPen(theme.backward.line, 2.2))
        themes.draw_with(painter, None, theme.backward.line)
        pitch = self.chart(place).width() / len(products.norms)
        for t in products.steps() if pitch >= 6 else ():
            log = logarithm(products.norms[[t - 1]])[0]
            if np.isfinite(log):
                painter.drawEllipse(self.place(place, t, float(log)), 2.6, 2.6)
        self._name_curves(painter, place, side)

    def _line(self, painter: QPainter, place: int, side: NetworkProducts, values: Array, pen: QPen) -> None:
        logs = logarithm(values)
        points = [self.place(place, t, float(logs[t - 1])) for t in side.products.steps() if np.isfinite(logs[t - 1])]
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF(points))

    def _name_curves(self, painter: QPainter, place: int, side: NetworkProducts) -> None:
        """Say which curves are which, where the direct path has some."""
        products, chart, theme = side.products, self.chart(place), themes.current()
        if products.direct is None or chart.height() < 40:
            return
        text = tr("thin: Π {name} of each unit", name=passing_name(side))
        # They all meet at 1, at k: beside it is more room on the side on which the scale reaches further.
        low, high = self._limits
        y = chart.bottom() - LINE - 1 if -low > high else chart.top() + 2
        room = QRectF(chart.left() + 4, y, chart.width() - 8, LINE)
        paint_text(painter, room, text, LABEL, theme.muted, "right" if products.direction > 0 else "left", fit=True)

    def _paint_steps(self, painter: QPainter, place: int, side: NetworkProducts) -> None:
        theme, strip, products = themes.current(), self.strip(place), side.products
        if products.shares is not None:
            paint_cells(painter, strip, products.shares.T, max(1.0, float(np.nanmax(np.abs(products.shares)))))
            beside = AXIS - 4 if place == 0 else GAP - 2
            room = QRectF(strip.left() - 2 - beside, strip.center().y() - LINE / 2, beside, LINE)
            paint_text(painter, room, passing_name(side), LABEL, theme.text, "right", fit=True)
        if place == 0:
            room = QRectF(0, own_rect(self).height() - STEPS, AXIS - 4, STEPS)
            paint_text(painter, room, "t =", LABEL, theme.muted, "right")
        pitch, last = strip.width() / len(products.norms), len(products.norms)
        every = max(1, int(np.ceil(20 / pitch)))
        for t in sorted({1, last, *range(every, last + 1, every)}):
            if (t not in (1, last) and (t - 1) * pitch < 26) or 0 < (last - t) * pitch < 16:
                continue
            middle = min(
                strip.left() + (t - 0.5) * pitch, own_rect(self).width() - text_width(str(t), LABEL, 600) / 2 - 1
            )
            room = QRectF(middle - 20, own_rect(self).height() - STEPS, 40, STEPS)
            ink = theme.forward.text if t == self._now else theme.muted
            paint_text(painter, room, str(t), LABEL, ink, weight=600 if t == self._now else 400)

    # Pointing and choosing.

    def step_under(self, point: QPointF) -> tuple[int, int] | None:
        """(side, step) of the column at a place."""
        for place, side in enumerate(self.sides):
            chart = self.chart(place)
            if chart.left() <= point.x() < chart.right():
                return place, int((point.x() - chart.left()) / chart.width() * len(side.products.norms)) + 1
        return None

    def told(self, point: QPointF) -> str:
        found = self.step_under(point)
        if found is None:
            return ""
        more = tr("\nClick to go to this step.") if found[0] == 0 else ""
        return f"{step_words(self.sides[found[0]], found[1])}{more}"

    def clickable(self, point: QPointF) -> bool:
        found = self.step_under(point)
        return found is not None and found[0] == 0

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.step_under(pointer_at(event))
        if found is not None and found[0] == 0 and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(found[1])

    def go(self, right: int, up: int) -> None:
        if self._multiplied is not None:
            products = self._multiplied.this.products
            following = (products.k if self._lit is None else self._lit) + right + up
            if following in products.steps():
                self.chosen.emit(following)


def _limits(multiplied: Multiplied) -> tuple[float, float]:
    """The logarithms between which all curves are, within what can be told apart."""
    sides = [multiplied.this] if multiplied.other is None else [multiplied.this, multiplied.other]
    values = [side.products.norms for side in sides]
    values += [side.products.direct.ravel() for side in sides if side.products.direct is not None]
    logs = logarithm(np.concatenate(values))
    known = logs[np.isfinite(logs)]
    low, high = float(known.min(initial=-0.5)), float(known.max(initial=0.1))
    return max(low, LEAST) - 0.1, min(high, MOST) + 0.1
