"""View of how the update moves θ, at its equation: by which optimiser, and η to change where it stands."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from explorer.graph.optimizers import OPTIMIZERS
from explorer.session.document import Shown
from explorer.session.training_plan import plan_rule
from explorer.ui.parts.number_field import NumberField
from explorer.ui.parts.widgets import Words

LEAST, MOST = 1e-12, 1000.0


class RateView(QWidget):
    """`rate_changed` carries another η, or None for that of the plan."""

    rate_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._planned = 0.0
        self.field, self.planned, self.words = NumberField(LEAST, MOST), QToolButton(), Words()
        name = QLabel("Learning rate η")
        name.setBuddy(self.field)
        self.field.setAccessibleName("Learning rate η")
        self.field.set_help("How long the step is; the update and the loss after it follow at once")
        self.planned.setToolTip("Step with the learning rate of the training plan")
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(name)
        row.addWidget(self.field)
        row.addWidget(self.planned)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.words)
        self.field.changed.connect(self._change)
        self.planned.clicked.connect(lambda: self.rate_changed.emit(None))

    def set_shown(self, shown: Shown) -> None:
        """Show how the update of this document is made."""
        plan, rule = shown.document.plan, shown.trace.update.rule
        self._planned = plan_rule(plan).rate
        self.field.set_value(rule.rate)
        self.planned.setText(f"as planned: {self._planned:g}")
        self.planned.setVisible(rule.rate != self._planned)
        kept = shown.trace.update.before.updates
        of_before = "" if not kept else f" It remembers {kept} update{'s' * (kept > 1)} before this one."
        cut = " The plan truncates BPTT in training; here the whole gradient is taken." if plan.truncate else ""
        self.words.setText(f"{OPTIMIZERS[rule.optimizer].title}, as training is planned.{of_before}{cut}")

    def _change(self, rate: float) -> None:
        self.rate_changed.emit(None if rate == self._planned else rate)
