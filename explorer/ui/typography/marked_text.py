"""Cut Markdown with LaTeX in it into pieces that can be laid out: words, formulas, names of keys."""

import re
from typing import Literal

from msgspec import Struct

Kind = Literal["word", "formula", "display", "key"]

_PIECES = re.compile(
    r"\$\$(?P<display>.+?)\$\$|\$(?P<formula>.+?)\$|`(?P<key>.+?)`|(?P<mark>\*\*|\*)|(?P<space>[^\S\xa0]+)|"
    r"(?P<word>(?:[^\s$`*]|\xa0)+)",
    re.DOTALL,
)


class Piece(Struct, frozen=True):
    """One thing in a line. `space`: a line may be broken before it. A display is a formula with a line of its own."""

    kind: Kind
    text: str
    space: bool = False
    strong: bool = False
    slanted: bool = False


def paragraphs(markdown: str) -> list[list[Piece]]:
    """The pieces of each paragraph: ** strong, * slanted, ` the name of a key or control, $ LaTeX, $$ on a line.

    No line is broken at a no-break space.
    """
    return [found for part in re.split(r"\n\s*\n", markdown.strip()) if (found := _pieces(part))]


def _pieces(paragraph: str) -> list[Piece]:
    found: list[Piece] = []
    space = strong = slanted = False
    for match in _PIECES.finditer(paragraph):
        kind, text = match.lastgroup, match[match.lastgroup or 0]
        if kind == "space":
            space = True
        elif kind == "mark":
            strong, slanted = strong != (text == "**"), slanted != (text == "*")
        else:
            found.append(Piece(kind, text.strip(), space or not found, strong, slanted))  # type: ignore[arg-type]
            space = kind == "display"
    return found
