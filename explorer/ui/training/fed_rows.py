"""See runs side by side on one example: what comes out fed the truth, and fed its own, one row above the other."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen

from explorer.language import tr
from explorer.session.runs.examples import Followed, Row
from explorer.ui.look import theme as themes
from explorer.ui.look.fonts import number_font, ui_font
from explorer.ui.look.text_size import own_rect, painter_on, px, scaled, usual
from explorer.ui.parts.widgets import tool_button
from explorer.ui.training.example_rows import LETTER, SMALLEST
from explorer.ui.training.step_rows import StepRows
from explorer.ui.typography.text import LEFTWARD

NAME, LABEL, COUNT = 84.0, 62.0, 38.0
"""Widths, in px, of a run's name, of a row's label, and of how many are right at its end."""
LEAST, MOST, BETWEEN = 16.0, 30.0, 5.0
"""Heights, in px, of a row, and of what parts runs."""
SHARE = 0.023
"""Of the height of the window, a row should have so much."""
NARROWEST, WIDEST = 15.0, 40.0
LETTERS = 0.74
"""Size of letters, as a share of the height of their row, where steps are wide enough."""
LINKED = 4.0
"""From this gap between two outputs on, what is fed on is drawn as a line from one to the next."""
_CENTRED = Qt.AlignmentFlag.AlignCenter


class FollowedRun(Struct, frozen=True, eq=False):
    """One run on the example: its name, its colour, and what it puts out."""

    name: str
    colour: QColor
    followed: Followed

    @property
    def fed(self) -> Row:
        """What comes out fed the targets."""
        return self.followed.rows[1]

    @property
    def own(self) -> Row:
        """What comes out fed its own output, and after a wrong one, if that was put in its way."""
        return self.followed.rows[-1]


class FedRows(StepRows):
    """Input and target above, then two rows for each run; what is wrong is red, and spreads to the right.

    `another` carries by how many examples to go on.
    """

    another = Signal(int)

    def __init__(self) -> None:
        super().__init__(NAME + LABEL)
        for place, (sign, by) in enumerate((("‹", -1), ("›", 1))):
            button = tool_button(sign, tr("Another example"), "sign")
            button.setParent(self)
            scaled(button.setGeometry, 4 + 34 * place, 4, 30, 26)
            button.clicked.connect(lambda _=False, by=by: self.another.emit(by))
        self._runs: Sequence[FollowedRun] = ()

    def set_runs(self, runs: Sequence[FollowedRun]) -> None:
        """Show these; all of one example."""
        self._runs, self._shown = runs, runs[0].followed if runs else None
        steps = len(runs[0].followed.inputs) if runs else 0
        scaled(self.setMinimumSize, round(NAME + LABEL + COUNT + NARROWEST * steps), round(self._height(LEAST)))
        self.setAccessibleName("; ".join(f"{run.name}: {_told(run)}" for run in runs))
        self.update()

    def height_for(self, window: int) -> int:
        """How high it should be in a window of this height, in px, for its letters to be large."""
        return px(self._height(max(LEAST, min(MOST, SHARE * usual(window)))))

    def _height(self, row: float) -> float:
        return (2 + 2 * len(self._runs)) * row + BETWEEN * len(self._runs) + 4

    @property
    def _row(self) -> float:
        """The height of a row: as large as there is room for."""
        room = own_rect(self).height() - self._height(0.0)
        return max(LEAST, min(MOST, room / (2 + 2 * len(self._runs))))

    @property
    def pitch(self) -> float:
        steps = len(self._runs[0].followed.inputs)
        return max(NARROWEST, min(WIDEST, (own_rect(self).width() - NAME - LABEL - COUNT) / steps))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._runs:
            return
        painter = painter_on(self, smooth=True)
        example, top, high = self._runs[0].followed, 2.0, self._row
        right = (False,) * len(example.inputs)
        self._paint_row(painter, top, Row(tr("input"), example.inputs, right), 0)
        self._paint_row(painter, top + high, example.rows[0], example.first_step - 1)
        top += 2 * high
        for run in self._runs:
            top += BETWEEN
            self._paint_name(painter, run, QRectF(0, top, NAME, 2 * high))
            self._paint_row(painter, top, run.fed, example.first_step - 1)
            self._paint_row(painter, top + high, run.own, example.first_step - 1, run.colour)
            if run.followed.injected is not None:
                x = NAME + LABEL + run.followed.injected[0] * self.pitch - 1
                painter.setPen(QPen(themes.current().text, 2))
                painter.drawLine(QPointF(x, top + high - 2), QPointF(x, top + 2 * high + 2))
            top += 2 * high

    def _paint_name(self, painter: QPainter, run: FollowedRun, place: QRectF) -> None:
        painter.fillRect(QRectF(place.left(), place.top() + 2, 3, place.height() - 4), run.colour)
        painter.setPen(themes.current().text)
        painter.setFont(ui_font(11, QFont.Weight.Medium))
        flags = LEFTWARD | Qt.TextFlag.TextWordWrap
        painter.drawText(place.adjusted(8, 0, -4, 0), flags, run.name)

    def _paint_row(self, painter: QPainter, top: float, row: Row, offset: int, fed_on: QColor | None = None) -> None:
        """A label, the outputs large, and how many of them are right; `fed_on` links each with the next."""
        theme, pitch, high = themes.current(), self.pitch, self._row
        target = row.title == tr("target")
        painter.setPen(theme.muted)
        painter.setFont(ui_font(11))
        painter.drawText(QRectF(NAME, top, LABEL - 4, high), LEFTWARD, _LABELS.get(row.title, row.title))
        longest = max((len(symbol) for symbol in row.symbols), default=1)
        gap = LINKED if pitch >= 18 else 2.0
        size = max(SMALLEST, min(int(LETTERS * high), int((pitch - gap) / LETTER / longest)))
        painter.setFont(number_font(size, QFont.Weight.DemiBold))
        for place, (symbol, wrong) in enumerate(zip(row.symbols, row.wrong, strict=True)):
            cell = QRectF(NAME + LABEL + (place + offset) * pitch, top + 1, pitch - gap, high - 2)
            themes.draw_with(
                painter, None, theme.backward.text if wrong else theme.target.soft if target else theme.window
            )
            painter.drawRoundedRect(cell, 3, 3)
            painter.setPen(theme.surface if wrong else theme.target.text if target else theme.text)
            painter.drawText(cell, _CENTRED, symbol)
            if fed_on is not None and gap == LINKED and place + 1 < len(row.symbols):
                painter.setPen(QPen(fed_on, 1.6))
                y = cell.center().y()
                painter.drawLine(QPointF(cell.right(), y), QPointF(cell.right() + gap, y))
        if row.title not in (tr("input"), tr("target")):
            count = QRectF(NAME + LABEL + (len(row.symbols) + offset) * pitch, top, COUNT, high)
            painter.setPen(theme.backward.text if any(row.wrong) else theme.muted)
            painter.setFont(number_font(11))
            painter.drawText(count, _CENTRED, f"{len(row.wrong) - sum(row.wrong)}/{len(row.wrong)}")

    def tip(self, step: int) -> str:
        example = self._runs[0].followed
        place = step - example.first_step
        lines = [tr("t = {step}, input: {inputs}", step=step, inputs=example.inputs[step - 1])]
        if 0 <= place < len(example.rows[0].symbols):
            lines.append(tr("target: {symbols}", symbols=example.rows[0].symbols[place]))
            for run in self._runs:
                said = (f"{row.title} {row.said(place)}" for row in (run.fed, run.own))
                lines.append(f"{run.name}: {', '.join(said)}")
            if example.drift is not None:
                lines.append(tr("Click to feed back a wrong {one} after this step", one=example.one))
        return "\n".join(lines)


_LABELS = {tr("fed its own output"): tr("fed its own")}


def _told(run: FollowedRun) -> str:
    rows = (run.fed, run.own)
    return ", ".join(
        tr(
            "{row} {wrong} of {row_wrong} right",
            row=row.title,
            wrong=len(row.wrong) - sum(row.wrong),
            row_wrong=len(row.wrong),
        )
        for row in rows
    )
