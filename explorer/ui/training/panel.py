"""View of training, at the bottom of the window: run and compare, watch it live, travel back to any iteration."""

from msgspec.structs import replace
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame

from explorer.session.document import Shown
from explorer.session.runs.run_book import RunBook
from explorer.session.training_plan import Plan
from explorer.session.viewing import View
from explorer.training.matching import untrainable
from explorer.training.pace import PACES, Pace
from explorer.training.problem import architecture_of, task_of
from explorer.training.settings import Problem, problem_of
from explorer.ui.parts.notice_bar import NoticeBar, Remedy
from explorer.ui.parts.widgets import in_column
from explorer.ui.training.cards import Cards, below
from explorer.ui.training.controls import TrainingControls
from explorer.ui.training.foot import Foot
from explorer.ui.training.loss_card import LossCard
from explorer.ui.training.run_actions import RunActions
from explorer.ui.training.run_display import RunDisplay
from explorer.ui.training.run_views import RunViews
from explorer.ui.training.running import Running
from explorer.ui.training.time_travel import TimeTravel
from explorer.ui.training.trainer import Trainer
from explorer.ui.training.verdicts import Verdicts
from explorer.ui.typography.idle import one_by_one

BUILD_AFTER_MS = 30
"""How long after it is first shown the panel imports pyqtgraph, or later, once all of the window is painted."""


