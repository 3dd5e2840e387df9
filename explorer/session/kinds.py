"""Tell what a file holds before it is opened: a document, a case, weights, data, text (`kind_of`)."""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from enum import StrEnum
from pathlib import Path

import msgspec

from explorer.data.named import are_roles, is_named, roles
from explorer.data.table import looks_like_table, with_tabs
from explorer.errors import ExplorerError
from explorer.files.weights.found import LARGEST
from explorer.files.weights.reading import KERAS, PICKLES
from explorer.files.weights.text import are_weights, gives_weights
from explorer.language import tr
from explorer.reading.bodies import bodies
from explorer.reading.file import read_bytes
from explorer.reading.json_text import NOT_JSON
from explorer.session.files import SUFFIX


class FileKind(StrEnum):
    """What a file can be opened as."""

    DOCUMENT = "document"
    CASE = "case"
    WEIGHTS = "weights"
    DATA = "data"
    """Sequences to learn."""
    TEXT = "text"
    """One long text, of which the next character is learned."""


ENDINGS: dict[str, FileKind] = {
    SUFFIX: FileKind.DOCUMENT,
    **dict.fromkeys((".npz", ".npy", ".safetensors"), FileKind.WEIGHTS),
    **dict.fromkeys((*PICKLES, *KERAS), FileKind.WEIGHTS),  # refused with what to do instead
    **dict.fromkeys((".csv", ".tsv", ".tab", ".dat"), FileKind.DATA),
    **dict.fromkeys((".md", ".log"), FileKind.TEXT),
}
READ = (SUFFIX, ".json", ".npz", ".npy", ".safetensors", ".csv", ".tsv", ".txt", ".md")
"""Endings of the files that can be opened."""
_LOOKED_AT = 20_000
"""Bytes of a plain text by which it is told what it is."""


def kind_of(path: Path) -> FileKind:
    """What a file is, by its ending, and JSON by what is in it; ExplorerError for what cannot be opened."""
    ending = path.suffix.lower()
    if ending == ".json":
        return _json(path)
    if ending == ".txt":
        return _plain(path)
    if ending not in ENDINGS:
        raise ExplorerError(
            "{path} cannot be opened here; choose a file of {read} or {last}.",
            path=path.name,
            read=", ".join(READ[:-1]),
            last=READ[-1],
        )
    return ENDINGS[ending]


def only_weights(text: str) -> bool:
    """Whether a text, or the JSON that it is, gives weights and no sequences."""
    found = braced(text)
    return are_weights(found) if isinstance(found, dict) else gives_weights(text)


def weights_beside(text: str) -> str:
    """What a text gives beside inputs and targets, if that is weights, as a sheet has W = … above x = … and y = …."""
    given = bodies(text)
    data = {*roles([*dict.fromkeys(one.name for one in given)]), "t"}
    names = [one.name if one.index is None else f"{one.name}_{one.index}" for one in given]
    beside = "\n".join(f"{n} = {one.text}" for n, one in zip(names, given, strict=True) if one.name not in data)
    return beside if gives_weights(beside) else ""


def _json(path: Path) -> FileKind:
    content = read_bytes(path, LARGEST, tr("The file")).removeprefix(BOM_UTF8)
    try:
        return _of_json(msgspec.json.decode(content))
    except NOT_JSON:
        return FileKind.WEIGHTS  # which says where it stops being JSON


def _of_json(found: object) -> FileKind:
    if isinstance(found, dict) and {"network", "task"} & found.keys() and "version" in found:
        return FileKind.DOCUMENT
    if isinstance(found, dict) and {"architecture", "sizes", "parameters"} <= found.keys():
        return FileKind.CASE
    if isinstance(found, list):  # weights have names
        return FileKind.DATA
    if not isinstance(found, dict) or {"network", "sizes"} <= found.keys():
        return FileKind.WEIGHTS
    listed = any(_holds_records(found.get(key)) for key in ("sequences", "data"))
    return FileKind.DATA if listed or "inputs" in found or are_roles(found) else FileKind.WEIGHTS


def braced(text: str) -> object | None:
    """The JSON of a text in braces, as another window or a program copies it; None for what is not that."""
    if not text.lstrip().startswith("{"):
        return None
    try:
        found: object = msgspec.json.decode(text.encode(errors="surrogatepass"))
        return found
    except NOT_JSON:
        return None


def _holds_records(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def _plain(path: Path) -> FileKind:
    beginning = read_bytes(path, LARGEST, tr("The file"))[:_LOOKED_AT]
    return kind_of_text(
        beginning.decode("utf-16" if beginning[:2] in (BOM_UTF16_LE, BOM_UTF16_BE) else "utf-8", "replace")
    )


def kind_of_text(text: str) -> FileKind:
    """What a text holds: JSON in braces as in a file; by its beginning weights, or sequences; else only a text."""
    if (found := braced(text)) is not None:
        return _of_json(found)
    if gives_weights(text):
        return FileKind.WEIGHTS
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")][:-1] or [text]
    arrows = sum("->" in line or "→" in line for line in lines)
    return (
        FileKind.DATA
        if 2 * arrows > len(lines) or looks_like_table(with_tabs(text)) or is_named(text)
        else FileKind.TEXT
    )
