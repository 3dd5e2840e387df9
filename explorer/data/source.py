"""What a text of data holds before it is decided what is an input and what a target: pairs of sequences, or a table."""

from typing import Literal

from msgspec import Struct

Cell = str | float | list[float]
"""A symbol or a number as it is written, a number, or the numbers of one step."""
LONGEST_SYMBOL = 40
"""Characters of a symbol at most."""
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
