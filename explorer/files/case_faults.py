"""Say what is wrong with a case and where in it, once reading it or fitting it to its sizes has failed."""

import json
from collections.abc import Iterator
from math import isfinite

from explorer.errors import suggest
from explorer.files.json_faults import in_words
from explorer.wording import counted

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
        return "it was saved by the window, which opens it again"
    for key in document:
        if key not in fields:
            return str(suggest(key, fields, "entry of a case"))
    for name, entry in document.items():
        for place, leaf in _leaves(entry, name):
            if isinstance(leaf, float) and not isfinite(leaf):
                return f"{place} is no finite number"
            if name == "sizes" and (isinstance(leaf, bool) or not isinstance(leaf, int)):
                return f"{place} is {json.dumps(leaf, ensure_ascii=False)}, not a whole number"
            if name in _NUMERIC and (isinstance(leaf, bool) or not isinstance(leaf, int | float)):
                return f"{place} is {json.dumps(leaf, ensure_ascii=False)}, not a number"
    return in_words(content, error)


def shape_fault(nested: object, shape: tuple[int, ...], where: str) -> str | None:
    """The first place at which nested lists are not of this shape, or None: "x[5] has 1 entry, not 2"."""
    if not shape:
        return f"{where} is a list, not a number" if isinstance(nested, list) else None
    if not isinstance(nested, list):
        return f"{where} is a number, not a list"
    if len(nested) != shape[0]:
        return f"{where} has {counted(len(nested), 'entry', 'entries')}, not {shape[0]}"
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
