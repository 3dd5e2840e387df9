"""Keep what is looked at, now and then and at the end, so that the next start can offer to go on with it."""

import contextlib
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, QTimer

from explorer.errors import ExplorerError
from explorer.session.document import Document
from explorer.session.files import SUFFIX, Opened, open_document, save_document
from explorer.session.session import Session
from explorer.tasks import get_task

KEEP_EVERY_MS = 5000


class LastSession(QObject):
    """A file of the user's own data. `found` is what the session before this one left, None if there is nothing.

    What cannot be read or kept is passed over: it is a second net, and nobody asked for it.
    """

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._path = kept_at()
        self.found = self._read()
        self._kept: tuple[Document, object] = (session.document, session.weights)
        timer = QTimer(self)
        timer.timeout.connect(self.keep)
        timer.start(KEEP_EVERY_MS)

    def keep(self) -> None:
        """Write what is looked at, if it has changed since the last time."""
        content = self._session.content
        now = content.document, content.weights
        if now[0] is self._kept[0] and now[1] is self._kept[1]:
            return
        self._kept = now
        with contextlib.suppress(ExplorerError, OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            save_document(content, self._path)

    @property
    def offer(self) -> str:
        """A sentence about what was found; "" for nothing."""
        if self.found is None:
            return ""
        document, weights = self.found.document, self.found.weights
        edits = len(document.edits)
        parts = [get_task(document.task, **document.task_options).title, f"T = {document.length}"]
        parts += [f"{edits} edit{'' if edits == 1 else 's'} by hand"] * bool(edits)
        parts += [weights.said] if weights is not None else []
        return f"Your last session was kept: {', '.join(parts)}."

    def _read(self) -> Opened | None:
        try:
            found = open_document(self._path)
            Session().open(found)
        except ExplorerError:
            return None
        return None if found.document == Document() and found.weights is None else found


def kept_at() -> Path:
    """Where the last session is kept."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    return Path(folder) / "rnn-explorer" / f"last-session{SUFFIX}"
