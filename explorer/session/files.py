"""Save what is looked at as a small file, and open it again."""

import os
from pathlib import Path

import msgspec

from explorer.errors import ExplorerError, suggest
from explorer.export.files import read_bytes, write_atomically
from explorer.export.json_faults import in_words
from explorer.session.document import Document
from explorer.session.weights import KeptWeights, Weights, keep, restore, without_inherited

SUFFIX = ".rnnx"
LARGEST = 64 * 2**20


class Saved(Document, frozen=True, forbid_unknown_fields=True):
    """What a file holds: a document, and the weights it is shown with where they are not those of its seed."""

    weights: KeptWeights | None = None


class Opened(msgspec.Struct, frozen=True, eq=False):
    """What was in a file."""

    document: Document
    weights: Weights | None


def save_document(document: Document, path: Path, weights: Weights | None = None) -> None:
    """Write a document with the weights that it is shown with; ExplorerError if that cannot be done."""
    content = without_inherited(document, weights)
    if weights is not None:
        content = Saved(**msgspec.structs.asdict(content), weights=keep(weights))
    write_atomically(path, msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n")


def open_document(path: Path) -> Opened:
    """Read a document back; ExplorerError names the file and what is wrong with it."""
    # Asked before opening: a pipe could block the window for ever.
    if os.path.exists(path) and not os.path.isfile(path):
        raise ExplorerError(f"{path} is no file; choose a {SUFFIX} file.")
    content = read_bytes(path, LARGEST, "The file")
    try:
        fields = msgspec.structs.asdict(msgspec.json.decode(content, type=Saved))
    except UnicodeDecodeError as error:
        raise ExplorerError(f"{path} is no RNN Explorer file: it is not UTF-8 text.") from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise ExplorerError(f"{path} is no RNN Explorer file: {_fault(content, error)}.") from error
    kept = fields.pop("weights")
    document = Document(**fields)
    if kept is None:
        return Opened(document, None)
    try:
        return Opened(document, restore(kept, document))
    except ExplorerError as error:
        raise ExplorerError(f"{path} cannot be opened: {str(error).rstrip('.')}.") from error


def _fault(content: bytes, error: Exception) -> str:
    """What the file is instead, or which of its fields is wrong."""
    try:
        found = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return in_words(content, error)
    if isinstance(found, dict) and {"architecture", "sizes"} <= found.keys():
        return "it is a case, which the command trace computes"
    unknown = [key for key in found if key not in Saved.__struct_fields__] if isinstance(found, dict) else []
    if unknown and len(unknown) == len(found):
        return f"it holds other JSON, for “{unknown[0]}” is no setting of a document"
    if unknown:
        return str(suggest(unknown[0], Saved.__struct_fields__, "setting")).rstrip(".")
    return in_words(content, error)
