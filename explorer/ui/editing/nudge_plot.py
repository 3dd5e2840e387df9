"""View of the loss along one weight: its curve, the tangent that the gradient gives, and how far apart they are."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.graph.arrays import Array
from explorer.language import tr
from explorer.session.equations.check import Nudge
from explorer.session.equations.nudge import Curve
from explorer.ui.look import theme as themes
from explorer.ui.look.text_size import own_rect, painter_on, sized
from explorer.ui.typography.numbers import figures
from explorer.ui.typography.text import paint_text

TOP, BOTTOM, SIDE = 20, 18, 2
"""Margins in px around the plot: above for the names of the lines, below for δ."""
TEXT = 11


class NudgePlot(QWidget):
    """A small plot over δ. The curve grows outward from δ = 0 while it is computed."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Loss along one weight, with its tangent"))
        self._curve: Curve | None = None
        self._nudge: Nudge | None = None

    def set_curve(self, curve: Curve | None, nudge: Nudge | None) -> None:
        """Show this much of a curve and the nudge on it."""
        self._curve, self._nudge = curve, nudge
        self.update()

    def sizeHint(self) -> QSize:
        return sized(300, 150)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self, smooth=True)
        theme = themes.current()
        area = own_rect(self).adjusted(SIDE, TOP, -SIDE, -BOTTOM)
        painter.fillRect(area, theme.surface)
        painter.setPen(QPen(theme.border, 1))
        painter.drawRect(area)
        if self._curve is None:
            return
        self._axes(painter, area, self._curve)
        painter.save()
        painter.setClipRect(area)
        self._lines(painter, area, self._curve)
        painter.restore()

    def _axes(self, painter: QPainter, area: QRectF, curve: Curve) -> None:
        theme = themes.current()
        painter.setPen(QPen(theme.grid, 1))
        middle = area.center().x()
        painter.drawLine(QPointF(middle, area.top()), QPointF(middle, area.bottom()))
        below = QRectF(area.left(), area.bottom() + 1, area.width(), BOTTOM - 2)
        paint_text(painter, below, figures(-curve.reach, 1), TEXT, theme.muted, "left")
        paint_text(painter, below, "δ = 0", TEXT, theme.muted)
        paint_text(painter, below, f"+{figures(curve.reach, 1)}", TEXT, theme.muted, "right")
        above = QRectF(area.left(), 0, area.width(), TOP - 3)
        paint_text(painter, above, "L(w + δ)", TEXT + 1, theme.loss.text, "left", weight=600)
        paint_text(painter, above, tr("L + gradient × δ"), TEXT + 1, theme.backward.text, "right", weight=600)

    def _lines(self, painter: QPainter, area: QRectF, curve: Curve) -> None:
        theme = themes.current()
        low, high = curve.limits()
        if not np.isfinite(curve.start):
            return

        def place(by: Array, loss: Array) -> list[QPointF]:
            xs = area.left() + (by + curve.reach) / (2 * curve.reach) * area.width()
            ys = area.bottom() - (loss - low) / (high - low) * area.height()
            return [QPointF(x, y) for x, y in zip(xs.tolist(), ys.tolist(), strict=True) if np.isfinite(y)]

        if np.isfinite(curve.gradient):
            painter.setPen(QPen(theme.backward.line, 1.8, Qt.PenStyle.DashLine))
            painter.drawPolyline(QPolygonF(place(curve.by[[0, -1]], curve.tangent[[0, -1]])))
        painter.setPen(QPen(theme.loss.line, 2.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for run in runs_of(np.isfinite(curve.loss)):
            painter.drawPolyline(QPolygonF(place(curve.by[run], curve.loss[run])))
        if self._nudge is not None:
            by = np.full(2, self._nudge.by)
            both = place(by, curve.start + np.array([self._nudge.change, self._nudge.foretold]))
            if len(both) == 2:
                painter.setPen(QPen(theme.text, 1.4))
                painter.drawLine(*both)
            for point, colour in zip(both, (theme.loss.line, theme.backward.line), strict=False):
                themes.draw_with(painter, QPen(theme.surface, 1.5), colour)
                painter.drawEllipse(point, 4.5, 4.5)


def runs_of(known: Array) -> list[slice]:
    """The stretches of a mask (n,) that are true without a gap: a line is not drawn across what is no number."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], known.astype(int), [0]])))
    return [slice(int(start), int(stop)) for start, stop in edges.reshape(-1, 2)]
