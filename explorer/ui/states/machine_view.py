"""Paint a machine that was read off: circles and arrows with the symbols that lead from state to state, or a table."""

from collections import defaultdict
from math import atan2, cos, hypot, pi, sin

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from explorer.language import tr
from explorer.session.document import Shown
from explorer.session.states.readable import input_names, output_name
from explorer.session.states.seen import ReadOff
from explorer.tasks import Fact
from explorer.tasks.facts import UNKNOWN
from explorer.ui.look import theme as themes
from explorer.ui.look.fonts import number_font
from explorer.ui.look.text_size import own_rect, painter_on, scaled, sized
from explorer.ui.states.legend import MARK
from explorer.ui.states.marks import add_mark, colour_of
from explorer.ui.states.words import state_names
from explorer.ui.typography.text import paint_text

LABEL, LINE = 11, 12.0
LARGEST, LEAST = 22.0, 11.0
"""Radius of a circle where there is room, and at least, in px; in less room a table stands instead."""
OUT, ROUND = 11.0, 18.0
"""How far arrows between two states bend apart, and how far one from a state to itself goes out."""
ROOMY = 13.0
"""Radius from which there is room for a name below the number of a state."""
BEGIN = 14.0
"""Length of the arrow to where it begins."""
HEAD = 6.0


