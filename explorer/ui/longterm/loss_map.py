"""View of the loss over two weights from above, with both descents; click to begin them elsewhere."""

import numpy as np
from msgspec import Struct
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF

from explorer.graph.analyse.surface import Descent, Surface
from explorer.graph.arrays import Array
from explorer.language import tr
from explorer.session.longterm.landscape import Descents
from explorer.ui.drawing.sheet import text_width
from explorer.ui.longterm.words import place_words
from explorer.ui.look import theme as themes
from explorer.ui.look.colour import Bytes
from explorer.ui.look.text_size import own_rect, painter_on, pointer_at
from explorer.ui.parts.arrow_picture import ArrowPicture
from explorer.ui.parts.pictures import picture
from explorer.ui.typography.numbers import figures
from explorer.ui.typography.text import paint_number, paint_text

LEFT, BELOW, ABOVE, BESIDE = 36.0, 14.0, 13.0, 6.0
"""Room in px for the numbers of the second weight, of the first, for the name of the second, and on the right."""
LABEL, LINE = 10, 12.0
DARKEST = 0.85


class Landscape(Struct, frozen=True):
    """What both views of the surface show; `names` are those of the two entries, `known` is how fine it is so far."""

    surface: Surface
    names: tuple[str, str]
    descents: Descents | None
    known: int

    @property
    def losses(self) -> Array:
        """The losses at the points that are known, row by row."""
        return self.surface.losses[:: self.known, :: self.known]

    @property
    def by(self) -> Array:
        """Where these points are, along both entries."""
        return self.surface.by[:: self.known]

    @property
    def limits(self) -> tuple[float, float]:
        """The least and the largest loss."""
        known = self.losses[np.isfinite(self.losses)]
        low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
        return low, max(high, low + 1e-12 * max(1.0, abs(low)))

    def shares(self) -> Array:
        """How high the points are, from 0 to 1; NaN where a loss is no finite number."""
        low, high = self.limits
        return (self.losses - low) / (high - low)


def height_colours(shares: Array) -> Bytes:
    """RGBA (..., 4): the colour of losses, the stronger the higher; of what is no number, that of borders."""
    theme = themes.current()
    low, high, none = (np.array(one.getRgb()) for one in (theme.surface, theme.loss.line, theme.strong_border))
    known = np.nan_to_num(shares)[..., None]
    mixed = low + (0.08 + (DARKEST - 0.08) * known) * (high - low)
    return np.rint(np.where(np.isnan(shares)[..., None], none, mixed)).astype(np.uint8)


def descent_pens() -> tuple[QPen, QPen]:
    """How the descent with gradients as they are is drawn, and how the clipped one."""
    theme = themes.current()
    return QPen(theme.backward.line, 1.8, Qt.PenStyle.DashLine), QPen(theme.text, 1.5)


def paint_descent(painter: QPainter, places: list[QPointF], pen: QPen, last: bool) -> None:
    """A path with its steps; where it ends off the surface (not `last`), an arrow points there."""
    themes.draw_with(painter, QPen(themes.faded(themes.current().surface, 0.7), pen.widthF() + 2), None)
    painter.drawPolyline(QPolygonF(places))
    painter.setPen(pen)
    painter.drawPolyline(QPolygonF(places))
    themes.draw_with(painter, None, pen.color())
    for place in places if last else places[:-1]:
        painter.drawEllipse(place, 1.7, 1.7)
    if not last and len(places) > 1:
        _paint_arrow(painter, QLineF(places[-2], places[-1]), pen.color())


def _paint_arrow(painter: QPainter, line: QLineF, colour: QColor) -> None:
    if line.length() < 1:
        return
    way = QPointF(line.dx(), line.dy()) / line.length()
    across = QPointF(-way.y(), way.x())
    tip = line.p2()
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([tip, tip - way * 8 + across * 3.6, tip - way * 8 - across * 3.6]))


