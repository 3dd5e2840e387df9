"""Save what is looked at as a small file, and open it again."""

import os
from pathlib import Path

import msgspec

from explorer.errors import ExplorerError, suggest
from explorer.export.files import read_bytes, write_atomically
from explorer.export.json_faults import in_words
from explorer.graph.unfold import Vertex
from explorer.session.document import Document
from explorer.session.weights import KeptWeights, Weights, keep, restore, without_inherited

SUFFIX = ".rnnx"
LARGEST = 64 * 2**20


class Saved(Document, frozen=True, forbid_unknown_fields=True):
    """What a file holds: a document, the weights it is shown with unless they are its seed's, and what is looked at."""

    weights: KeptWeights | None = None
    cursor: int = 0
    selection: Vertex | str | None = None


class Opened(msgspec.Struct, frozen=True, eq=False):
    """What was in a file, for `Session.open`."""

    document: Document
    weights: Weights | None = None
    cursor: int = 0
    selection: Vertex | str | None = None


def save_document(opened: Document | Opened, path: Path) -> None:
    """Write what is looked at; ExplorerError if that cannot be done."""
    if isinstance(opened, Document):
        opened = Opened(opened)
    document, weights = without_inherited(opened.document, opened.weights), opened.weights
    content = Saved(
        **msgspec.structs.asdict(document),
        weights=None if weights is None else keep(weights),
        cursor=opened.cursor,
        selection=opened.selection,
    )
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
    kept, cursor, selection = (fields.pop(name) for name in ("weights", "cursor", "selection"))
    document = Document(**fields)
    try:
        return Opened(document, None if kept is None else restore(kept, document), cursor, selection)
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
