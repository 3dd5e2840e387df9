"""Branch off a run at an iteration: ask how to train on, then start runs from its weights there."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QWidget

from explorer.language import tr
from explorer.session.runs.runs import RunRecord
from explorer.session.training_plan import Plan, branch_runs, plan_of
from explorer.training.commands import Origin
from explorer.training.problem import architecture_of
from explorer.training.settings import RunSettings
from explorer.ui.typography.numbers import count

if TYPE_CHECKING:
    from explorer.ui.training.branch_form import BranchForm


class Branching(QObject):
    """`ask` opens the form. `wanted` carries a function that gives the settings, and the Origin to start from."""

    wanted = Signal(object, object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._from: tuple[RunRecord, Origin] | None = None

    @cached_property
    def form(self) -> "BranchForm":
        """The form that asks, made when it is first needed."""
        from explorer.ui.training.branch_form import BranchForm

        form = BranchForm(self._window)
        form.asked.connect(self._start)
        return form

    def ask(self, record: RunRecord, iteration: int, at: QPoint) -> None:
        """Ask how to go on from the kept weights nearest to an iteration, above a place of the screen."""
        found = record.theta(iteration)
        if found is None:
            return
        self._from = (record, Origin(found[1], found[0]))
        title = tr("Branch of {record} from iteration {count}", record=record.name, count=count(found[0]))
        self.form.open(title, plan_of(record.settings), architecture_of(record.settings), at)

    def _start(self, plan: Plan) -> None:
        assert self._from is not None
        record, origin = self._from

        def settings() -> tuple[RunSettings, ...]:
            return branch_runs(record.settings, origin.iteration, plan)

        self.wanted.emit(settings, origin)