class LossMap(ArrowPicture):
    """`start_chosen` carries a place, as distances from the weights as they are."""

    start_chosen = Signal(float, float)
    cursor_elsewhere = Qt.CursorShape.CrossCursor

    def __init__(self) -> None:
        super().__init__((96, 80), (150, 140))
        self.setCursor(self.cursor_elsewhere)
        self.setAccessibleName(tr("Loss over two weights, from above"))
        self._landscape: Landscape | None = None

    def set_landscape(self, landscape: Landscape) -> None:
        """Show another surface, or more of it."""
        self._landscape = landscape
        self.update()

    def frame(self) -> QRectF:
        """The square that is the surface."""
        side = max(1.0, min(own_rect(self).width() - LEFT - BESIDE, own_rect(self).height() - ABOVE - BELOW))
        return QRectF(LEFT, ABOVE, side, side)

    def place(self, x: float, y: float) -> QPointF:
        """Where a place of the surface is painted."""
        assert self._landscape is not None
        frame, half = self.frame(), self._landscape.surface.half
        return frame.center() + QPointF(x, -y) * (frame.width() / 2 / half)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, frame, landscape = painter_on(self), themes.current(), self.frame(), self._landscape
        if landscape is None:
            return
        # Points stand on the border, where cells would reach beyond it.
        pitch = frame.width() / (len(landscape.by) - 1)
        cells = frame.adjusted(-pitch / 2, -pitch / 2, pitch / 2, pitch / 2)
        painter.save()
        painter.setClipRect(frame)
        painter.drawImage(cells, picture(height_colours(landscape.shares()[::-1])))
        painter.restore()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        themes.draw_with(painter, QPen(theme.border, 1), None)
        painter.drawRect(frame)
        self._axes(painter, frame, landscape)
        centre = self.place(0.0, 0.0)
        painter.setPen(QPen(theme.text, 1.2))
        for way in (QPointF(4, 0), QPointF(0, 4)):
            painter.drawLine(centre - way, centre + way)
        if landscape.descents is not None:
            painter.setClipRect(frame.adjusted(-1, -1, 1, 1))
            both = (landscape.descents.plain, landscape.descents.clipped)
            for descent, pen in zip(both, descent_pens(), strict=True):
                places, last = self._path(descent)
                paint_descent(painter, places, pen, last)
        self.paint_focus(painter)

    def _path(self, descent: Descent) -> tuple[list[QPointF], bool]:
        """The places of a descent; one that leaves is cut at the border."""
        assert self._landscape is not None
        half, places = self._landscape.surface.half, within(descent.places, self._landscape.surface.half)
        return [self.place(x, y) for x, y in places.tolist()], bool(np.abs(descent.places[-1]).max() <= half)

    def _axes(self, painter: QPainter, frame: QRectF, landscape: Landscape) -> None:
        theme, (x, y), half = themes.current(), landscape.surface.centre, landscape.surface.half
        below = QRectF(frame.left(), frame.bottom() + 2, frame.width(), LINE)
        ends, name = (figures(x - half, 2), figures(x + half, 2)), landscape.names[0]
        paint_text(painter, below, name, LABEL, theme.parameter.text, weight=600)
        beside = (frame.width() - text_width(name, LABEL, 600)) / 2 - 2
        if max(text_width(end, LABEL) for end in ends) <= beside:
            paint_text(painter, below, ends[0], LABEL, theme.muted, "left")
            paint_text(painter, below, ends[1], LABEL, theme.muted, "right")
        above = QRectF(0, 0, frame.right(), LINE)
        paint_text(painter, above, landscape.names[1], LABEL, theme.parameter.text, "left", weight=600)
        for value, top in ((y + half, frame.top()), (y - half, frame.bottom() - LINE)):
            room = QRectF(0, top, LEFT - 4, LINE)
            paint_number(painter, room, value, LABEL, theme.muted, digits=2)

    def told(self, point: QPointF) -> str:
        place = self._under(point)
        if place is None or self._landscape is None:
            return ""
        return place_words(self._landscape.surface, *place, self._landscape.names)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._under(pointer_at(event))
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self.start_chosen.emit(*place)

    def _under(self, point: QPointF) -> tuple[float, float] | None:
        frame = self.frame()
        if self._landscape is None or not frame.contains(point):
            return None
        away = (point - frame.center()) / (frame.width() / 2) * self._landscape.surface.half
        return away.x(), -away.y()

    def go(self, right: int, up: int) -> None:
        if self._landscape is None or self._landscape.descents is None:
            return
        by, half = self._landscape.surface.by, self._landscape.surface.half
        x, y = self._landscape.descents.plain.places[0] + (by[1] - by[0]) * np.array([right, up])
        if max(abs(x), abs(y)) <= half:
            self.start_chosen.emit(float(x), float(y))


def within(places: Array, half: float) -> Array:
    """The places of a path (n, 2), of which only the last may be off the square: that is moved to where it leaves."""
    last = places[-1]
    beyond = float(np.abs(last).max())
    if len(places) < 2 or beyond <= half:
        return places
    before = places[-2]
    way = last - before
    with np.errstate(all="ignore"):
        parts = np.where(way != 0, (np.sign(way) * half - before) / way, np.inf)
    return np.concatenate([places[:-1], [before + way * min(1.0, float(parts.min()))]])
