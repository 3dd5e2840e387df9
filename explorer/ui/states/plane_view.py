"""Paint hidden states in a plane: those of many sequences, the path of the one that is shown, arrows, fixed points."""

from math import atan2, cos, hypot, pi, sin

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen

from explorer.graph.analyse.fixed_points import Stability
from explorer.graph.arrays import Array
from explorer.graph.equations.notation import place_plain
from explorer.graph.plain import plain
from explorer.graph.unfold import Vertex
from explorer.language import tr
from explorer.session.states.rows import said_of
from explorer.session.states.seen import GRID, Seen
from explorer.tasks import Fact
from explorer.ui.look import theme as themes
from explorer.ui.look.text_size import own_rect, painter_on, pointer_at
from explorer.ui.parts.arrow_picture import ArrowPicture
from explorer.ui.states.marks import marks_of
from explorer.ui.states.words import percent, stay_words
from explorer.ui.typography.text import paint_text

ABOVE, SIDE = 14.0, 1.0
"""Room in px for the names of the axes, and at the other sides."""
LABEL, LINE = 10, 12.0
STAY, STEP, NEAR = 6.0, 2.4, 9.0
"""Radius of a fixed point, and of a step of the path; how near the pointer must be to either."""
HEAD = 4.0


class PlaneView(ArrowPicture):
    """`step_chosen` carries the step of the path that was clicked, or that an arrow key leads to."""

    step_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__((130, 76), (240, 150))
        self.seen: Seen | None = None
        self._fact: Fact | None = None
        self._done: list[int] = []

    def set_seen(self, seen: Seen, fact: Fact | None, done: list[int]) -> None:
        """Show this picture, coloured by a fact, with the path up to the last step that is done."""
        self.seen, self._fact, self._done = seen, fact, done
        said = tr("States {symbol} of many sequences", symbol=seen.symbol)
        if done:
            at = place_plain(seen.trace, Vertex(seen.wanted.state, done[-1]))
            said = tr("{said}; the one that is shown is {at}", said=said, at=at)
        self.setAccessibleName(said)
        self.update()

    @property
    def _now(self) -> int | None:
        return self._done[-1] if self._done else None

    def frame(self) -> QRectF:
        """Where the states are."""
        return own_rect(self).adjusted(SIDE, ABOVE, -SIDE, -SIDE)

    def place(self, at: Array) -> QPointF:
        """Where a place in the plane, (2,), is in the picture."""
        x, y = self.pixels(at).tolist()
        return QPointF(x, y)

    def pixels(self, places: Array) -> Array:
        """The same for places (…, 2), as numbers; what is far outside comes no further than a painter can bear."""
        assert self.seen is not None
        frame = self.frame()
        share = np.nan_to_num((places - self.seen.middle) / self.seen.half, nan=1e3).clip(-1e3, 1e3)
        centre, half = frame.center(), (frame.width() / 2, -frame.height() / 2)
        return np.asarray(share * half + (centre.x(), centre.y()))

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, frame = themes.current(), self.frame()
        painter = painter_on(self, smooth=True)
        painter.setPen(QPen(theme.border, 1))
        painter.drawRect(frame)
        if self.seen is not None:
            self._axes(painter, self.seen, frame)
            painter.save()
            painter.setClipRect(frame)
            self._moves(painter, self.seen, frame)
            self._ways(painter, self.seen)
            self._states(painter, self.seen, frame)
            self._stays(painter, self.seen)
            self._steps(painter, self.seen)
            painter.restore()
        self.paint_focus(painter)

    def _axes(self, painter: QPainter, seen: Seen, frame: QRectF) -> None:
        theme, (across, up) = themes.current(), axis_names(seen)
        above = QRectF(frame.left(), 0, frame.width() / 2, ABOVE - 2)
        paint_text(painter, above, f"↑ {up}", LABEL, theme.muted, "left", fit=True)
        paint_text(painter, above.translated(above.width(), 0), f"{across} →", LABEL, theme.muted, "right", fit=True)

    def _states(self, painter: QPainter, seen: Seen, frame: QRectF) -> None:
        if self._fact is None:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, marks in marks_of(self._fact, self.pixels(seen.places), frame):
            marks.setFillRule(Qt.FillRule.WindingFill)
            painter.setBrush(themes.faded(colour, 0.75))
            painter.drawPath(marks)

    def _moves(self, painter: QPainter, seen: Seen, frame: QRectF) -> None:
        if seen.moves is None:
            return
        begins, ends = self.pixels(seen.moves.begins), self.pixels(seen.moves.ends)
        lengths = np.hypot(*(ends - begins).T)
        cell = min(frame.width() / GRID[0], frame.height() / GRID[1])
        longest = float(np.quantile(lengths, 0.9))
        ends = begins + (ends - begins) * (min(1.0, 0.9 * cell / longest) if longest > 0 else 1.0)
        themes.draw_with(painter, QPen(themes.faded(themes.current().text, 0.55), 1), None)
        path = QPainterPath()
        for (x, y), (u, v) in zip(begins.tolist(), ends.tolist(), strict=True):
            _add_arrow(path, QPointF(x, y), QPointF(u, v))
        painter.drawPath(path)

    def _ways(self, painter: QPainter, seen: Seen) -> None:
        """From step to step of the path, below the states so that none is hidden."""
        theme, done = themes.current(), set(self._done)
        lines = [(self.place(seen.path[a]), self.place(seen.path[b])) for a, b in seen.links if {a, b} <= done]
        for width, ink in ((3.0, theme.surface), (1.4, theme.text)):
            painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            for begin, end in lines:
                painter.drawLine(begin, end)

    def _steps(self, painter: QPainter, seen: Seen) -> None:
        """The steps of the path, the latest with its number."""
        theme = themes.current()
        themes.draw_with(painter, QPen(theme.surface, 1), theme.text)
        for t in self._done[:-1]:
            painter.drawEllipse(self.place(seen.path[t]), STEP, STEP)
        if self._now is not None:
            at = self.place(seen.path[self._now])
            painter.drawEllipse(at, 8.0, 8.0)
            room = QRectF(at.x() - 7, at.y() - 6, 14, LINE)
            paint_text(painter, room, str(self._now), LABEL, theme.surface, weight=600, fit=True)

    def _stays(self, painter: QPainter, seen: Seen) -> None:
        for stay in seen.stays or ():
            paint_stay(painter, self.place(stay.place), stay.point.stability)

    # Pointing.

    def step_at(self, point: QPointF) -> int | None:
        """The step of the path that is nearest to a point, if it is near; the later of two."""
        if self.seen is None:
            return None
        near = [(QLineF(point, self.place(self.seen.path[t])).length(), -i, t) for i, t in enumerate(self._done)]
        distance, _, t = min(near, default=(np.inf, 0, 0))
        return t if distance <= NEAR else None

    def told(self, point: QPointF) -> str:
        seen = self.seen
        if seen is None:
            return ""
        for stay in seen.stays or ():
            if QLineF(point, self.place(stay.place)).length() <= STAY + 2:
                return stay_words(seen, stay)
        t = self.step_at(point)
        if t is not None:
            return tr("{symbol}({t}) of the sequence that is shown. Click to go there.", symbol=seen.symbol, t=t)
        if self._fact is None or not seen.places.size:
            return ""
        places = self.pixels(seen.places)
        off = np.hypot(*np.moveaxis(places - (point.x(), point.y()), 2, 0))
        step, b = np.unravel_index(int(off.argmin()), off.shape)
        if off[step, b] > NEAR:
            return ""
        return tr(
            "{symbol}({t}) of another sequence. {title}: {value}",
            symbol=seen.symbol,
            t=seen.trace.steps(seen.wanted.state)[int(step)],
            title=self._fact.title,
            value=said_of(self._fact, int(step) + 1, int(b)) or tr("unknown"),
        )

    def clickable(self, point: QPointF) -> bool:
        return self.step_at(point) is not None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        t = self.step_at(pointer_at(event))
        if t is not None and event.button() == Qt.MouseButton.LeftButton:
            self.step_chosen.emit(t)

    def go(self, right: int, up: int) -> None:
        if self.seen is None:
            return
        steps = list(self.seen.path)
        at = steps.index(self._now) + right + up if self._now is not None else 0
        if 0 <= at < len(steps):
            self.step_chosen.emit(steps[at])


