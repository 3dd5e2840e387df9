"""A plot in the app's typeface and colours: quiet axes, honest logarithms, names of levels in the right margin.

Importing this imports pyqtgraph, which takes over 100 ms: import it once the window is painted.
"""

from collections.abc import Iterable, Sequence
from math import ceil, floor, log10

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QLabel

from explorer.graph.arrays import Array
from explorer.language import tr
from explorer.ui.look import theme as themes
from explorer.ui.look.fonts import number_font, ui_font
from explorer.ui.look.text_size import font_on_screen, px, scaled, usual
from explorer.ui.parts.plot_keys import SAID, PlotKeys
from explorer.ui.parts.scales import logarithm, nice_spacing
from explorer.ui.typography.numbers import count, figures

TICK_SIZE = 11
LEVEL_MARGIN = 64
"""Width in px of the right margin, where levels have their names."""


class Axis(pg.AxisItem):
    """An axis whose labels are written as everywhere in the app; logarithmic if told, with decades as ticks."""

    def __init__(self, side: str, whole: bool = False, percent: bool = False):
        super().__init__(side, maxTickLength=0)
        self._whole, self._percent = whole, percent
        self.enableAutoSIPrefix(False)
        self.setStyle(tickTextOffset=5)
        self.setStyle(autoReduceTextSpace=False, hideOverlappingLabels=False)

    def set_percent(self, percent: bool) -> None:
        """Whether values are shares, written in per cent."""
        self._percent = percent
        self.picture = None
        self.update()

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float | None, Sequence[float]]]:
        if not self.logMode:
            spacing = nice_spacing(high - low, usual(size) / (64 if self.orientation == "bottom" else 30))
            if floor(high / spacing + 1e-9) - ceil(low / spacing - 1e-9) < 1:
                spacing = nice_spacing(high - low, 3)  # one number alone is no scale
            if self._whole:
                spacing = max(1.0, spacing)
            first, last = ceil(low / spacing - 1e-9), floor(high / spacing + 1e-9)
            return [(spacing, [place * spacing for place in range(first, last + 1)])]
        decades = range(floor(low), ceil(high) + 1)
        every = max(1, ceil((high - low) * 22 / max(1.0, usual(size))))
        factors = (1, 2, 5) if (high - low) * 60 < usual(size) else (1,)
        values = [place + log10(f) for place in decades if place % every == 0 for f in factors]
        return [(1.0, [value for value in values if low <= value <= high])]

    def boundingRect(self) -> QRectF:
        # With a grid, pyqtgraph 0.14 takes back the room that the first and last label need beyond the axis.
        room = px(TICK_SIZE) if self.orientation == "left" else 0
        rect: QRectF = super().boundingRect().adjusted(0, -room, 0, room)
        return rect

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        if self.logMode:
            return [self._text(10.0**value, None) for value in values]
        return [self._text(value, spacing) for value in values]

    def _text(self, value: float, spacing: float | None) -> str:
        if self._whole:
            return count(round(value))
        if self._percent:
            return f"{value * 100:.0f} %" if spacing is None or spacing >= 0.01 else f"{value * 100:.2g} %"
        if spacing is None:
            text = figures(value, 1)
            return text.removeprefix("1×") if text.startswith("1×") else text
        digits = max(0, -floor(log10(spacing) + 1e-9))
        return f"{value:.{digits}f}" if abs(value) < 1e5 else figures(value, 2)


class Levels(pg.AxisItem):
    """The right margin, which names horizontal levels instead of numbering them."""

    def __init__(self) -> None:
        super().__init__("right", maxTickLength=0)
        self.setStyle(tickTextOffset=4)
        self.setTicks([[]])


