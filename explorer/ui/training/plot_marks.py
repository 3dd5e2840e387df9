"""Write into a plot what is no curve: levels, where runs diverged, and the names of gap and hump."""

from collections.abc import Mapping, Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt

from explorer.graph.arrays import Array
from explorer.language import tr
from explorer.session.runs.runs import Measure
from explorer.session.runs.trend import exposed, hump, learned
from explorer.session.runs.verdict import Gap, gap_of
from explorer.ui.look import theme as themes
from explorer.ui.look.fonts import ui_font
from explorer.ui.look.text_size import scaled
from explorer.ui.parts.themed_plot import ThemedPlot
from explorer.ui.training.free_places import free_between, room_of
from explorer.ui.training.gap_mark import GapMark, lost
from explorer.ui.training.run_curves import NOTHING, Curve, RunCurves

NOTHING_NAMED = -1
"""In the place of a lit run: no gap is to be named."""
BIAS, HUMP = tr("exposure bias"), tr("hump: worse before better")
_CROSS = 0.8
"""How high up a cross stands whose loss is off the axis, as a share of it: below the handle of the line in time."""
_NAME_HEIGHT = 13.0
"""Names of levels that are nearer, in px, would cover each other."""


class PlotMarks:
    """Up to two levels, a cross for each divergence, "exposure bias" where it has room, its points and its hump."""

    def __init__(self, plot: ThemedPlot, measure: Measure):
        self._plot, self._measure = plot, measure
        self._rules = [pg.InfiniteLine(angle=0) for _ in range(2)]
        self._crosses = pg.ScatterPlotItem(symbol="x", size=11)
        self._name = pg.TextItem(BIAS, anchor=(0.5, 0.5))
        self._hump = pg.TextItem(HUMP, anchor=(0.0, 1.0))  # to the right, for its curve comes down from the left
        self._gap = GapMark(plot)
        self._rooms: dict[pg.TextItem, QRectF] = {}
        """Where in the plot, in px, names are said."""
        self._covered = QRectF()
        for name in (self._name, self._hump):
            scaled(name.setFont, ui_font(11))
            name.setVisible(False)
        for item in (*self._rules, self._crosses, self._name, self._hump):
            plot.addItem(item, ignoreBounds=True)

    def restyle(self) -> None:
        """Take on the colours of the current theme."""
        theme = themes.current()
        for rule in self._rules:
            rule.setPen(pg.mkPen(theme.faint, width=1, style=Qt.PenStyle.DotLine))
        self._name.setColor(theme.muted)
        self._hump.setColor(theme.muted)
        self._gap.restyle()
        self._crosses.setPen(pg.mkPen(theme.backward.line, width=2.5))

    def draw(
        self,
        levels: Sequence[tuple[float, str]],
        curves: Mapping[int, RunCurves],
        lit: int | None,
        upright: float | None = None,
    ) -> None:
        """Put everything in its place; `levels` in the unit of the measure, `lit` the run that is lit, if one is.

        `upright`: where the line in time stands, in view coordinates.
        """
        self._draw_levels(levels)
        self._draw_crosses(curves)
        named = [c for id, c in curves.items() if lit in (None, id) and exposed(c.bundle.first)]
        self._name_gap(named, list(curves.values()))
        marked = self._to_mark(named)
        self._name_hump(named, (HUMP,) if marked is None else lost(marked[1]), upright)
        self._mark_gap(marked, list(curves.values()), upright)
        self.cover(self._covered)

    def cover(self, covered: QRectF) -> None:
        """Say no name while something lies over a part of it, in px of the plot."""
        self._covered = covered
        for name in (self._name, self._hump):
            room = self._rooms.get(name)
            name.setVisible(room is not None and not room.intersects(covered))
        self._gap.cover(covered)

    def _say(self, name: pg.TextItem, x: float, y: float, room: QRectF) -> None:
        """Put a name at a place of the axes; `room` is what it takes around that place, in px."""
        name.setPos(x, y)
        place = self._plot.mapFromScene(self._plot.box.mapViewToScene(QPointF(x, y)))
        self._rooms[name] = room.translated(QPointF(place))

    def _draw_levels(self, levels: Sequence[tuple[float, str]]) -> None:
        per_pixel = self._plot.box.viewPixelSize()[1] or 1.0
        names: list[tuple[float, str]] = []
        for place, rule in enumerate(self._rules):
            value, name = levels[place] if place < len(levels) else (np.nan, "")
            y = float(self._plot.to_y(np.array([value]))[0])
            rule.setVisible(bool(np.isfinite(y)))
            if np.isfinite(y):
                rule.setValue(y)
                if all(abs(other - y) > _NAME_HEIGHT * per_pixel for other, _ in names):
                    names.append((y, name))
        self._plot.name_levels(names)

    def _draw_crosses(self, curves: Mapping[int, RunCurves]) -> None:
        low, high = self._plot.box.viewRange()[1]
        top = low + _CROSS * (high - low)
        places = []
        for record in [record for drawn in curves.values() for record in drawn.bundle.records]:
            if record.divergence is not None:
                latest = record.latest(self._measure)
                x = self._plot.to_x(np.array([float(max(record.divergence.iteration, 1))]))[0]
                y = self._plot.to_y(np.array([np.nan if latest is None else latest]))[0]
                places.append((x, y if y <= high else top))  # NaN is not below anything
        self._crosses.setData(pos=np.array(places) if places else np.empty((0, 2)))

    def _name_gap(self, named: Sequence[RunCurves], drawn: Sequence[RunCurves]) -> None:
        self._rooms.pop(self._name, None)
        lines = self._lines(drawn)
        view, pixel, room = self._plot.box.viewRange(), self._plot.box.viewPixelSize(), room_of(self._name, BIAS)
        for curves in named:
            found = free_between(self._exposed(curves), curves.closed, lines, view, pixel, room)
            if found:
                self._say(self._name, *found, QRectF(-room[0] / 2, -room[1] / 2, *room))
                return

    def _to_mark(self, named: Sequence[RunCurves]) -> tuple[RunCurves, Gap] | None:
        """The first gap that can be said in points.

        They are of single outputs that are right or wrong: none of whole sequences, and none of numbers.
        """
        for curves in named if self._measure is not Measure.OPEN_SEQUENCES else ():
            gap = gap_of(curves.bundle)
            if gap is not None and curves.bundle.first.kind.metric.share and len(curves.closed[0]):
                return curves, gap
        return None

    def _mark_gap(
        self, marked: tuple[RunCurves, Gap] | None, drawn: Sequence[RunCurves], upright: float | None
    ) -> None:
        """Say the points that are lost beside a bar where they are most, unless they are said at the hump."""
        if marked is None or self._hump in self._rooms:
            self._gap.hide()
            return
        curves, gap = marked
        self._gap.show(gap, curves.open, curves.closed, self._lines(drawn), upright)

    def _lines(self, drawn: Sequence[RunCurves]) -> list[Curve]:
        """All that words must not cover: the curves, and the levels across what is in view."""
        lines = [line for curves in drawn for line in (curves.open, curves.closed) if len(line[0]) > 1]
        across = np.array(self._plot.box.viewRange()[0])
        return lines + [(across, np.full(2, rule.value())) for rule in self._rules if rule.isVisible()]

    def _exposed(self, curves: RunCurves) -> tuple[Array, Array]:
        """The part of the lower curve from where on more is known than to guess, and less on the own output."""
        x, loss = curves.bundle.curve(self._measure)
        known = self._plot.to_x(x[learned(curves.bundle.first, loss)])
        begin = known[0] if len(known) else np.inf
        (x, y), other = curves.open, curves.closed
        if not len(other[0]):
            return NOTHING
        worse = (x >= begin) & (np.interp(x, *other) > y)
        return x[worse], y[worse]

    def _name_hump(self, named: Sequence[RunCurves], ways: Sequence[str], upright: float | None) -> None:
        """Name the hump of the dashed line at its top; where the axis is a share of right outputs there is none."""
        self._rooms.pop(self._hump, None)
        for curves in named if self._measure is Measure.OPEN_LOSS else ():
            found = hump(curves.bundle.first, *curves.bundle.curve(Measure.CLOSED_LOSS))
            if found:
                x, y = (
                    float(to(np.array([value]))[0])
                    for to, value in zip((self._plot.to_x, self._plot.to_y), found, strict=True)
                )
                (left, right), (_, top) = self._plot.box.viewRange()
                width, height = self._plot.box.viewPixelSize()
                levels = sorted(rule.value() for rule in self._rules if rule.isVisible())
                # Rather in few words than on the line in time.
                for words, free in [*((words, True) for words in ways), (ways[-1], False)]:
                    across, high = room_of(self._hump, words)
                    start = min(x, right - across * width)
                    if free and upright is not None and start < upright < start + across * width:
                        continue
                    for level in levels:  # the words stand above one that they would lie on
                        y = level if y <= level < y + high * height else y
                    if left <= x <= right and left <= start and y + high * height <= top:
                        self._hump.setText(words)
                        self._say(self._hump, start, y, QRectF(0, -high, across, high))
                        return