def axis_names(seen: Seen) -> tuple[str, str]:
    """What is along each axis: a principal component and its share of the variance, or a unit."""
    if seen.wanted.units is not None or seen.plane.shares is None:
        across, up = seen.wanted.units or (0, 1)
        return plain_unit(seen.symbol, across), plain_unit(seen.symbol, up)
    across_share, up_share = map(percent, seen.plane.shares.tolist())
    return tr("PC 1: {share}", share=across_share), tr("PC 2: {share}", share=up_share)


def plain_unit(symbol: str, unit: int) -> str:
    """A unit of a state, counted from 0, in plain text: h₁."""
    return plain(f"{symbol}_{unit + 1}")


def paint_stay(painter: QPainter, at: QPointF, stability: Stability) -> None:
    """The mark of a fixed point: a ring; in it a disc if it is stable, a bar if neutral, a cross if a saddle."""
    theme = themes.current()
    themes.draw_with(painter, QPen(theme.surface, 4), theme.surface)
    painter.drawEllipse(at, STAY, STAY)
    painter.setPen(QPen(theme.text, 1.6))
    painter.drawEllipse(at, STAY, STAY)
    if stability == "saddle":
        arm = STAY * 0.7
        painter.drawLine(at + QPointF(-arm, -arm), at + QPointF(arm, arm))
        painter.drawLine(at + QPointF(-arm, arm), at + QPointF(arm, -arm))
    elif stability == "neutral":
        painter.drawLine(at + QPointF(-STAY, 0), at + QPointF(STAY, 0))
    elif stability == "stable":
        painter.setBrush(theme.text)
        painter.drawEllipse(at, STAY * 0.4, STAY * 0.4)


def _add_arrow(path: QPainterPath, begin: QPointF, end: QPointF) -> None:
    length = hypot(end.x() - begin.x(), end.y() - begin.y())
    path.moveTo(begin)
    path.lineTo(end)
    angle, head = atan2(end.y() - begin.y(), end.x() - begin.x()), min(HEAD, 0.5 * length)
    for turn in (pi * 0.84, -pi * 0.84):
        path.moveTo(end)
        path.lineTo(end + QPointF(cos(angle + turn) * head, sin(angle + turn) * head))