class TrainingPanel(QFrame):
    """`set_problem` says what is to be learned; `shutdown` must be called before the application ends.

    `iteration_chosen` carries a RunRecord and the iteration of the kept weights to look at (see RunRecord.weights),
    `travel_ended` asks for the weights before.
    """

    iteration_chosen = Signal(object, int)
    travel_ended = Signal()
    run_chosen = Signal(int)
    seed_changed = Signal(int)
    folded_changed = Signal(bool)
    plan_changed = Signal(Plan)

    def __init__(
        self, book: RunBook, problem: Problem | None = None, plan: Plan | None = None, pace: Pace = "full"
    ) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.problem, self.plan = problem or Problem(), plan or Plan()
        self.book, self.trainer = book, Trainer(book, self, PACES[pace])
        self.controls, self.notice, self.story = TrainingControls(), NoticeBar(), NoticeBar()
        self.losses, self.views = LossCard(), RunViews()
        self.travel = TimeTravel(self.losses, self.views)
        self.verdicts = Verdicts(self.book, self.notice)
        self.actions_on_runs = RunActions(self.book, self.travel, self)
        self._told: int | None = None
        """The run that the view names."""
        self.running = Running(self)
        self.display = RunDisplay(self)
        self._held, self._changes = book.held, book.changes
        self._built = False
        self._body = below(self.display.counters, Cards(self.losses, self.views))
        self._foot = Foot(self.notice, self.story, self.verdicts.line)
        in_column(4, self.controls, (self._body, 1), self._foot, on=self, margins=(12, 5, 12, 5))
        self._connect()
        self._show_plan()
        self.display.show()

    def _connect(self) -> None:
        self.controls.fold_toggled.connect(lambda: self.set_folded(not self.folded))
        self.controls.run.connect(self.running.run)
        self.controls.step.connect(self.running.step)
        self.controls.reset.connect(self.running.reset)
        self.controls.plan_changed.connect(self._change_plan)
        self.controls.seed_changed.connect(self._set_seed)
        self.trainer.progressed.connect(self.display.advance)
        self.trainer.changed.connect(self.display.show)
        self.trainer.failed.connect(self.notice.say)
        self.losses.runs.selected.connect(self.choose)
        actions = self.actions_on_runs
        actions.serve(self.losses)
        actions.changed.connect(self.display.show)
        actions.wanted.connect(self.running.start)
        actions.removed.connect(self._say_removed)
        actions.failed.connect(self.notice.say)
        self.verdicts.wanted.connect(self.running.start)
        self.losses.line_moved.connect(self._travel_to)
        self.travel.arrived.connect(self.iteration_chosen)
        self.travel.ended.connect(self.travel_ended)
        for asking in (self.travel, actions):
            asking.branch_asked.connect(self.running.branch)
        for card in (self.losses, self.views):
            card.failed.connect(self.notice.say)
            card.hovered.connect(self.losses.light)
            card.hovered.connect(self.views.scores.light)
            card.picked.connect(self._pick)

    @property
    def folded(self) -> bool:
        """Whether only the row of controls is shown."""
        return self._body.isHidden()

    def set_folded(self, on: bool) -> None:
        """Show only the row of controls, or the plots too; a run unfolds them."""
        if on != self.folded:
            focused = QApplication.focusWidget()
            if focused is not None and self._body.isAncestorOf(focused):
                focused.clearFocus()  # or Qt would give it to what comes next, which may be any setting
            self._body.setHidden(on)
            self._foot.set_folded(on)
            self.controls.show_folded(on)
            self.folded_changed.emit(on)

    # Building, late.

    def build(self) -> None:
        """Make the plots, unless they are there, and start the worker; the panel does it once it has been shown."""
        if not self._built:
            self._built = True
            self.losses.build()
            self.views.build()
            self.display.show()
            self.travel.mark()
            # The plots are to be seen first; without a delay it would come before they are painted.
            QTimer.singleShot(BUILD_AFTER_MS, self.trainer, self.trainer.warm_up)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._foot.set_height(self.height())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._built:
            QTimer.singleShot(BUILD_AFTER_MS, self, lambda: one_by_one(self, (self.build,)))

    def shutdown(self) -> None:
        """End the worker process."""
        self.trainer.close()

    # What is to be trained.

    def show_view(self, shown: Shown, view: View) -> None:
        """Take on what is shown and how it is trained; turn to the view beside the curves, draw them as is wanted."""
        if self.book.held != self._held:
            self._take_over(problem_of(shown.document), shown.document.plan)
        self.set_problem(problem_of(shown.document), view.travel)
        self.set_plan(shown.document.plan)
        if self.book.changes != self._changes:
            self._changes = self.book.changes
            self.trainer.follow_book()
            self.display.show()
        self._show_place(view)
        self.controls.pace.show_value(view.pace)
        self.trainer.set_pace(PACES[view.pace])
        self.setVisible(view.training)
        self.views.show_view(view)
        self.losses.show_view(view)

    def _show_place(self, view: View) -> None:
        """Turn to the run that is looked at, and to the iteration."""
        if view.run != self._told:
            self._told = view.run
            if view.run is not None:
                self.display.chosen = view.run
                self.display.show()
        if view.travel is None or view.follow or view.travel[0] not in self.book.ids:
            self.travel.leave()  # the line is at the newest iteration of a run that is followed by itself
        else:
            self.travel.show_at(self.book.find(view.travel[0]), view.travel[1])

    def set_problem(self, problem: Problem, travel: tuple[int, int] | None = None) -> None:
        """Take on what the window shows; runs of something else are stopped, out of view but for `travel`'s."""
        if problem == self.problem:
            return
        self.problem = problem
        self.travel.leave()
        self._show_plan()
        self.running.put_away()
        if travel is not None and travel[0] in self.book.ids:
            self.display.show_again(travel[0])

    def _take_over(self, problem: Problem, plan: Plan) -> None:
        """Show the runs of another document in place of those that were there, as it had them."""
        self._held, self.problem = self.book.held, problem
        self.running.take_over(plan)
        self.travel.leave()
        self.notice.hide()
        self._show_plan()
        self.display.show()

    def set_plan(self, plan: Plan) -> None:
        """Take on how the next run trains."""
        if plan == self.plan:
            return
        self.plan = plan
        self._show_plan()
        self.controls.follow(self.trainer, self.running.goes_on)
        self.display.plan()

    def _change_plan(self, plan: Plan) -> None:
        self.set_plan(plan)
        self.plan_changed.emit(plan)

    def _set_seed(self, seed: int) -> None:
        self.set_problem(replace(self.problem, seed=seed))
        self.seed_changed.emit(seed)

    @property
    def why_not(self) -> str:
        """Why nothing can be trained here, in one sentence; "" if it can."""
        return untrainable(architecture_of(self.problem), task_of(self.problem)) or ""

    # Choosing a run, and travelling to an iteration.

    def choose(self, id: int) -> None:
        """Make the views about this run."""
        self.display.chosen = self._told = id
        self.display.show()
        self.run_chosen.emit(id)

    def _say_removed(self, sentence: str, remedy: Remedy) -> None:
        """Say that runs are out of the list, and stop what only they trained."""
        if not self.book.current:
            self.trainer.stop()
        self.notice.say(sentence, remedy)

    def _travel_to(self, iteration: float) -> None:
        self.travel.go(self.display.bundle, iteration)

    def _pick(self, id: int, iteration: float) -> None:
        self.choose(id)
        self._travel_to(iteration)

    # Showing it.

    def _show_plan(self) -> None:
        problem = self.problem
        self.controls.set_plan(self.plan, problem.seed, architecture_of(problem), task_of(problem))
        for part in (self.controls, self.losses):
            part.set_why_not(self.why_not)
        self.views.set_problem(problem)
        self.losses.runs.key.set_twofold(architecture_of(self.problem).takes_feedback)
