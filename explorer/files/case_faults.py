"""Say what is wrong with a case and where in it, once reading it or fitting it to its sizes has failed."""

import json
from collections.abc import Iterator, Sequence
from math import isfinite

from explorer.errors import ExplorerError, suggest
from explorer.language import tr, trn
from explorer.reading.json_faults import in_words

_LAYOUTS = {
    **dict.fromkeys(("x", "inputs"), "[t][batch][unit]"),
    **dict.fromkeys(("initial", "final"), "[batch][unit]"),
    **dict.fromkeys(("y", "loss_weights", "mask", "uniform"), "[t][batch]"),
    "parameters": "[row][column]",
}
"""How deep numbers lie at least; a parameter may be a vector, and y can have units too."""
_NUMERIC = ("x", "inputs", "y", "parameters", "initial", "final", "loss_weights")


def reading_fault(content: bytes, error: Exception, fields: tuple[str, ...]) -> str:
    """Why these bytes are no case; `error` is what the reader said, which may lack the place.

    JSON knows no NaN and its numbers do not overflow, so the reader only knows at which byte it stopped; Python's
    more tolerant one knows in which entry.
    """
    try:
        document = json.loads(content.decode())
    except (ValueError, RecursionError):
        return in_words(content, error)
    if not isinstance(document, dict):
        return in_words(content, error)
    if {"architecture", "task"} <= document.keys():
        return tr("it was saved by the window, which opens it again")
    for key in document:
        if key not in fields:
            return str(suggest(key, fields, tr("entry of a case")))
    for name, entry in document.items():
        for place, leaf in _leaves(entry, name):
            if isinstance(leaf, float) and not isfinite(leaf):
                return tr("{place} is no finite number", place=place)
            if name == "sizes" and (isinstance(leaf, bool) or not isinstance(leaf, int)):
                return tr(
                    "{place} is {found}, not a whole number", place=place, found=json.dumps(leaf, ensure_ascii=False)
                )
            if name in _NUMERIC and (isinstance(leaf, bool) or not isinstance(leaf, int | float)):
                return tr("{place} is {found}, not a number", place=place, found=json.dumps(leaf, ensure_ascii=False))
            layout = _LAYOUTS.get(name, "")
            least = 1 if name == "parameters" else layout.count("[")
            if isinstance(leaf, int | float) and place.count("[") < least:
                of = place.partition("[")[0]
                return tr("{place} is a number, and {of} is a list {layout}", place=place, of=of, layout=layout)
    return in_words(content, error)


def check_complete(entry: str, lacking: Sequence[str], architecture: str) -> None:
    """Raise ExplorerError if an entry of a case lacks anything that its network needs."""
    if lacking:
        raise ExplorerError(
            trn(
                "{entry} lacks {missing}, which {architecture} needs; add it.",
                "{entry} lacks {missing}, which {architecture} needs; add them.",
                len(lacking),
                entry=entry,
                missing=", ".join(lacking),
                architecture=architecture,
            )
        )


def shape_fault(nested: object, shape: tuple[int, ...], where: str) -> str | None:
    """The first place at which nested lists are not of this shape, or None: "x[5] has 1 entry, not 2"."""
    if not shape:
        return tr("{where} is a list, not a number", where=where) if isinstance(nested, list) else None
    if not isinstance(nested, list):
        return tr("{where} is a number, not a list", where=where)
    if len(nested) != shape[0]:
        return tr(
            "{where} has {entries}, not {shape}",
            where=where,
            entries=trn("1 entry", "{n:,} entries", len(nested)),
            shape=shape[0],
        )
    faults = (shape_fault(entry, shape[1:], f"{where}[{i}]") for i, entry in enumerate(nested))
    return next((fault for fault in faults if fault), None)


def _leaves(nested: object, place: str) -> Iterator[tuple[str, object]]:
    """Everything that is no list and no object, with the way to it."""
    if isinstance(nested, list):
        for i, entry in enumerate(nested):
            yield from _leaves(entry, f"{place}[{i}]")
    elif isinstance(nested, dict):
        for key, entry in nested.items():
            yield from _leaves(entry, f"{place}.{key}")
    else:
        yield place, nested
