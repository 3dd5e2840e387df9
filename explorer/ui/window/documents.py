"""Ask for files and use them: open and save what is looked at, export the graph."""

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from explorer.session.document import Document
from explorer.session.files import SUFFIX, open_document, save_document
from explorer.session.runs.runs import Stage
from explorer.session.session import Session
from explorer.session.weights import Weights, origin_of
from explorer.ui.window.last_session import LastSession
from explorer.wording import counted

FILES = f"RNN Explorer (*{SUFFIX})"
PICTURES = "SVG (*.svg);;PNG (*.png);;PDF (*.pdf)"

Do = Callable[[Callable[[], object]], bool]
"""Makes a change, or says why it cannot be made; tells whether it was."""


class _File(Struct, frozen=True, eq=False):
    """A file, and what it holds. `runs`: see `RunBook.content`."""

    path: Path
    document: Document
    weights: Weights | None
    runs: tuple[tuple[object, ...], ...]

    @property
    def trained(self) -> set[tuple[object, ...]]:
        """The runs by id, and how far each was."""
        return {run[:2] for run in self.runs}


class Documents(QObject):
    """The file that belongs to what is shown. `done` says in a sentence what has become of it."""

    done = Signal(str)

    def __init__(
        self,
        window: QWidget,
        session: Session,
        do: Do,
        export: Callable[[Path], None],
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._do, self._export = window, session, do, export
        self.last: LastSession | None = None
        self._files: dict[int, _File] = {}
        """By what was opened (see `Session.opened`): its file."""

    @property
    def path(self) -> Path | None:
        """The file that what is shown is from, if it is from one."""
        return None if self._file is None else self._file.path

    @property
    def _file(self) -> "_File | None":
        return self._files.get(self._session.opened)

    @property
    def modified(self) -> bool:
        """Whether what is shown is not what its file holds."""
        file, session = self._file, self._session
        if file is None:
            return False
        held = session.document == file.document and session.weights is file.weights
        return not held or session.runs.content != file.runs

    @property
    def unsaved(self) -> bool:
        """Whether work would go with the window: changes to a file or, without one, edits, trained weights or runs."""
        document, session = self._session.document, self._session
        if self.path is not None:
            return self.modified
        return bool(document.edits or document.fed_target or session.runs.begun) or session.weights is not None

    def may_close(self) -> bool:
        """Ask what is to become of what no file holds; False if the window is to stay."""
        if not self.unsaved:
            return True
        answers = QMessageBox.StandardButton
        wanted = answers.Save | answers.Discard | answers.Cancel
        answer = QMessageBox.question(self._window, "RNN Explorer", self._what_goes(), wanted, answers.Save)
        if answer == answers.Save:
            self.ask_and_save()
            return not self.unsaved
        return answer == answers.Discard

    def _what_goes(self) -> str:
        """Say what no file holds."""
        file, session = self._file, self._session
        if file is None:
            sentences = ["What you made here has not been saved."]
        else:
            sentences = [f"{file.path.name} has been changed."]
            held, shown = (
                origin_of(document, weights)
                for document, weights in ((file.document, file.weights), (session.document, session.weights))
            )
            if held != shown:
                sentences.append(f"It holds {held}; the graph shows {shown}.")
        runs = [one for one in session.runs.begun if file is None or (one.id, one.iteration) not in file.trained]
        if runs:
            still = " and still trains" if len(runs) == 1 else ", some of them still training"
            still = still if any(record.stage is Stage.TRAINING for record in runs) else ""
            be = "is" if len(runs) == 1 else "are"
            sentences.append(f"{counted(len(runs), 'run').capitalize()} {be} in no file{still}.")
        return " ".join([*sentences, "Save the changes?"])

    def open(self, path: Path) -> None:
        """Open a document; if that cannot be, say why and keep the one that is shown."""

        def opened() -> None:
            self._session.open(open_document(path))
            self._remember(path)

        if self._do(opened):
            self.done.emit(f"Opened {path.name}.")

    def offer_last(self, say: Callable[[str, tuple[str, Callable[[], None]]], None]) -> None:
        """From now on keep what is looked at for the next start; say what the last one left."""
        self.last = LastSession(self._session, self)
        if self.last.offer:
            say(self.last.offer, ("Open it", self.open_last))

    def open_last(self) -> None:
        """Go on where the last session ended."""
        last = self.last.found if self.last is not None else None
        if last is None:
            self.done.emit("There is no earlier session to open.")
        elif self._do(lambda: self._session.open(last)):
            self.done.emit("Opened the last session; save it to keep it in a file.")

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
            given_up.append(save_document(self._session.content, path))
            self._remember(path)

        given_up: list[str] = []
        if self._do(saved):
            runs = len(self._session.runs.begun)
            held = ["the weights shown"] if self._session.weights is not None else []
            held += [counted(runs, "run")] if runs else []
            rest = f"; there was no room in it for {given_up[0]}" if given_up[0] else ""
            self.done.emit(f"Saved {path.name}{', with ' if held else ''}{' and '.join(held)}{rest}.")

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
        session = self._session
        self._files[session.opened] = _File(path, session.document, session.weights, session.runs.content)

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
