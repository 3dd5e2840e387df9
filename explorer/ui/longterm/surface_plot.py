"""View of the loss over two weights as a surface seen from the side, as in fig. 10.17; drag to turn it."""

from collections.abc import Iterator
from math import cos, radians, sin
from time import perf_counter

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF

from explorer.graph.analyse.surface import Descent
from explorer.graph.arrays import Array
from explorer.language import tr
from explorer.ui.drawing.sheet import text_width
from explorer.ui.longterm.loss_map import Landscape, descent_pens, height_colours, paint_descent, within
from explorer.ui.look import theme as themes
from explorer.ui.look.text_size import factor, own_rect, painter_on, pointer_at
from explorer.ui.parts.arrow_picture import ArrowPicture
from explorer.ui.typography.text import paint_number, paint_text

FIRST_TURN, TILT = 35.0, 0.42
"""Degrees by which the square is turned at first, and how much of its depth is seen."""
BY_KEY = 10.0
"""Degrees by which an arrow key turns it."""
TURNING = tr("Turn the surface: drag, or ← and →")
HEIGHT = 0.55
"""How high the surface is, as a share of the room."""
AXIS, LABEL, LINE, SAMPLE = 36.0, 10, 12.0, 16.0
"""In px: room for the numbers of the height, size and height of text, length of the samples of lines."""
AT_A_TIME = 16
FINEST = 3.0
"""Side, in px, of a quadrilateral that still gets a line around it."""


COARSE = 12
"""Cells along a side that are painted at once; more take longer than a frame, and are painted a few at a time."""
SLICE = 0.004
"""Seconds of painting between two looks at the event loop."""


