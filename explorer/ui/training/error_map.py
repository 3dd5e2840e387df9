"""See where it goes wrong: a number for each time step over training, as heat maps (wrong outputs, state drift)."""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter, QPaintEvent

from explorer.graph.arrays import Array
from explorer.graph.metric import Metric
from explorer.language import tr
from explorer.session.runs.runs import RunRecord, StepMeasure
from explorer.training.problem import task_of
from explorer.ui.look import theme as themes
from explorer.ui.look.fonts import number_font, ui_font
from explorer.ui.look.text_size import own_rect, painter_on
from explorer.ui.parts.key_pointer import KeyPointer
from explorer.ui.parts.painted import Painted
from explorer.ui.parts.pictures import picture
from explorer.ui.parts.scales import nice_spacing
from explorer.ui.training.run_style import run_colour
from explorer.ui.typography.numbers import count, figures
from explorer.ui.typography.text import RIGHTWARD, paint_instead

_LEFT, _TOP, _BOTTOM, _RIGHT, _GAP = 30.0, 20.0, 20.0, 8.0, 18.0
_STOPS = 24
"""Iterations, at most, at which the keys stop in a map."""
_COLUMNS = 240
_KEY_FROM = 260
"""Width in px of a map above which the meaning of its colours fits; the tool tip says it too."""


class ErrorMapSettings(Struct, frozen=True):
    """What is mapped: measures with their titles, with and without output feedback; the key; words for no data.

    Without a key, they are the errors of the metric by which a run is judged.
    """

    twofold: tuple[tuple[StepMeasure, str], ...]
    plain: tuple[tuple[StepMeasure, str], ...]
    key: str | None
    empty: str


ERRORS = ErrorMapSettings(
    ((StepMeasure.OPEN_ERROR, tr("fed targets")), (StepMeasure.CLOSED_ERROR, tr("fed its own output"))),
    ((StepMeasure.OPEN_ERROR, tr("judged sequences")),),
    None,
    tr("How wrong outputs are at each time step\nappears here as training goes on."),
)
DRIFT = ErrorMapSettings(
    ((StepMeasure.STATE_DISTANCE, tr("‖h(teacher) − h(free)‖")),),
    (),
    tr("apart by"),
    tr(
        "How far the states fed targets and fed its own output are apart at each time step appears here, for a net "
        "with output feedback."
    ),
)


