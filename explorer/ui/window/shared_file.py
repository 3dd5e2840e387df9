"""Tell windows that show the same file of one another, also those of other processes, and forget those that died."""

from contextlib import suppress
from hashlib import sha256
from itertools import count
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal

from explorer.ui.window.last_session import kept_at
from explorer.ui.window.locks import WindowLock


class SharedFile(QObject):
    """Each window holds a lock of its own for the file that it shows, in a folder that all windows watch.

    `found` is emitted once another window is found to show the same file.
    """

    found = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        self._key = ""
        self._lock: WindowLock | None = None
        self._shared = False
        self._watcher: QFileSystemWatcher | None = None

    def hold(self, path: Path | None) -> None:
        """Show this file from now on, None for no file."""
        if path == self._path:
            return
        self.release()
        self._path = path
        if path is None:
            return
        folder = _folder()
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
        # Links to the same file count as the same.
        self._key = sha256(str(path.resolve()).encode(errors="replace")).hexdigest()[:24]
        self._lock = _first_free(self._key)
        if self._watcher is None:
            self._watcher = QFileSystemWatcher([str(folder)], self)
            self._watcher.directoryChanged.connect(self._look)
        self._look()

    def release(self) -> None:
        """Show no file any more."""
        if self._lock is not None:
            self._lock.unlock()
        self._lock, self._path, self._shared = None, None, False

    def _look(self) -> None:
        """See whether others show it."""
        if self._lock is None:
            return
        own, before = Path(self._lock.fileName()), self._shared
        others = [path for path in _folder().glob(f"{self._key}-*.lock") if path != own]
        self._shared = any(_is_held(path) for path in others)
        if self._shared and not before:
            self.found.emit()


def _folder() -> Path:
    return kept_at().parent / "open"


def _first_free(key: str) -> WindowLock:
    for place in count(1):  # pragma: no branch - there are never so many windows
        lock = WindowLock(_folder() / f"{key}-{place}.lock")
        if not lock.taken:
            break
    return lock


def _is_held(path: Path) -> bool:
    """Whether the window that made this lock is there; what a window that was killed has left is taken away."""
    lock = WindowLock(path)
    lock.unlock()
    return lock.taken
