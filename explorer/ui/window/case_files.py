"""Open a case, as a network on its data with its weights, and save what is shown as one."""

from pathlib import Path

from explorer.files.atomic import write_atomically
from explorer.language import tr
from explorer.ui.window.asking import FileUser, ask_where

FILES = tr("Case (*.json)")


class CaseFiles(FileUser):
    """Cases, which the command trace and other programs read as well."""

    def open(self, path: Path) -> None:
        """Show the network of a case on its sequences; if that cannot be, say why and keep what is shown."""
        from explorer.files.case import faults_in
        from explorer.session.cases import open_case

        def opened() -> str:
            content, said = open_case(path)
            with faults_in(path):
                self._session.open(content)
            return said

        if self._do(opened):
            self.done.emit(tr("Opened the case {path}; its sequences are the task 'Own data'.", path=path.name))

    def read(self, text: str) -> None:
        """Show the case that a text holds, as `open` does that of a file."""
        from explorer.files.case import faults_in
        from explorer.session.cases import PASTED, pasted_case

        def opened() -> str:
            content, said = pasted_case(text)
            with faults_in(PASTED):
                self._session.open(content)
            return said

        if self._do(opened):
            self.done.emit(tr("Opened the case that was pasted; Undo leads back to what was there before."))

    def ask_and_save(self) -> None:
        """Ask for a file, and write what is shown as a case, with all that it computes."""
        path = ask_where(self._window, tr("Save as a case"), "", "case.json", FILES)
        if path is not None:
            self.save(path)

    def save(self, path: Path) -> None:
        """Write what is shown as a case."""
        from explorer.session.cases import case_of

        if self._do(lambda: write_atomically(path, case_of(self._session.shown))):
            self.done.emit(tr("Saved {path}, a case for the command trace and for other programs.", path=path.name))
