"""Run, pause, step and reset training; see the plan at a glance, and how far it is."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from explorer.graph.architecture import Architecture
from explorer.graph.compute.optimizers import OPTIMIZERS
from explorer.graph.feedback import get_feedback
from explorer.graph.output import Output
from explorer.language import tr
from explorer.reading.bounds import declared
from explorer.session.training_plan import AT_ONCE, Plan, mode_name, modes_of, own_words
from explorer.tasks import Task
from explorer.training.meaning import why_not
from explorer.training.problem import architecture_of
from explorer.training.settings import Problem
from explorer.ui.look.fonts import number_font
from explorer.ui.look.text_size import px, scaled
from explorer.ui.look.theme import TEXT_SIZE
from explorer.ui.parts.fitting_label import FittingLabel
from explorer.ui.parts.widgets import tight
from explorer.ui.training.pace_choice import PaceChoice
from explorer.ui.training.trainer import Trainer
from explorer.ui.typography.numbers import count
from explorer.wording import inner

if TYPE_CHECKING:
    from explorer.ui.training.form import TrainingForm

GAP = 4
"""Pixels between the words of the plan."""
COMPARE = tr("Compare teacher forcing with free running"), tr("Compare ways to train"), tr("Compare …")
COMPARE_TIP = tr(
    "Nothing is fed back in this network. Show one of which the output is, and train it both ways (story 1)"
)
RUN, PAUSE, RESUME, TRAIN_ON = tr("▶  Run"), tr("❚❚  Pause"), tr("▶  Resume"), tr("▶  Train on")
TITLED = 780
"""Width, in px, below which the title leaves its room to what is trained."""


class PlanChips(QWidget):
    """The plan as a row of words; each opens the form at its field. What does not fit is left out.

    Of a network that feeds nothing back, there is no choice of what is fed: `compare_asked` asks for one with it.
    """

    asked = Signal(str)
    compare_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._chips = {name: self._chip(name) for name in _WORDS}
        self._modes = "", ""
        """What is trained, and that in fewer words."""
        self._meaningless: set[str] = set()
        """Settings that change nothing beside what else is chosen."""
        self._more = self._chip("more")
        self._more.setText(tr("all settings …"))
        self.compare = QToolButton()
        self.compare.setToolTip(COMPARE_TIP)
        self.compare.clicked.connect(self.compare_asked)
        self._plain = False
        row = tight(QHBoxLayout(self), GAP)
        for chip in (self.compare, *self._chips.values(), self._more):
            row.addWidget(chip)
        row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(self._more.sizeHint().width())

    def set_plan(self, plan: Plan, seed: int, architecture: Architecture) -> None:
        """Write the plan down."""
        training, modes = plan.training, plan.modes
        plain = why_not("modes", architecture, training, modes)
        at_once = training.ridge is not None and not why_not("ridge", architecture, training, modes)
        said = f"{inner(AT_ONCE)}, λ = {training.ridge:g}" if at_once else _modes(plan, architecture.fed_back)
        for name, chip in self._chips.items():
            chip.setText(said if name == "modes" else _WORDS[name](plan, seed))
        self._meaningless = {
            name for name in _WORDS if name != "modes" and why_not(name, architecture, training, modes)
        }
        self._plain = bool(plain) and not at_once
        whole = self._chips["modes"].text()
        self._modes = (
            whole,
            whole if plain or len(plan.modes) < 2 else tr("{modes} ways to feed back", modes=len(plan.modes)),
        )
        self._chips["modes"].setToolTip(f"{_TIPS['modes']}: {whole}")
        self._leave_out()

    def _chip(self, name: str) -> QToolButton:
        chip = QToolButton()
        chip.setProperty("role", "flat")
        chip.setToolTip(_TIPS[name])
        chip.clicked.connect(lambda: self.asked.emit(name))
        return chip

    def _leave_out(self) -> None:
        room = self.width() - self._more.sizeHint().width()
        self.compare.setVisible(self._plain)
        for words in COMPARE if self._plain else ():
            self.compare.setText(words)
            if (taken := self.compare.sizeHint().width() + GAP) <= room:
                room -= taken
                break
        else:
            self.compare.hide()
        modes = self._chips["modes"]
        for words in self._modes:  # what is trained is left out last
            modes.setText(words)
            if modes.sizeHint().width() + GAP <= room:
                break
        for name, chip in self._chips.items():
            width = chip.sizeHint().width() + GAP
            fits = width <= room and name not in self._meaningless and not (self._plain and name == "modes")
            chip.setVisible(fits)
            room -= width if fits else 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._leave_out()


class TrainingControls(QWidget):
    """The head of the training panel."""

    fold_toggled = Signal()
    run = Signal()
    step = Signal()
    reset = Signal()
    plan_changed = Signal(Plan)
    seed_changed = Signal(int)
    compare_asked = Signal()
    pace_changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.title = QLabel(tr("Training"))
        self.title.setProperty("role", "title")
        self.fold_button = QToolButton()
        self.fold_button.setProperty("role", "flat")
        self.fold_button.clicked.connect(self.fold_toggled)
        self.show_folded(False)
        self.run_button, self.step_button = QPushButton(RUN), QPushButton(tr("Step"))
        self.reset_button = QPushButton(tr("Reset"))
        self.run_button.setProperty("role", "primary")
        scaled(self.run_button.setMinimumWidth, 104)
        self._tips: dict[QWidget, str] = {
            self.run_button: tr("Train all chosen ways side by side: same seed, same first weights, same batches"),
            self.step_button: tr("Make one update of every run"),
        }
        self.reset_button.setToolTip(tr("Go back to iteration 0; the runs so far stay in the list"))
        self.run_button.clicked.connect(self.run)
        self.step_button.clicked.connect(self.step)
        self.reset_button.clicked.connect(self.reset)
        self.pace = PaceChoice()
        self.pace.chosen.connect(self.pace_changed)
        self.chips = PlanChips()
        self.why_not, self.progress_text = FittingLabel(tr("Nothing to train")), FittingLabel()
        self.why_not.hide()
        self.progress_text.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.progress_text.setProperty("role", "muted")
        scaled(self.progress_text.setFont, number_font(TEXT_SIZE))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        scaled(self.bar.setFixedHeight, 3)
        self.bar.setAccessibleName(tr("Training progress"))
        policy = self.bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(policy)
        self._planned: tuple[Plan, int, Architecture, Task | None] = Plan(), 0, architecture_of(Problem()), None
        self.chips.asked.connect(self.open_form)
        self.chips.compare_asked.connect(self.compare_asked)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.fold_button)
        row.addWidget(self.title)
        row.addSpacing(8)
        for widget in (self.run_button, self.step_button, self.reset_button, self.pace):
            row.addWidget(widget)
        row.addSpacing(6)
        row.addWidget(self.chips, 1)
        row.addWidget(self.why_not, 1)
        row.addWidget(self.progress_text)
        column = tight(QVBoxLayout(self), 2)
        column.addLayout(row)
        column.addWidget(self.bar)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_title()

    def _show_title(self) -> None:
        self.title.setVisible(not self._folded and self.width() >= px(TITLED))
        layout = self.layout()
        if layout is not None:
            layout.activate()

    @cached_property
    def form(self) -> "TrainingForm":
        """The form over the plan, made when it is first opened: it has as many controls as half the window."""
        from explorer.ui.training.form import TrainingForm

        form = TrainingForm(self)
        form.set_plan(*self._planned)
        form.changed.connect(self.plan_changed)
        form.seed_changed.connect(self.seed_changed)
        return form

    def set_plan(self, plan: Plan, seed: int, architecture: Architecture, task: Task | None = None) -> None:
        """Show what is planned, in the row and in the form."""
        self._planned = plan, seed, architecture, task
        self.chips.set_plan(plan, seed, architecture)
        if "form" in vars(self):
            self.form.set_plan(plan, seed, architecture, task)

    def set_why_not(self, sentence: str) -> None:
        """Say that nothing can be trained, in place of the plan, and in a tool tip why; "" if it can."""
        for button in (self.run_button, self.step_button):
            button.setEnabled(not sentence)
        self.chips.setHidden(bool(sentence))
        self.why_not.setVisible(bool(sentence))
        for part in (self.why_not, self.run_button, self.step_button):
            part.setToolTip(sentence or self._tips.get(part, ""))

    def show_folded(self, folded: bool) -> None:
        """Say whether the curves below are shown, and offer them where they are not."""
        style = Qt.ToolButtonStyle
        self.fold_button.setToolButtonStyle(style.ToolButtonTextBesideIcon if folded else style.ToolButtonIconOnly)
        self.fold_button.setText(tr("Show the curves") if folded else "")
        self._folded = folded
        self._show_title()
        self.fold_button.setArrowType(Qt.ArrowType.RightArrow if folded else Qt.ArrowType.DownArrow)
        self.fold_button.setToolTip(tr("Show the curves") if folded else tr("Hide the curves"))
        self.fold_button.setAccessibleName(self.fold_button.toolTip())

    def open_form(self, field: str) -> None:
        """Open the form above the row, at one field."""
        self.form.open_above(self.chips.mapToGlobal(QPoint(0, 0)))
        self.form.focus(field)

    def follow(self, trainer: Trainer, goes_on: bool) -> None:
        """Name the big button for what it would do now, and show how far training is."""
        book, running = trainer.book, trainer.running
        resting = RESUME if trainer.paused else TRAIN_ON if goes_on else RUN
        self.run_button.setText(PAUSE if running or trainer.telling else resting)
        self.reset_button.setEnabled(bool(book.current))
        at, last = count(book.iteration), count(book.iterations)
        parts = [tr("iteration {at} of {last}", at=at, last=last)] if book.iterations else []
        shortest = [tr("{at} of {last}", at=at, last=last)] if book.iterations else []
        if book.current and all(record.reached for record in book.current):
            parts.append(tr("wanted loss reached"))
        if running and trainer.rate:
            parts.append(tr("{count} it/s", count=count(round(trainer.rate))))
        if running and trainer.seconds_left is not None:
            parts.append(tr("{duration} left", duration=duration(trainer.seconds_left)))
        texts = ["  ·  ".join(parts[:some]) for some in range(len(parts), 0, -1)]
        self.progress_text.say(*texts, *shortest)
        self.bar.setMaximum(max(1, book.iterations))
        self.bar.setValue(min(book.iteration, book.iterations))
        self.bar.setVisible(book.training)


def duration(seconds: float) -> str:
    """A length of time in words, coarse as it should be."""
    if seconds < 1:
        return tr("under 1 s")
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return tr("{seconds:.0f} min", seconds=seconds / 60)
    return f"{seconds / 3600:.1f} h"


def _modes(plan: Plan, fed_back: Output | None) -> str:
    if fed_back is None:
        return inner(mode_name(None, None))
    planned = [mode for mode in modes_of(plan, fed_back) if mode is not None] if plan.modes else []
    free = [mode for mode in planned if not get_feedback(mode).target]
    mixed = [mode for mode in planned if get_feedback(mode).mixed]
    kinds = [tr("teacher forcing")] if "teacher_forcing" in planned else []
    for modes in filter(None, (free, mixed)):
        others = (own_words(str(get_feedback(mode).own), fed_back) for mode in modes[1:])
        kinds.append(", ".join((inner(mode_name(modes[0], fed_back)), *others)))
    return " + ".join(kinds) or tr("nothing chosen")


def _clipping(norm: float | None) -> str:
    return tr("no clipping") if norm is None else tr("clip {norm:g}", norm=norm)


def _iterations(plan: Plan) -> str:
    wanted = plan.training.stop_below
    until = "" if wanted is None else tr(" or loss < {wanted:g}", wanted=wanted)
    return tr("{count} iterations{until}", count=count(plan.training.iterations), until=until)


_WORDS: dict[str, Callable[[Plan, int], str]] = {
    "modes": lambda plan, seed: "",
    "optimizer": lambda plan, seed: OPTIMIZERS[plan.training.optimizer].title,
    "learning_rate": lambda plan, seed: tr("rate {learning_rate:g}", learning_rate=plan.training.learning_rate),
    "batch": lambda plan, seed: tr("batch {batch}", batch=plan.training.batch),
    "clip_norm": lambda plan, seed: _clipping(plan.training.clip_norm),
    "iterations": lambda plan, seed: _iterations(plan),
    "seed": lambda plan, seed: (
        tr("seed {seed}", seed=seed)
        if plan.seeds == 1
        else tr("{seeds} seeds from {seed}", seeds=plan.seeds, seed=seed)
    ),
}
_TIPS = {name: setting.help for kind in (Plan, Problem) for name, setting in declared(kind).items()} | {
    "modes": tr("What is fed back while training"),
    "more": tr("Every setting of the training"),
}
