"""Read one sequence a line: `inputs -> targets`, `inputs -> target`, or inputs alone."""

import re
from collections.abc import Sequence

from explorer.data.source import LONGEST_SYMBOL, Cell, Pair, Refused, Source
from explorer.errors import ExplorerError
from explorer.language import tr
from explorer.reading.number import quoted

_ARROW = re.compile(r"->|→|=>")
_PARTING = re.compile(r"[\s,;]+")


def read_lines(text: str) -> Source:
    """The sequences of a text. Blank lines and those that begin with # say nothing.

    A side of which any line has blanks or commas is made of words, else of characters; targets are words too where
    they are not as many characters as there are inputs, or others than those of inputs in words. Raises ExplorerError
    if there is no sequence.
    """
    found: list[tuple[int, str, str | None]] = []
    refused: list[Refused] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        parts = _ARROW.split(line)
        unseen = next((c for c in line if not c.isprintable() and not c.isspace()), None)
        if len(parts) > 2:
            refused.append(Refused(number, tr("has more than one arrow; write inputs -> targets")))
        elif unseen:
            refused.append(Refused(number, tr("has a character that cannot be seen, U+{code:04X}", code=ord(unseen))))
        elif not all(part.strip() for part in parts):
            refused.append(Refused(number, tr("has nothing on one side of the arrow")))
        else:
            found.append((number, parts[0].strip(), parts[1].strip() if len(parts) == 2 else None))
    given = [targets is not None for _, _, targets in found]
    if any(given) and not all(given):
        refused += [
            Refused(number, tr("has no targets; write inputs -> targets")) for number, _, t in found if t is None
        ]
        found = [line for line in found if line[2] is not None]
    if not found:
        why = (
            tr(": line {line} {why}.", line=refused[0].line, why=refused[0].why)
            if refused
            else tr("; write one a line, inputs -> targets.")
        )
        raise ExplorerError("There is no sequence here{why}", why=why)
    words = _in_words([inputs for _, inputs, _ in found])
    read = [(number, _split(inputs, words), targets) for number, inputs, targets in found]
    sides = [(inputs, targets) for _, inputs, targets in read if targets is not None]
    known = {symbol for _, inputs, _ in read for symbol in inputs}
    target_words = _in_words([t for _, t in sides]) or any(len(t) != len(inputs) for inputs, t in sides)
    target_words = target_words or (words and not {*"".join(t for _, t in sides)} <= known)
    pairs = []
    for number, inputs, targets in read:
        pair = Pair(number, inputs, None if targets is None else _split(targets, target_words))
        long = next((c for c in [*pair.inputs, *(pair.targets or [])] if len(str(c)) > LONGEST_SYMBOL), None)
        if long is not None:
            refused.append(
                Refused(
                    number,
                    tr("has a symbol of {count} characters, {symbol}", count=len(str(long)), symbol=quoted(str(long))),
                )
            )
        else:
            pairs.append(pair)
    if not pairs:
        raise ExplorerError(
            "There is no sequence here: line {line} {why}; give shorter ones.", line=refused[0].line, why=refused[0].why
        )
    return Source("symbols", tuple(pairs), refused=tuple(sorted(refused, key=lambda one: one.line)))


def _in_words(sides: Sequence[str]) -> bool:
    return any(_PARTING.search(side.strip(",; ")) for side in sides)


def _split(side: str, words: bool) -> list[Cell]:
    return [word for word in _PARTING.split(side) if word] if words else list(side)
