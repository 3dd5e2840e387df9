"""View of one path back: the norm of each Jacobian on it, and under it that of their product so far; log scales."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen

from explorer.graph.arrays import Array
from explorer.language import tr
from explorer.session.reach.path import Passed
from explorer.ui.look import theme as themes
from explorer.ui.look.text_size import own_rect, painter_on
from explorer.ui.parts.key_pointer import KeyPointer
from explorer.ui.parts.painted import Painted
from explorer.ui.parts.scales import logarithm
from explorer.ui.reach.words import passed_words
from explorer.ui.typography.numbers import figures
from explorer.ui.typography.text import paint_instead, paint_text

TITLE, LABELS, GAP, AXIS = 14.0, 13.0, 4.0, 34.0
"""Room in px above each chart for its name, below for the steps, between the charts, and left for the figures."""
WIDEST = 18.0
SHORTEST = 1.5
"""Height of a bar of factor 1, so that it can be seen to be there."""


class ReachBars(Painted):
    """Columns for i = t … k − 1, in the order of time: gradients come from the right."""

    def __init__(self) -> None:
        super().__init__((90, 70), (150, 120))
        KeyPointer(self, self._places)
        self._k = self._t = 1
        self._state = "h"
        self._steps: Sequence[Passed] = ()
        self._instead = ""

    def set_path(self, k: int, t: int, steps: Sequence[Passed], state: str = "h", instead: str = "") -> None:
        """Show the steps from k back to t that are worked out so far; or `instead` of a chart a sentence."""
        self._k, self._t, self._steps, self._state, self._instead = k, t, tuple(steps), state, instead
        if instead:
            self.setAccessibleName(instead)
            self.update()
            return
        reached = tr(", product {product}", product=figures(self._steps[-1].product)) if self._steps else ""
        self.setAccessibleName(
            tr(
                "{count} Jacobians from {state}({k}) back to {state}({t}){reached}",
                count=abs(k - t),
                state=state,
                k=k,
                t=t,
                reached=reached,
            )
        )
        self.update()

    def frames(self) -> tuple[QRectF, QRectF]:
        """Where the two charts stand: factors, and their product."""
        free = own_rect(self).height() - 2 * TITLE - LABELS - GAP
        upper = QRectF(AXIS, TITLE, own_rect(self).width() - AXIS - 2, 0.42 * free)
        lower = QRectF(AXIS, upper.bottom() + GAP + TITLE, upper.width(), 0.58 * free)
        return upper, lower

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = themes.current()
        painter = painter_on(self, smooth=True)
        if self._k == self._t or self._instead:
            within = tr(
                "L({k}) reaches {state}({k}) within the step: no Jacobian on the way.", k=self._k, state=self._state
            )
            paint_instead(painter, own_rect(self), self._instead or within)
            return
        upper, lower = self.frames()
        factors = np.array([step.factor for step in self._steps])
        products = np.array([step.product for step in self._steps])
        done = len(self._steps) == abs(self._k - self._t)
        end = f" {figures(products[-1], 2)}" if done else ""
        self._chart(painter, upper, factors, tr("norm of each factor"), theme.parameter.line)
        self._chart(painter, lower, products, tr("their product{end}", end=end), theme.backward.line)
        first, last = self._ends()
        for t, side in ((first, "left"), (last, "right")):
            room = QRectF(lower.left(), lower.bottom() + 1, lower.width(), LABELS)
            if side == "left" or last > first:
                text = f"i={t}" if side == "left" else str(t)
                paint_text(painter, room, text, 10, theme.muted, "left" if side == "left" else "right")

    def _chart(self, painter: QPainter, frame: QRectF, norms: Array, title: str, colour: QColor) -> None:
        """Bars up or down from 1; what is no number has none."""
        theme = themes.current()
        logs = logarithm(norms)
        known = logs[np.isfinite(logs)]
        # At least half a decade, or factors that are all near 1 would look wild.
        low, high = min(-0.5, float(known.min(initial=0.0))), max(0.15, float(known.max(initial=0.0)))
        # Exactly 0 falls out of the chart, and so does what is beyond a float.
        logs = np.where(np.isfinite(logs), logs, np.where(norms == 0, low, high))
        scale = frame.height() / (high - low)
        one = frame.top() + high * scale
        pitch, first = frame.width() / abs(self._k - self._t), self._ends()[0]
        width = min(WIDEST, max(1.0, pitch - 1.0 if pitch > 3 else pitch))
        for step, norm, log in zip(self._steps, norms.tolist(), logs.tolist(), strict=True):
            middle = frame.left() + (step.i - first + 0.5) * pitch
            top, height = (one - log * scale, log * scale) if log > 0 else (one, -log * scale)
            bar = QRectF(middle - width / 2, top, width, max(height, SHORTEST))
            if norm == 0:
                painter.setPen(QPen(colour, 1, Qt.PenStyle.DotLine))
                painter.drawRect(bar.adjusted(0.5, 0.5, -0.5, -0.5))
                paint_text(painter, bar, "0", 10, theme.text)
            else:
                painter.fillRect(bar, colour)
        painter.setPen(QPen(theme.strong_border, 1))
        painter.drawLine(QLineF(frame.left(), one, frame.right(), one))
        self._ticks(painter, frame, one, scale, low, high)
        above = QRectF(0, frame.top() - TITLE, own_rect(self).width(), TITLE - 2)
        paint_text(painter, above, title, 10, theme.muted, "left", fit=True)

    def _ticks(self, painter: QPainter, frame: QRectF, one: float, scale: float, low: float, high: float) -> None:
        theme = themes.current()
        far = low if -low >= high else high
        for log in (0.0, far):
            y = one - log * scale
            text = "1" if log == 0 else figures(10**log, 1 if abs(log) >= 1 else 2)
            room = QRectF(0, min(max(y - 6, frame.top() - 4), frame.bottom() - 8), AXIS - 4, 12)
            paint_text(painter, room, text, 10, theme.muted, "right", fit=True)
            if log != 0:
                painter.setPen(QPen(theme.border, 1))
                painter.drawLine(QLineF(frame.left(), y, frame.right(), y))

    def _ends(self) -> tuple[int, int]:
        """The first and the last step with a column: of k and t, k has none."""
        return (self._t, self._k - 1) if self._t < self._k else (self._k + 1, self._t)

    def _places(self) -> list[QRectF]:
        """Where the bars of each step stand."""
        upper, lower = self.frames()
        pitch, first = upper.width() / max(1, abs(self._k - self._t)), self._ends()[0]
        both = QRectF(upper.topLeft(), lower.bottomRight())
        return [QRectF(both.left() + (s.i - first) * pitch, both.top(), pitch, both.height()) for s in self._steps]

    def step_at(self, x: float) -> Passed | None:
        """The step whose column is at a place."""
        if not AXIS <= x < own_rect(self).width() - 2:
            return None
        i = self._ends()[0] + int((x - AXIS) / (own_rect(self).width() - AXIS - 2) * abs(self._k - self._t))
        return next((step for step in self._steps if step.i == i), None)

    def told(self, point: QPointF) -> str:
        step = self.step_at(point.x())
        return passed_words(self._k, step, self._state, 1 if self._t < self._k else -1) if step is not None else ""
