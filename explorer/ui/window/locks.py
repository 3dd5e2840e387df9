"""Tell by a file whether the window that has made it is still open: `WindowLock`."""

from pathlib import Path

from PySide6.QtCore import QLockFile


class WindowLock(QLockFile):
    """A lock that is tried at once, and held unless it is `taken`: by a window that is open, however long.

    Where no lock can be written it is not taken either. What a window that was killed has left is taken away.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.setStaleLockTime(0)  # however long a window is open
        self.taken = not self.tryLock(0) and self.error() == QLockFile.LockError.LockFailedError
