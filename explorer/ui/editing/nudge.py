"""View of one weight under change: choose an entry, move δ, compare what the loss does with what the gradient says."""

import time

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSlider, QWidget

from explorer.graph.arrays import Index, has_entry
from explorer.graph.plain import plain
from explorer.language import tr
from explorer.session.document import Shown
from explorer.session.equations.check import GradientCheck, Nudge
from explorer.session.equations.nudge import Curve, ratio, verdict
from explorer.session.viewing import Selection
from explorer.ui.editing.nudge_plot import NudgePlot
from explorer.ui.look.fonts import number_font
from explorer.ui.look.text_size import scaled
from explorer.ui.look.theme import TEXT_SIZE
from explorer.ui.parts.entry_picker import EntryPicker
from explorer.ui.parts.fields import Choice
from explorer.ui.parts.widgets import Segments, Words, in_column, in_row, styled
from explorer.ui.typography.indices import with_indices
from explorer.ui.typography.numbers import exact, figures
from explorer.wording import entry_place

REACHES = (0.01, 0.1, 1.0)
STEPS = 100
"""Places of the slider on each side of zero."""
SLICE = 0.005
"""Seconds of computing a curve at a time, so that the window never waits for it."""


class NudgePanel(QWidget):
    """Shows the entry aimed at and a slider for δ; a curve is computed in the gaps between frames.

    `kept` asks for the changed weight to be set: name, index, value. While hidden, the panel computes nothing.
    """

    kept = Signal(str, object, float)

    def __init__(self) -> None:
        super().__init__()
        scaled(self.setMinimumWidth, 310)
        self.parameter, self.entries, self.here = Choice(), EntryPicker(), Words()
        self.reach = Segments(tuple(f"±{reach:g}" for reach in REACHES), tr("How far δ goes"))
        self.slider, self.plot, self.verdict = QSlider(Qt.Orientation.Horizontal), NudgePlot(), Words(role="")
        self.by, self.change, self.foretold, self.share = (_number() for _ in range(4))
        self.keep = QPushButton(tr("Keep w + δ"))
        self._shown: Shown | None = None
        self._check: GradientCheck | None = None
        self._curve: Curve | None = None
        self._aim: tuple[str, Index] = ("", ())
        self.nudge: Nudge | None = None
        """What the numbers show."""
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._compute)
        self._build()
        self.parameter.asked.connect(lambda name: self.aim(name, self._first(name)))
        self.entries.picked.connect(lambda index: self.aim(self._aim[0], index))
        self.reach.chosen.connect(lambda _: self._restart())
        self.slider.valueChanged.connect(self._move)
        self.keep.clicked.connect(self._keep)

    def set_shown(self, shown: Shown) -> None:
        """Nudge the weights of another trace, at the same entry if it has one."""
        if shown is self._shown:
            return
        self._shown, self._check = shown, None
        names = list(shown.trace.parameters)
        self.parameter.fill((plain(parameter.symbol), parameter.name) for parameter in shown.architecture.parameters)
        name, index = self._aim
        array = shown.trace.parameters.get(name)
        if array is None or not has_entry(array, index):
            name = "W" if "W" in names else names[0]
            index = self._first(name)
        self.aim(name, index)

    def follow(self, selected: Selection) -> None:
        """Nudge the selected parameter, if another is; at its first entry."""
        assert self._shown is not None
        if isinstance(selected, str) and selected != self._aim[0]:
            self.aim(selected, self._first(selected))

    def aim(self, name: str, index: Index) -> None:
        """Nudge this entry, from δ = 0."""
        self._aim = name, index
        self.parameter.show_value(name)
        with QSignalBlocker(self.slider):
            self.slider.setValue(0)
        self._restart()

    def _first(self, name: str) -> Index:
        assert self._shown is not None
        return (0,) * self._shown.trace.parameters[name].ndim

    def _restart(self) -> None:
        """Show the entry, and begin its curve."""
        self._curve = None
        if self._shown is None or not self.isVisible():
            return
        name, index = self._aim
        trace = self._shown.trace
        self.entries.set_array(trace.parameters[name], index)
        value, gradient = float(trace.parameters[name][index]), float(trace.parameter_gradients[name][index])
        here = (("w", value), (tr("gradient"), gradient), ("L", trace.loss))
        symbol = with_indices(plain(self._shown.architecture.parameter(name).symbol))
        lines = [f"{symbol}, {entry_place(index)}", *(f"{what} = {figures(number, 4)}" for what, number in here)]
        self.here.setText("<br>".join(lines))
        self.here.setToolTip("\n".join(f"{what} = {exact(number)}" for what, number in here))
        if self._check is None:
            self._check = GradientCheck(self._shown)
        self._curve = Curve(self._check, name, index, REACHES[self.reach.choice])
        self._move()
        self._timer.start()

    def _move(self) -> None:
        """Recompute the loss at δ: one run of the network."""
        if self._check is None or self._curve is None:
            return
        by = self.slider.value() / STEPS * self._curve.reach
        self.nudge = nudge = self._check.nudge(*self._aim, by)
        share = ratio(nudge)
        for label, value, name in (
            (self.by, by, "δ"),
            (self.change, nudge.change, "ΔL"),
            (self.foretold, nudge.foretold, tr("gradient × δ")),
        ):
            label.setText(figures(value, 4))
            label.setToolTip(f"{name} = {exact(value)}")
        self.share.setText("–" if share is None else figures(share, 4))
        self.verdict.setText(verdict(nudge))
        self.keep.setEnabled(by != 0)
        self.plot.set_curve(self._curve, nudge)

    def _compute(self) -> None:
        """A slice of the curve."""
        if self._curve is None or not self.isVisible():
            self._timer.stop()
            return
        until = time.perf_counter() + SLICE
        while self._curve.compute():
            if time.perf_counter() > until:
                break
        else:
            self._timer.stop()
        self.plot.set_curve(self._curve, self.nudge)

    def _keep(self) -> None:
        assert self._shown is not None and self.nudge is not None
        name, index = self._aim
        self.kept.emit(name, index, float(self._shown.trace.parameters[name][index]) + self.nudge.by)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._restart()

    def _build(self) -> None:
        self.reach.choose(len(REACHES) - 1)
        # Room for two lines, so that nothing below jumps while the slider moves.
        self.verdict.setMinimumHeight(2 * self.verdict.fontMetrics().lineSpacing() + 2)
        self.slider.setRange(-STEPS, STEPS)
        self.slider.setAccessibleName("δ")
        # Zero is in the middle, so no side of it is the filled one.
        self.slider.setStyleSheet("QSlider::sub-page:horizontal { background: transparent }")
        self.parameter.setAccessibleName(tr("Parameter"))
        self.here.setTextFormat(Qt.TextFormat.RichText)
        words = in_column(None, self.parameter, self.here, 1, in_row(None, self.reach, 1))
        head = in_row(None, self.entries)
        head.setAlignment(self.entries, Qt.AlignmentFlag.AlignTop)
        head.addSpacing(6)
        head.addLayout(words, 1)
        numbers = QGridLayout()
        numbers.setContentsMargins(0, 0, 0, 0)
        scaled(numbers.setHorizontalSpacing, 14)
        scaled(numbers.setVerticalSpacing, 2)
        for i, (text, label, role) in enumerate(
            (
                ("δ", self.by, ""),
                ("ΔL", self.change, "loss"),
                (tr("gradient × δ"), self.foretold, "backward"),
                (tr("ratio"), self.share, ""),
            )
        ):
            name = QLabel(text)
            name.setProperty("role", "muted")
            label.setProperty("role", role)
            label.setAccessibleName(text)
            numbers.addWidget(name, 0, i)
            numbers.addWidget(label, 1, i)
            numbers.setColumnStretch(i, 1)
        in_column(6, head, self.plot, self.slider, numbers, self.verdict, in_row(None, 1, self.keep), 1, on=self)


def _number() -> QLabel:
    label = styled(QLabel(), font=number_font(TEXT_SIZE, 600))
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
