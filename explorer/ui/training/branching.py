"""Branch off a run at an iteration: ask how to train on, then start runs from its weights there."""

from functools import cached_property

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from explorer.graph.architecture import Architecture
from explorer.language import tr
from explorer.session.runs.runs import RunRecord
from explorer.session.training_plan import Plan, branch_runs, plan_of
from explorer.training.commands import Origin
from explorer.training.problem import architecture_of
from explorer.training.settings import RunSettings
from explorer.ui.training.form import TrainingForm
from explorer.ui.typography.numbers import count

SHARED = ("seed", "seeds", "initial_scale")
"""What a branch has from the run that it leaves."""


class BranchForm(TrainingForm):
    """`asked` carries the plan of the branch, whose iterations count from where it begins."""

    asked = Signal(Plan)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLabel()
        self.title.setProperty("role", "title")
        self.start = QPushButton(tr("Start the branch"))
        self.start.setProperty("role", "primary")
        self.start.setToolTip(tr("Train from these weights; the run that it leaves stays in view"))
        self.start.clicked.connect(self._ask)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.start)
        self.column.insertLayout(0, head)
        for name in SHARED:
            form = self._form_of(name)
            form.setRowVisible(self.fields[name], False)
        label = self._form_of("iterations").labelForField(self.fields["iterations"])
        assert isinstance(label, QLabel)
        label.setText(tr("More iterations"))

    def open(self, title: str, plan: Plan, architecture: Architecture, at: QPoint) -> None:
        """Ask, with a plan to begin with, above a place of the screen."""
        self.title.setText(title)
        self.set_plan(plan, 0, architecture)
        self.open_above(at)
        self.start.setFocus()

    def _ask(self) -> None:
        self.hide()
        self.asked.emit(self.plan)

    def _form_of(self, name: str) -> QFormLayout:
        return next(form for form in self.findChildren(QFormLayout) if form.indexOf(self.fields[name]) >= 0)


class Branching(QObject):
    """`ask` opens the form. `wanted` carries a function that gives the settings, and the Origin to start from."""

    wanted = Signal(object, object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._from: tuple[RunRecord, Origin] | None = None

    @cached_property
    def form(self) -> BranchForm:
        """The form that asks, made when it is first needed."""
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
