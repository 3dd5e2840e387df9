"""Ask for files and use them: open and save what is looked at, export the graph."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from explorer.session.document import Document
from explorer.session.files import SUFFIX, open_document, save_document
from explorer.session.session import Session
from explorer.session.weights import Weights

FILES = f"RNN Explorer (*{SUFFIX})"
PICTURES = "SVG (*.svg);;PNG (*.png);;PDF (*.pdf)"

Do = Callable[[Callable[[], object]], bool]
"""Makes a change, or says why it cannot be made; tells whether it was."""


class Documents(QObject):
    """The file that belongs to what is shown. `done` says in a sentence what has become of it."""

    done = Signal(str)

    def __init__(self, window: QWidget, session: Session, do: Do, export: Callable[[Path], None]) -> None:
        super().__init__(window)
        self._window, self._session, self._do, self._export = window, session, do, export
        self._files: dict[int, tuple[Path, Document, Weights | None]] = {}
        """By what was opened (see `Session.opened`): its file, and what that holds."""

    @property
    def path(self) -> Path | None:
        """The file that what is shown is from, if it is from one."""
        file = self._files.get(self._session.opened)
        return file and file[0]

    @property
    def modified(self) -> bool:
        """Whether what is shown is not what its file holds."""
        file = self._files.get(self._session.opened)
        session = self._session
        return file is not None and (session.document != file[1] or session.weights is not file[2])

    def may_close(self) -> bool:
        """Ask what is to become of changes that the file does not hold; False if the window is to stay."""
        path = self.path
        if path is None or not self.modified:
            return True
        answers = QMessageBox.StandardButton
        answer = QMessageBox.question(
            self._window,
            "RNN Explorer",
            f"{path.name} has been changed. Save the changes?",
            answers.Save | answers.Discard | answers.Cancel,
            answers.Save,
        )
        if answer == answers.Save:
            self.save(path)
        return answer == answers.Discard or not self.modified

    def ask_and_open(self) -> None:
        """Ask for a file, and open it."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Open", self._folder, FILES)
        if name:
            self.open(Path(name))

    def open(self, path: Path) -> None:
        """Open a document; if that cannot be, say why and keep the one that is shown."""

        def opened() -> None:
            file = open_document(path)
            self._session.open(file.document, file.weights)
            self._remember(path)

        if self._do(opened):
            self.done.emit(f"Opened {path.name}.")

    def ask_and_save(self) -> None:
        """Save to the file that the document is from; ask for one if there is none."""
        if self.path is None:
            self.ask_and_save_as()
        else:
            self.save(self.path)

    def ask_and_save_as(self) -> None:
        """Ask for a file, and save to it."""
        path = self._ask_where("Save", f"untitled{SUFFIX}", FILES)
        if path is not None:
            self.save(path)

    def save(self, path: Path) -> None:
        """Write the document to a file."""

        def saved() -> None:
            save_document(self._session.document, path, self._session.weights)
            self._remember(path)

        if self._do(saved):
            weights = ", with the weights shown" if self._session.weights is not None else ""
            self.done.emit(f"Saved {path.name}{weights}.")

    def ask_and_export(self) -> None:
        """Ask for a file, and draw the graph into it."""
        path = self._ask_where("Export the graph", "graph.svg", PICTURES)
        if path is not None:
            self.export(path)

    def export(self, path: Path) -> None:
        """Draw the graph, as it is shown, into a file."""
        if self._do(lambda: self._export(path)):
            self.done.emit(f"Drew the graph into {path.name}.")

    def _remember(self, path: Path) -> None:
        self._files[self._session.opened] = path, self._session.document, self._session.weights

    @property
    def _folder(self) -> str:
        return str(self.path.parent) if self.path else ""

    def _ask_where(self, title: str, name: str, kinds: str) -> Path | None:
        """The file to write to. A suffix left out is added before it is asked whether to replace a file."""
        dialog = QFileDialog(self._window, title, self._folder, kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(Path(name).suffix[1:])
        dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(kind.split("*.")[1].rstrip(")")))
        dialog.selectFile(name)
        accepted = dialog.exec()
        dialog.deleteLater()
        return Path(dialog.selectedFiles()[0]) if accepted else None
