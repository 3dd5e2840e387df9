"""Read a learner's own text from a file, or say in one sentence why that cannot be done."""

from pathlib import Path

from explorer.language import tr
from explorer.reading.encodings import decode
from explorer.reading.file import read_bytes
from explorer.tasks.alphabet import index_text

LARGEST_FILE = 10 * 2**20


def read_text(path: str | Path, encoding: str | None = None) -> str:
    """Return the text of a file of at most LARGEST_FILE bytes, fit to be the text of a task.

    It is UTF-8, or what its byte-order mark says, or in an encoding that is chosen. Raises ExplorerError if the file
    is missing, no ordinary file, unreadable or too large, EncodingError, and for what `index_text` refuses.
    """
    content = read_bytes(Path(path), LARGEST_FILE, tr("The file"))
    text = decode(content, tr("'{path}'", path=path), encoding)
    index_text(text, tr("'{path}'", path=path))
    return text