class SurfacePlot(ArrowPicture):
    """The surface is painted into an image: coarsely at once when it is turned or has changed, and then as it is."""

    def __init__(self) -> None:
        super().__init__((110, 80), (240, 140))
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setToolTip(TURNING)
        self.setAccessibleName(tr("Loss over two weights, as a surface"))
        self.turn = FIRST_TURN
        self._landscape: Landscape | None = None
        self._image: QImage | None = None
        self._finer: Iterator[QImage | None] = iter(())
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._paint_on)
        self._held: QPointF | None = None

    def set_landscape(self, landscape: Landscape) -> None:
        """Show another surface, or more of it."""
        before = self._landscape
        if before is None or (before.surface, before.known) != (landscape.surface, landscape.known):
            self._image = None
        self._landscape = landscape
        self.update()

    def frame(self) -> QRectF:
        """Where the surface is, with room for the name of what is high."""
        return own_rect(self).adjusted(AXIS, LINE + 2, -4, -LINE - 2)

    def project(self, x: Array, y: Array, height: Array) -> Array:
        """Where places of the unit square −1 … 1 at heights 0 … 1 are painted: (..., 2)."""
        frame, angle = self.frame(), radians(self.turn)
        across, deep = x * cos(angle) - y * sin(angle), x * sin(angle) + y * cos(angle)
        reach = abs(cos(angle)) + abs(sin(angle))
        high = HEIGHT * frame.height()
        depth = min((frame.height() - high) / 2 / reach, TILT * frame.width() / 2 / reach)
        right = frame.center().x() + across * frame.width() / 2 / reach
        # The farther, the higher on the screen.
        down = frame.bottom() - (frame.height() - high - 2 * depth * reach) / 2 - (deep + reach) * depth - height * high
        return np.stack([right, down], -1)

    def paintEvent(self, event: QPaintEvent) -> None:
        landscape, painter = self._landscape, painter_on(self)
        if landscape is None:
            return
        if self._image is None or self._image.size() != self.size() * self.devicePixelRatioF():
            self._begin(landscape)
        assert self._image is not None
        painter.drawImage(0, 0, self._image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._label(painter, landscape)
        if landscape.descents is not None:
            for descent, pen in zip(
                (landscape.descents.plain, landscape.descents.clipped), descent_pens(), strict=True
            ):
                places, last = self._path(descent, landscape)
                paint_descent(painter, places, pen, last)
        self.paint_focus(painter)

    def _begin(self, landscape: Landscape) -> None:
        """Paint it coarsely, and as it is as soon as there is time."""
        cells = len(landscape.by) - 1
        every = max(1, cells // COARSE)
        for image in self._painted(landscape, every):
            self._image = image
        if every > 1:
            self._finer = self._painted(landscape, 1)
            self._timer.start(0)
        else:
            self._timer.stop()

    def _paint_on(self) -> None:
        until = perf_counter() + SLICE
        while perf_counter() < until:
            image = next(self._finer, self._image)
            if image is not None:
                self._image = image
                self._timer.stop()
                self.update()
                return

    @property
    def busy(self) -> bool:
        """Whether a finer image is still being painted."""
        return self._timer.isActive()

    def _painted(self, landscape: Landscape, every: int) -> Iterator[QImage | None]:
        """The image, of every so many-th point, once it is done; None after every few quadrilaterals.

        They are painted from far to near; one of whose corners is no number is left out.
        """
        theme, half = themes.current(), landscape.surface.half
        shares, by = landscape.shares()[::every, ::every], landscape.by[::every]
        x, y = np.meshgrid(by / half, by / half)
        corners = self.project(x, y, np.nan_to_num(shares)).tolist()
        angle = radians(self.turn)
        deep = x * sin(angle) + y * cos(angle)
        middle = (deep[:-1, :-1] + deep[1:, 1:]) / 2
        heights = (shares[:-1, :-1] + shares[1:, :-1] + shares[:-1, 1:] + shares[1:, 1:]) / 4
        colours = height_colours(heights).tolist()
        wide = self.frame().width() / len(x) >= FINEST
        line = themes.faded(theme.loss.line if theme.name == "light" else theme.strong_border, 0.45)
        image = QImage(self.size() * self.devicePixelRatioF(), QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(self.devicePixelRatioF() * factor())
        image.fill(Qt.GlobalColor.transparent)
        order = [divmod(at, middle.shape[1]) for at in np.argsort(-middle, axis=None).tolist()]
        known = [place for place in order if not np.isnan(heights[place])]
        for first in range(0, len(known), AT_A_TIME):
            painter = QPainter(image)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for row, column in known[first : first + AT_A_TIME]:
                colour = QColor(*colours[row][column])
                themes.draw_with(painter, QPen(line if wide else colour, 0.5), colour)
                near, far = corners[row], corners[row + 1]
                around = (near[column], near[column + 1], far[column + 1], far[column])
                painter.drawConvexPolygon(QPolygonF([QPointF(*place) for place in around]))
            painter.end()
            yield None
        yield image

    def _path(self, descent: Descent, landscape: Landscape) -> tuple[list[QPointF], bool]:
        """A descent on the surface; where it leaves it, to the border at the height that it comes to."""
        half, (low, high) = landscape.surface.half, landscape.limits
        places = within(descent.places, half) / half
        heights = np.nan_to_num((descent.losses - low) / (high - low), posinf=1.0)
        painted = self.project(places[:, 0], places[:, 1], np.clip(heights, 0.0, 1.1))
        return [QPointF(*place) for place in painted.tolist()], bool(np.abs(descent.places[-1]).max() <= half)

    def _label(self, painter: QPainter, landscape: Landscape) -> None:
        theme, limits = themes.current(), landscape.limits
        self._name_descents(painter, QRectF(0, 0, own_rect(self).width() - 2, LINE))
        corners = np.array([(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)])
        leftmost = corners[self.project(corners[:, 0], corners[:, 1], np.zeros(4))[:, 0].argmin()]
        x, y = (np.full(2, along) for along in leftmost)
        foot, top = self.project(x, y, np.array([0.0, 1.0])).tolist()
        painter.setPen(QPen(theme.strong_border, 1))
        painter.drawLine(QPointF(*foot), QPointF(*top))
        for (right, down), loss in zip((foot, top), limits, strict=True):
            room = QRectF(right - AXIS, down - LINE / 2, AXIS - 3, LINE)
            paint_number(painter, room, loss, LABEL, theme.muted)
        middle = QRectF(foot[0] - AXIS, (foot[1] + top[1] - LINE) / 2, AXIS - 3, LINE)
        paint_text(painter, middle, "L", LABEL, theme.loss.text, "right", weight=600)
        edges = np.array([(0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)])
        painted = self.project(edges[:, 0], edges[:, 1], np.zeros(4))
        # Beside the near edges, of which one is along each weight.
        for name, (one, other) in zip(landscape.names, ((0, 2), (1, 3)), strict=True):
            right, down = painted[one if painted[one][1] > painted[other][1] else other].tolist()
            left = right < self.frame().center().x()
            width = text_width(name, LABEL, 600)
            begin = max(0.0, right - 4 - width) if left else min(right + 4, own_rect(self).width() - width)
            room = QRectF(begin, min(down + 2, own_rect(self).height() - LINE), width, LINE)
            paint_text(painter, room, name, LABEL, theme.parameter.text, "right" if left else "left", weight=600)

    def _name_descents(self, painter: QPainter, room: QRectF) -> None:
        """Which descent is drawn how, where there is room to say it."""
        theme = themes.current()
        names = (tr("unclipped"), tr("clipped"))
        widths = [SAMPLE + 4 + text_width(name, LABEL) for name in names]
        x = room.right() - sum(widths) - LINE
        if x < room.left():
            return
        for name, width, pen, ink in zip(names, widths, descent_pens(), (theme.backward.text, theme.text), strict=True):
            painter.setPen(pen)
            painter.drawLine(QPointF(x, room.center().y()), QPointF(x + SAMPLE, room.center().y()))
            paint_text(painter, QRectF(x + SAMPLE + 4, room.top(), width, LINE), name, LABEL, ink, "left")
            x += width + LINE

    # Turning.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._held = pointer_at(event)
        self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            self._turn_by((pointer_at(event).x() - self._held.x()) * 0.6)
            self._held = pointer_at(event)

    def go(self, right: int, up: int) -> None:
        self._turn_by(right * BY_KEY)

    def _turn_by(self, degrees: float) -> None:
        self.turn, self._image = (self.turn + degrees) % 360, None
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._image = None
