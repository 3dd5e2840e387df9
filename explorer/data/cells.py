"""Turn the cells of inputs or targets into numbers, or into places of symbols: `side_of`."""

from collections.abc import Sequence
from math import isnan, nan

import numpy as np
from msgspec import Struct

from explorer.data.choices import Kind
from explorer.data.data_set import LARGEST_NUMBER, Steps
from explorer.data.source import MOST_NAMES, PARTED, Cell, is_number, number_in
from explorer.errors import ExplorerError
from explorer.graph.output import Target


def never_changes(targets: Sequence[Steps]) -> bool:
    """Whether the target never changes within a sequence, but from one to another."""
    within = all(step == steps[-1] for steps in targets for step in steps)
    return within and any(len(steps) > 1 for steps in targets) and any(steps[-1] != targets[0][-1] for steps in targets)


class Column(Struct, frozen=True):
    """Inputs or targets of all sequences as numbers, or as places of symbols; names are of symbols or units."""

    steps: list[Steps]
    kind: Target
    names: tuple[str, ...]


def side_of(
    sides: Sequence[Sequence[Sequence[Cell]]],
    kind: Kind,
    units: tuple[str, ...] | str,
    scaled: bool,
    predicted: bool,
    also: Sequence[str] = (),
) -> Column:
    """What the cells are, where `kind` leaves it open: symbols if they are words, bits or numbers.

    `units` are the names of numbers, or the letter by which they are counted. What is `predicted` can be bits, and no
    symbol where there is one alone, for that would be nothing to learn. Vectors that are one-hot can be symbols.
    `also` are symbols that could occur as well, or all of them in the order of their units.
    """
    kind = kind or ("symbols" if also else "")
    words = {cell for steps in sides for step in steps for cell in step if isinstance(cell, str)}
    numbers = all(map(is_number, words)) and (
        not words
        or len(words) > MOST_NAMES
        or (predicted and len(words) == 1)
        or any(mark in word for word in words for mark in PARTED)
    )
    found = Target(kind) if kind else Target.NUMBERS if numbers else Target.SYMBOLS
    width = len(sides[0][0])
    units = letters(units, width) if isinstance(units, str) else units
    if found is Target.SYMBOLS and any(len(step) > 1 for steps in sides for step in steps):
        if not all(is_one_hot(step) and len(step) == width for steps in sides for step in steps):
            raise ExplorerError(
                "Several columns are symbols only where one of them is 1 and the others 0; choose one of them, or read "
                "them as numbers."
            )
        names = tuple(dict.fromkeys(also)) if len({*also}) == width else units
        return Column([[[float(np.argmax([*map(_number, step)]))] for step in steps] for steps in sides], found, names)
    if found is Target.SYMBOLS:
        said = [[_symbol(step[0]) for step in steps] for steps in sides]
        found_names = {name for steps in said for name in steps}
        order = list(dict.fromkeys(also)) if found_names <= {*also} else sorted({*also, *found_names}, key=_order)
        places = {name: float(place) for place, name in enumerate(order)}
        return Column([[[places[name]] for name in steps] for steps in said], found, tuple(order))
    values = [[[_number(cell) for cell in step] for step in steps] for steps in sides]
    if any(len(step) != width for steps in values for step in steps):
        raise ExplorerError("Not all steps have as many numbers; give all alike.")
    may_be_bits = not kind and predicted and not scaled
    if may_be_bits and all(value in (0.0, 1.0) for steps in values for step in steps for value in step):
        found = Target.BITS
    if scaled and found is Target.NUMBERS:
        flat = np.array([step for steps in values for step in steps])
        spread = flat.std(0)
        values = [((np.array(steps) - flat.mean(0)) / np.where(spread > 0, spread, 1.0)).tolist() for steps in values]
    return Column(values, found, units)


def is_one_hot(step: Sequence[Cell]) -> bool:
    """Whether a step is several numbers, of which one is 1 and the others 0."""
    numbers = [number_in(cell) if isinstance(cell, str) and is_number(cell) else cell for cell in step]
    return len(step) > 1 and numbers.count(1.0) == 1 and numbers.count(0.0) == len(step) - 1


def letters(letter: str, n: int) -> tuple[str, ...]:
    """Names of n units that have none: x, or x1, x2, …"""
    return (letter,) if n == 1 else tuple(f"{letter}{unit}" for unit in range(1, n + 1))


def _symbol(cell: Cell) -> str:
    return cell if isinstance(cell, str) else f"{cell:.15g}"


def _number(cell: Cell) -> float:
    if isinstance(cell, float) and abs(cell) <= LARGEST_NUMBER:  # as of a column that was read as numbers
        return cell
    if isinstance(cell, list):
        raise ExplorerError("A step is a list where others are numbers; give all alike.")
    number = number_in(cell)
    if not abs(number) <= LARGEST_NUMBER:  # also catches NaN; before their squares are summed
        raise ExplorerError(
            "{cell} is no number up to {largest_number:g}; mend it or leave it out.",
            cell=cell,
            largest_number=LARGEST_NUMBER,
        )
    return number


def _order(name: str) -> tuple[bool, float, str]:
    """Numbers by size before words; what is no number, although it is called nan, is a word."""
    number = number_in(name) if is_number(name) else nan
    return (True, 0.0, name) if isnan(number) else (False, number, name)
