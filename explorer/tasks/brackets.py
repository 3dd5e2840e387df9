"""Read an expression of bits as one writes it, ((1 0) 1), by the brackets that close after each bit; and write one."""

from collections.abc import Sequence

from explorer.errors import ExplorerError
from explorer.language import trn
from explorer.reading.number import quoted

_AS = "((1 0) 1)"


def bracketed(text: str) -> tuple[list[int], list[int]]:
    """The bits of an expression, and how many brackets close after each; none of an empty one.

    A bracket joins two parts, of which each is a bit or a bracket; the outermost may be left out. Raises ExplorerError
    for anything else.
    """
    bits: list[int] = []
    closings: list[int] = []
    parts = [0]
    for character in text:
        if character in "01":
            bits.append(int(character))
            closings.append(0)
            parts[-1] += 1
        elif character == "(":
            parts.append(0)
        elif character == ")":
            if len(parts) == 1:
                raise ExplorerError("A bracket closes here that none has opened; write {example}, say.", example=_AS)
            _check_parts(parts.pop())
            closings[-1] += 1
            parts[-1] += 1
        elif not character.isspace() and character not in ",;":
            raise ExplorerError(
                "{character} is no part of an expression of bits and brackets; write {example}, say.",
                character=quoted(character),
                example=_AS,
            )
    if len(parts) > 1:
        raise ExplorerError(
            "{brackets} would have to be closed at the end; write {example}, say.",
            brackets=trn("1 bracket", "{n:,} brackets", len(parts) - 1),
            example=_AS,
        )
    if parts[0] > 1:
        _check_parts(parts[0])
        closings[-1] += 1
    return bits, closings


def expression(bits: Sequence[int], closings: Sequence[int]) -> str:
    """The expression in one line, which `bracketed` reads."""
    parts: list[str] = []
    for bit, closing in zip(bits, closings, strict=True):
        parts.append(str(bit))
        for _ in range(closing):
            right = parts.pop()
            parts[-1] = f"({parts[-1]} {right})"
    return " ".join(parts)


def _check_parts(count: int) -> None:
    if count != 2:
        raise ExplorerError(
            trn(
                "A bracket joins two parts, and here is 1; write {example}, say.",
                "A bracket joins two parts, and here are {n}; write {example}, say.",
                count,
                example=_AS,
            )
        )
