"""Tell what a file holds before it is opened: a document, weights (`kind_of`)."""

from codecs import BOM_UTF8
from enum import StrEnum
from pathlib import Path

import msgspec

from explorer.errors import ExplorerError
from explorer.files.atomic import read_bytes
from explorer.files.weights.found import LARGEST
from explorer.files.weights.reading import KERAS, PICKLES
from explorer.session.files import SUFFIX


class Kind(StrEnum):
    """What a file can be opened as."""

    DOCUMENT = "document"
    WEIGHTS = "weights"


ENDINGS: dict[str, Kind] = {
    SUFFIX: Kind.DOCUMENT,
    **dict.fromkeys((".npz", ".npy", ".safetensors"), Kind.WEIGHTS),
    **dict.fromkeys((*PICKLES, *KERAS), Kind.WEIGHTS),  # refused with what to do instead
}
READ = (SUFFIX, ".json", ".npz", ".npy", ".safetensors")
"""Endings of the files that can be opened."""


def kind_of(path: Path) -> Kind:
    """What a file is, by its ending, and JSON by what is in it; ExplorerError for what cannot be opened."""
    ending = path.suffix.lower()
    if ending == ".json":
        return _json(path)
    if ending not in ENDINGS:
        raise ExplorerError(
            f"{path.name} cannot be opened here; choose a file of {', '.join(READ[:-1])} or {READ[-1]}."
        )
    return ENDINGS[ending]


def _json(path: Path) -> Kind:
    content = read_bytes(path, LARGEST, "The file").removeprefix(BOM_UTF8)
    try:
        found = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Kind.WEIGHTS  # which says where it stops being JSON
    document = isinstance(found, dict) and {"network", "task"} & found.keys() and "version" in found
    return Kind.DOCUMENT if document else Kind.WEIGHTS
