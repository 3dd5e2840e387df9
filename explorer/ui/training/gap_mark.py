"""Mark in a plot how much a run loses on its own output: a bar where that is most, and the points beside it."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF

from explorer.language import trn
from explorer.session.runs.verdict import Gap, in_hundred
from explorer.ui.look import theme as themes
from explorer.ui.look.fonts import ui_font
from explorer.ui.look.text_size import scaled
from explorer.ui.parts.themed_plot import ThemedPlot
from explorer.ui.training.free_places import free_beside, room_of
from explorer.ui.training.run_curves import Curve


def lost(gap: Gap) -> tuple[str, str]:
    """How much a run loses on its own output, in words, and in fewer."""
    points = in_hundred(gap.fed) - in_hundred(gap.own)  # as the two shares are written
    return (
        trn("1 point lost on its own output", "{n} points lost on its own output", points),
        trn("1 point lost", "{n} points lost", points),
    )


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