class ErrorMap(Painted):
    """Heat maps of one run, t upward and iterations to the right, one above the other."""

    def __init__(self, mapped: ErrorMapSettings) -> None:
        super().__init__((150, 76), (150, 76))
        self._mapped = mapped
        KeyPointer(self, self._places)
        self._run: RunRecord | None = None
        self._one_output = False
        self.iteration: float | None = None
        self._maps: tuple[tuple[StepMeasure, str], ...] = ()
        self._images: list[QImage] = []
        self._largest = 1.0

    def set_run(self, run: RunRecord | None) -> None:
        """Show this run; a net with one output is judged at its last step alone."""
        self._run, self._one_output = run, run is not None and task_of(run.settings).one_output
        self._maps = self._mapped.plain if run is None or not run.takes_feedback else self._mapped.twofold
        self.refresh()

    @property
    def _metric(self) -> Metric | None:
        """What the errors that are mapped are those of."""
        return self._run.kind.metric if self._run is not None and self._mapped.key is None else None

    @property
    def _share_of(self) -> str | None:
        """What values are a share of, from 0 to 1; None where they go up to the largest there is."""
        metric = self._metric
        return metric.wrong if metric is not None and metric.share else None

    def set_iteration(self, iteration: float | None) -> None:
        """Mark an iteration."""
        self.iteration = iteration
        self.update()

    def refresh(self) -> None:
        """Draw the run as it is now."""
        self._images = []
        if self._run is not None:
            mapped = [self._run.steps(measure)[1] for measure, _ in self._maps]
            highest = [values.max(initial=0.0, where=np.isfinite(values)) for values in mapped]
            self._largest = 1.0 if self._share_of is not None else float(max(highest, default=0.0)) or 1.0
            for measure, _ in self._maps:
                iterations, values = self._run.steps(measure)
                if not len(iterations):
                    continue
                self._images.append(self._image(iterations, values / self._largest))
        self.setAccessibleName(self._spoken())
        self.update()

    def _image(self, iterations: Array, shares: Array) -> QImage:
        """One pixel for each step and each of _COLUMNS equal stretches of iterations."""
        start, stop = _ends(iterations)
        columns = _nearest(iterations, start + (np.arange(_COLUMNS) + 0.5) * (stop - start) / _COLUMNS)
        shares = np.clip(np.nan_to_num(shares[columns].T[::-1], nan=1.0), 0.0, 1.0)
        return picture(_table()[np.rint(shares * 255).astype(np.intp)])

    def _frames(self) -> list[QRectF]:
        """Where the maps are: one above the other."""
        count_ = max(1, len(self._maps))
        height = (own_rect(self).height() - _TOP - _BOTTOM - _GAP * (count_ - 1)) / count_
        width = own_rect(self).width() - _LEFT - _RIGHT
        return [QRectF(_LEFT, _TOP + place * (height + _GAP), width, height) for place in range(count_)]

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = themes.current()
        painter = painter_on(self)
        if self._run is None or not self._images:
            paint_instead(painter, own_rect(self), self._mapped.empty)
            return
        iterations, errors = self._run.steps(self._maps[0][0])
        frames = self._frames()
        for frame, image, (_, title) in zip(frames, self._images, self._maps, strict=True):
            painter.setPen(run_colour(self._run, theme))
            painter.setFont(ui_font(11, QFont.Weight.Medium))
            above = QRectF(frame.left(), frame.top() - 17, frame.width(), 16)
            painter.drawText(above, Qt.AlignmentFlag.AlignVCenter, title)
            painter.drawImage(frame, image)
            themes.draw_with(painter, theme.border, None)
            painter.drawRect(frame)
            self._label_steps(painter, frame, errors.shape[1])
        self._label_iterations(painter, frames[-1], *_ends(iterations))
        self._paint_key(painter, frames[0])
        if self.iteration is not None:
            x = frames[0].left() + frames[0].width() * self._share(self.iteration)
            painter.setPen(theme.text)
            painter.drawLine(QPointF(x, frames[0].top()), QPointF(x, frames[-1].bottom()))

    def _label_steps(self, painter: QPainter, frame: QRectF, steps: int) -> None:
        painter.setPen(themes.current().muted)
        painter.setFont(number_font(10))
        if self._one_output:
            painter.drawText(QRectF(0, frame.top(), _LEFT - 5, frame.height()), RIGHTWARD, "t = τ")
            return
        spacing = max(1, round(nice_spacing(steps, frame.height() / 15)))
        for t in [t for t in range(1, steps + 1) if t == 1 or (t % spacing == 0 and t > spacing / 2 + 1)]:
            y = frame.bottom() - (t - 0.5) / steps * frame.height()
            painter.drawText(QRectF(0, y - 7, _LEFT - 5, 14), RIGHTWARD, f"t={t}" if t == 1 else str(t))

    def _label_iterations(self, painter: QPainter, frame: QRectF, start: float, stop: float) -> None:
        painter.setPen(themes.current().muted)
        painter.setFont(number_font(10))
        spacing = max(1.0, nice_spacing(stop - start, frame.width() / 56))
        for value in np.arange(np.ceil(start / spacing) * spacing, stop + spacing / 100, spacing):
            x = frame.left() + (value - start) / (stop - start) * frame.width()
            room = QRectF(min(x - 30, own_rect(self).width() - 60), frame.bottom() + 3, 60, 14)
            at_edge = x > own_rect(self).width() - 30
            painter.drawText(room, RIGHTWARD if at_edge else Qt.AlignmentFlag.AlignCenter, count(round(value)))

    def _paint_key(self, painter: QPainter, frame: QRectF) -> None:
        """The colours from no mistake to all wrong, above the first map, if there is room."""
        if frame.width() < _KEY_FROM:
            return
        theme, metric = themes.current(), self._metric
        key = metric.wrong if metric is not None else self._mapped.key
        bar = QRectF(frame.right() - 86, frame.top() - 12, 44, 7)
        painter.drawImage(bar, picture(_table()[None]))
        painter.setPen(theme.border)
        painter.drawRect(bar)
        painter.setPen(theme.muted)
        painter.setFont(number_font(10))
        title = QFontMetricsF(ui_font(11, QFont.Weight.Medium)).horizontalAdvance(self._maps[0][1])
        room = QRectF(bar.left() - 104, bar.top() - 4, 100, 14)
        room.setLeft(max(room.left(), frame.left() + title + 6))
        fits = painter.fontMetrics().horizontalAdvance(f"{key} 0") <= room.width()
        painter.drawText(room, RIGHTWARD, f"{key} 0" if fits else "0")
        most = "100 %" if self._share_of is not None else figures(self._largest, 2)
        painter.drawText(QRectF(bar.right() + 4, bar.top() - 4, 40, 14), Qt.AlignmentFlag.AlignVCenter, most)

    def _share(self, iteration: float) -> float:
        """How far along the axis an iteration is, 0 to 1."""
        assert self._run is not None
        start, stop = _ends(self._run.steps(self._maps[0][0])[0])
        return float(np.clip((iteration - start) / (stop - start), 0, 1))

    def _places(self) -> list[QRectF]:
        """Cells of the maps: each step, at so many iterations that one gets along them."""
        if self._run is None or not self._images:
            return []
        cells = []
        for frame, (measure, _) in zip(self._frames(), self._maps, strict=True):
            iterations, errors = self._run.steps(measure)
            across, up = min(len(iterations), _STOPS), errors.shape[1]
            wide, high = frame.width() / across, frame.height() / up
            corners = ((x, y) for y in range(up) for x in range(across))
            cells += [QRectF(frame.left() + x * wide, frame.top() + y * high, wide, high) for x, y in corners]
        return cells

    def told(self, point: QPointF) -> str:
        if self._run is None or not self._images:
            return ""
        share = self._share_of
        for frame, (measure, title) in zip(self._frames(), self._maps, strict=True):
            if frame.contains(point):
                iterations, errors = self._run.steps(measure)
                iteration = self._iteration_at(point.x(), frame)
                row = int(_nearest(iterations, np.array([iteration]))[0])
                step = int((frame.bottom() - point.y()) / frame.height() * errors.shape[1])
                step = min(max(step, 0), errors.shape[1] - 1)
                when = "t = τ" if self._one_output else f"t = {step + 1}"
                value = f"{100 * errors[row, step]:.1f} % {share}" if share is not None else figures(errors[row, step])
                return tr(
                    "{title}, iteration {count}, {when}: {value}",
                    title=title,
                    count=count(int(iterations[row])),
                    when=when,
                    value=value,
                )
        return ""

    def _iteration_at(self, x: float, frame: QRectF) -> float:
        assert self._run is not None
        start, stop = _ends(self._run.steps(self._maps[0][0])[0])
        return float(start + (x - frame.left()) / frame.width() * (stop - start))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.refresh()

    def _spoken(self) -> str:
        if self._run is None:
            return tr("By time step: no run")
        found = [(title, self._run.steps(measure)[1]) for measure, title in self._maps]
        latest = [
            tr("{title}: {mean} on average", title=title, mean=figures(values[-1].mean()))
            for title, values in found
            if len(values)
        ]
        return tr("By time step, {run}. ", run=self._run.name) + "; ".join(latest)


def _ends(iterations: Array) -> tuple[float, float]:
    """The first and the last iteration of the axis, which is never empty."""
    return iterations[0], max(iterations[-1], iterations[0] + 1)


def _nearest(iterations: Array, wanted: Array) -> NDArray[np.intp]:
    """The place of the judgement nearest to each wanted iteration."""
    after = np.clip(np.searchsorted(iterations, wanted), 0, len(iterations) - 1)
    before = np.maximum(after - 1, 0)
    return np.where(wanted - iterations[before] < iterations[after] - wanted, before, after)


def _table() -> NDArray[np.uint8]:
    """RGBA from the ground (no mistake) to the colour of losses and beyond (all wrong), (256, 4)."""
    theme = themes.current()
    ends = [(c.red(), c.green(), c.blue(), 255) for c in (theme.surface, theme.loss.line, theme.loss.text)]
    shares = np.linspace(0.0, 2.0, 256)
    channels = [np.interp(shares, range(3), parts) for parts in zip(*ends, strict=True)]
    table: NDArray[np.uint8] = np.rint(np.stack(channels, 1)).astype(np.uint8)
    return table
