"""Say in words what is wrong with the JSON of a file: which field, where, and what was expected there."""

import json
import re

_KINDS = {
    "int": "a whole number",
    "float": "a number",
    "str": "text",
    "bool": "true or false",
    "array": "a list",
    "object": "an object in braces",
    "null": "null",
}
_COMPARED = {"<=": "at most", "<": "below", ">=": "at least", ">": "above"}


def in_words(content: bytes, error: Exception) -> str:
    """A clause for what the reader said, as in "hidden is text, not a whole number"."""
    if fault := _syntax_fault(content):
        return fault
    said, place = re.fullmatch(r"(.*?)(?: - at `\$\.?(.*)`)?", str(error), re.DOTALL).groups("")  # type: ignore[union-attr]
    if found := re.fullmatch(r"Object contains unknown field `(.*)`", said, re.DOTALL):
        return f"it has a field “{found[1]}”{f' in {place}' if place else ''}, which is not known"
    if found := re.fullmatch(r"Object missing required field `(.*)`", said):
        return f"{place or 'it'} has no field “{found[1]}”"
    if found := re.fullmatch(r"Expected `(.*)`, got `(.*)`", said):
        got = "a fraction" if found[2] == "float" else _kinds(found[2])
        return f"{place or 'it'} is {got}, not {_kinds(found[1])}"
    if found := re.fullmatch(r"Expected `(.*)` (<=|<|>=|>) (.*)", said):
        return f"{place or 'it'} is not {_COMPARED[found[2]]} {found[3]}"
    return f"{place}: {said}" if place else said


def _syntax_fault(content: bytes) -> str | None:
    """Where it stops being JSON, if it does; a reader may have met another fault before it came there."""
    if not content.strip():
        return "it is empty"
    try:
        json.loads(content.decode(), parse_constant=_refused)
    except UnicodeDecodeError as fault:
        return f"it is not UTF-8 text, as byte {fault.start + 1} shows"
    except json.JSONDecodeError as fault:
        return f"it is no JSON, as line {fault.lineno}, column {fault.colno} shows"
    except RecursionError:
        return None
    except ValueError as fault:
        return str(fault)
    return None


def _refused(constant: str) -> None:
    raise ValueError(f"it holds {constant}, and JSON knows only finite numbers")


def _kinds(types: str) -> str:
    return " or ".join(_KINDS.get(kind, kind) for kind in types.split(" | "))
