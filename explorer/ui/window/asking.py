"""Ask where a file is to be written; what uses files of one kind (`FileUser`)."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from explorer.session.session import Session

Do = Callable[[Callable[[], object]], bool]
"""Makes a change, or says why it cannot be made; tells whether it was."""


class FileUser(QObject):
    """Opens and saves files of one kind; `done` says in a sentence what has become of one."""

    done = Signal(str)

    def __init__(self, window: QWidget, session: Session, do: Do) -> None:
        super().__init__(window)
        self._window, self._session, self._do = window, session, do


def ask_where(window: QWidget, title: str, folder: str, name: str, kinds: str) -> Path | None:
    """The file to write to; None for none. A suffix left out is added before it is asked whether to replace a file."""
    asked = ask_where_and_as_what(window, title, folder, name, kinds)
    return asked and asked[0]


def ask_where_and_as_what(window: QWidget, title: str, folder: str, name: str, kinds: str) -> tuple[Path, str] | None:
    """The same, with the kind of file that was chosen."""
    dialog = QFileDialog(window, title, folder, kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix[1:])
    dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(kind.split("*.")[1].rstrip(")")))
    dialog.selectFile(name)
    accepted = dialog.exec()
    dialog.deleteLater()
    return (Path(dialog.selectedFiles()[0]), dialog.selectedNameFilter()) if accepted else None
