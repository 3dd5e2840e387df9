"""Tell rows and cells of a text of numbers apart, in every way that it can be meant: `tables`."""

import re

from explorer.errors import ExplorerError
from explorer.reading.number import quoted
from explorer.reading.sheet import plainly, upright
from explorer.reading.surroundings import CALLS, bare, latex_rows

Table = list[list[str]]
"""Rows of cells, each of which is to be one number."""
_BRACKETS = re.compile(r"((?:[A-Za-z_][\w.]*\s*)?\(|[\[\]{})])")
_CLOSING = {"[": "]", "{": "}", "(": ")"}
_BETWEEN = re.compile(r"[\s,;]*")
_PRINTED = re.compile(r"[0-9],[0-9]{2,}[eE][+-][0-9]{2}")
"""A decimal comma: programs write one figure before the mark of a number with an exponent, so it parts no two."""


class _Group:
    """What is between two brackets: texts and groups."""

    def __init__(self, opening: str) -> None:
        self.opening = opening
        self.parts: list[str | _Group] = []

    @property
    def groups(self) -> list["_Group"]:
        return [part for part in self.parts if isinstance(part, _Group)]

    @property
    def text(self) -> str:
        return " ".join(part for part in self.parts if isinstance(part, str))


def tables(text: str) -> list[Table]:
    """The tables that a text can be meant as, the likeliest first; there is at least one.

    Raises:
        ExplorerError: there are no numbers, some were left out, or the brackets do not make a table.
    """
    text, turned = upright(plainly(text))
    found = _tables(bare(text))
    return [_turned(table) for table in found] if turned else found


def _turned(table: Table) -> Table:
    """The rows of a table as its columns, where they are equally long."""
    return [*map(list, zip(*table, strict=True))] if len({*map(len, table)}) == 1 else table


def _tables(text: str) -> list[Table]:
    latex = latex_rows(text)
    if latex is not None:
        return [latex]
    if not _BRACKETS.search(text) or ("\t" in text and "[" not in text):
        return _plain(text)
    group = _outermost(_parsed(text))
    return _in_brackets(group.text) if not group.groups else [_rows(group)]


def _plain(text: str) -> list[Table]:
    """Without brackets: a line is a row, unless semicolons or commas end the rows of one line."""
    lines = [line.strip(" ") for line in text.split("\n") if line.strip(" ")]
    if "\t" in text:
        return [_without_empty_end([line.split("\t") for line in lines])]
    if ";" in text:
        parts = [_pieces(line, ";") for line in lines]
        return [_rows_of(text, ";"), parts] if _ends_rows(lines, ";") else [parts]
    if "," not in text:
        return [[line.split() for line in lines]]
    found = [[line.split() for line in lines]]  # with decimal commas
    if not _PRINTED.search(text):
        tight = [word.split(",") for word in text.split()]
        found = [[_pieces(line, ",") for line in lines], *found, tight]
        rows = [row.split() for row in _pieces(text, ",")] if _ends_rows(lines, ",") else [[]]
        if min(map(len, rows)) > 1:
            found.append(rows)
    return found


def _without_empty_end(rows: Table) -> Table:
    """Cells of a spreadsheet without the empty rows and columns that were selected beside them, after the last."""
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    while rows and min(map(len, rows)) == max(map(len, rows)) > 1 and not any(row[-1].strip() for row in rows):
        rows = [row[:-1] for row in rows]
    return rows or [[""]]


def _in_brackets(text: str) -> list[Table]:
    """Within one pair of brackets: a row that may go on in the next line, or rows ended by semicolons or lines."""
    text = "\n".join(line.strip() for line in text.split("\n") if line.strip())
    wrapped = _rows_of(text, ";")
    if len({*map(len, wrapped)}) > 1:  # (0,5; 1) has decimal commas
        wrapped = [row.split() for row in _pieces(text, ";")]
    return [wrapped] if ",\n" in text else [wrapped, _rows_of(text.replace(";\n", ";"), "[;\n]")]


def _rows(group: _Group) -> Table:
    """Each group within a group is a row."""
    if not _BETWEEN.fullmatch(group.text):
        raise ExplorerError(
            "{group} stands beside brackets where only other rows can be; take it away.", group=quoted(group.text)
        )
    rows = [_outermost(row) for row in group.groups]
    if any(row.groups for row in rows):
        raise ExplorerError("The brackets hold more than rows of numbers; paste one vector or one matrix at a time.")
    return [_cells(row.text) for row in rows]


def _parsed(text: str) -> _Group:
    """The groups of a text, within one that stands for the whole of it."""
    open_groups = [_Group("")]
    for part in _BRACKETS.split(text):
        if part in _CLOSING.values():
            closed = open_groups.pop()
            if _CLOSING.get(closed.opening[-1:]) != part:
                raise ExplorerError("A bracket “{part}” closes none that is open; copy the whole array.", part=part)
            _check_call(closed)
            open_groups[-1].parts.append(closed)
        elif _BRACKETS.fullmatch(part):
            open_groups.append(_Group(part))
        elif part.strip():
            open_groups[-1].parts.append(part)
    if len(open_groups) > 1:
        raise ExplorerError(
            "A bracket “{opening}” is not closed; copy the whole array.", opening=open_groups[-1].opening[-1]
        )
    return open_groups[0]


def _check_call(group: _Group) -> None:
    """Refuse functions that may change their numbers, and a number in parentheses, which may be a negative one."""
    name = group.opening[:-1].strip()
    if name and name.rpartition(".")[2] not in CALLS:
        raise ExplorerError("{name} is computed; print what it gives, and copy that.", name=quoted(name + "(…)"))
    if group.opening == "(" and not group.groups and not re.search(r"[,;\s]", group.text.strip()):
        raise ExplorerError(
            "{group} is not a number; write it like −0.5 or 2e-3.", group=quoted("(" + group.text + ")")
        )


def _outermost(group: _Group) -> _Group:
    """The group without brackets around nothing but one other pair, unless these hold the only row of a matrix."""
    while len(group.groups) == 1 and _BETWEEN.fullmatch(group.text):
        (inner,) = group.groups
        if group.opening in ("[", "{") and not inner.groups:
            break
        group = inner
    return group


def _ends_rows(lines: list[str], mark: str) -> bool:
    """Whether a mark can end rows: within one line, or once at the end of each."""
    return len(lines) == 1 or all(line.find(mark) == len(line) - 1 for line in lines[:-1])


def _rows_of(text: str, mark: str) -> Table:
    """The rows that a mark ends."""
    return [_cells(row) for row in _pieces(text, mark)]


def _pieces(text: str, mark: str) -> list[str]:
    """The parts of a text between marks; one after the last part ends it."""
    parts = re.split(mark, text)
    return parts[:-1] if len(parts) > 1 and not parts[-1].strip() else parts


def _cells(row: str) -> list[str]:
    """The cells of a row, parted by commas, else by blanks."""
    return _pieces(row, ",") if "," in row else row.split()
