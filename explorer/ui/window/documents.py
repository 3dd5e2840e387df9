"""Ask for files and use them: open and save what is looked at."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from explorer.errors import ExplorerError
from explorer.language import tr, trn
from explorer.session.files import SUFFIX, Opened, document_in, faults_of, open_document, save_document
from explorer.session.runs.run_book import content_of
from explorer.session.session import Session
from explorer.session.unsaved import HeldFile, held, left_behind, modified, stamp_of, unsaved, what_goes
from explorer.ui.window.asking import Do, FileUser, ask_where
from explorer.ui.window.last_session import LastSession
from explorer.ui.window.recent_files import RecentFiles
from explorer.ui.window.shared_file import SharedFile
from explorer.wording import listed

FILES = tr("RNN Explorer (*{suffix})", suffix=SUFFIX)
ANSWERS = QMessageBox.StandardButton
SAVE, CLOSE = ANSWERS.Save | ANSWERS.Discard | ANSWERS.Cancel, ANSWERS.Close | ANSWERS.Cancel


class Documents(FileUser):
    """The file that belongs to what is shown. `warned` carries a sentence to heed, and the Remedy for it."""

    warned = Signal(str, object)

    def __init__(self, window: QWidget, session: Session, do: Do) -> None:
        super().__init__(window, session, do)
        self.last: LastSession | None = None
        self.passing: Callable[[], bool] = lambda: False
        """Whether what is shown is none of the user's own work, see `LastSession`."""
        self._files: dict[int, HeldFile] = {}
        """By what was opened (see `Session.opened`): its file."""
        self.recent, self.shared = RecentFiles(), SharedFile(self)
        self.shared.found.connect(self._say_shared)

    @property
    def path(self) -> Path | None:
        """The file that what is shown is from, if it is from one."""
        return None if self._file is None else self._file.path

    @property
    def _file(self) -> HeldFile | None:
        return self._files.get(self._session.opened)

    @property
    def modified(self) -> bool:
        """Whether what is shown is not what its file holds."""
        return self._file is not None and modified(self._session, self._file)

    @property
    def unsaved(self) -> bool:
        """Whether work would go with the window."""
        return unsaved(self._session, self._file)

    def may_close(self) -> bool:
        """Ask what is to become of what no file holds; False if the window is to stay."""
        left = left_behind(self._session, self._files)
        if not self.unsaved:
            close = tr("Close the window?")
            return not left or self._ask(f"{left} {close}", CLOSE, ANSWERS.Cancel) != ANSWERS.Cancel
        sentences = filter(None, (what_goes(self._session, self._file), left, tr("Save the changes?")))
        answer = self._ask(" ".join(sentences), SAVE, ANSWERS.Save)
        if answer == ANSWERS.Save:
            self.ask_and_save()
            return not self.unsaved
        return answer == ANSWERS.Discard

    def follow(self) -> None:
        """Keep other windows informed about which file this one shows."""
        self.shared.hold(self.path)

    def open(self, path: Path) -> None:
        """Open a document; if that cannot be, say why and keep the one that is shown."""

        def opened() -> None:
            content = open_document(path)
            with faults_of(path):
                self._session.open(content)
            self._remember(path)

        if self._do(opened):
            self.done.emit(tr("Opened {path}.", path=path.name))

    def read(self, text: str) -> None:
        """Open the document that a text holds, as the file of one does; it is from no file."""
        source = tr("The pasted text")

        def opened() -> None:
            content = document_in(text.encode(errors="surrogatepass"), source)
            with faults_of(source):
                self._session.open(content)

        if self._do(opened):
            self.done.emit(tr("Opened the document that was pasted; Undo leads back to what was there before."))

    def offer_last(
        self, say: Callable[[str, tuple[str, Callable[[], None]]], None], opening: Path | None = None
    ) -> None:
        """From now on keep what is looked at for the next start; say what the last one left.

        Unless it is what the file that is opened next holds.
        """
        self.last = LastSession(self._session, self, lambda: self.path, lambda: self.passing())
        if self.last.offer and not self.last.is_in(opening):
            say(self.last.offer, (tr("Open it"), self.open_last))

    def open_last(self) -> None:
        """Go on where the last session ended."""
        last = self.last
        if last is None or last.found is None:
            self.done.emit(tr("There is no earlier session to open."))
        elif self._do(partial(self._open_found, last.found, last.file)):
            into = self.path.name if self.path is not None else tr("a file")
            self.done.emit(tr("Opened the last session; save it to keep it in {into}.", into=into))

    def _open_found(self, found: Opened, path: Path | None) -> None:
        """Open what was kept, as a change to the file that it is from, if that is still there."""
        file = None
        if path is not None:
            with suppress(ExplorerError):
                file = open_document(path)
        self._session.open(found)
        if path is not None and file is not None:
            runs = content_of(file.runs)
            self._files[self._session.opened] = HeldFile(path, file.document, file.weights, runs, stamp_of(path))

    def ask_and_save(self) -> None:
        """Save to the file that the document is from; ask for one if there is none."""
        file = self._file
        if file is None:
            self.ask_and_save_as()
        elif not file.changed_outside or self._may_replace(file):
            self.save(file.path)

    def _may_replace(self, file: HeldFile) -> bool:
        """Ask whether to write over what somebody else has written."""
        question = tr(
            "{path} has been changed by another window or program since it was opened here. Replace what is in it now?",
            path=file.path.name,
        )
        wanted = ANSWERS.Yes | ANSWERS.Cancel
        return self._ask(question, wanted, ANSWERS.Cancel) == ANSWERS.Yes

    def _ask(self, question: str, wanted: QMessageBox.StandardButton, usual: QMessageBox.StandardButton) -> object:
        return QMessageBox.question(self._window, "RNN Explorer", question, wanted, usual)

    def _say_shared(self) -> None:
        """Warn that another window shows the same file."""
        if self.path is not None:
            sentence = tr(
                "{path} is open in another window too; the last to save replaces the other.", path=self.path.name
            )
            self.warned.emit(sentence, (tr("Save as…"), self.ask_and_save_as))

    def ask_and_save_as(self) -> None:
        """Ask for a file, and save to it."""
        path = ask_where(self._window, tr("Save"), self._folder, tr("untitled") + SUFFIX, FILES)
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
            held = [tr("the weights shown")] if self._session.weights is not None else []
            held += [trn("1 run", "{n:,} runs", runs)] if runs else []
            rest = tr("; there was no room in it for {given_up}", given_up=given_up[0]) if given_up[0] else ""
            said = (
                tr("Saved {path}, with {held}", path=path.name, held=listed(held))
                if held
                else tr("Saved {path}", path=path.name)
            )
            self.done.emit(f"{said}{rest}.")

    def _remember(self, path: Path) -> None:
        self._files[self._session.opened] = held(self._session, path)
        self.recent.note(path)

    @property
    def _folder(self) -> str:
        return str(self.path.parent) if self.path else ""
