"""Give each norm of a gradient its colour, linear or logarithmic; paint the scale and the cells. No number is white.

Even the smallest norm that is not 0 differs from the ground: a gradient that has become tiny is not one that is cut.
"""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from explorer.graph.arrays import Array
from explorer.session.reach.reach import Fate, Reach
from explorer.ui.drawing.sheet import text_width
from explorer.ui.look import theme as themes
from explorer.ui.look.colour import STEPS, Bytes
from explorer.ui.look.theme import Shades, Theme
from explorer.ui.parts.pictures import picture
from explorer.ui.typography.numbers import figures
from explorer.ui.typography.text import paint_text

TINT = 0.1
"""The colour of the least norm, as a share of the way from the ground to the colour of the largest."""
DECADES = 8.0
"""A logarithmic scale reaches so far below the largest norm; what is less is as pale as can be."""
SIZE, GAP, LEAST_BAR = 10, 4, 12
"""Of the numbers beside the scale, in px: their size, and how far they stand off; and how wide the bar is at least."""


class ReachScale(Struct, frozen=True):
    """Colours from `least` (logarithmic) or 0 (linear) to `most`, both positive."""

    least: float
    most: float
    logarithmic: bool
    clipped: bool = False
    """Whether some norms are less than `least`."""

    @staticmethod
    def of(limits: tuple[float, float], logarithmic: bool) -> "ReachScale":
        """The scale for norms between these limits."""
        least, most = limits
        lowest = most * 10**-DECADES
        # All of one size would leave the logarithmic scale without a length.
        return ReachScale(min(max(least, lowest), most / 10), most, logarithmic, least < lowest)

    def shares(self, norms: Array) -> Array:
        """Where on the scale, TINT … 1, each norm stands; 0 for exactly 0, NaN for no number or an infinite one."""
        with np.errstate(all="ignore"):
            if self.logarithmic:
                along = np.log(norms / self.least) / np.log(self.most / self.least)
            else:
                along = norms / self.most
            shares: Array = np.where(norms > 0, TINT + (1 - TINT) * np.clip(along, 0.0, 1.0), 0.0)
        return np.where(np.isfinite(norms), shares, np.nan)

    def colours(self, norms: Array, theme: Theme) -> Bytes:
        """RGBA (..., 4) of norms (...)."""
        shares = self.shares(norms)
        # The last row of the table is the colour of what is no number.
        rows: NDArray[np.intp] = np.rint(np.nan_to_num(shares) * STEPS).astype(np.intp) + STEPS
        return theme.gradient.table[np.where(np.isnan(shares), len(theme.gradient.table) - 1, rows)]

    @property
    def ends(self) -> tuple[str, str]:
        """The numbers at both ends of the scale."""
        return (_short(self.least, self.clipped) if self.logarithmic else "0"), _short(self.most)

    @property
    def narrowest(self) -> float:
        """In so many px it can be painted."""
        return sum(text_width(end, SIZE) + GAP for end in self.ends) + LEAST_BAR

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        """Paint the colours over a bar, with the numbers at its ends on both sides of it, into a line of text."""
        theme = themes.current()
        low, high = self.ends
        before, behind = text_width(low, SIZE) + GAP, text_width(high, SIZE) + GAP
        bar = QRectF(rect.left() + before, rect.center().y() - 4, rect.width() - before - behind, 8)
        painter.drawImage(bar, picture(theme.gradient.table[STEPS + round(TINT * STEPS) : 2 * STEPS + 1][None]))
        themes.draw_with(painter, QPen(theme.grid, 0.7), None)
        painter.drawRect(bar)
        paint_text(painter, rect, low, SIZE, theme.muted, "left")
        paint_text(painter, rect, high, SIZE, theme.muted, "right")


def _short(value: float, clipped: bool = False) -> str:
    """Two figures, or with a power of ten, one."""
    text = figures(value, 2)
    return ("≤ " if clipped else "") + (figures(value, 1) if "×" in text else text)


_RULED = 5.0  # smallest cell, in px, with lines around


class ReachCells:
    """The cells of one picture in the colours of a theme, made once and painted into any square."""

    def __init__(self, reach: Reach, scale: ReachScale, theme: Theme) -> None:
        self._theme, self._T = theme, reach.trace.last
        feedback, borders = reach.trace.network.feedback, reach.trace.borders
        fed_role = theme.target if feedback is not None and feedback.target else theme.forward
        self.cut_role = theme.parameter if feedback is None or borders else fed_role
        """What cuts, by its colour: the target, what the network picked itself, or neither, as truncation does."""
        self.cut = _runs(reach.fates == Fate.CUT)
        self._paths = _runs(reach.fates >= Fate.CUT)
        colours = scale.colours(reach.norms, theme)
        colours[reach.fates != Fate.REACHED, 3] = 0
        self._image = picture(colours)

    def paint(self, painter: QPainter, frame: QRectF) -> None:
        """Fill the square with T × T cells."""
        for k, first, last in self.cut:
            paint_hatch(painter, self._stretch(frame, k, first, last), self.cut_role)
        painter.drawImage(frame, self._image)
        if frame.width() / self._T >= _RULED:
            painter.setPen(QPen(self._theme.grid, 1))
            painter.drawLines(self._rules(frame))
        themes.draw_with(painter, QPen(self._theme.border, 1), None)
        painter.drawRect(frame)

    def _stretch(self, frame: QRectF, k: int, first: int, last: int) -> QRectF:
        """The cells of row k from column first to column last."""
        side = frame.width() / self._T
        return QRectF(frame.left() + (first - 1) * side, frame.top() + (k - 1) * side, (last - first + 1) * side, side)

    def _rules(self, frame: QRectF) -> list[QLineF]:
        """Lines around all cells that have a path, cut or not."""
        lines, side = [], frame.width() / self._T
        for k, first, last in self._paths:
            row = self._stretch(frame, k, first, last)
            lines += [QLineF(row.topLeft(), row.topRight()), QLineF(row.bottomLeft(), row.bottomRight())]
            edges = [row.left() + i * side for i in range(last - first + 2)]
            lines += [QLineF(x, row.top(), x, row.bottom()) for x in edges]
        return lines


def paint_hatch(painter: QPainter, rect: QRectF, role: Shades) -> None:
    """What is cut, in the colour of what cuts it."""
    painter.fillRect(rect, role.soft)
    painter.fillRect(rect, QBrush(role.line, Qt.BrushStyle.BDiagPattern))


def _runs(mask: NDArray[np.bool_]) -> list[tuple[int, int, int]]:
    """The stretches of a mask (T, T) that are true within each row: (row, first, last), counted from 1."""
    changes = np.diff(np.pad(mask, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(changes == 1)
    _, stops = np.nonzero(changes == -1)
    return [(int(r) + 1, int(a) + 1, int(b)) for r, a, b in zip(rows, starts, stops, strict=True)]
