"""Give each norm of a gradient its colour, on a linear or a logarithmic scale, and paint the scale. No number is white.

Even the smallest norm that is not 0 differs from the ground: a gradient that has become tiny is not one that is cut.
"""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explorer.graph.operations import Array
from explorer.ui.drawing.sheet import text_width
from explorer.ui.drawing.strips import picture
from explorer.ui.look import theme as themes
from explorer.ui.look.colour import STEPS, Bytes
from explorer.ui.look.theme import Theme
from explorer.ui.typography.numbers import figures
from explorer.ui.typography.text import paint_text

TINT = 0.1
"""The colour of the least norm, as a share of the way from the ground to the colour of the largest."""
DECADES = 8.0
"""A logarithmic scale reaches so far below the largest norm; what is less is as pale as can be."""
SIZE, GAP = 10, 4
"""Of the numbers beside the scale, in px: their size, and how far they stand off."""


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

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        """Paint the colours over a bar, with the numbers at its ends on both sides of it, into a line of text."""
        theme = themes.current()
        low, high = self.ends
        before, behind = text_width(low, SIZE) + GAP, text_width(high, SIZE) + GAP
        bar = QRectF(rect.left() + before, rect.center().y() - 4, rect.width() - before - behind, 8)
        painter.drawImage(bar, picture(theme.gradient.table[STEPS + round(TINT * STEPS) : 2 * STEPS + 1][None]))
        painter.setPen(QPen(theme.grid, 0.7))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(bar)
        paint_text(painter, rect, low, SIZE, theme.muted, "left")
        paint_text(painter, rect, high, SIZE, theme.muted, "right")


def _short(value: float, clipped: bool = False) -> str:
    """Two figures, or with a power of ten, one."""
    text = figures(value, 2)
    return ("≤ " if clipped else "") + (figures(value, 1) if "×" in text else text)
