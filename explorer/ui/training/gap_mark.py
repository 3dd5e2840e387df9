"""Mark in a plot how much a run loses on its own output: a bar where that is most, and the points beside it."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from explorer.language import trn
from explorer.session.runs.verdict import Gap, in_hundred
from explorer.ui.look import theme as themes
from explorer.ui.look.fonts import ui_font
from explorer.ui.look.text_size import scaled
from explorer.ui.parts.themed_plot import ThemedPlot
from explorer.ui.training.run_curves import Curve

MARGIN = 8.0
"""Px that words take beside their letters; half as many above and below."""
_ACROSS, _DOWN = 24, 16
_APART = 8.0
"""Px between the bar and the words, at least."""


def lost(gap: Gap) -> tuple[str, str]:
    """How much a run loses on its own output, in words, and in fewer."""
    points = in_hundred(gap.fed) - in_hundred(gap.own)  # as the two shares are written
    return (
        trn("1 point lost on its own output", "{n} points lost on its own output", points),
        trn("1 point lost", "{n} points lost", points),
    )


def room_of(item: pg.TextItem, words: str) -> tuple[float, float]:
    """What words take that an item says, px."""
    metrics = QFontMetricsF(item.textItem.font())
    return metrics.horizontalAdvance(words) + MARGIN, metrics.height() + MARGIN / 2


def free_beside(
    start: tuple[float, float],
    lines: Sequence[Curve],
    view: Sequence[Sequence[float]],
    pixel: tuple[float, float],
    room: tuple[float, float],
    upright: float | None,
) -> tuple[float, float] | None:
    """The nearest place to the right, (left end, middle), where words of this room cover no curve; None if nowhere.

    All in view coordinates but the room, which is in px; `pixel` is the size of one. Nor do they cover what is
    `upright` over all of the height.
    """
    width, half = room[0] * pixel[0], room[1] / 2 * pixel[1]
    first, last = start[0] + _APART * pixel[0], view[0][1] - width - _APART * pixel[0]
    if last < first or not all(pixel):
        return None
    lefts, middles = np.linspace(first, last, _ACROSS), np.linspace(view[1][0] + half, view[1][1] - half, _DOWN)
    middles = middles[np.abs(middles - start[1]).argsort()]
    across = lefts[:, np.newaxis] + np.linspace(0.0, width, 17)
    heights = np.stack([np.interp(across, x, y, left=np.nan, right=np.nan) for x, y in lines])
    low, high = np.nanmin(heights, 2, initial=np.inf), np.nanmax(heights, 2, initial=-np.inf)
    for place, left in enumerate(lefts):
        if upright is not None and left < upright < left + width:
            continue
        for middle in middles:
            if not ((low[:, place] < middle + half) & (high[:, place] > middle - half)).any():
                return float(left), float(middle)
    return None


class GapMark:
    """A bar from one curve to the other, words, and a line that leads to them."""

    def __init__(self, plot: ThemedPlot) -> None:
        self._plot = plot
        self._bar, self._leader = pg.PlotCurveItem(), pg.PlotCurveItem()
        self.name = pg.TextItem("", anchor=(0.0, 0.5))
        scaled(self.name.setFont, ui_font(11))
        self._named = False
        for item in (self._bar, self._leader, self.name):
            item.setVisible(False)
            plot.addItem(item, ignoreBounds=True)

    def restyle(self) -> None:
        """Take on the colours of the current theme."""
        theme = themes.current()
        self._bar.setPen(pg.mkPen(theme.backward.line, width=2.5))
        self._leader.setPen(pg.mkPen(theme.muted, width=1))
        self.name.setColor(theme.backward.text)

    def show(self, gap: Gap, one: Curve, other: Curve, lines: Sequence[Curve], upright: float | None) -> None:
        """Mark it between these two curves, as drawn; `lines` and `upright` are all that the words must not cover."""
        x = float(self._plot.to_x(np.array([float(gap.iteration)]))[0])
        low, high = sorted((float(np.interp(x, *one)), float(np.interp(x, *other))))
        view, pixel, middle = self._plot.box.viewRange(), self._plot.box.viewPixelSize(), (low + high) / 2
        rooms = ((said, room_of(self.name, said)) for said in lost(gap))
        found = ((free_beside((x, middle), lines, view, pixel, room, upright), said) for said, room in rooms)
        place, words = next((one for one in found if one[0] is not None), (None, ""))
        self._bar.setData([x, x], [low, high])
        self._bar.setVisible(True)
        self._named = place is not None
        self._leader.setVisible(self._named)
        self.name.setVisible(self._named)
        if place is not None:
            self._leader.setData([x, place[0]], [middle, place[1]])
            self.name.setText(words)
            self.name.setPos(*place)

    def cover(self, covered: QRectF) -> None:
        """Leave the words out while something lies over a part of them, in px of the plot."""
        room = self._plot.mapFromScene(self.name.sceneBoundingRect()).boundingRect()
        clear = self._named and not covered.intersects(QRectF(room))
        self._leader.setVisible(clear)
        self.name.setVisible(clear)

    def hide(self) -> None:
        """There is nothing to mark, or it is said elsewhere."""
        self._named = False
        for item in (self._bar, self._leader, self.name):
            item.setVisible(False)
