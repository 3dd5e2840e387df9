"""Read a file, if it is one and not too large: `read_bytes`."""

import sys
from contextlib import nullcontext
from pathlib import Path

from explorer.errors import ExplorerError
from explorer.language import tr

STANDARD = Path("-")
"""What commands call standard input, where they read, and standard output, where they write."""


def read_bytes(path: Path, largest: int, what: str, pipes: bool = False) -> bytes:
    """What is in a file of at most `largest` bytes; ExplorerError with path and reason. `what`: "The case", say.

    `STANDARD` is standard input. Pipes and devices are read only where `pipes` says so: they could keep a window
    waiting for ever.
    """
    content = bytearray()
    try:
        if not pipes and path.exists() and not (path.is_file() or path.is_dir()):
            raise ValueError(tr("it is a pipe or a device"))
        with nullcontext(sys.stdin.buffer) if path == STANDARD else path.open("rb") as file:
            # Piece by piece: asked for at once, all that it may hold would be reserved.
            while len(content) <= largest and (piece := file.read(2**20)):
                content += piece
    except (OSError, ValueError) as error:
        raise ExplorerError(
            "{what} {path} cannot be read: {reason}. Choose another one.", what=what, path=path, reason=reason_of(error)
        ) from error
    if len(content) > largest:
        raise ExplorerError(
            "{what} {path} is larger than {largest} MB; give a smaller one.",
            what=what,
            path=path,
            largest=largest // 2**20,
        )
    return bytes(content)


def reason_of(error: Exception) -> str:
    """Why a file cannot be read or written, in the words of the system."""
    return getattr(error, "strerror", None) or str(error)
