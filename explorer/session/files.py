"""Save what is looked at as a small file, and open it again."""

import os
from pathlib import Path

import msgspec

from explorer.errors import ExplorerError
from explorer.export.files import read_bytes, write_atomically
from explorer.session.document import Document

SUFFIX = ".rnnx"
LARGEST = 64 * 2**20


def save_document(document: Document, path: Path) -> None:
    """Write a document; ExplorerError if the file cannot be written."""
    write_atomically(path, msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n")


def open_document(path: Path) -> Document:
    """Read a document back; ExplorerError names the file and what is wrong with it."""
    # Asked before opening: a pipe could block the window for ever.
    if os.path.exists(path) and not os.path.isfile(path):
        raise ExplorerError(f"{path} is no file; choose a {SUFFIX} file.")
    content = read_bytes(path, LARGEST, "The file")
    try:
        return msgspec.json.decode(content, type=Document)
    except UnicodeDecodeError as error:
        raise ExplorerError(f"{path} is no RNN Explorer file: it is not UTF-8 text.") from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise ExplorerError(f"{path} is no RNN Explorer file: {error}.") from error
