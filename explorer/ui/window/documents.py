"""Ask for files and use them: open and save what is looked at, export the graph."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from explorer.session.document import Document
from explorer.session.files import SUFFIX, open_document, save_document
from explorer.session.runs.runs import RunRecord, Stage
from explorer.session.session import Session
from explorer.session.weights import Weights, origin_of
from explorer.ui.window.last_session import LastSession
from explorer.wording import counted

FILES = f"RNN Explorer (*{SUFFIX})"
PICTURES = "SVG (*.svg);;PNG (*.png);;PDF (*.pdf)"

Do = Callable[[Callable[[], object]], bool]
"""Makes a change, or says why it cannot be made; tells whether it was."""


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

    @property
    def unsaved(self) -> bool:
        """Whether work would go with the window: changes to a file or, without one, edits or trained weights."""
        document = self._session.document
        if self.path is not None:
            return self.modified
        return bool(document.edits or document.fed_target) or self._session.weights is not None

    def may_close(self) -> bool:
        """Ask what is to become of what no file holds; False if the window is to stay."""
        changed, runs = self.unsaved, self._session.runs.begun
        if not changed and not runs:
            return True
        answers = QMessageBox.StandardButton
        wanted, usual = answers.Close | answers.Cancel, answers.Cancel
        if changed:
            wanted, usual = answers.Save | answers.Discard | answers.Cancel, answers.Save
        answer = QMessageBox.question(self._window, "RNN Explorer", self._what_goes(changed, runs), wanted, usual)
        if answer == answers.Save:
            self.ask_and_save()
            return not self.unsaved
        return answer in (answers.Discard, answers.Close)

    def _what_goes(self, changed: bool, runs: Sequence[RunRecord]) -> str:
        """Say what no file holds."""
        file, sentences = self._files.get(self._session.opened), []
        if changed and file is not None:
            path, document, weights = file
            sentences.append(f"{path.name} has been changed.")
            held, shown = origin_of(document, weights), origin_of(self._session.document, self._session.weights)
            if held != shown:
                sentences.append(f"It holds {held}; the graph shows {shown}.")
        elif changed:
            sentences.append("What you made here has not been saved.")
        if runs:
            of = counted(len(runs), "run")
            still = ", still training," if any(record.stage is Stage.TRAINING for record in runs) else ""
            sentences.append(f"The curves of {of}{still} are in no file; the menu of a run exports them.")
        sentences.append("Save the changes?" if changed else "Close the window?")
        return " ".join(sentences)

    def ask_and_open(self) -> None:
        """Ask for a file, and open it."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Open", self._folder, FILES)
        if name:
            self.open(Path(name))

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
            save_document(self._session.content, path)
            self._remember(path)

        if self._do(saved):
            weights = ", with the weights shown" if self._session.weights is not None else ""
            curves = "; the curves of runs are not in it" if self._session.runs.begun else ""
            self.done.emit(f"Saved {path.name}{weights}{curves}.")

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
