"""Read a table with a header: cells parted by tabs, semicolons or commas."""

import csv
import io
import re
from itertools import islice

from explorer.data.source import Refused, Source, is_number, nameless
from explorer.errors import ExplorerError
from explorer.language import tr
from explorer.reading.number import shows_decimal_comma

DELIMITERS = ("\t", ";", ",")
MOST_COLUMNS = 256
_RULE = re.compile(r"[\s|:-]+")
_LATEX_FRAME = re.compile(r"\\(?:begin\s*\{\w+\}(?:\s*\{[^}]*\})?|end\s*\{\w+\}|hline|(?:top|mid|bottom)rule)")
_LOOKED_AT = 20
_LONGEST_CELL = 100


def looks_like_table(text: str) -> bool:
    """Whether a text `with_tabs` has a header of names above rows as wide, or a name above numbers alone."""
    lines = [*islice(filter(str.strip, text.splitlines()), _LOOKED_AT)]
    if len(lines) < 2 or "->" in lines[0] or "→" in lines[0]:
        return False
    delimiter = _delimiter(lines[0])
    if delimiter is None:
        return not is_number(lines[0]) and all(map(is_number, lines[1:]))
    header, *rows = [line.split(delimiter) for line in lines]
    names = [cell.strip() for cell in header]
    alike = sum(len(row) == len(header) for row in rows)
    if any(map(_is_no_name, names)) or alike < 0.5 * len(rows):
        return False
    # Symbols parted by commas repeat themselves, and columns of numbers may share a name.
    return len(set(names)) == len(names) or all(is_number(cell) for row in rows for cell in row if cell.strip())


def with_tabs(text: str) -> str:
    """A table as Markdown, LaTeX or pandas writes it with tabs between its cells; any other text as it is."""
    lines = text.splitlines()
    first, *others = [line for line in lines if line.strip()] or [""]
    if first.lstrip().startswith("|"):
        rows = [[] if _RULE.fullmatch(line) else line.strip().strip("|").split("|") for line in lines]
    elif ("&" in first and "\\\\" in text) or first.lstrip().startswith("\\begin"):
        rows = [row.split("&") for row in _LATEX_FRAME.sub("", text).split("\\\\")]
    elif others and _delimiter(first) is None and not any(map(is_number, first.split())):
        counted = len(others[0].split()) - len(first.split())
        if counted not in (0, 1) or not all(is_number(cell) for line in others for cell in line.split()):
            return text
        rows = [line.split() for line in lines]
        rows[lines.index(first)] = [""] * counted + first.split()
    else:
        return text
    return "\n".join("\t".join(cell.strip() for cell in row) for row in rows)


def read_table(text: str) -> Source:
    """The rows of a table `with_tabs`; those not as wide as its header are refused. Raises ExplorerError for none."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = _delimiter(first) or ","
    rows: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    try:
        for cells in reader:
            cells = [*map(str.strip, cells)]
            if any(cells):
                rows.append((reader.line_num, cells))
    except csv.Error as error:
        raise ExplorerError(
            "Line {line} of this table cannot be read: {error}; mend it.", line=reader.line_num, error=error
        ) from error
    if not rows:
        raise ExplorerError("There is no table here; give one with a header and a row for each step.")
    (_, header), *rows = rows
    if all(map(is_number, header)):
        raise ExplorerError("This table has no header; write the names of its columns into a first line.")
    columns = _named(header)
    if len(columns) > MOST_COLUMNS:
        raise ExplorerError(
            "This table has {count:,} columns; give at most {most}.", count=len(columns), most=MOST_COLUMNS
        )
    whole, refused = [], []
    for line, cells in rows:
        if len(cells) != len(columns):
            refused.append(
                Refused(line, tr("has {cells} cells and the header {columns}", cells=len(cells), columns=len(columns)))
            )
        elif max(map(len, cells)) > _LONGEST_CELL:
            refused.append(Refused(line, tr("has a cell of more than {most} characters", most=_LONGEST_CELL)))
        else:
            whole.append((line, tuple(cells)))
    if not whole:
        why = tr(", for line {line} {why}", line=refused[0].line, why=refused[0].why) if refused else ""
        raise ExplorerError("This table has a header and no row below it{why}; give a row for each step.", why=why)
    return Source("table", columns=columns, rows=_with_points(whole), refused=tuple(refused))


def _with_points(rows: list[tuple[int, tuple[str, ...]]]) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The rows, in which `5,896` is 5.896 where a comma elsewhere can only be a decimal mark, as in `0,5`."""
    commas = {cell for _, cells in rows for cell in cells if "," in cell}
    if not any(map(is_number, commas)):
        return tuple(rows)
    return tuple(
        (line, tuple(cell if shows_decimal_comma(cell) else cell.replace(",", ".") for cell in cells))
        for line, cells in rows
    )


def _is_no_name(cell: str) -> bool:
    """Whether a cell is a number, gives one to a name, or is one end of a list in brackets."""
    return is_number(cell) or "=" in cell or any(cell.count(start) != cell.count(end) for start, end in ("()", "[]"))


def _delimiter(line: str) -> str | None:
    return next((mark for mark in DELIMITERS if mark in line), None)


def _named(header: list[str]) -> tuple[str, ...]:
    """Names of the columns, each of its own."""
    names: list[str] = []
    for place, cell in enumerate(header, 1):
        name = "".join(c if c.isprintable() else " " for c in cell).strip()[:60] or nameless(place)
        while name in names:
            name = f"{name} ({place})"
        names.append(name)
    return tuple(names)
