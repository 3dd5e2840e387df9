"""See how runs learn: a plot of one measure of all runs, with levels, gaps, and a line that travels in time."""

from collections.abc import Sequence
from math import ceil, floor

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent

from explorer.graph.arrays import Array
from explorer.session.runs.bundles import Bundle
from explorer.session.runs.runs import Measure
from explorer.session.training_plan import Plan
from explorer.ui.look import theme as themes
from explorer.ui.parts.scales import nice_ceiling
from explorer.ui.parts.themed_plot import ThemedPlot
from explorer.ui.training.beyond_tag import BeyondTag
from explorer.ui.training.plot_marks import NOTHING_NAMED, PlotMarks
from explorer.ui.training.run_curves import CurveOptions, RunCurves

MOST_CHANCE = 6.0
"""How many times the loss of guessing a linear axis shows at most."""
END_MARGIN = 1.012
"""So that the handle of the line in time is whole at the newest iteration."""
REACH = 10.0
"""How near in px the pointer lights a curve."""


class CurvePlot(ThemedPlot):
    """Curves of all bundles by iteration: `measures` judged fed the targets (solid) and their own output (dashed).

    `hovered` carries the id of the bundle under the pointer, or None; `read` the iteration, or None;
    `line_moved` the iteration of the line in time while it is dragged; `picked` a bundle's id and the iteration
    at which it was clicked; `log_asked` asks for a logarithmic axis, where a linear one cannot hold a curve.
    """

    hovered = Signal(object)
    read = Signal(object)
    line_moved = Signal(float)
    picked = Signal(int, float)
    log_asked = Signal()

    def __init__(self, measures: tuple[Measure, Measure], options: CurveOptions, percent: bool = False):
        self._curves: dict[int, RunCurves] = {}
        self._levels: list[tuple[float, str]] = []
        self._lit: int | None = None
        self._planned = Plan().training.iterations
        self._travelling = False
        super().__init__(percent=percent)
        self.beyond = BeyondTag(self)
        self.beyond.clicked.connect(self.log_asked)
        self._measures, self.options, self._percent = measures, options, percent
        self._marks = PlotMarks(self, measures[0])
        self.line = pg.InfiniteLine(angle=90, movable=True)
        self.line.addMarker("o", position=0.94, size=9)
        self.line.setVisible(False)
        self.line.sigDragged.connect(lambda line: self.line_moved.emit(self.iteration_at(line.value())))
        self.line.setZValue(20)
        self.addItem(self.line, ignoreBounds=True)
        self.box.sigXRangeChanged.connect(self._range_changed)
        self.setMouseTracking(True)
        self.scene().sigMouseClicked.connect(self._clicked)
        self.restyle()
        self.fit()

    # What is shown.

    def set_percent(self, percent: bool) -> None:
        """Whether values are shares, from 0 to 1."""
        if percent != self._percent:
            self._percent = percent
            self.left.set_percent(percent)
            self.fit()

    def set_bundles(self, bundles: Sequence[Bundle]) -> None:
        """Draw these; items of those that stay are kept."""
        wanted = {bundle.id: bundle for bundle in bundles}
        for id in [id for id in self._curves if id not in wanted]:
            self._curves.pop(id).remove()
        for id, bundle in wanted.items():
            if id in self._curves:
                self._curves[id].bundle = bundle
            else:
                self._curves[id] = RunCurves(self, bundle, self._measures)
        self._restyle_curves()
        self.refresh()

    def set_levels(self, levels: Sequence[tuple[float, str]]) -> None:
        """Up to two horizontal lines with their names, in the measure's unit: chance, entropy floor."""
        self._levels = list(levels)
        self.refresh()

    def set_planned(self, iterations: int) -> None:
        """How far the axis reaches while there are no curves."""
        if iterations != self._planned:
            self._planned = iterations
            self.refresh()

    def set_travelling(self, on: bool) -> None:
        """Draw the line solid where the weights looked at are those at it, and dashed while it only can be dragged."""
        self._travelling = on
        style = Qt.PenStyle.SolidLine if on else Qt.PenStyle.DashLine
        self.line.setPen(pg.mkPen(themes.current().text, width=1, style=style))

    def set_options(self, options: CurveOptions) -> None:
        """Choose what is drawn beside the curves."""
        self.options = options
        self.refresh()

    def set_log(self, x: bool, y: bool) -> None:
        iteration = self.iteration_at(self.line.value())
        super().set_log(x, y)
        self.zoomed = False
        self.place_line(iteration)
        self.refresh()

    def light(self, id: int | None) -> None:
        """Light one bundle and let the others step back; None: all alike."""
        if id != self._lit:
            self._lit = id
            self._restyle_curves()
            self.mark()

    def cover(self, covered: QRect) -> None:
        """Say nothing in the plot where something lies over it."""
        self._marks.cover(QRectF(covered))
        # What was covered is painted before the view is told of the line that moved with it, and that line would stay
        # where it was.
        self.viewport().update()

    def place_line(self, iteration: float) -> None:
        """Put the line in time at an iteration."""
        self.line.setValue(np.log10(max(iteration, 1.0)) if self.x_log else iteration)

    def iteration_at(self, x: float) -> float:
        """The iteration at a place of the x axis."""
        return float(10.0**x) if self.x_log else x

    def refresh(self) -> None:
        """Bring everything up to date with the runs."""
        self.grow()
        self.mark()

    def grow(self) -> None:
        """Bring curves and range up to date with the runs."""
        if not self.zoomed:
            self._fit_x()
        self._update_curves()
        self._fit_y()

    def mark(self) -> None:
        """Put names and crosses where curves and range leave room for them now."""
        lit, line = self._lit if self.options.gap else NOTHING_NAMED, self.line
        self._marks.draw(self._levels, self._curves, lit, float(line.value()) if line.isVisible() else None)

    def fit(self) -> None:
        self.refresh()

    def restyle(self) -> None:
        super().restyle()
        if not hasattr(self, "line"):
            return
        theme = themes.current()
        self._marks.restyle()
        self.set_travelling(self._travelling)
        self.line.setHoverPen(pg.mkPen(theme.forward.line, width=2))
        self._restyle_curves()

    # Curves and ranges.

    def _restyle_curves(self) -> None:
        for id, curves in self._curves.items():
            curves.restyle(0 if self._lit is None or self._lit not in self._curves else 1 if id == self._lit else -1)

    def _update_curves(self) -> None:
        low, high = self.box.viewRange()[0]
        start, stop = self.iteration_at(low), self.iteration_at(min(high, 300.0) if self.x_log else high)
        for curves in self._curves.values():
            curves.update(self.options, start, stop, max(100, self.width()))

    def _range_changed(self) -> None:
        if self.zoomed:
            self.refresh()

    def _fit_x(self) -> None:
        runs = [curves.bundle.first for curves in self._curves.values()]
        furthest = max((run.iteration for run in runs), default=self._planned)
        planned = max((run.settings.training.iterations for run in runs), default=self._planned)
        end = float(max(furthest, min(planned, nice_ceiling(max(10.0, furthest * 1.02)))))
        end = float(np.log10(max(end, 10.0))) if self.x_log else end
        self.box.setXRange(0.0, END_MARGIN * end, padding=0.0)

    def _fit_y(self) -> None:
        if self._percent:
            self.box.setYRange(-0.02, 1.03, padding=0.0)
            return
        levels = self.to_y(np.array([value for value, _ in self._levels]))
        drawn = [line[1] for curves in self._curves.values() for line in (curves.open, curves.closed)]
        tops = np.array([curves.highest for curves in self._curves.values() if np.isfinite(curves.highest)])
        values = np.concatenate([levels[np.isfinite(levels)], tops, *drawn])
        self.beyond.hide()
        if self.y_log:
            bottom, top = (values.min(), values.max()) if len(values) else (-2.0, 0.0)
            self.box.setYRange(np.floor(max(bottom, -12.0) * 2 - 0.2) / 2, top + 0.12, padding=0.0)
            return
        usual = max((value for value, _ in self._levels), default=0.0)
        highest = top = max(float(values.max(initial=0.0)), usual) or 1.0
        # What has diverged must not flatten what has not, but where all have, they must be seen.
        calmest = min((_median(line) for line in drawn if len(line)), default=0.0)
        top = min(top, max(MOST_CHANCE * usual, 2.0 * calmest)) if usual else top
        if highest > 1.06 * top:
            self.beyond.say(highest)
        self.box.setYRange(-0.02 * top, 1.06 * top, padding=0.0)

    # The pointer.

    def nearest(self, position: QPointF) -> int | None:
        """The id of the bundle one of whose curves passes within REACH of a place in the widget."""
        view = self.box.mapSceneToView(self.mapToScene(position.toPoint()))
        (_, per_pixel), best, found = self.box.viewPixelSize(), REACH, None
        for id, curves in self._curves.items():
            for x, y in (curves.open, curves.closed):
                if not len(x) or not x[0] <= view.x() <= x[-1]:
                    continue
                distance = abs(float(np.interp(view.x(), x, y)) - view.y()) / per_pixel
                if distance < best:
                    best, found = distance, id
        return found

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            scene = self.mapToScene(event.position().toPoint())
            inside = self.box.sceneBoundingRect().contains(scene)
            self.hovered.emit(self.nearest(event.position()) if inside else None)
            self.read.emit(self.iteration_at(self.box.mapSceneToView(scene).x()) if inside else None)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.hovered.emit(None)
        self.read.emit(None)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if event is not None and hasattr(self, "line"):
            self.refresh()

    def _clicked(self, event: object) -> None:
        if event.button() != Qt.MouseButton.LeftButton or event.double():  # type: ignore[attr-defined]
            return
        scene = event.scenePos()  # type: ignore[attr-defined]
        if self.box.sceneBoundingRect().contains(scene):
            id = self.nearest(QPointF(self.mapFromScene(scene)))
            if id is not None:
                self.picked.emit(id, self.iteration_at(self.box.mapSceneToView(scene).x()))


def _median(values: Array) -> float:
    """Of numbers, one at least; the first call of numpy's own imports masked arrays, for longer than a frame lasts."""
    half = len(values) / 2
    return float(np.sort(values)[ceil(half) - 1 : floor(half) + 1].mean())
