"""Draw one run (or the median of several seeds) in a plot: both ways of judging, mini-batches, gap and band."""

from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QGraphicsPathItem

from explorer.graph.operations import Array
from explorer.session.bundles import Bundle
from explorer.session.runs import Measure
from explorer.session.series import smoothed
from explorer.ui import theme as themes
from explorer.ui.run_colours import faded, run_colour
from explorer.ui.themed_plot import ThemedPlot

Curve = tuple[Array, Array]
NOTHING: Curve = (np.empty(0), np.empty(0))
SMOOTH_POINTS = 4000
"""Lines of up to so many points are drawn with smooth edges; beyond, that would cost frames."""
DASHES = [4.0, 2.5]
"""Of a curve that is judged fed its own output; in widths of the line."""


@dataclass(frozen=True)
class Look:
    """What is drawn beside the curves, and how many judgements a running mean takes (0: none)."""

    mini_batches: bool = False
    gap: bool = True
    smoothing: int = 0


class RunCurves:
    """All items of one bundle in one plot. `open`, `closed`: (x, y) of the two curves, as data."""

    def __init__(self, plot: ThemedPlot, bundle: Bundle, measures: tuple[Measure, Measure]):
        self.bundle, self._plot, self._measures = bundle, plot, measures
        self.open: Curve = NOTHING
        self.closed: Curve = NOTHING
        self._fills = {name: QGraphicsPathItem() for name in ("gap", "open band", "closed band")}
        names = ("raw", "rough open", "rough closed", "open", "closed")
        self._lines = {name: pg.PlotDataItem(connect="finite", skipFiniteCheck=False) for name in names}
        for place, line in enumerate(self._lines.values()):
            line.setClipToView(True)
            line.setDownsampling(auto=True, method="peak")
            line.setZValue(place)
        for fill in self._fills.values():
            fill.setZValue(-1)
            fill.setPen(pg.mkPen(None))
        for item in (*self._fills.values(), *self._lines.values()):
            plot.addItem(item, ignoreBounds=True)

    def remove(self) -> None:
        """Take all items out of the plot."""
        for item in (*self._fills.values(), *self._lines.values()):
            self._plot.removeItem(item)

    def restyle(self, strength: int) -> None:
        """Colour everything; strength +1: lit, 0: as usual, −1: stepped back."""
        colour = run_colour(self.bundle.first, themes.current())
        width = 2.6 if strength > 0 else 1.9
        for name, line in self._lines.items():
            if name in ("open", "closed"):
                pen = pg.mkPen(colour, width=width)
                if name == "closed":
                    pen.setDashPattern(DASHES)
                    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            else:
                pen = pg.mkPen(faded(colour, 0.42 if name == "raw" else 0.35), width=1)
            line.setPen(pen)
        for name, fill in self._fills.items():
            fill.setBrush(pg.mkBrush(faded(colour, 0.16 if strength > 0 or name != "gap" else 0.09)))
        for item in (*self._fills.values(), *self._lines.values()):
            item.setOpacity(0.22 if strength < 0 else 1.0)

    def update(self, look: Look, start: float, stop: float, pixels: int) -> None:
        """Bring the items up to date with the run, for iterations start … stop shown on so many pixels."""
        twofold = self.bundle.first.takes_feedback
        self.open = self.bundle.curve(self._measures[0])
        self.closed = self.bundle.curve(self._measures[1]) if twofold else NOTHING
        for name, (x, y) in (("open", self.open), ("closed", self.closed)):
            rough = (x, y) if look.smoothing else (x[:0], y[:0])
            self._set(f"rough {name}", *rough)
            self._set(name, x, smoothed(y, look.smoothing) if look.smoothing else y)
        raw = look.mini_batches and len(self.bundle.records) == 1
        self._set("raw", *(self._mini_batches(start, stop, pixels) if raw else NOTHING))
        self._set_gap(look.gap and twofold)
        for name, measure in zip(("open band", "closed band"), self._measures, strict=True):
            band = self.bundle.band(measure) if name == "open band" or twofold else None
            self._fills[name].setPath(self._between(*band) if band else QPainterPath())

    def _set(self, name: str, x: Array, y: Array) -> None:
        self._lines[name].setData(self._plot.to_x(x), self._plot.to_y(y), antialias=len(x) <= SMOOTH_POINTS)

    def _set_gap(self, drawn: bool) -> None:
        (x, low), (_, high) = self.open, self.closed
        self._fills["gap"].setPath(self._between(x, low, high) if drawn else QPainterPath())

    def _between(self, x: Array, low: Array, high: Array) -> QPainterPath:
        """The area between two curves, where both can be placed."""
        across, lower, upper = self._plot.to_x(x), self._plot.to_y(low), self._plot.to_y(high)
        known = np.isfinite(across) & np.isfinite(lower) & np.isfinite(upper)
        if known.sum() < 2:
            return QPainterPath()
        across, lower, upper = across[known], lower[known], upper[known]
        ring = np.concatenate([across, across[::-1]]), np.concatenate([lower, upper[::-1]])
        path: QPainterPath = pg.arrayToQPath(*ring)
        return path

    def _mini_batches(self, start: float, stop: float, pixels: int) -> Curve:
        """The training loss of each mini-batch; on a logarithmic axis each decade has its share of the pixels."""
        training = self.bundle.first.training
        if not self._plot.x_log:
            return training.drawn(start, stop, 4 * pixels)
        stop = max(1.0, min(stop, float(training.first + len(training))))
        start = max(1.0, start)
        bounds = [start, *(10.0**k for k in range(floor(log10(start)) + 1, ceil(log10(stop)))), stop]
        parts = [training.drawn(a, b * (1 - 1e-9), 2 * pixels) for a, b in pairwise(bounds)]
        if not parts:
            return NOTHING
        x, y = (np.concatenate(axis) for axis in zip(*parts, strict=True))
        order = np.argsort(x, kind="stable")
        return x[order], y[order]
