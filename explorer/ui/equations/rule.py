"""View of how the update moves θ, at its equation: the optimiser and η, to change where they stand."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from explorer.graph.compute.updates import Rule
from explorer.graph.optimizers import OPTIMIZERS
from explorer.language import tr, trn
from explorer.reading.bounds import declared
from explorer.session.document import Shown
from explorer.training.settings import TrainingSettings
from explorer.training.truncation import windows_of
from explorer.training.validation import rule_of
from explorer.ui.parts.fields import Choice
from explorer.ui.parts.number_field import NumberField
from explorer.ui.parts.widgets import Words, in_column, in_row


class RuleView(QWidget):
    """`changed` carries fields of the document: None in one of them is what the plan says."""

    changed = Signal(dict)

    def __init__(self) -> None:
        super().__init__()
        self._plan = self._rule = Rule()
        self.optimizer, self.rate = Choice(whole=True), NumberField(declared(TrainingSettings)["learning_rate"].bounds)
        self.planned, self.words = QToolButton(), Words()
        self.optimizer.addItems([optimizer.title for optimizer in OPTIMIZERS.values()])
        self.optimizer.setAccessibleName(tr("Optimiser of the step"))
        self.optimizer.setToolTip(tr("What makes the step of the gradient"))
        name = QLabel("η")
        name.setBuddy(self.rate)
        self.rate.setAccessibleName(tr("Learning rate η"))
        self.rate.set_help(tr("Learning rate: how long the step is; the update and the loss after it follow at once"))
        self.planned.setText(tr("as planned"))
        first = in_row(6, self.optimizer, name, self.rate, 1)
        first.insertSpacing(1, 6)
        in_column(4, first, in_row(6, (self.words, 1), self.planned), on=self)
        self.optimizer.activated.connect(lambda place: self._ask(list(OPTIMIZERS)[place], self._rule.rate))
        self.rate.changed.connect(lambda rate: self._ask(self._rule.optimizer, rate))
        self.planned.clicked.connect(lambda: self.changed.emit({"optimizer": None, "learning_rate": None}))

    def set_shown(self, shown: Shown) -> None:
        """Show how the update of this document is made."""
        rule = self._rule = shown.trace.update.rule
        self._plan = rule_of(shown.document.plan.training)
        self.optimizer.setCurrentIndex(list(OPTIMIZERS).index(rule.optimizer))
        self.rate.set_value(rule.rate)
        self.planned.setVisible(rule != self._plan)
        planned = f"{OPTIMIZERS[self._plan.optimizer].title}, η = {self._plan.rate:g}"
        self.planned.setToolTip(tr("Step as training is planned: {planned}", planned=planned))
        said = (
            tr("As training is planned.")
            if rule == self._plan
            else tr("Training is planned with {planned}.", planned=planned)
        )
        if kept := shown.trace.update.before.updates:
            said += trn(" It remembers 1 update before this one.", " It remembers {n} updates before this one.", kept)
        if shown.window is not None:
            said += tr(" The plan adds up the gradients of all windows; here that of one window is taken.")
        elif windows_of(shown.architecture, shown.document.plan.training, shown.trace.T):
            said += tr(" The plan truncates BPTT in windows that overlap; here the whole gradient is taken.")
        self.words.setText(said)

    def _ask(self, optimizer: str, rate: float) -> None:
        chosen = {
            "optimizer": None if optimizer == self._plan.optimizer else optimizer,
            "learning_rate": None if rate == self._plan.rate else rate,
        }
        self.changed.emit(chosen)
