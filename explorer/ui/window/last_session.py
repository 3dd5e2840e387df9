"""Keep what is looked at, now and then and at the end, so that the next start can offer to go on with it."""

from collections.abc import Callable
from contextlib import suppress
from itertools import chain, count
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QObject, QStandardPaths, QTimer

from explorer.errors import ExplorerError
from explorer.files.atomic import write_atomically
from explorer.language import tr, trn
from explorer.session.document import FIRST
from explorer.session.files import SUFFIX, Opened, open_document, save_document
from explorer.session.session import Session
from explorer.training.problem import architecture_of, task_of
from explorer.ui.window.locks import WindowLock

KEEP_EVERY_MS = 5000
MOST_WINDOWS = 20
"""Windows that are open at once, of which what a killed one left is looked for."""
AT_LEAST_BETWEEN = 50
"""How many times as long as it takes to write it lies between one time and the next."""
MOST_BYTES = 8 * 2**20
"""What the runs may take of it; of weights along them only some are kept then."""


class LastSession(QObject):
    """A file of the user's own data. `found` is what the session before this one left, None if there is nothing.

    `file` is the file that it was opened from or saved to, None if there was none or it is newer.

    Windows that are open at once have a file each: none writes over what another keeps. What cannot be read or kept is
    passed over: it is a second net, and nobody asked for it. So is what is `passing`, as a page of a lesson, which
    stands beside what one works on.
    """

    def __init__(
        self,
        session: Session,
        parent: QObject,
        file_of: Callable[[], Path | None],
        passing: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__(parent)
        self._session, self._file_of, self._passing = session, file_of, passing
        self._path, self._lock, self._killed = _free_place()
        self.found, self.file = self._read(), self._read_file()
        self._kept, self._runs = session.content, session.runs.content
        self._worked = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.keep)
        self._timer.start(KEEP_EVERY_MS)

    def keep(self) -> None:
        """Write what is looked at, and which file it is from, if it has changed since the last time.

        To have only looked at what a new window shows is no reason to forget what the last one left.
        """
        if self._passing():
            return
        before, now, runs = self._kept, self._session.content, self._session.runs.content
        changed = now.document is not before.document or now.weights is not before.weights or runs != self._runs
        self._kept, self._runs, began = now, runs, monotonic()
        self._worked = self._worked or changed
        if self._worked and (changed or now.view is not before.view):
            with suppress(ExplorerError):
                save_document(now, self._path, MOST_BYTES)
                file = self._file_of()
                write_atomically(self._beside, "" if file is None else str(file.absolute()))
            # However much there is to write, the window hardly waits for it.
            self._timer.setInterval(max(KEEP_EVERY_MS, round(1000 * AT_LEAST_BETWEEN * (monotonic() - began))))

    def end(self) -> None:
        """Keep it for the last time, and leave the place to the next window."""
        self.keep()
        self._timer.stop()
        self._lock.unlock()

    def is_in(self, file: Path | None) -> bool:
        """Whether a file holds it as it was left, so that there is nothing to offer beside that file.

        Of weights and runs that is not asked: to compare them would take longer than to open the file.
        """
        if self.found is None or file is None:
            return False
        with suppress(ExplorerError):
            found, held = self.found, open_document(file)
            return found.document == held.document and not any(one.weights or one.runs for one in (found, held))
        return False

    @property
    def offer(self) -> str:
        """A sentence about what was found; "" for nothing."""
        if self.found is None:
            return ""
        document, weights, runs = self.found.document, self.found.weights, self.found.runs
        parts = [architecture_of(document).title, task_of(document).title, f"T = {document.length}"]
        parts += (
            [tr("{edits} by hand", edits=trn("1 edit", "{n:,} edits", len(document.edits)))] if document.edits else []
        )
        parts += [weights.said] if weights is not None else []
        parts += [trn("1 run", "{n:,} runs", len(runs))] if runs else []
        kept = ", ".join(parts)
        if self._killed:
            return tr("The last session ended without being closed, and was kept: {kept}.", kept=kept)
        return tr("Your last session was kept: {kept}.", kept=kept)

    def _read(self) -> Opened | None:
        try:
            found = open_document(self._path)
            Session().open(found)
        except ExplorerError:
            return None
        new = found.document == FIRST and found.weights is None and not found.runs
        return None if new else found

    @property
    def _beside(self) -> Path:
        """Where it says which file what is kept is from."""
        return self._path.with_suffix(".file")

    def _read_file(self) -> Path | None:
        try:
            file = Path(self._beside.read_text(encoding="utf-8"))
            newer = file.stat().st_mtime > self._path.stat().st_mtime
        except (OSError, ValueError):
            return None
        return file if file.is_file() and not newer else None


def kept_at(window: int = 1) -> Path:
    """Where the last session of the first, second, … of the windows that are open at once is kept."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    return Path(folder) / "rnn-explorer" / f"last-session{f'-{window}' if window > 1 else ''}{SUFFIX}"


def _free_place() -> tuple[Path, WindowLock, bool]:
    """A place that no open window has, what keeps others from it, and whether its last window was killed.

    First those where one was, so that nothing is left lying that could be offered.
    """
    with suppress(OSError):
        kept_at().parent.mkdir(parents=True, exist_ok=True)
    locked = (window for window in range(1, MOST_WINDOWS) if _lock_at(window).exists())
    for window in chain(locked, count(1)):  # pragma: no branch - there are never so many windows
        left, lock = _lock_at(window).exists(), WindowLock(_lock_at(window))
        if not lock.taken:
            break
    return kept_at(window), lock, left


def _lock_at(window: int) -> Path:
    return kept_at(window).with_suffix(".lock")
