"""Read one sequence a line: `inputs -> targets`, `inputs -> target`, or inputs alone."""

import re
from collections.abc import Sequence

from msgspec import Struct

from explorer.data.named import read_named
from explorer.data.sides import PARTING, numbers_in, parts
from explorer.data.source import LONGEST_SYMBOL, Cell, Pair, Refused, Source, is_number
from explorer.errors import ExplorerError
from explorer.language import tr
from explorer.reading.number import quoted

ARROW = re.compile(r"->|→|=>")
_MOST_DIGITS = 9
_QUOTED = re.compile(r"""'[^']+'|"[^"]+\"""")


class _Line(Struct, frozen=True):
    """The two sides of a line, as they are written."""

    number: int
    inputs: str
    targets: str | None


def read_lines(text: str) -> Source:
    """The sequences of a text. Blank lines and those that begin with # say nothing.

    A side of which any line has blanks or commas is made of words, else of characters; targets are words too where
    they are not as many characters as there are inputs, or others than those of inputs in words. Numbers may stand in
    brackets, after a name, and have decimal commas; one a line, they are one sequence. Raises ExplorerError if there is
    no sequence.
    """
    named = read_named(text)
    pairs, refused = named or _pairs(text)
    short = []
    for pair in pairs:
        symbols = (cell for cell in [*pair.inputs, *(pair.targets or [])] if isinstance(cell, str))
        long = next((symbol for symbol in symbols if len(symbol) > LONGEST_SYMBOL), None)
        if long is None:
            short.append(pair)
            continue
        why = tr("has a symbol of {count} characters, {symbol}", count=len(long), symbol=quoted(long))
        refused.append(Refused(pair.line, why))
    if not short:
        raise ExplorerError(
            "There is no sequence here: line {line} {why}; give shorter ones.", line=refused[0].line, why=refused[0].why
        )
    return Source("symbols", tuple(short), refused=tuple(sorted(refused, key=lambda one: one.line)))


def _pairs(text: str) -> tuple[list[Pair], list[Refused]]:
    """The sequences of lines without names, and the lines that are left out."""
    found, refused = _sides(text)
    if _is_column(found):
        found = [_Line(found[0].number, " ".join(line.inputs for line in found), None)]
    if any(line.targets is not None for line in found):
        without = [line.number for line in found if line.targets is None]
        refused += [Refused(number, tr("has no targets; write inputs -> targets")) for number in without]
        found = [line for line in found if line.targets is not None]
    if not found:
        why = (
            tr(": line {line} {why}.", line=refused[0].line, why=refused[0].why)
            if refused
            else tr("; write one a line, inputs -> targets.")
        )
        raise ExplorerError("There is no sequence here{why}", why=why)
    return _in_cells(found), refused


def _sides(text: str) -> tuple[list[_Line], list[Refused]]:
    """The lines that say something, parted at their arrow, and those that cannot be."""
    found, refused = [], []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        sides = ARROW.split(line)
        unseen = None if line.isprintable() else next((c for c in line if not (c.isprintable() or c.isspace())), None)
        if len(sides) > 2:
            refused.append(Refused(number, tr("has more than one arrow; write inputs -> targets")))
        elif unseen:
            refused.append(Refused(number, tr("has a character that cannot be seen, U+{code:04X}", code=ord(unseen))))
        elif not all(map(str.strip, sides)):
            refused.append(Refused(number, tr("has nothing on one side of the arrow")))
        else:
            inputs, *targets = (_unquoted(side.strip()) for side in sides)
            found.append(_Line(number, inputs, targets[0] if targets else None))
    return found, refused


def _unquoted(side: str) -> str:
    """A side without the quotation marks around all of it, as programs write a text."""
    return side[1:-1].strip() or side if _QUOTED.fullmatch(side) else side


def _in_cells(lines: Sequence[_Line]) -> list[Pair]:
    """The sides as words or characters; targets are given in all lines or in none."""
    words = _in_words([line.inputs for line in lines])
    inputs = [_split(line.inputs, words) for line in lines]
    targets = [line.targets for line in lines if line.targets is not None]
    target_words = _in_words(targets) or any(len(y) != len(x) for x, y in zip(inputs, targets, strict=False))
    known = {symbol for side in inputs for symbol in side if isinstance(symbol, str)}
    target_words = target_words or (words and not {*"".join(targets)} <= known)
    return [
        Pair(line.number, side, None if line.targets is None else _split(line.targets, target_words))
        for line, side in zip(lines, inputs, strict=True)
    ]


def _is_column(found: Sequence[_Line]) -> bool:
    """Whether each line is one number."""
    sides = [line.inputs for line in found if line.targets is None]
    return len(sides) == len(found) > 1 and all(map(is_number, sides)) and not _of_digits(sides)


def _of_digits(sides: Sequence[str]) -> bool:
    """Whether these are rows of digits that are symbols: bits, or longer than numbers are, or with a 0 in front."""
    longer = [side for side in sides if len(side) > 1]
    if not longer or not all(map(str.isdigit, sides)):
        return False
    return {*"".join(sides)} <= {"0", "1"} or any(side[0] == "0" or len(side) > _MOST_DIGITS for side in longer)


def _in_words(sides: Sequence[str]) -> bool:
    return any(PARTING.search(side.strip(",; ")) for side in sides) or (
        all(map(is_number, sides)) and not all(map(str.isdigit, sides))
    )


def _split(side: str, words: bool) -> list[Cell]:
    numbers = numbers_in(side)
    if numbers is not None:
        return numbers
    said = parts(side) if words else [*side]
    return [word[1:-1] for word in said] if all(map(_QUOTED.fullmatch, said)) else [*said]
