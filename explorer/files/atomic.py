"""Write a file whole or not at all."""

import os
import stat
import sys
import tempfile
from contextlib import suppress
from errno import EACCES, EISDIR
from pathlib import Path

from explorer.errors import ExplorerError
from explorer.language import tr
from explorer.reading.file import STANDARD, reason_of

_TRIED = 65536
"""Bytes by which a disk is tried before the work."""


class NotWrittenError(ExplorerError):
    """A file or folder cannot be written, for a `reason`."""

    def __init__(self, path: Path, error: Exception) -> None:
        self.reason = reason_of(error)
        super().__init__(tr("{path} cannot be written: {reason}. Choose another place.", path=path, reason=self.reason))


def write_atomically(path: Path, content: bytes | str) -> None:
    """Put `content` (text as UTF-8) at `path`, replacing what was there only once everything is written.

    Raises NotWrittenError with the path and the reason (no such folder, read-only, disk full); a file that was
    there before is then still there, unchanged. `STANDARD` is standard output, which may break off in the middle.
    """
    data = content.encode() if isinstance(content, str) else content
    if path == STANDARD:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
        return
    temporary = None
    try:
        if _is_device(path):
            path.write_bytes(data)
            return
        target = _checked(path)
        # In the same folder, since only a rename within one file system happens all at once.
        handle, temporary = tempfile.mkstemp(prefix=".rnn-explorer-", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, _mode(target))
        os.replace(temporary, target)
        temporary = None
    except (OSError, ValueError) as error:
        raise NotWrittenError(path, error) from error
    finally:
        if temporary is not None:
            with suppress(OSError):
                os.unlink(temporary)


def check_writable(path: Path) -> None:
    """Raise NotWrittenError now if a file could not be written here later, after minutes of training, say.

    What is there stays as it is: beside it a little is written and taken away again.
    """
    if path == STANDARD:
        return
    try:
        if _is_device(path):
            _try_device(path)
            return
        with tempfile.TemporaryFile(dir=_checked(path).parent) as file:
            file.write(bytes(_TRIED))
            file.flush()
    except (OSError, ValueError) as error:
        raise NotWrittenError(path, error) from error


def _try_device(path: Path) -> None:
    """Raise OSError if nothing can be written to a pipe or device, as far as can be told without disturbing it."""
    mode = path.stat().st_mode
    if not os.access(path, os.W_OK):
        raise OSError(EACCES, os.strerror(EACCES))
    if not stat.S_ISCHR(mode):
        return  # opening a pipe would wait for its reader, or look to it like the end
    with path.open("wb", buffering=0) as device:
        if not device.isatty():
            device.write(b"\n")  # only writing shows that a device is full; readers of a table skip an empty line


def _is_device(path: Path) -> bool:
    """Whether it is a pipe, a terminal, /dev/null: there is no file to keep, and a rename would put one there."""
    return path.exists() and not path.is_file() and not path.is_dir()


def _checked(path: Path) -> Path:
    """The file that `path` leads to, past symbolic links; OSError if it is there and not for writing."""
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise OSError(EISDIR, os.strerror(EISDIR))
    # A rename would replace a file that its owner has protected.
    if target.exists() and not os.access(target, os.W_OK):
        raise OSError(EACCES, os.strerror(EACCES))
    return target


def _mode(path: Path) -> int:
    """The permissions of the file that is replaced, or those of a new one."""
    with suppress(OSError):
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
