"""Run, pause, step and reset training, and see how far it is."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QSizePolicy, QToolButton, QWidget

from explorer.graph.architecture import Architecture
from explorer.language import tr
from explorer.session.training_plan import Plan
from explorer.tasks import Task
from explorer.training.problem import architecture_of
from explorer.training.settings import Problem
from explorer.ui.look.fonts import number_font
from explorer.ui.look.text_size import px, scaled
from explorer.ui.look.theme import TEXT_SIZE
from explorer.ui.parts.fitting_label import FittingLabel
from explorer.ui.parts.widgets import in_column, in_row, styled
from explorer.ui.training.pace_choice import PaceChoice
from explorer.ui.training.plan_chips import PlanChips
from explorer.ui.training.trainer import Trainer
from explorer.ui.typography.numbers import count

if TYPE_CHECKING:
    from explorer.ui.training.form import TrainingForm

RUN, PAUSE, RESUME, TRAIN_ON = tr("▶  Run"), tr("❚❚  Pause"), tr("▶  Resume"), tr("▶  Train on")
TITLED = 780
"""Width, in px, below which the title leaves its room to what is trained."""


class TrainingControls(QWidget):
    """The head of the training panel."""

    fold_toggled = Signal()
    run = Signal()
    step = Signal()
    reset = Signal()
    plan_changed = Signal(Plan)
    seed_changed = Signal(int)
    compare_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = styled(QLabel(tr("Training")), "title")
        self.fold_button = styled(QToolButton(), "flat")
        self.fold_button.clicked.connect(self.fold_toggled)
        self.show_folded(False)
        self.run_button, self.step_button = styled(QPushButton(RUN), "primary"), QPushButton(tr("Step"))
        self.reset_button = QPushButton(tr("Reset"))
        for button in (self.run_button, self.step_button, self.reset_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
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
        self.chips = PlanChips()
        self.progress_text = styled(FittingLabel(), "muted", number_font(TEXT_SIZE))
        self.why_not = FittingLabel(tr("Nothing to train"))
        self.why_not.hide()
        self.progress_text.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Training progress"))
        policy = self.bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(policy)
        self._planned: tuple[Plan, int, Architecture, Task | None] = Plan(), 0, architecture_of(Problem()), None
        self.chips.asked.connect(self.open_form)
        self.chips.compare_asked.connect(self.compare_asked)
        self._arrange()

    def _arrange(self) -> None:
        named = self.fold_button, self.title
        buttons = self.run_button, self.step_button, self.reset_button, self.pace
        row = in_row(6, *named, *buttons, (self.chips, 1), (self.why_not, 1), self.progress_text)
        row.insertSpacing(len(named) + len(buttons), 6)
        row.insertSpacing(len(named), 8)
        in_column(2, row, self.bar, on=self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._leave_out()

    def _leave_out(self) -> None:
        """Show what has room beside the buttons."""
        self.title.setVisible(not self._folded and self.width() >= px(TITLED))
        layout = self.layout()
        if layout is None:
            return
        giving_way = self.progress_text, self.pace
        for part in giving_way:
            part.show()
        for part in giving_way:
            if self.minimumSizeHint().width() > self.width():
                part.hide()
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
        self.fold_button.setText(tr("Curves") if folded else "")
        self._folded = folded
        self._leave_out()
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
        offered = PAUSE if running or trainer.telling else resting
        if offered != self.run_button.text():
            self.run_button.setText(offered)
            self._leave_out()
        self.run_button.setAccessibleName(offered.strip("▶❚ "))
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
