"""Paint the cells of the picture of gradients: coloured where one arrives, hatched where it is cut, else nothing."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from explorer.session.reach.reach import Fate, Reach
from explorer.ui.drawing.strips import picture
from explorer.ui.look.theme import Shades, Theme
from explorer.ui.reach.scale import ReachScale

_RULED = 5.0  # smallest cell, in px, with lines around


class ReachCells:
    """The cells of one picture in the colours of a theme, made once and painted into any square."""

    def __init__(self, reach: Reach, scale: ReachScale, theme: Theme) -> None:
        self._theme, self._T = theme, reach.trace.T
        feedback = reach.trace.network.feedback
        self.cut_role = theme.target if feedback is None or feedback.target else theme.forward
        """What cuts, by its colour: the target, or what the network picked itself."""
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
        painter.setPen(QPen(self._theme.border, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
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
