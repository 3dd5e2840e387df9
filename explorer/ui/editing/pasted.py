"""Read a block of numbers that was copied from a spreadsheet or a text, and write one. No Qt."""

import re

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explorer.errors import ExplorerError
from explorer.ui.typography.numbers import exact, parse, shape

Block = NDArray[np.float64]
_TWO_OR_ONE = re.compile(r"\s*[-−+]?\d+,\d+\s*")


def block_of(text: str) -> Block:
    """The numbers (rows, columns) of a copied text: a line a row, split at tabs, else semicolons, commas or blanks.

    Raises:
        ExplorerError: a cell is empty or no number, or the rows are not equally long; it says where.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")
    if not text.strip():
        raise ExplorerError("There are no numbers to paste: copy some cells of a spreadsheet first.")
    separator = next((mark for mark in "\t;," if mark in text), None)
    if separator == "," and "." not in text and all(_TWO_OR_ONE.fullmatch(line) for line in lines):
        raise ExplorerError(
            f"“{lines[0].strip()[:24]}” can be one number or two: write decimals with a point, or a blank after it."
        )
    rows = [line.split(separator) for line in lines]
    for number, row in enumerate(rows[1:], 2):
        if len(row) != len(rows[0]):
            counts = f"row {number} has {len(row)} numbers and row 1 has {len(rows[0])}"
            raise ExplorerError(f"The pasted rows are not equally long: {counts}; copy a rectangle of cells.")
    return np.array([[_number(cell, i, j) for j, cell in enumerate(row, 1)] for i, row in enumerate(rows, 1)])


def text_of(block: ArrayLike) -> str:
    """Numbers (rows, columns) to their last figure, as a spreadsheet takes them."""
    return "\n".join("\t".join(exact(value) for value in row) for row in np.asarray(block, float).tolist())


def check_room(block: Block, row: int, column: int, rows: int, columns: int) -> None:
    """Raise ExplorerError if a block put at (row, column), from 0, reaches beyond a table of rows × columns."""
    room = rows - row, columns - column
    if block.shape[0] > room[0] or block.shape[1] > room[1]:
        raise ExplorerError(
            f"The pasted block is {shape(*block.shape)}, but from row {row + 1}, column {column + 1} on there is room "
            f"for {shape(*room)}; choose another cell to paste at, or copy less."
        )


def _number(cell: str, row: int, column: int) -> float:
    where = f"row {row}, column {column} of what was pasted"
    cell = cell.strip()
    if not cell:
        raise ExplorerError(f"The cell in {where} is empty; fill it in the spreadsheet, then copy again.")
    try:
        return parse(cell)
    except ExplorerError:
        with_point = cell.replace(",", ".")
        mend = f"write it with a point, {with_point}" if _reads(with_point) else "mend it there"
        raise ExplorerError(f"“{cell[:24]}” in {where} is not a number; {mend}, and copy again.") from None


def _reads(text: str) -> bool:
    try:
        parse(text)
    except ExplorerError:
        return False
    return True