class ThemedPlot(pg.PlotWidget):
    """A plot that pans and zooms along x alone, by mouse and by `PlotKeys`; a double click shows everything again."""

    def __init__(self, *, x_name: str = tr("iteration"), percent: bool = False):
        self.bottom, self.left, self.levels = Axis("bottom", whole=True), Axis("left", percent=percent), Levels()
        axes = {"bottom": self.bottom, "left": self.left, "right": self.levels}
        # Menus nobody can open cost 10 ms a plot.
        box = pg.ViewBox(enableMenu=False)
        super().__init__(axisItems=axes, background=None, viewBox=box, enableMenu=False)
        for part in (self, self.viewport()):
            part.setAcceptDrops(False)  # a file that is dropped is for the window
        self.plotItem.showAxis("right")
        self.plotItem.hideButtons()
        self.plotItem.setContentsMargins(0, 6, 0, 0)
        self.box = self.plotItem.getViewBox()
        self.box.setMouseEnabled(x=True, y=False)
        self.box.setDefaultPadding(0.0)
        self.box.disableAutoRange()
        self.setFrameShape(self.Shape.NoFrame)
        PlotKeys(self)
        self.setToolTip(SAID)
        scaled(self.setMinimumSize, 120, 76)
        # Beside the axis, not below it: a panel at the bottom of the window has no height to give away.
        self._x_name = QLabel(x_name, self)
        self._x_name.setProperty("role", "muted")
        scaled(self._x_name.setFont, ui_font(TICK_SIZE))
        self._x_name.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.x_log = self.y_log = False
        self.zoomed = False
        """Whether the visible part was chosen by hand."""
        self.box.sigRangeChangedManually.connect(self._taken_by_hand)
        self.restyle()

    def restyle(self) -> None:
        """Take on the colours of the current theme, and the size of text."""
        theme = themes.current()
        self.levels.setWidth(px(LEVEL_MARGIN))
        for axis, font in ((self.bottom, number_font), (self.left, number_font), (self.levels, ui_font)):
            axis.setStyle(tickFont=font_on_screen(font(TICK_SIZE)))
        for axis in (self.bottom, self.left, self.levels):
            axis.setPen(pg.mkPen(theme.border))
            axis.setTextPen(pg.mkPen(theme.muted))
            axis.setTickPen(pg.mkPen(theme.border))
        self.left.setGrid(150)
        self.levels.setPen(pg.mkPen(None))
        self.left.setPen(pg.mkPen(theme.border))

    def set_log(self, x: bool, y: bool) -> None:
        """Make the axes linear or logarithmic; all data must be given again through `to_x` and `to_y`."""
        self.x_log, self.y_log = x, y
        self.bottom.setLogMode(x, x)
        self.left.setLogMode(y, y)

    def to_x(self, x: Array) -> Array:
        """Where data stand on the x axis; what a logarithm cannot place is NaN and not drawn."""
        return logarithm(x) if self.x_log else x

    def to_y(self, y: Array) -> Array:
        """Where data stand on the y axis; what is infinite or cannot be placed is NaN."""
        return logarithm(y) if self.y_log else np.where(np.isfinite(y), y, np.nan)

    def name_levels(self, levels: Iterable[tuple[float, str]]) -> None:
        """Write names into the right margin, each at its place on the y axis (already through `to_y`)."""
        self.levels.setTicks([sorted(levels)])

    def fit(self) -> None:
        """Show everything; subclasses know what that is."""

    def show_all(self) -> None:
        """Show everything, and what is added from now on."""
        self.zoomed = False
        self.fit()

    def see(self, wider: float, further: float) -> None:
        """Multiply the visible width around its middle, and move on by this share of it."""
        self.zoomed = True
        (low, high), _ = self.box.viewRange()
        middle, half = (low + high) / 2 + further * (high - low), wider * (high - low) / 2
        self.box.setXRange(middle - half, middle + half, padding=0.0)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        # pyqtgraph calls this without an event, also before all is made.
        if event is not None and hasattr(self, "_x_name"):
            size = self._x_name.sizeHint()
            self._x_name.setGeometry(
                self.width() - size.width() - 2, self.height() - size.height() - 4, size.width(), size.height()
            )

    def _taken_by_hand(self, _axes: object) -> None:
        self.zoomed = True

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.show_all()
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange) and hasattr(self, "zoomed"):
            self.restyle()
