"""Say in words what is wrong with the JSON of a file: which field, where, and what was expected there."""

import json
import re

from explorer.language import tr
from explorer.wording import either

_KINDS = {
    "int": tr("a whole number"),
    "float": tr("a number"),
    "str": tr("text"),
    "bool": tr("true or false"),
    "array": tr("a list"),
    "object": tr("an object in braces"),
    "null": "null",
}
_COMPARED = {"<=": tr("at most"), "<": tr("below"), ">=": tr("at least"), ">": tr("above")}


def in_words(content: bytes, error: Exception) -> str:
    """A clause for what the reader said, as in "hidden is text, not a whole number"."""
    if fault := _syntax_fault(content):
        return fault
    if isinstance(error, RecursionError):
        return tr("its brackets are nested too deep")
    said, place = re.fullmatch(r"(.*?)(?: - at `\$\.?(.*)`)?", str(error), re.DOTALL).groups("")  # type: ignore[union-attr]
    if found := re.fullmatch(r"Object contains unknown field `(.*)`", said, re.DOTALL):
        if place:
            return tr("it has a field “{found}” in {place}, which is not known", found=found[1], place=place)
        return tr("it has a field “{found}”, which is not known", found=found[1])
    if found := re.fullmatch(r"Object missing required field `(.*)`", said):
        return tr("{place} has no field “{found}”", place=place or tr("it"), found=found[1])
    if found := re.fullmatch(r"Expected `(.*)`, got `(.*)`", said):
        got = tr("a fraction") if found[2] == "float" else _kinds(found[2])
        return tr("{place} is {got}, not {kinds}", place=place or tr("it"), got=got, kinds=_kinds(found[1]))
    if found := re.fullmatch(r"Expected `(.*)` (<=|<|>=|>) (.*)", said):
        return tr(
            "{place} is not {compared} {found}", place=place or tr("it"), compared=_COMPARED[found[2]], found=found[3]
        )
    if found := re.fullmatch(r"Invalid enum value '(.*)'", said, re.DOTALL):
        return tr("{place} is “{found}”, which is not known", place=place or tr("it"), found=found[1])
    if said == "Number out of range":
        return tr("it holds a number that is too large")  # msgspec names no key on the way to it
    return f"{place}: {said}" if place else said


def _syntax_fault(content: bytes) -> str | None:
    """Where it stops being JSON, if it does; a reader may have met another fault before it came there."""
    if not content.strip():
        return tr("it is empty")
    try:
        json.loads(content.decode(), parse_constant=_refused)
    except UnicodeDecodeError as fault:
        return tr("it is not UTF-8 text, as byte {start} shows", start=fault.start + 1)
    except json.JSONDecodeError as fault:
        return tr("it is no JSON, as line {line}, column {column} shows", line=fault.lineno, column=fault.colno)
    except RecursionError:
        return None
    except ValueError as fault:
        return str(fault)
    return None


def _refused(constant: str) -> None:
    raise ValueError(tr("it holds {constant}, and JSON knows only finite numbers", constant=constant))


def _kinds(types: str) -> str:
    return either([_KINDS.get(kind, kind) for kind in types.split(" | ")])
