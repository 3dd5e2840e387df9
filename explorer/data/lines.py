"""Read one sequence a line: `inputs -> targets`, `inputs -> target`, or inputs alone."""

import re
from collections.abc import Sequence

from msgspec import Struct

from explorer.data.source import LONGEST_SYMBOL, Cell, Pair, Refused, Source, is_number
from explorer.errors import ExplorerError
from explorer.language import tr
from explorer.reading.number import quoted

ARROW = re.compile(r"->|→|=>")
_PARTING, _NO_COMMA = re.compile(r"[\s,;]+"), re.compile(r"[\s;]+")
_NAME = re.compile(r"\s*\w+\s*=\s*(?=[(\[])")
_MOST_DIGITS = 9
_IN_BRACKETS = re.compile(r"\(([^()\[\]]*)\)|\[([^()\[\]]*)\]")


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
    pairs = []
    for pair in _in_cells(found):
        long = next((c for c in [*pair.inputs, *(pair.targets or [])] if len(str(c)) > LONGEST_SYMBOL), None)
        if long is None:
            pairs.append(pair)
            continue
        why = tr("has a symbol of {count} characters, {symbol}", count=len(str(long)), symbol=quoted(str(long)))
        refused.append(Refused(pair.line, why))
    if not pairs:
        raise ExplorerError(
            "There is no sequence here: line {line} {why}; give shorter ones.", line=refused[0].line, why=refused[0].why
        )
    return Source("symbols", tuple(pairs), refused=tuple(sorted(refused, key=lambda one: one.line)))


def _sides(text: str) -> tuple[list[_Line], list[Refused]]:
    """The lines that say something, parted at their arrow, and those that cannot be."""
    found, refused = [], []
    for number, line in enumerate(_unnamed(text.splitlines()), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        parts = ARROW.split(line)
        unseen = next((c for c in line if not c.isprintable() and not c.isspace()), None)
        if len(parts) > 2:
            refused.append(Refused(number, tr("has more than one arrow; write inputs -> targets")))
        elif unseen:
            refused.append(Refused(number, tr("has a character that cannot be seen, U+{code:04X}", code=ord(unseen))))
        elif not all(part.strip() for part in parts):
            refused.append(Refused(number, tr("has nothing on one side of the arrow")))
        else:
            found.append(_Line(number, _bare(parts[0]), _bare(parts[1]) if len(parts) == 2 else None))
    return found, refused


def _in_cells(lines: Sequence[_Line]) -> list[Pair]:
    """The sides as words or characters; targets are given in all lines or in none."""
    words = _in_words([line.inputs for line in lines])
    inputs = [_split(line.inputs, words) for line in lines]
    targets = [line.targets for line in lines if line.targets is not None]
    target_words = _in_words(targets) or any(len(y) != len(x) for x, y in zip(inputs, targets, strict=False))
    known = {symbol for side in inputs for symbol in side}
    target_words = target_words or (words and not {*"".join(targets)} <= known)
    return [
        Pair(line.number, side, None if line.targets is None else _split(line.targets, target_words))
        for line, side in zip(lines, inputs, strict=True)
    ]


def _unnamed(lines: Sequence[str]) -> Sequence[str]:
    """Lines without names, where all have one, as in x = (0.5, -1); a second of two is the targets, y = (1, 0)."""
    named = [line for line in lines if line.strip()]
    if not all(map(_NAME.match, named)):
        return lines
    bare = [_NAME.sub("", line, 1) for line in named]
    return [" -> ".join(bare)] if len(bare) == 2 else bare


def _bare(side: str) -> str:
    """A side without the brackets around numbers."""
    side = side.strip()
    found = _IN_BRACKETS.fullmatch(side)
    inner = (found[1] or found[2] or "") if found else ""
    return inner.strip() if inner.strip() and all(map(is_number, _parts(inner))) else side


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


def _parts(side: str) -> list[str]:
    """The words of a side; a comma parts them, but in numbers that are parted by blanks or semicolons."""
    words = [word for word in _NO_COMMA.split(side) if word]
    if len(words) > 1 and all(map(is_number, words)):
        return words
    return [word for word in _PARTING.split(side) if word]


def _in_words(sides: Sequence[str]) -> bool:
    return any(_PARTING.search(side.strip(",; ")) for side in sides) or (
        all(map(is_number, sides)) and not all(map(str.isdigit, sides))
    )


def _split(side: str, words: bool) -> list[Cell]:
    return list[Cell](_parts(side)) if words else list(side)
