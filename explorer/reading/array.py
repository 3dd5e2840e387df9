"""Read numbers into a table of a wanted shape, `read_array`, and write them so that they can be read: `write_array`."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explorer.errors import ExplorerError
from explorer.language import tr
from explorer.reading.number import quoted, read_number, shows_decimal_comma
from explorer.reading.tables import Table, tables
from explorer.wording import either

Block = NDArray[np.float64]
LONGEST = 1_000_000
"""Characters of a text up to which it is looked at."""


def read_array(text: str, shape: tuple[int, int], at: tuple[int, int] = (0, 0)) -> Block:
    """The numbers (rows, columns) of a text, to be put at a place, from 0, of a table of this shape.

    Understood are spreadsheet cells, CSV, what numpy, PyTorch, R and MATLAB print and take, Python's lists, rows of
    LaTeX; decimal commas where they cannot part two numbers. A table of one column takes a row as its column, and one
    of one row a column. A text that can be meant in two ways is only read if one alone fits here and all have the same
    numbers in the same order.

    Raises:
        ExplorerError: something is not exactly one number, rows are not equally long, the numbers do not fit, or
            the text can be meant in two ways.
    """
    turned = {block.shape: block for block in (_turned(block, shape) for block in _blocks(text))}
    room = shape[0] - at[0], shape[1] - at[1]
    fitting = [block for block in turned.values() if _fits(block.shape, room)]
    if not fitting:
        raise _no_room(next(iter(turned)), room, at)
    if len(fitting) > 1:
        raise _unclear(text, [block.shape for block in fitting])
    return fitting[0]


def read_matrix(text: str) -> Block:
    """The numbers (rows, columns) of a text that say themselves how they lie; ExplorerError as `read_array`."""
    found = {block.shape: block for block in _blocks(text)}
    if len(found) > 1:
        raise _unclear(text, found)
    return next(iter(found.values()))


def _unclear(text: str, shapes: Iterable[tuple[int, ...]]) -> ExplorerError:
    return ExplorerError(
        "{text} can be {shapes} numbers; put each row into brackets of its own.",
        text=quoted(text),
        shapes=either([_times(shape) for shape in shapes]),
    )


def _blocks(text: str) -> list[Block]:
    """The numbers of a text in every way that they can lie; ExplorerError if that decides what they are."""
    if len(text) > LONGEST:
        raise ExplorerError(
            "This text of {count:,} characters is too long to be numbers for a table; copy less.", count=len(text)
        )
    found: list[Block] = []
    meant, refusals = [], []
    for table in tables(text):
        try:
            found.append(_numbers(table))
            meant.append(table)
        except ExplorerError as error:
            refusals.append(error)
    if not found:
        raise refusals[0]
    if any(not np.array_equal(block.ravel(), found[0].ravel(), equal_nan=True) for block in found):
        raise ExplorerError(
            "A comma in {text} can be a decimal mark, or part two numbers; write decimals with a point, or a blank "
            "after each comma that parts.",
            text=quoted(text),
        )
    _check_thousands(meant[0])
    return found


def write_array(block: ArrayLike) -> str:
    """Numbers (rows, columns) to their last figure, as a spreadsheet and `read_array` take them."""
    return "\n".join("\t".join(map(repr, row)) for row in np.asarray(block, float).tolist())


def _numbers(table: Table) -> Block:
    cells = _cells(table)
    if not any(cell.strip() for cell, _ in cells):
        raise ExplorerError("There are no numbers here; copy some first: cells of a spreadsheet, or a printed array.")
    for number, row in enumerate(table[1:], 2):
        if len(row) != len(table[0]):
            counts = tr(
                "row {number} has {count} and row 1 has {first}", number=number, count=len(row), first=len(table[0])
            )
            raise ExplorerError(
                "The rows of numbers are not equally long: {counts}; copy a whole rectangle.", counts=counts
            )
    comma = any("," in cell for cell, _ in cells)
    for cell, where in cells:
        if comma and "." in cell:
            raise ExplorerError(
                "{cell}{where} has a decimal point, others have a comma; write all alike.",
                cell=quoted(cell),
                where=where,
            )
    return np.array([read_number(*cell, decimal_comma=comma) for cell in cells]).reshape(len(table), -1)


def _check_thousands(table: Table) -> None:
    """Raise ExplorerError if there are commas and none shows that it is a decimal mark."""
    commas = [(cell, where) for cell, where in _cells(table) if "," in cell]
    if commas and not any(shows_decimal_comma(cell) for cell, _ in commas):
        read_number(*commas[0])


def _cells(table: Table) -> list[tuple[str, str]]:
    """Each cell with the words that say where it stands, as far as there are several."""
    alone = len(table) == 1 and len(table[0]) == 1
    return [
        (cell, "" if alone else tr(" in row {row}, column {column}", row=i, column=j))
        for i, row in enumerate(table, 1)
        for j, cell in enumerate(row, 1)
    ]


def _turned(block: Block, shape: tuple[int, int]) -> Block:
    """A row as a column where the table is one, and the other way round."""
    return block.T if (shape[1] == 1 and block.shape[0] == 1) or (shape[0] == 1 and block.shape[1] == 1) else block


def _fits(block: tuple[int, ...], room: tuple[int, int]) -> bool:
    return block[0] <= room[0] and block[1] <= room[1]


def _no_room(block: tuple[int, ...], room: tuple[int, int], at: tuple[int, int]) -> ExplorerError:
    turned = tr(", where they would fit transposed, with ᵀ after them") if _fits(block[::-1], room) else ""
    return ExplorerError(
        "These numbers are {size}, but from row {row}, column {column} on there is room for {room}{turned}; choose "
        "another cell to paste at, or copy less.",
        size=_times(block),
        row=at[0] + 1,
        column=at[1] + 1,
        room=_times(room),
        turned=turned,
    )


def _times(shape: tuple[int, ...]) -> str:
    return "×".join(map(str, shape))
