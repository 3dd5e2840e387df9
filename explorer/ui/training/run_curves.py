"""Draw one run (or the median of several seeds) in a plot: both ways of judging, mini-batches, gap and band."""

from itertools import pairwise
from math import ceil, floor, log10

import numpy as np
import pyqtgraph as pg
from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QGraphicsPathItem

from explorer.graph.arrays import Array
from explorer.session.runs.bundles import Bundle
from explorer.session.runs.runs import Measure
from explorer.training.series import smoothed
from explorer.ui.look import theme as themes
from explorer.ui.look.theme import faded
from explorer.ui.parts.scales import bucketed, finite
from explorer.ui.parts.themed_plot import ThemedPlot
from explorer.ui.training.run_style import run_colour

Curve = tuple[Array, Array]
"""Iterations, and a loss at each."""
NOTHING: Curve = (np.empty(0), np.empty(0))
SMOOTH_POINTS = 1500
"""Lines of up to so many points are drawn with smooth edges; beyond, that would cost frames."""
PIXELS_A_POINT = 3
"""Where judgements are denser, means of so many pixels are drawn over their peaks: dashes stay dashes, and cheap."""
DASHES = [4.0, 2.5]
"""Of a curve that is judged fed its own output; in widths of the line."""


class CurveOptions(Struct, frozen=True):
    """What is drawn beside the curves, and how many judgements a running mean takes (0: none)."""

    mini_batches: bool = False
    gap: bool = True
    smoothing: int = 0


class RunCurves:
    """All items of one bundle in one plot. `open`, `closed`: the two lines as drawn, in places on the axes, no NaN."""

    def __init__(self, plot: ThemedPlot, bundle: Bundle, measures: tuple[Measure, Measure]):
        self.bundle, self._plot, self._measures = bundle, plot, measures
        self.open: Curve = NOTHING
        self.closed: Curve = NOTHING
        self.highest = -np.inf
        """The top of bands and mini-batches, in places on the axis."""
        self._drawn: set[str] = set()
        """The lines that are not empty."""
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

    def update(self, options: CurveOptions, start: float, stop: float, pixels: int) -> None:
        """Bring the items up to date with the run, for iterations start … stop shown on so many pixels."""
        twofold = self.bundle.first.takes_feedback
        buckets = pixels // PIXELS_A_POINT
        self.open = self._draw("open", self.bundle.curve(self._measures[0]), options.smoothing, buckets)
        closed = self.bundle.curve(self._measures[1]) if twofold else NOTHING
        self.closed = self._draw("closed", closed, options.smoothing, buckets)
        raw = options.mini_batches and len(self.bundle.records) == 1
        x, y = self._mini_batches(start, stop, pixels) if raw else NOTHING
        self._set("raw", self._plot.to_x(x), self._plot.to_y(y))
        self._fill("gap", self.open, self.closed if options.gap else NOTHING)
        self.highest = float(self._plot.to_y(y).max(initial=-np.inf, where=np.isfinite(self._plot.to_y(y))))
        for name, measure in zip(("open band", "closed band"), self._measures, strict=True):
            band = self.bundle.band(measure) if name == "open band" or twofold else None
            lower = upper = NOTHING
            if band is not None:
                x, low, high = band
                lower, upper = self._seen((x, low), buckets)[0], self._seen((x, high), buckets)[0]
                self.highest = max(self.highest, float(upper[1].max(initial=-np.inf)))
            self._fill(name, lower, upper)

    def _draw(self, name: str, curve: Curve, smoothing: int, buckets: int) -> Curve:
        """One way of judging: the line, and faint beneath it what the line is a mean of, if it is one."""
        line, peaks = self._seen((curve[0], smoothed(curve[1], smoothing)) if smoothing else curve, buckets)
        if smoothing:
            peaks = self._seen(curve, buckets)[1]
        self._set(name, *line)
        self._set(f"rough {name}", *(peaks if smoothing or len(peaks[0]) > len(line[0]) else NOTHING))
        return line

    def _seen(self, curve: Curve, buckets: int) -> tuple[Curve, Curve]:
        """The visible part of a curve, in places on the axes: as a line, and its peaks if it has to be thinned."""
        x, y = finite(self._plot.to_x(curve[0]), self._plot.to_y(curve[1]))
        low, high = self._plot.box.viewRange()[0]
        seen = slice(max(0, int(np.searchsorted(x, low)) - 1), int(np.searchsorted(x, high)) + 1)
        x, y = x[seen], y[seen]
        return bucketed(x, y, buckets) if len(x) > buckets else ((x, y), (x, y))

    def _set(self, name: str, x: Array, y: Array) -> None:
        if len(x) or name in self._drawn:
            self._lines[name].setData(x, y, antialias=len(x) <= SMOOTH_POINTS)
            (self._drawn.add if len(x) else self._drawn.discard)(name)

    def _fill(self, name: str, lower: Curve, upper: Curve) -> None:
        """Fill the area between two lines, as far as both go."""
        path = QPainterPath()
        if len(lower[0]) > 1 and len(upper[0]) > 1:
            x = lower[0][lower[0] <= upper[0][-1]]
            ring = np.concatenate([lower[1][: len(x)], np.interp(x, *upper)[::-1]])
            path = pg.arrayToQPath(np.concatenate([x, x[::-1]]), ring)
        if not path.isEmpty() or self._fills[name].isVisible():
            self._fills[name].setPath(path)
            self._fills[name].setVisible(not path.isEmpty())

    def _mini_batches(self, start: float, stop: float, pixels: int) -> Curve:
        """The training loss of each mini-batch; on a logarithmic axis each decade has its share of the pixels."""
        training = self.bundle.first.training
        if not self._plot.x_log:
            return training.drawn(start, stop, 4 * pixels)
        stop = max(1.0, min(stop, float(training.first + len(training))))
        start = max(1.0, start)
        bounds = [start, *(10.0**k for k in range(floor(log10(start)) + 1, ceil(log10(stop)))), stop]
        share = 4 * pixels // max(1, len(bounds) - 1)
        parts = [training.drawn(a, b * (1 - 1e-9), share) for a, b in pairwise(bounds)]
        if not parts:
            return NOTHING
        x, y = (np.concatenate(axis) for axis in zip(*parts, strict=True))
        order = np.argsort(x, kind="stable")
        return x[order], y[order]
