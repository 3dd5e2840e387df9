"""Fill in a schedule of scheduled sampling, see how likely it makes the target, and read what to beware of."""

from typing import Any

import numpy as np
from msgspec.structs import replace
from PySide6.QtCore import QPointF, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFormLayout, QWidget

from explorer.language import tr
from explorer.reading.bounds import declared
from explorer.training.schedules import INCONSISTENT, SCHEDULES, Schedule, target_probability
from explorer.ui.look import theme as themes
from explorer.ui.look.fonts import number_font
from explorer.ui.look.text_size import own_rect, painter_on, scaled, sized
from explorer.ui.parts.fields import Choice
from explorer.ui.parts.number_field import NumberField
from explorer.ui.parts.widgets import Words, in_column
from explorer.ui.typography.numbers import count

COINS = {"step": tr("for each time step"), "sequence": tr("for each sequence")}
WIDTH = 214


class ScheduleForm(QWidget):
    """Fields over a Schedule. `changed` carries the whole new one."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._schedule, self._iterations = Schedule(), 1
        self.kind, self.coin = Choice(), Choice()
        self.kind.fill((kind.title, id) for id, kind in SCHEDULES.items())
        self.coin.fill((title, id) for id, title in COINS.items())
        self.fields = {
            name: NumberField(setting.bounds, optional=name == "over")
            for name, setting in declared(Schedule).items()
            if name in ("start", "end", "over", "k")
        }
        self.fields["over"].set_help(declared(Schedule)["over"].help)
        self.kind.setToolTip(tr("How likely the target is fed back, iteration by iteration (Bengio et al. 2015)"))
        self.curve = ScheduleCurve()
        self.kind.currentIndexChanged.connect(self._kind_chosen)
        self.coin.currentIndexChanged.connect(lambda: self._change(coin=self.coin.currentData()))
        for name, field in self.fields.items():
            field.changed.connect(lambda value, name=name: self._change(**{name: value}))
        self._form = QFormLayout()
        self._form.setContentsMargins(0, 0, 0, 0)
        scaled(self._form.setVerticalSpacing, 5)
        for title, name in ((tr("From"), "start"), ("k", "k"), (tr("Down to"), "end"), (tr("Iterations"), "over")):
            self._form.addRow(title, self.fields[name])
        self._form.addRow(tr("A coin"), self.coin)
        beware = Words(INCONSISTENT)
        scaled(beware.setFixedWidth, WIDTH)
        in_column(5, self.kind, self.curve, self._form, beware, on=self)
        scaled(self.setFixedWidth, WIDTH)

    def set_schedule(self, schedule: Schedule, iterations: int) -> None:
        """Show a schedule of a run of so many iterations; no signal."""
        self._schedule, self._iterations = schedule, iterations
        for box, id in ((self.kind, schedule.kind), (self.coin, schedule.coin)):
            with QSignalBlocker(box):
                box.show_value(id)
        kind = SCHEDULES[schedule.kind]
        if kind.k is not None:
            self.fields["k"].set_bounds(kind.k)
        for name, field in self.fields.items():
            self._form.setRowVisible(field, name in kind.parts)
            field.set_value(getattr(schedule, name))
        self.curve.set_schedule(schedule, iterations)

    def _kind_chosen(self) -> None:
        id = self.kind.currentData()
        self._change(kind=id, k=SCHEDULES[id].first_k, start=SCHEDULES[id].first_start, end=0.0)

    def _change(self, **fields: Any) -> None:
        schedule = replace(self._schedule, **fields)
        if schedule != self._schedule:
            self.set_schedule(schedule, self._iterations)
            self.changed.emit(schedule)


class ScheduleCurve(QWidget):
    """The probability that the target is fed, over the run, from 0 at the bottom to 1 at the top."""

    def __init__(self) -> None:
        super().__init__()
        self._points: tuple[tuple[float, float], ...] = ()
        self._iterations = 1
        scaled(self.setFixedHeight, 64)
        self.setToolTip(tr("How likely the target is fed back, over the run"))

    def set_schedule(self, schedule: Schedule, iterations: int) -> None:
        """Draw this schedule over so many iterations."""
        self._iterations = iterations
        shares = np.linspace(0.0, 1.0, 101)
        self._points = tuple(
            (float(share), target_probability(schedule, round(share * iterations), iterations)) for share in shares
        )
        ends = tr("{first:.2g} at first, {last:.2g} at the end", first=self._points[0][1], last=self._points[-1][1])
        self.setAccessibleName(tr("Probability of the target: {ends}", ends=ends))
        self.update()

    def sizeHint(self) -> QSize:
        return sized(WIDTH, 64)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = painter_on(self, smooth=True), themes.current()
        frame = QRectF(16, 5, own_rect(self).width() - 24, own_rect(self).height() - 22)
        painter.setPen(QPen(theme.border, 1))
        painter.drawLine(frame.topLeft(), frame.topRight())
        painter.drawLine(frame.bottomLeft(), frame.bottomRight())
        painter.setPen(theme.muted if self.isEnabled() else theme.faint)
        painter.setFont(number_font(10))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for text, y in (("1", frame.top()), ("0", frame.bottom())):
            painter.drawText(QRectF(0, y - 7, 11, 14), right, text)
        below = QRectF(frame.left(), frame.bottom() + 3, frame.width(), 14)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, tr("P(target)"))
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, tr("iteration {count}", count=count(self._iterations)))
        painter.setPen(QPen(theme.target.line if self.isEnabled() else theme.faint, 1.8))
        width, height = frame.width(), frame.height()
        places = [QPointF(frame.left() + x * width, frame.bottom() - y * height) for x, y in self._points]
        painter.drawPolyline(QPolygonF(places))
