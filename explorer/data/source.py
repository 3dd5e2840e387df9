"""What a text of data holds before it is decided what is an input and what a target: pairs of sequences, or a table."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from explorer.errors import ExplorerError
from explorer.language import tr
from explorer.reading.number import read_number

Cell = str | float | list[float]
"""A symbol or a number as it is written, a number, or the numbers of one step."""
LONGEST_SYMBOL = 40
"""Characters of a symbol at most."""
MOST_NAMES = 24
"""Whole numbers of more different values are hardly names of symbols."""
LEFT_OUT = "_"
"""What stands in the place of a target whose loss does not count."""
PARTED = ".,eE/"
"""What is only in numbers that are not written as whole ones."""
Form = Literal["symbols", "table", "json"]


class Refused(Struct, frozen=True):
    """A line, from 1, that is left out, and why."""

    line: int
    why: str


class Pair(Struct, frozen=True):
    """One sequence, and the line, or the item, that it is from; targets None: none are given."""

    line: int
    inputs: list[Cell]
    targets: list[Cell] | None


class Source(Struct, frozen=True):
    """`pairs` of a text of symbols or JSON, or the `rows` of a table by their lines, as wide as it has `columns`."""

    form: Form
    pairs: tuple[Pair, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[int, tuple[str, ...]], ...] = ()
    refused: tuple[Refused, ...] = ()


def nameless(place: int) -> str:
    """What a column of a table is called, by its place, that has no name of its own."""
    return tr("column {place}", place=place)


def is_number(cell: str) -> bool:
    """Whether a cell is one number."""
    try:
        number_in(cell)
    except ExplorerError:
        return False
    return True


def plain_numbers(cells: Sequence[str]) -> list[float] | None:
    """The numbers of all these cells, at once; None where not all are written as programs write them."""
    written = "".join(cells)
    if not written.isascii() or "_" in written:
        return None
    try:
        return [*map(float, cells)]
    except ValueError:
        return None


def number_in(cell: str | float) -> float:
    """The number of a cell; of one that is written, with a decimal point or comma. Raises ExplorerError."""
    if not isinstance(cell, str):
        return cell
    try:
        return float(cell) if cell.isascii() and "_" not in cell else read_number(cell)
    except ValueError:
        return read_number(cell)
