"""Save what is looked at as a small file, and open it again."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import msgspec

from explorer.errors import ExplorerError, sentence, suggest
from explorer.files.atomic import read_bytes, write_atomically
from explorer.files.json_faults import in_words
from explorer.reading.bounds import declared, out_of_bounds
from explorer.session.document import Document
from explorer.session.viewing import View
from explorer.session.weights import KeptWeights, Weights, keep, restore, without_inherited
from explorer.training.settings import NetworkSettings, TrainingSettings

SUFFIX = ".rnnx"
LARGEST = 64 * 2**20
VERSION = 3
"""Of what files hold; it grows when files of before could not be read any more, or would mean something else."""


class _Versioned(msgspec.Struct):
    """What is read first of a file."""

    version: int = 0


class Saved(Document, frozen=True, forbid_unknown_fields=True):
    """What a file holds: a document, the weights it is shown with unless they are its seed's, and a view of it."""

    weights: KeptWeights | None = None
    view: View = View()
    version: int = VERSION


class Opened(msgspec.Struct, frozen=True, eq=False):
    """What was in a file, for `Session.open`."""

    document: Document
    weights: Weights | None = None
    view: View = View()


def save_document(opened: Document | Opened, path: Path) -> None:
    """Write what is looked at; ExplorerError if that cannot be done."""
    if isinstance(opened, Document):
        opened = Opened(opened)
    document, weights = without_inherited(opened.document, opened.weights), opened.weights
    content = Saved(
        **msgspec.structs.asdict(document),
        weights=None if weights is None else keep(weights),
        view=opened.view,
    )
    write_atomically(path, msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n")


def open_document(path: Path) -> Opened:
    """Read a document back; ExplorerError names the file and what is wrong with it."""
    # Asked before opening: a pipe could block the window for ever.
    if os.path.exists(path) and not os.path.isfile(path):
        raise ExplorerError(f"{path} is no file; choose a {SUFFIX} file.")
    content = read_bytes(path, LARGEST, "The file")
    try:
        content = _migrated(content, path)
        fields = msgspec.structs.asdict(msgspec.json.decode(content, type=Saved))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ExplorerError(sentence(f"{path} is no RNN Explorer file: {_fault(content, error)}")) from error
    kept, view, _ = (fields.pop(name) for name in ("weights", "view", "version"))
    document = Document(**fields)
    try:
        return Opened(document, None if kept is None else restore(kept, document), view)
    except ExplorerError as error:
        raise ExplorerError(sentence(f"{path} cannot be opened: {error}")) from error


def _migrated(content: bytes, path: Path) -> bytes:
    """A file of any version as one of this; ExplorerError for one of a later version, msgspec's for what is no file."""
    version = msgspec.json.decode(content, type=_Versioned).version
    if version > VERSION:
        raise ExplorerError(f"{path} was saved by a later version of RNN Explorer; open it with that one.")
    if not 0 <= version < VERSION:
        return content
    fields = msgspec.json.decode(content)
    for migrate in MIGRATIONS[version:]:
        migrate(fields)
    return msgspec.json.encode(fields | {"version": VERSION})


def _take_the_rate_of_the_plan(fields: dict[str, Any]) -> None:
    """From version 0, in which the stepped update was plain descent with a rate of its own, 0.1 unless changed."""
    if fields.get("learning_rate") == 0.1:
        fields["learning_rate"] = None
    elif "learning_rate" in fields:
        fields["optimizer"] = "sgd"


def _gather_the_view(fields: dict[str, Any]) -> None:
    """From version 1, in which cursor and selection were all that was kept of how a document was looked at."""
    _gather(fields, "view", ("cursor", "selection"))


def _gather_the_settings(fields: dict[str, Any]) -> None:
    """From version 2, in which settings lay side by side: network and task, and in a plan those of the training."""
    _gather(fields, "network", NetworkSettings.__struct_fields__)
    if "task" in fields or "task_options" in fields:
        task = {"id": fields.pop("task", None), "options": fields.pop("task_options", None)}
        fields["task"] = {name: value for name, value in task.items() if value is not None}
    if isinstance(plan := fields.get("plan"), dict):
        _gather(plan, "training", TrainingSettings.__struct_fields__)


def _gather(fields: dict[str, Any], record: str, names: Iterable[str]) -> None:
    """Put these fields, as far as they are there, into a record of their own."""
    if found := {name: fields.pop(name) for name in names if name in fields}:
        fields[record] = found


MIGRATIONS: tuple[Callable[[dict[str, Any]], None], ...] = (
    _take_the_rate_of_the_plan,
    _gather_the_view,
    _gather_the_settings,
)
"""What makes the fields of a file of each version those of the next."""


def _fault(content: bytes, error: Exception) -> str:
    """What the file is instead, or which of its settings is wrong; `content` is of this version, where it is JSON."""
    try:
        found = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return in_words(content, error)
    if isinstance(found, dict) and {"network", "sizes"} <= found.keys():
        return "it is a case, which the command trace computes"
    unknown = [key for key in found if key not in Saved.__struct_fields__] if isinstance(found, dict) else []
    if unknown and found.keys() <= {*unknown, "version"}:
        return f"it holds other JSON, for “{unknown[0]}” is no setting of a document"
    if unknown:
        return str(suggest(unknown[0], declared(Saved), "setting"))
    return out_of_bounds(Saved, found, {}) or in_words(content, error)
