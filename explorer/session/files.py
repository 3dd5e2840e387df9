"""Save what is looked at as a small file, and open it again."""

from pathlib import Path

import msgspec

from explorer.errors import ExplorerError
from explorer.export.files import write_atomically
from explorer.session.document import Document

SUFFIX = ".rnnx"
LARGEST = 64 * 2**20


def save_document(document: Document, path: Path) -> None:
    """Write a document; ExplorerError if the file cannot be written."""
    write_atomically(path, msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n")


def open_document(path: Path) -> Document:
    """Read a document back; ExplorerError names the file and what is wrong with it."""
    try:
        if path.stat().st_size > LARGEST:
            raise ExplorerError(f"{path} is larger than any RNN Explorer file; choose a {SUFFIX} file.")
        content = path.read_bytes()
    except OSError as error:
        raise ExplorerError(f"{path} cannot be read: {error.strerror or error}.") from error
    try:
        return msgspec.json.decode(content, type=Document)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ExplorerError(f"{path} is no RNN Explorer file: {error}.") from error
