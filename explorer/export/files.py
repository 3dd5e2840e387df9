"""Write a file whole or not at all."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from explorer.errors import ExplorerError


def write_atomically(path: Path, content: bytes | str) -> None:
    """Put `content` (text as UTF-8) at `path`, replacing what was there only once everything is written.

    Raises ExplorerError with the path and the reason (no such folder, read-only, disk full); a file that was
    there before is then still there, unchanged.
    """
    data = content.encode() if isinstance(content, str) else content
    temporary = None
    try:
        if path.is_dir():
            raise IsADirectoryError(None, "it is a folder")
        # In the same folder, since only a rename within one file system happens all at once.
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, _mode(path))
        os.replace(temporary, path)
        temporary = None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ExplorerError(f"{path} cannot be written: {reason}. Choose another place.") from error
    finally:
        if temporary is not None:
            with suppress(OSError):
                os.unlink(temporary)


def _mode(path: Path) -> int:
    """The permissions of the file that is replaced, or those of a new one."""
    with suppress(OSError):
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
