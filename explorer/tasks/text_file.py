"""Read a learner's own text from a file, or say in one sentence why that cannot be done."""

from pathlib import Path

from explorer.errors import ExplorerError
from explorer.language import tr
from explorer.reading.encodings import decode
from explorer.tasks.alphabet import index_text

MEGABYTE = 1024 * 1024
LARGEST_FILE = 10 * MEGABYTE


def read_text(path: str | Path, encoding: str | None = None) -> str:
    """Return the text of a file of at most LARGEST_FILE bytes, fit to be the text of a task.

    It is UTF-8, or what its byte-order mark says, or in an encoding that is chosen. Raises ExplorerError if the file
    is missing, no ordinary file, unreadable or too large, EncodingError, and for what `index_text` refuses.
    """
    text = decode(read_file(Path(path)), tr("'{path}'", path=path), encoding)
    index_text(text, tr("'{path}'", path=path))
    return text


def read_file(path: Path) -> bytes:
    """Return what is in a file; ExplorerError as `read_text` says."""
    try:
        if path.is_dir():
            raise ExplorerError("'{path}' is a folder; give a text file.", path=path)
        # Asked before opening: a pipe or a device could block or never end.
        if path.exists() and not path.is_file():
            raise ExplorerError("'{path}' is not an ordinary file; give a text file.", path=path)
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except FileNotFoundError as error:
        raise ExplorerError("There is no file '{path}'; check its name and folder.", path=path) from error
    except OSError as error:
        raise ExplorerError("'{path}' cannot be read: {error}.", path=path, error=error.strerror or error) from error
    except ValueError as error:  # a NUL character in the name
        raise ExplorerError("{path!r} cannot be the name of a file; check it.", path=str(path)) from error
    if len(data) > LARGEST_FILE:
        raise ExplorerError(
            "'{path}' is larger than {most} MB; give a smaller file, or a part of it.",
            path=path,
            most=LARGEST_FILE // MEGABYTE,
        )
    return data
