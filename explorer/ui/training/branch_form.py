"""Ask how a branch is to train on."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QPushButton, QWidget

from explorer.graph.architecture import Architecture
from explorer.language import tr
from explorer.session.training_plan import Plan
from explorer.ui.parts.widgets import in_row, styled
from explorer.ui.training.form import TrainingForm

SHARED = ("seed", "seeds", "initial_scale")
"""What a branch has from the run that it leaves."""


class BranchForm(TrainingForm):
    """`asked` carries the plan of the branch, whose iterations count from where it begins."""

    asked = Signal(Plan)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = styled(QLabel(), "title")
        self.start = styled(QPushButton(tr("Start the branch")), "primary")
        self.start.setToolTip(tr("Train from these weights; the run that it leaves stays in view"))
        self.start.clicked.connect(self._ask)
        self.column.insertLayout(0, in_row(None, (self.title, 1), self.start))
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
