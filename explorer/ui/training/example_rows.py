"""See one example: input, target, and what comes out fed targets and fed its own output, the first mistake marked."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen, QPolygonF

from explorer.graph.arrays import Array
from explorer.language import tr
from explorer.session.runs.examples import Followed, Row
from explorer.ui.look import theme as themes
from explorer.ui.look.fonts import number_font, ui_font
from explorer.ui.look.text_size import own_rect, painter_on, scaled
from explorer.ui.look.theme import faded
from explorer.ui.training.example_curves import height_of, paint_curves
from explorer.ui.training.step_rows import StepRows
from explorer.ui.typography.numbers import figures
from explorer.ui.typography.text import LEFTWARD, paint_instead

LABELS = 116.0
ROW, GAP, DRIFT = 17.0, 4.0, 28.0
NARROWEST, WIDEST = 13.0, 26.0
ROUNDING = 1e-12
"""Distances between states up to this are those of rounding, and shown as none."""
LETTER = 0.62
"""Width of a letter, as a share of the size of its font."""
LONGEST = 8
"""Letters of an input, or of an output, for which steps are made wider."""
SMALLEST = 7
"""Symbols whose letters would be smaller, in px, are left out; the tool tip has them."""
_WHAT_DRIFTS = tr("‖h(teacher) − h(free)‖")


class ExampleRows(StepRows):
    """Rows of symbols over time, or curves of numbers, and how far the states of the two ways drift apart."""

    def __init__(self) -> None:
        super().__init__(LABELS)

    def set_example(self, example: Followed | None) -> None:
        """Show this."""
        self._shown = example
        steps = len(example.inputs) if example else 0
        scaled(self.setMinimumWidth, round(LABELS + self._narrowest * steps + 8))
        rows = 2 * (ROW + GAP)
        if example is not None:
            curves = height_of(example.rows) + GAP if example.curves else len(example.rows) * (ROW + GAP)
            rows = ROW + GAP + curves
        drift = DRIFT + 8 if example and example.drift is not None else 0
        scaled(self.setMinimumHeight, round(4 + rows + drift))
        self.setAccessibleName(spoken(example))
        self.update()

    @property
    def pitch(self) -> float:
        assert self._shown is not None
        return max(self._narrowest, min(WIDEST, (own_rect(self).width() - LABELS - 8) / len(self._shown.inputs)))

    @property
    def _narrowest(self) -> float:
        """The least width of a step at which symbols of usual length can be read."""
        if self._shown is None or self._shown.curves:
            return NARROWEST
        rows = [self._shown.inputs, *(row.symbols for row in self._shown.rows)]
        longest = max((len(said) for row in rows for said in row), default=1)
        return max(NARROWEST, SMALLEST * LETTER * longest + 3.5) if longest <= LONGEST else NARROWEST

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self, smooth=True)
        if self._shown is None:
            said = tr("An example sequence appears here once a run has weights.")
            paint_instead(painter, own_rect(self), said)
            return
        top = 4.0
        right = (False,) * len(self._shown.inputs)
        self._paint_row(painter, top, Row(tr("input"), self._shown.inputs, right, self._shown.input_numbers), 0)
        if self._shown.curves:
            top += ROW + GAP
            high, steps = height_of(self._shown.rows), len(self._shown.rows[0].symbols)
            start = self._shown.first_step - 1
            columns = [LABELS + (start + place + 0.5) * self.pitch - 1 for place in range(steps)]
            plot = QRectF(LABELS, top + 3, self.pitch * len(self._shown.inputs) - 2, high - 6)
            paint_curves(painter, QRectF(0, top, LABELS - 6, high), plot, self._shown.rows, columns)
            top += high - ROW
        for row in () if self._shown.curves else self._shown.rows:
            top += ROW + GAP
            self._paint_row(painter, top, row, self._shown.first_step - 1)
        if self._shown.injected is not None:
            x = LABELS + self._shown.injected[0] * self.pitch - 1
            painter.setPen(QPen(themes.current().text, 2))
            painter.drawLine(QPointF(x, top - GAP), QPointF(x, top + ROW + 2))
        if self._shown.drift is not None:
            self._paint_drift(painter, top + ROW + 6)

    def _paint_row(self, painter: QPainter, top: float, row: Row, offset: int) -> None:
        theme, pitch = themes.current(), self.pitch
        painter.setPen(theme.muted)
        painter.setFont(ui_font(11))
        painter.drawText(QRectF(0, top, LABELS - 6, ROW), LEFTWARD, row.title)
        size = min(12, int((pitch - 2) / LETTER / max((len(symbol) for symbol in row.symbols), default=1)))
        painter.setFont(number_font(size, QFont.Weight.Medium))
        for place, (symbol, wrong) in enumerate(zip(row.symbols, row.wrong, strict=True)):
            cell = QRectF(LABELS + (place + offset) * pitch, top, pitch - 2, ROW)
            painter.setPen(Qt.PenStyle.NoPen)
            target = row.title == tr("target")
            painter.setBrush(theme.backward.soft if wrong else theme.target.soft if target else theme.window)
            painter.drawRoundedRect(cell, 3, 3)
            if place == row.first:
                themes.draw_with(painter, QPen(theme.backward.line, 1.6), None)
                painter.drawRoundedRect(cell.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
            if size < SMALLEST and row.numbers is not None:
                self._paint_numbers(painter, cell, row.numbers[place : place + 1], row.numbers)
            elif size >= SMALLEST:
                painter.setPen(theme.backward.text if wrong else theme.target.text if target else theme.text)
                painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, symbol)
            elif wrong:  # the mark that does not depend on colour
                painter.setPen(QPen(theme.backward.text, 1.4))
                painter.drawLine(cell.center() + QPointF(-3, -3), cell.center() + QPointF(3, 3))
                painter.drawLine(cell.center() + QPointF(-3, 3), cell.center() + QPointF(3, -3))
        if row.first is not None and row.title != tr("target"):
            x = LABELS + (row.first + offset + 0.5) * pitch - 1
            themes.draw_with(painter, None, theme.backward.line)
            painter.drawPolygon(QPolygonF([QPointF(x - 4, top - 4), QPointF(x + 4, top - 4), QPointF(x, top + 1)]))

    def _paint_numbers(self, painter: QPainter, cell: QRectF, numbers: Array, of: Array) -> None:
        """A bar for each, up or down from the middle, where there is no room to write them; the largest is full."""
        assert self._shown is not None
        shown = [row.numbers for row in self._shown.rows if row.numbers is not None and row.numbers is not of]
        alike = [of] if of is self._shown.input_numbers else [of, *shown]
        largest = max(float(np.abs(row[np.isfinite(row)]).max(initial=0.0)) for row in alike) or 1.0
        width = (cell.width() - 2) / max(1, numbers.size)
        for place, number in enumerate(np.nan_to_num(np.clip(numbers.ravel() / largest, -1.0, 1.0))):
            height = float(number) * (cell.height() / 2 - 1)
            left = cell.left() + 1 + place * width
            painter.fillRect(QRectF(left, cell.center().y(), width - 1, -height), themes.current().text)

    def _paint_drift(self, painter: QPainter, top: float) -> None:
        """Bars of the distance between the states, over the steps that predict."""
        assert self._shown is not None and self._shown.drift is not None
        theme, pitch, drift = themes.current(), self.pitch, self._shown.drift
        known = np.where(np.isfinite(drift), drift, 0.0)
        # States that agree but for rounding are not apart.
        known = np.where(known > ROUNDING, known, 0.0)
        largest = float(known.max(initial=0.0))
        painter.setFont(ui_font(11))
        painter.setPen(theme.muted)
        painter.drawText(QRectF(0, top, LABELS - 6, 15), LEFTWARD, tr("states apart by"))
        painter.setFont(number_font(10))
        painter.drawText(
            QRectF(0, top + 14, LABELS - 6, 14), LEFTWARD, tr("up to {largest}", largest=figures(largest, 2))
        )
        bottom = top + DRIFT
        painter.setPen(QPen(theme.border, 1))
        painter.drawLine(QPointF(LABELS, bottom), QPointF(LABELS + pitch * len(self._shown.inputs) - 2, bottom))
        themes.draw_with(painter, None, faded(theme.forward.line, 0.75))
        for place, distance in enumerate(known):
            height = DRIFT * float(distance) / largest if largest else 0.0
            left = LABELS + (place + self._shown.first_step - 1) * pitch
            painter.drawRect(QRectF(left, bottom - height, pitch - 2, height))

    def tip(self, step: int) -> str:
        assert self._shown is not None
        place = step - self._shown.first_step
        lines = [f"t = {step}", tr("input: {inputs}", inputs=self._shown.inputs[step - 1])]
        if 0 <= place < len(self._shown.rows[0].symbols):
            for row in self._shown.rows:
                lines.append(f"{row.title}: {row.said(place)}")
        if self._shown.drift is not None and 0 <= place < len(self._shown.drift):
            lines.append(f"{_WHAT_DRIFTS} = {figures(self._shown.drift[place])}")
            lines.append(tr("Click to feed back a wrong {one} after this step", one=self._shown.one))
        return "\n".join(lines)


def spoken(example: Followed | None) -> str:
    """The example as a sentence, for screen readers."""
    if example is None:
        return tr("No example yet")
    mistakes = [
        tr("{row}: {wrong} of {row_wrong} wrong", row=row.title, wrong=sum(row.wrong), row_wrong=len(row.wrong))
        for row in example.rows[1:]
    ]
    return tr(
        "Example {number} at iteration {iteration:,}. ", number=example.number, iteration=example.iteration
    ) + ", ".join(mistakes)
