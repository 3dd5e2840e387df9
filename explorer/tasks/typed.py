"""Read the values of input steps or targets as one writes them, and write them so that they can be read again."""

import re
from collections.abc import Callable, Sequence
from itertools import chain, groupby
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.data.source import LEFT_OUT
from explorer.errors import ExplorerError
from explorer.graph.arrays import Array
from explorer.graph.output import Target
from explorer.language import trn
from explorer.reading.array import read_array
from explorer.reading.number import read_number
from explorer.reading.symbols import read_symbols, write_symbols
from explorer.wording import listed

Values = NDArray[np.number]
"""(steps,) places of symbols, or (steps, n) numbers or bits."""
LARGEST = 1e6
"""Numbers that are given by hand are no larger."""
ARROWS = ("→", "->")
_MOST_STEPS = 100_000


class Typed(Struct, frozen=True, eq=False):
    """A sequence as it was typed: what is drawn otherwise (rows, 1, …), and targets instead of those by the rule.

    None: what is drawn, or those by the rule. `reading` says how it was read where it does not stand step by step.
    """

    drawn: NDArray[Any] | None
    targets: NDArray[Any] | None
    reading: str = ""

    def check_targets(self, wanted: int, title: str) -> None:
        """Raise ExplorerError where targets were typed, and not as many as the task of this title asks for."""
        count = wanted if self.targets is None else len(self.targets)
        if count != wanted:
            raise ExplorerError(
                trn(
                    "Here is 1 target after the arrow, and '{title}' asks for {wanted}; write as many, or leave them "
                    "to the rule of the task.",
                    "Here are {n} targets after the arrow, and '{title}' asks for {wanted}; write as many, or leave "
                    "them to the rule of the task.",
                    count,
                    title=title,
                    wanted=wanted,
                )
            )


def read_values(text: str, kind: Target, names: Sequence[str], of: str) -> Values:
    """The values that a text gives, step by step; `names` are those of the symbols, or of the units of a step.

    Several numbers of one step stand side by side, and a semicolon or a new line ends the step; a single number needs
    no more than a blank after it, and bits not even that. `of` says whose values they are, for ExplorerError to say.
    """
    if kind is Target.SYMBOLS:
        return np.array(read_symbols(text, names, of), np.intp)
    if not text.strip():
        return np.zeros((0, len(names)))
    if kind is Target.BITS:
        return _bits(text, names, of)
    rows = _rows(text, len(names))
    wrong = next((row for row in rows if len(row) != len(names)), None)
    if wrong is not None:
        raise ExplorerError(
            "A step of {of} has {numbers}, {names}, and here are {wrong}; write those of a step side by side, and a "
            "semicolon after each step.",
            of=of,
            numbers=trn("1 number", "{n:,} numbers", len(names)),
            names=listed(names),
            wrong=len(wrong),
        )
    numbers = np.array(rows)
    if not (np.abs(numbers) <= LARGEST).all():  # also catches NaN
        large = numbers[~(np.abs(numbers) <= LARGEST)][0]
        raise ExplorerError(
            "{large} cannot be a number of {of}; write numbers between −1,000,000 and 1,000,000.", large=large, of=of
        )
    return numbers


def read_counted(text: str, kind: Target, names: Sequence[str], of: str) -> tuple[Values, list[float]]:
    """The same of targets, zeros where one is left out by writing `_` for it; and how much each counts, 0 or 1."""
    first, *others = [read_values(part, kind, names, of) for part in text.split(LEFT_OUT)]
    none = np.zeros((1, *first.shape[1:]), first.dtype)
    values = [first, *(part for other in others for part in (none, other))]
    weights = [[1.0] * len(first), *([0.0, *[1.0] * len(other)] for other in others)]
    return np.concatenate(values), [*chain.from_iterable(weights)]


def write_counted(weights: Sequence[float], write: Callable[[list[int]], str]) -> str:
    """Targets in one line for `read_counted`, `_` where the weight is 0; `write` writes those of some steps."""
    runs = groupby(range(len(weights)), lambda step: weights[step] > 0)
    return " ".join(write([*steps]) if counts else " ".join(LEFT_OUT for _ in steps) for counts, steps in runs)


def write_values(values: Values, kind: Target, names: Sequence[str]) -> str:
    """The values in one line, so that `read_values` reads the same from it."""
    if kind is Target.SYMBOLS:
        return write_symbols(values.tolist(), names)
    if kind is Target.BITS:
        return ("" if len(names) == 1 else " ").join("".join(f"{bit:.0f}" for bit in step) for step in values)
    return (" " if len(names) == 1 else "; ").join(" ".join(map(_number, step)) for step in values.tolist())


def said(numbers: Array) -> str:
    """Numbers to three figures, for a person, who reads a minus, not a hyphen."""
    return ", ".join(f"{value:.3g}".replace("-", "−") for value in numbers)


def parted(text: str, symbols: Sequence[str]) -> tuple[str, str | None]:
    """What stands before an arrow and after it; None if there is no arrow, or one that is made of symbols itself."""
    for arrow in ARROWS:
        if arrow in text and not all(character in symbols for character in arrow):
            before, _, after = text.rpartition(arrow)
            return before, after
    return text, None


def _rows(text: str, width: int) -> list[list[float]]:
    """The numbers of each step; an array as a program prints it, or vectors in brackets, are taken as well."""
    if "[" in text or "(" in text:
        printed: list[list[float]] = read_array(text, (_MOST_STEPS, width)).tolist()
        return printed
    rows = re.split(r"[;\s]+|,\s+" if width == 1 else r"[;\n]+", text.strip(" \n\t;,"))
    return [[read_number(cell) for cell in re.split(r",?\s+", row.strip(" \t,"))] for row in rows if row.strip(" ,")]


def _bits(text: str, names: Sequence[str], of: str) -> Values:
    bits = [character for character in text if not (character.isspace() or character in ",;()[]")]
    wrong = [bit for bit in bits if bit not in "01"]
    if wrong:
        raise ExplorerError("“{wrong}” is no bit of {of}; write 0 or 1.", wrong=wrong[0], of=of)
    if len(bits) % len(names):
        raise ExplorerError(
            "A step of {of} has {names} bits, {words}, and {bits} do not make whole steps; write all bits of each "
            "step.",
            of=of,
            names=len(names),
            words=listed(names),
            bits=trn("1 bit", "{n:,} bits", len(bits)),
        )
    return np.array(bits, float).reshape(-1, len(names))


def _number(value: float) -> str:
    return repr(int(value)) if value.is_integer() else repr(value)
