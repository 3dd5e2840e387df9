"""Choose beside the task's heading how its targets are put out."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QLabel, QWidget

from explorer.graph.output import OUTPUTS, Target
from explorer.language import tr
from explorer.tasks import Task
from explorer.tasks.chosen_output import ChosenOutput, outputs_of
from explorer.ui.parts.fields import Choice
from explorer.ui.parts.widgets import in_row, styled

HELP = next(option.help for option in ChosenOutput.options() if option.name == "output")


_KINDS = {Target.SYMBOLS: tr("symbols"), Target.BITS: tr("bits"), Target.NUMBERS: tr("numbers")}


class OutputChoice(QWidget):
    """The output in a row without a frame; what cannot put out these targets is disabled, and says why.

    `chosen` carries the id of another.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.box = styled(Choice(whole=True), "heading")
        for id, kind in OUTPUTS.items():
            self.box.addItem(id, id)
            self.box.setItemData(self.box.count() - 1, kind.title, Qt.ItemDataRole.ToolTipRole)
        self.box.setMinimumWidth(1)  # where words are long, the field shortens what it shows: the heading must fit
        self.box.asked.connect(self.chosen.emit)
        self.box.setAccessibleName(tr("Output"))
        label = QLabel(tr("output"))
        label.setBuddy(self.box)
        in_row(4, label, self.box, on=self)

    def set_task(self, task: Task) -> None:
        """Show the output of a task, and which others its targets could have."""
        offered, model = outputs_of(task), self.box.model()
        assert isinstance(model, QStandardItemModel)
        for row, (id, kind) in enumerate(OUTPUTS.items()):
            why = (
                ""
                if id in offered
                else tr(
                    "The targets of '{task}' are {kind}, not {wanted}.",
                    task=task.title,
                    kind=_KINDS[task.target_kind],
                    wanted=_KINDS[kind.target],
                )
            )
            model.item(row).setEnabled(not why)
            self.box.setItemData(row, why or kind.title, Qt.ItemDataRole.ToolTipRole)
        self.box.show_value(task.kind.id)
        self.box.setEnabled(len(offered) > 1)
        only = tr(
            "The targets of '{task}' are {kind}, which are put out linearly.",
            task=task.title,
            kind=_KINDS[task.target_kind],
        )
        self.setToolTip(HELP if len(offered) > 1 else only)
