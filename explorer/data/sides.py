"""Tell the steps of one side of a sequence apart: `numbers_in` brackets, and `parts` of what is in words."""

import re

from explorer.data.source import LEFT_OUT, Cell, is_number, number_in
from explorer.errors import ExplorerError
from explorer.reading.number import quoted
from explorer.reading.tables import tables

PARTING = re.compile(r"[\s,;]+")
_NO_COMMA = re.compile(r"[\s;]+")
_IN_BRACKETS = re.compile(r"\(([^()\[\]]*)\)|\[([^()\[\]]*)\]")
_ONE_ROW = re.compile(r"\s*(?:[\w.]*\()?\s*[\[({]\s*[\[({]")
_STEP = re.compile(rf"\([^()\[\]]*\)|\[[^()\[\]]*\]|{LEFT_OUT}")
_ROWS = re.compile(r"[^;\s][ ]+[^;,]*;|,[^;]*;\S")
"""Rows that semicolons end, as MATLAB has them: [1 0; 0 1], [1,0;0,1]; of (0,5; 1) the comma is a decimal mark."""


def parts(side: str) -> list[str]:
    """The words of a side; a comma parts them, but in numbers that are parted by blanks or semicolons."""
    words = [word for word in _NO_COMMA.split(side) if word]
    if len(words) > 1 and all(map(_is_entry, words)):
        return words
    return [word for word in PARTING.split(side) if word]


def numbers_in(side: str) -> list[Cell] | None:
    """The numbers in brackets, or the vectors, of a side as it is printed or written in TeX; None for anything else.

    The rows of a matrix are steps, [[1, 0, 2]] is one; so are the entries of a vector, whichever way round it stands.
    """
    found = _IN_BRACKETS.fullmatch(side.strip())
    inner = (found[1] or found[2] or "").strip() if found else ""
    if inner and not _ROWS.search(inner) and all(map(_is_entry, parts(inner))):
        return [*parts(inner)]
    if not re.search(r"[(\[{&\\]", side):
        return None
    steps = _STEP.findall(side)
    torn = next((step for step in steps if _is_torn(step)), None)
    if torn is not None and all(_is_torn(step) or step == LEFT_OUT or numbers_in(step) for step in steps):
        raise ExplorerError(
            "In {vector} one number is left out; a target is left out as a whole: write _ for all of it.",
            vector=quoted(torn),
        )
    if LEFT_OUT in steps:
        return _with_left_out(steps) if PARTING.sub("", _STEP.sub("", side)) in ("", "[]", "()") else None
    try:
        rows = tables(side)[0]
    except ExplorerError:
        return None
    if len({*map(len, rows)}) != 1 or not rows[0] or not all(is_number(cell) for row in rows for cell in row):
        return None
    if len(rows[0]) == 1 or (len(rows) == 1 and not _ONE_ROW.match(side)):
        return [cell.strip() for row in rows for cell in row]
    return [[number_in(cell) for cell in row] for row in rows]


def _with_left_out(steps: list[str]) -> list[Cell] | None:
    """The vectors of these steps, between which some are left out."""
    vectors = numbers_in(f"[{', '.join(step for step in steps if step != LEFT_OUT)}]")
    rest = iter(vectors or ())
    return vectors and [LEFT_OUT if step == LEFT_OUT else next(rest) for step in steps]


def _is_torn(step: str) -> bool:
    """Whether of this vector some numbers are left out, and some are there."""
    words = parts(step.strip("[]()"))
    return LEFT_OUT in words and any(map(is_number, words)) and all(map(_is_entry, words))


def _is_entry(word: str) -> bool:
    """Whether this is a number, or stands for one that is left out."""
    return word == LEFT_OUT or is_number(word)
