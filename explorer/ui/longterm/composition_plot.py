"""View of a state as a function of where it began, a curve for each step; point at one, or click to go to its step."""

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF

from explorer.language import tr
from explorer.session.longterm.composed import Composed
from explorer.ui.longterm.words import curve_words
from explorer.ui.look import theme as themes
from explorer.ui.look.text_size import own_rect, painter_on, pointer_at
from explorer.ui.parts.arrow_picture import ArrowPicture
from explorer.ui.typography.numbers import figures
from explorer.ui.typography.text import paint_number, paint_text

LEFT, RIGHT, TOP, BOTTOM = 34.0, 40.0, 15.0, 15.0
"""Room in px around the plot: for the numbers of the state, the names of the curves, what is drawn, where it began."""
LABEL, LINE = 10, 12.0
NEAR = 8.0
"""How near, in px, the pointer must be to a curve."""
FAINTEST, MANY = 0.25, 16
"""How strong the first curve is, beside those that are all but lit; where there are more than many, all are fainter."""


class CompositionPlot(ArrowPicture):
    """`chosen` carries the step of the curve that was clicked."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__((150, 80), (260, 140))
        self._composed: Composed | None = None
        self._lit = 0
        self._pointed: int | None = None
        self._limits = (-1.0, 1.0)

    def set_composed(self, composed: Composed, lit: int) -> None:
        """Show these curves, one of which is that of the step at hand."""
        if composed is not self._composed:
            self._pointed = None
            known = composed.composition.curves[1:]
            known = known[np.isfinite(known)]
            low, high = (float(known.min()), float(known.max())) if known.size else (-1.0, 1.0)
            margin = 0.06 * (high - low) or max(1e-9, 0.1 * abs(high)) or 1.0
            self._limits = low - margin, high + margin
        self._composed, self._lit = composed, lit
        self.setAccessibleName(curve_words(composed, lit))
        self.update()

    def frame(self) -> QRectF:
        """Where the curves are."""
        return own_rect(self).adjusted(LEFT, TOP, -RIGHT, -BOTTOM)

    def curve(self, c: int) -> QPolygonF:
        """The places of a curve; what is no finite number is left out."""
        assert self._composed is not None
        composition, frame, (low, high) = self._composed.composition, self.frame(), self._limits
        at = composition.at
        x = frame.left() + (at - at[0]) / (at[-1] - at[0]) * frame.width()
        y = frame.bottom() - (composition.curves[c] - low) / (high - low) * frame.height()
        known = np.isfinite(y)
        # Far outside of the frame a painter would lose its way.
        y = np.clip(y, frame.top() - 4 * frame.height(), frame.bottom() + 4 * frame.height())
        return QPolygonF([QPointF(*place) for place in zip(x[known].tolist(), y[known].tolist(), strict=True)])

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, frame, composed = themes.current(), self.frame(), self._composed
        painter = painter_on(self, smooth=True)
        themes.draw_with(painter, QPen(theme.border, 1), None)
        painter.drawRect(frame)
        if composed is None:
            return
        self._axes(painter, frame, composed)
        painter.save()
        painter.setClipRect(frame)
        count = len(composed.composition.steps)
        # In the order of composition, the one at hand on top of all.
        for c in sorted(range(count), key=lambda c: (c == self._lit, c == self._pointed, c)):
            painter.setPen(self._pen(c, count))
            painter.drawPolyline(self.curve(c))
        painter.restore()
        self._name_curves(painter, frame, composed)
        self.paint_focus(painter)

    def _pen(self, c: int, count: int) -> QPen:
        theme = themes.current()
        if c == 0 and c != self._lit:
            return QPen(theme.muted, 1, Qt.PenStyle.DashLine)
        if c == self._lit:
            return QPen(theme.forward.line, 2.6)
        if c == self._pointed:
            return QPen(theme.forward.line, 2.0)
        faint = (FAINTEST + 0.55 * (1 - FAINTEST) * c / count) * min(1.0, MANY / count)
        return QPen(themes.faded(theme.forward.line, faint), 1.2)

    def _axes(self, painter: QPainter, frame: QRectF, composed: Composed) -> None:
        theme, (low, high) = themes.current(), self._limits
        at, symbol = composed.composition.at, composed.symbol
        if low < 0 < high:
            y = frame.bottom() + low / (high - low) * frame.height()
            painter.setPen(QPen(theme.border, 1))
            painter.drawLine(QLineF(frame.left(), y, frame.right(), y))
            if y - frame.top() > LINE and frame.bottom() - y > LINE:
                paint_text(painter, QRectF(0, y - 6, LEFT - 4, LINE), "0", LABEL, theme.muted, "right")
        for value, y in ((high, frame.top()), (low, frame.bottom() - LINE)):
            paint_number(painter, QRectF(0, y, LEFT - 4, LINE), value, LABEL, theme.muted, digits=2)
        below = QRectF(frame.left(), frame.bottom() + 2, frame.width(), LINE)
        first = composed.composition.steps[0]
        paint_text(painter, below, figures(float(at[0]), 2), LABEL, theme.muted, "left")
        paint_text(
            painter,
            below,
            tr("{symbol}({first}) along a random line", symbol=symbol, first=first),
            LABEL,
            theme.muted,
            fit=True,
        )
        paint_text(painter, below, f"+{figures(float(at[-1]), 2)}", LABEL, theme.muted, "right")
        above = QRectF(frame.left(), 0, frame.width(), TOP - 2)
        paint_text(
            painter,
            above,
            tr("{symbol}(t), projected to one number", symbol=symbol),
            LABEL,
            theme.muted,
            "left",
            fit=True,
        )

    def _name_curves(self, painter: QPainter, frame: QRectF, composed: Composed) -> None:
        """The steps beside the ends of their curves: the one at hand first, then those for which there is room."""
        theme, steps = themes.current(), composed.composition.steps
        taken: list[float] = []
        others = sorted(range(len(steps)), key=lambda c: (c not in (0, 1, 2, 3, len(steps) - 1), c))
        for c in (self._lit, *(c for c in others if c != self._lit)):
            places = self.curve(c)
            if places.isEmpty():
                continue
            end = places.last().y()
            if c != self._lit and not frame.top() <= end <= frame.bottom():
                continue  # at the border its name would be taken for that of the curve which ends there
            y = min(max(end, frame.top() + LINE / 2), frame.bottom() - LINE / 2)
            if any(abs(y - other) < LINE - 1 for other in taken):
                continue
            taken.append(y)
            text = f"t={steps[c]}" if c == self._lit else str(steps[c])
            ink, weight = (theme.forward.text, 600) if c == self._lit else (theme.muted, 400)
            room = QRectF(frame.right() + 4, y - LINE / 2, RIGHT - 4, LINE)
            paint_text(painter, room, text, LABEL, ink, "left", weight=weight)

    def curve_at(self, point: QPointF) -> int | None:
        """The curve nearest to a place, if it is near."""
        if self._composed is None or not (point.x() > self.frame().right() or self.frame().contains(point)):
            return None
        distance, nearest = min((self._distance(c, point), c) for c in range(len(self._composed.composition.steps)))
        return nearest if distance <= NEAR else None

    def _distance(self, c: int, point: QPointF) -> float:
        """How far a place is from a curve, or beside the frame from the height of its end."""
        places = np.array([(place.x(), place.y()) for place in self.curve(c).toList()])
        if not places.size:  # it has overflowed everywhere
            return float("inf")
        if point.x() > self.frame().right():
            return float(abs(places[-1, 1] - point.y()))
        near = places[np.abs(places[:, 0] - point.x()) <= NEAR]
        return float(np.hypot(*(near - (point.x(), point.y())).T).min()) if near.size else float("inf")

    def told(self, point: QPointF) -> str:
        pointed = self.curve_at(point)
        if pointed is None or self._composed is None:
            return ""
        return tr("{words}\nClick to go to this step.", words=curve_words(self._composed, pointed))

    def clickable(self, point: QPointF) -> bool:
        return self.curve_at(point) is not None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        pointed = self.curve_at(pointer_at(event))
        if pointed != self._pointed:
            self._pointed = pointed
            self.update()
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.curve_at(pointer_at(event))
        if found is not None and self._composed is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(self._composed.composition.steps[found])

    def go(self, right: int, up: int) -> None:
        if self._composed is not None:
            steps, following = self._composed.composition.steps, self._lit + right + up
            if 0 <= following < len(steps):
                self.chosen.emit(steps[following])

    def leaveEvent(self, event: QEvent) -> None:
        self._pointed = None
        self.update()