class MachineView(QWidget):
    """The state in which the machine is at the cursor is lit."""

    def __init__(self) -> None:
        super().__init__()
        scaled(self.setMinimumSize, 96, 76)
        self._read: ReadOff | None = None
        self._symbols: tuple[str, ...] = ()
        self._outputs: list[str] = []
        self._fact: Fact | None = None
        self._names: tuple[int, ...] = ()
        self._now: int | None = None

    def set_read(self, shown: Shown, read: ReadOff, fact: Fact, t: int | None) -> None:
        """Show this machine, with what its states stand for, in the state where it is after step t; None: at first."""
        machine = read.machine
        self._read, self._fact, self._names = read, fact, state_names(read, fact)
        self._symbols = input_names(shown)
        self._outputs = [output_name(shown, int(out)) if out >= 0 else "" for out in machine.puts_out]
        after = t is not None and 1 <= t <= len(read.shown)
        self._now = int(read.shown[t - 1]) if t is not None and after else machine.start
        self.setAccessibleName(self.said)
        self.setToolTip(self.said)
        self.update()

    @property
    def _ring(self) -> bool:
        """Whether the states stand in a ring, and not side by side."""
        return self._read is not None and len(self._read.machine) > 2

    def _written_round(self) -> tuple[float, float]:
        """The largest width and height of what is written at arrows from a state to itself."""
        own = [written(symbols) for (begin, end), symbols in self._led().items() if begin == end]
        lines = max((text.count("\n") + 1 for text in own), default=0)
        return max(map(_width, own), default=0.0), LINE * lines

    def _led(self) -> dict[tuple[int, int], list[str]]:
        """The symbols that lead from one state to another."""
        assert self._read is not None
        led: dict[tuple[int, int], list[str]] = defaultdict(list)
        for state, moves in enumerate(self._read.machine.moves.tolist()):
            for symbol, to in zip(self._symbols, moves, strict=True):
                if to >= 0:
                    led[state, to].append(symbol)
        return led

    @property
    def said(self) -> str:
        """The machine in words, a line for each state."""
        assert self._read is not None
        lines = []
        for state, moves in enumerate(self._read.machine.moves.tolist()):
            led = ", ".join(
                tr("{symbol} leads to {state}", symbol=symbol, state=to + 1)
                for symbol, to in zip(self._symbols, moves, strict=True)
                if to >= 0
            )
            lines.append(
                tr(
                    "State {state} puts out {output}: {led}.",
                    state=state + 1,
                    output=self._outputs[state] or "–",
                    led=led,
                )
            )
        return "\n".join(lines)

    def centres(self) -> tuple[list[QPointF], float]:
        """Where the circles are, side by side or in a ring, and their radius, which is 0 where a ring has no room."""
        assert self._read is not None
        count, room = len(self._read.machine), own_rect(self).adjusted(2, 2, -2, -2)
        # Arrows from a state to itself go up from one or two states, and outward from a ring.
        above = ROUND + LABEL + 2
        if not self._ring:
            radius = max(LEAST, min(LARGEST, room.width() / 6, room.height() / 5.4))
            room.adjust(0, above, 0, -BEGIN)
            across = max(radius, room.width() / 2 - radius)
            places = [0.0] if count == 1 else [-across, across]
            return [room.center() + QPointF(x, 0) for x in places], radius
        wide, high = self._written_round()
        room.adjust(ROUND + wide + 4, ROUND + high + 4, -ROUND - wide - 4, -ROUND - high - 4)
        # Neighbours in the ring stand a circle and more apart.
        apart = 2 * sin(pi / count)
        radius = min(LARGEST, min(room.width(), room.height()) / 2 * apart / (3.4 + apart))
        if radius < LEAST:
            return [], 0.0
        across, up, centre = room.width() / 2 - radius, room.height() / 2 - radius, room.center()
        turns = [pi + 2 * pi * state / count for state in range(count)]
        return [centre + QPointF(across * cos(turn), up * sin(turn)) for turn in turns], radius

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._read is None:
            return
        painter = painter_on(self, smooth=True)
        centres, radius = self.centres()
        if not centres:
            self._table(painter)
            return
        middle = sum(centres, QPointF()) / len(centres)
        for (begin, end), symbols in self._led().items():
            text = written(symbols)
            if begin == end:
                self._round(painter, centres[begin], centres[begin] - middle, radius, text)
            else:
                self._across(painter, centres[begin], centres[end], radius, text)
        self._begin(painter, centres[self._read.machine.start], radius)
        for state, centre in enumerate(centres):
            self._circle(painter, state, centre, radius)

    def _table(self, painter: QPainter) -> None:
        """Where each symbol leads from each state, and what comes out there: a row for each state."""
        assert self._read is not None
        theme, room, moves = themes.current(), own_rect(self).adjusted(2, 2, -2, -2), self._read.machine.moves.tolist()
        heads = (tr("state"), *self._symbols, tr("out"))
        wide = min(34.0, room.width() / len(heads))
        high = min(LINE + 3, room.height() / (len(moves) + 1))
        size = min(LABEL, high)
        for row, cells in enumerate([heads, *(self._row(state, to) for state, to in enumerate(moves))]):
            top = room.top() + row * high
            if row - 1 == self._now:
                painter.fillRect(QRectF(room.left(), top, wide * len(heads), high), theme.forward.soft)
            for column, cell in enumerate(cells):
                place = QRectF(room.left() + column * wide, top, wide, high)
                ink = theme.text if row and 0 < column < len(cells) - 1 else theme.muted
                paint_text(painter, place, cell, size, ink, weight=600 if row and not column else 400, fit=True)

    def _row(self, state: int, moves: list[int]) -> tuple[str, ...]:
        """The state, where each symbol leads, and what comes out."""
        led = (str(to + 1) if to >= 0 else "–" for to in moves)
        return str(state + 1), *led, self._outputs[state] or "–"

    def _circle(self, painter: QPainter, state: int, centre: QPointF, radius: float) -> None:
        theme, lit = themes.current(), state == self._now
        themes.draw_with(
            painter,
            QPen(theme.text if lit else theme.muted, 2.4 if lit else 1.2),
            theme.forward.soft if lit else theme.surface,
        )
        painter.drawEllipse(centre, radius, radius)
        high = radius * 0.62
        out = QRectF(centre.x() - radius + 3, centre.y() - high, 2 * radius - 6, high)
        name = out.translated(0, high)
        number = f"{state + 1}"
        label = self._names[state]
        if radius < ROOMY:
            paint_text(painter, QRectF(centre.x() - radius, centre.y() - 7, 2 * radius, 14), number, LABEL, theme.text)
            return
        said = self._fact.names[label] if self._fact is not None and label != UNKNOWN else self._outputs[state]
        paint_text(painter, out, number, LABEL, theme.text, weight=600, fit=True)
        if label != UNKNOWN:
            mark = QPainterPath()
            add_mark(mark, label, QPointF(centre.x() - 0.55 * radius, out.center().y()), min(MARK, radius / 5))
            themes.draw_with(painter, None, colour_of(label))
            painter.drawPath(mark)
        paint_text(painter, name, said, LABEL - 1, theme.muted, fit=True)

    def _begin(self, painter: QPainter, centre: QPointF, radius: float) -> None:
        """A short arrow to where it begins, from below."""
        theme = themes.current()
        themes.draw_with(painter, QPen(theme.muted, 1.4), theme.muted)
        end = centre + QPointF(0, radius)
        painter.drawLine(end + QPointF(0, BEGIN), end)
        _head(painter, end, pi * 1.5)

    def _across(self, painter: QPainter, begin: QPointF, end: QPointF, radius: float, text: str) -> None:
        theme = themes.current()
        length = hypot(end.x() - begin.x(), end.y() - begin.y()) or 1.0
        along = (end - begin) / length
        aside = QPointF(along.y(), -along.x())
        bend = (begin + end) / 2 + aside * 2 * OUT
        a, b = _towards(begin, bend, radius), _towards(end, bend, radius)
        path = QPainterPath(a)
        path.quadTo(bend, b)
        themes.draw_with(painter, QPen(theme.text, 1.2), None)
        painter.drawPath(path)
        painter.setBrush(theme.text)
        _head(painter, b, atan2(end.y() - bend.y(), end.x() - bend.x()))
        self._label(painter, (begin + end) / 2 + aside * (OUT + LABEL), text)

    def _round(self, painter: QPainter, centre: QPointF, away: QPointF, radius: float, text: str) -> None:
        """An arrow from a state to itself, outward in a ring, else above it."""
        theme, high = themes.current(), LINE * (text.count("\n") + 1)
        turn = atan2(away.y(), away.x()) if self._ring else -pi / 2
        a, b = (_at(centre, turn + side * 0.55, radius) for side in (-1, 1))
        far = radius + ROUND / 0.75  # a cubic curve comes three quarters as far as its controls
        path = QPainterPath(a)
        path.cubicTo(_at(centre, turn - 0.5, far), _at(centre, turn + 0.5, far), b)
        themes.draw_with(painter, QPen(theme.text, 1.2), None)
        painter.drawPath(path)
        painter.setBrush(theme.text)
        _head(painter, b, turn + 0.55 + pi - 0.25)
        out = radius + ROUND + 2 + abs(sin(turn)) * high / 2 + abs(cos(turn)) * _width(text) / 2
        self._label(painter, _at(centre, turn, out), text)

    def _label(self, painter: QPainter, at: QPointF, text: str) -> None:
        """The symbols at an arrow, in as many lines as they have."""
        theme, lines = themes.current(), text.split("\n")
        wide, high = max(map(_width, lines)) + 4, LINE * len(lines)
        room = QRectF(at.x() - wide / 2, at.y() - high / 2, wide, high)
        themes.draw_with(painter, None, theme.surface)
        painter.drawRoundedRect(room, 3, 3)
        for number, line in enumerate(lines):
            place = QRectF(room.left(), room.top() + LINE * number, wide, LINE)
            paint_text(painter, place, line, LABEL, theme.text, weight=600)

    def sizeHint(self) -> QSize:
        return sized(180, 150)


def written(symbols: list[str], most: int = 4) -> str:
    """The symbols at one arrow, "0, 1", below each other where they have several letters; of many the first few."""
    between = ", " if max(map(len, symbols)) == 1 else "\n"
    if len(symbols) <= most:
        return between.join(symbols)
    return between.join([*symbols[: most - 1], tr("+{count} more", count=len(symbols) - most + 1)])


def _width(text: str) -> float:
    return max(map(QFontMetricsF(number_font(LABEL, 600)).horizontalAdvance, text.split("\n")))


def _at(centre: QPointF, turn: float, radius: float) -> QPointF:
    return centre + QPointF(cos(turn) * radius, sin(turn) * radius)


def _towards(centre: QPointF, other: QPointF, radius: float) -> QPointF:
    return _at(centre, atan2(other.y() - centre.y(), other.x() - centre.x()), radius)


def _head(painter: QPainter, at: QPointF, angle: float) -> None:
    """A filled head of an arrow that ends here, along this angle."""
    path = QPainterPath(at)
    for turn in (pi - 0.42, pi + 0.42):
        path.lineTo(_at(at, angle + turn, HEAD))
    path.closeSubpath()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPath(path)
