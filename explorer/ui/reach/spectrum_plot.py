"""View of eigenvalues in the complex plane, with the unit circle: inside it steps shrink, outside they stretch."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen

from explorer.language import tr
from explorer.session.reach.loop import LoopShown
from explorer.ui.drawing.sheet import text_width
from explorer.ui.look import theme as themes
from explorer.ui.look.text_size import own_rect, painter_on
from explorer.ui.parts.key_pointer import KeyPointer
from explorer.ui.parts.painted import Painted
from explorer.ui.parts.scales import nice_ceiling
from explorer.ui.reach.words import loop_words
from explorer.ui.typography.numbers import figures
from explorer.ui.typography.text import paint_text

MARGIN = 1.38
"""How far, in radii of the unit circle, the plane is shown at least: beside it the axis is named."""
DOT, NEAR = 3.2, 9.0
"""The radius of a dot, and how near to one the pointer must be, in px."""


class SpectrumPlot(Painted):
    """The plane. A dot outside the unit circle has the colour of gradients that grow, others that of parameters."""

    def __init__(self) -> None:
        super().__init__((70, 70), (120, 120))
        KeyPointer(self, self._places)
        self._loop: LoopShown | None = None

    def set_loop(self, loop: LoopShown | None) -> None:
        """Show the eigenvalues of another loop, or none."""
        self._loop = loop
        self.setAccessibleName(loop_words(loop) if loop is not None else tr("Eigenvalues"))
        self.update()

    def frame(self) -> QRectF:
        """The square that is the plane."""
        side = float(min(own_rect(self).width(), own_rect(self).height()) - 2)
        return QRectF((own_rect(self).width() - side) / 2, (own_rect(self).height() - side) / 2, side, side)

    def place(self, value: complex) -> QPointF:
        """Where a number of the plane is painted."""
        frame = self.frame()
        scale = frame.width() / 2 / self._reach()
        return frame.center() + QPointF(value.real, -value.imag) * scale

    def _values(self) -> NDArray[np.complex128]:
        return self._loop.eigenvalues if self._loop is not None else np.zeros(0, np.complex128)

    def _reach(self) -> float:
        """Half the width of the plane."""
        values = self._values()
        return max(MARGIN, 1.12 * float(np.abs(values).max(initial=0.0)))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, frame = themes.current(), self.frame()
        painter = painter_on(self, smooth=True)
        centre, radius = frame.center(), frame.width() / 2 / self._reach()
        themes.draw_with(painter, QPen(theme.strong_border, 1.2), theme.window)
        painter.drawEllipse(centre, radius, radius)
        painter.setPen(QPen(theme.border, 1))
        painter.drawLine(QLineF(frame.left(), centre.y(), frame.right(), centre.y()))
        painter.drawLine(QLineF(centre.x(), frame.top(), centre.x(), frame.bottom()))
        self._label(painter, centre, radius)
        if self._loop is not None and not self._loop.paths:
            paint_text(painter, QRectF(centre.x() - 50, centre.y() - 22, 100, 14), self._loop.instead, 12, theme.muted)
        for value in self._values()[::-1].tolist():
            colour = theme.backward.line if abs(value) > 1 else theme.parameter.line
            themes.draw_with(painter, QPen(theme.surface, 1), colour)
            painter.drawEllipse(self.place(value), DOT, DOT)

    def _label(self, painter: QPainter, centre: QPointF, radius: float) -> None:
        """Name the unit circle, and what the axes are; where it is small, also a round number farther out."""
        theme, frame = themes.current(), self.frame()
        marks = [1.0] if radius > 16 else []
        if self._reach() > 3:
            marks.append(nice_ceiling(self._reach() / 2.5))
        for mark in marks:
            x = centre.x() + radius * mark
            painter.setPen(QPen(theme.strong_border, 1))
            painter.drawLine(QLineF(x, centre.y() - 2.5, x, centre.y() + 2.5))
            text = figures(mark, 1)
            left = min(x + 2, frame.right() - text_width(text, 10))
            paint_text(painter, QRectF(left, centre.y() + 1, 40, 12), text, 10, theme.muted, "left")
        right = min(frame.right() + 14, own_rect(self).width() - 1.0)
        paint_text(painter, QRectF(right - 24, centre.y() - 13, 24, 12), "Re", 10, theme.faint, "right")
        paint_text(painter, QRectF(centre.x() + 3, frame.top(), 24, 12), "Im", 10, theme.faint, "left")

    def _places(self) -> list[QRectF]:
        """Where the eigenvalues stand."""
        dots = [self.place(value) for value in self._values().tolist()]
        return [QRectF(dot.x() - DOT, dot.y() - DOT, 2 * DOT, 2 * DOT) for dot in dots]

    def value_at(self, point: QPointF) -> complex | None:
        """The eigenvalue nearest to a place, if it is near."""
        values = self._values()
        if not values.size:
            return None
        distances = [QLineF(self.place(value), point).length() for value in values.tolist()]
        nearest = int(np.argmin(distances))
        return complex(values[nearest]) if distances[nearest] <= NEAR else None

    def told(self, point: QPointF) -> str:
        value = self.value_at(point)
        if value is not None:
            return eigenvalue_words(value)
        return loop_words(self._loop) if self._loop is not None else ""


def eigenvalue_words(value: complex) -> str:
    """An eigenvalue and its magnitude; of a complex pair, both."""
    pair = f" ± {figures(abs(value.imag), 4)} i" if value.imag else ""
    said = f"λ = {figures(value.real, 4)}{pair}, |λ| = {figures(abs(value), 4)}"
    if abs(value) == 1:
        return tr("{said}: stays each step", said=said)
    return tr("{said}: shrinks each step", said=said) if abs(value) < 1 else tr("{said}: grows each step", said=said)
