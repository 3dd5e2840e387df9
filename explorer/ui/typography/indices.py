"""Lower the index of each symbol in a plain text, such as a_g2(3) or b_g[1]: as HTML, or in parts to be painted."""

import re
from collections.abc import Iterator
from html import escape

SMALL, LOWER = 0.76, 0.2
"""The size of an index and how far below the base line it stands, as shares of the size of its text."""
_INDEX = re.compile(r"(?<![A-Za-z0-9_])(\w)_([A-Za-z]+[0-9]*)")


def with_indices(text: str) -> str:
    """HTML of the text with the index of each symbol lowered: that of a_g2(3) becomes a<sub>g2</sub>(3)."""
    return _INDEX.sub(r"\1<sub>\2</sub>", escape(text, quote=False))


def lowered(text: str) -> str:
    """What a label is given: HTML with indices lowered, or the text as it is where there is none."""
    return with_indices(text) if _INDEX.search(text) else text


def parts(text: str) -> Iterator[tuple[str, bool]]:
    """The parts of a text, and whether each is an index, without its underscore."""
    at = 0
    for found in _INDEX.finditer(text) if "_" in text else ():
        yield text[at : found.end(1)], False
        yield found[2], True
        at = found.end()
    if at < len(text) or not text:
        yield text[at:], False
