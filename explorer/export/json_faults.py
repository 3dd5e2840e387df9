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


def in_words(content: bytes, error: Exception) -> str:
    """A clause for what the reader said, as in "hidden is text, not a whole number"."""
    if not content.strip():
        return "it is empty"
    said, place = re.fullmatch(r"(.*?)(?: - at `\$\.?(.*)`)?", str(error), re.DOTALL).groups("")  # type: ignore[union-attr]
    if found := re.fullmatch(r"Object contains unknown field `(.*)`", said):
        return f"it has a field “{found[1]}”{f' in {place}' if place else ''}, which is not known"
    if found := re.fullmatch(r"Object missing required field `(.*)`", said):
        return f"{place or 'it'} has no field “{found[1]}”"
    if found := re.fullmatch(r"Expected `(.*)`, got `(.*)`", said):
        got = "a fraction" if found[2] == "float" else _kinds(found[2])
        return f"{place or 'it'} is {got}, not {_kinds(found[1])}"
    if place:
        return f"{place}: {said}"
    try:
        json.loads(content.decode(), parse_constant=_refused)
    except UnicodeDecodeError:
        return "it is not UTF-8 text"
    except json.JSONDecodeError as fault:
        return f"it is no JSON, as line {fault.lineno}, column {fault.colno} shows"
    except (ValueError, RecursionError) as fault:
        return str(fault)
    return said


def _refused(constant: str) -> None:
    raise ValueError(f"it holds {constant}, and JSON knows only finite numbers")


def _kinds(types: str) -> str:
    return " or ".join(_KINDS.get(kind, kind) for kind in types.split(" | "))
