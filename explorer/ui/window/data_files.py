"""Bring own data and texts: from a dialog, from a file that is opened or dropped."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from explorer.data.data_set import decoded
from explorer.session.session import Session
from explorer.tasks.next_symbol import NextSymbol
from explorer.tasks.own_data import OwnData
from explorer.training.settings import TaskSettings
from explorer.ui.parts.encoding_dialog import take_text

if TYPE_CHECKING:
    from explorer.ui.settings.data_dialog import DataDialog


class DataFiles(QObject):
    """`perform` is asked to change the task, `say` tells what cannot be read.

    `weights_left` carries what a text gives beside data that have been taken, where that is weights.
    """

    weights_left = Signal(str)

    def __init__(
        self, window: QWidget, session: Session, perform: Callable[..., object], say: Callable[[str], None]
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._perform, self._say = window, session, perform, say
        self.dialog: DataDialog | None = None

    def ask(self) -> None:
        """Open the dialog, for a file or what is pasted or typed there; with the data that are in use, if any are."""
        from explorer.ui.settings.data_dialog import DataDialog

        self.dialog = DataDialog(self._window)
        self.dialog.taken.connect(lambda data: self._learn(OwnData.id, data=data))
        self.dialog.weights_left.connect(self.weights_left)
        if (data := self._session.document.task.options.get("data")) is not None:
            self.dialog.use_data(decoded(str(data)))
        self.dialog.open_over(self._window)

    def open(self, path: Path) -> None:
        """Show in the dialog how a file is understood."""
        self.ask()
        if self.dialog is not None:
            self.dialog.use_file(path)

    def read(self, text: str) -> None:
        """Show in the dialog how a pasted text is understood."""
        self.ask()
        if self.dialog is not None:
            self.dialog.use_text(text)

    def open_text(self, path: Path) -> None:
        """Learn the text of a file."""
        take_text(self._window, path, lambda text: self._learn(NextSymbol.id, text=text), self._say)

    def _learn(self, task: str, **options: str) -> None:
        before = self._session.document.task
        kept = before.options if before.id == task else {}
        self._perform("change", task=TaskSettings(task, {**kept, **options}))
