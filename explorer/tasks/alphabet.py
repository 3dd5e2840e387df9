"""Find the alphabet of a text, turn the text into small indices, give each character a name to be seen by."""

from functools import lru_cache
from unicodedata import category

import numpy as np
from numpy.typing import NDArray

from explorer.errors import ExplorerError
from explorer.reading.symbols import STAND_INS

LARGEST_ALPHABET = 256
"""More would be no use: U has a column and V a row for each character, and nobody can look at that many.
Up to here, a text costs one byte of memory a character."""

RESTS = "◇□○△▽◌"
"""What stands for all characters that are not among the most frequent: the first of these that the text has not."""


@lru_cache(maxsize=2)  # the task is made anew at each edit, and 10 MB of text would take 50 ms each time
def index_text(text: str, where: str, most: int = LARGEST_ALPHABET) -> tuple[tuple[str, ...], NDArray[np.uint8]]:
    """Return the alphabet of `text`, sorted by code point, and `text` as indices into it: read-only uint8 (len(text),).

    Of more than `most` different characters the most frequent are in the alphabet, and one more at its end stands for
    all others, see `RESTS`. `where` opens the error sentences: "The text", say, or a file. Raises ExplorerError for an
    empty text, for a single character, for half a surrogate pair, and if the others, unless it was chosen, would be
    most of the text.
    """
    if not text:
        raise ExplorerError("{where} is empty; give at least two different characters.", where=where)
    # A count for each code point there may be, rather than sorting: 10 million characters take some 50 ms.
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    counts = np.bincount(points, minlength=max(map(ord, RESTS)) + 1)
    every = found = np.flatnonzero(counts)
    if found.size == 1:
        raise ExplorerError(
            "{where} holds no character but {character!r}, so there is nothing to predict; give at least two "
            "different characters.",
            where=where,
            character=chr(found[0]),
        )
    if found.size > most:
        # of two that are as frequent the first, so that the same text has the same alphabet
        found = np.sort(found[np.argsort(-counts[found], kind="stable")[: most - 1]])
        if most == LARGEST_ALPHABET and 2 * counts[found].sum() < len(text):
            raise ExplorerError(
                "{where} holds {every:,} different characters, of which the {most} most frequent make less than half "
                "of it; give a text with fewer.",
                where=where,
                every=every.size,
                most=most - 1,
            )
    alphabet = tuple(chr(point) for point in found)
    halves = [chr(point) for point in every if category(chr(point)) == "Cs"]
    if halves:
        raise ExplorerError(
            "{where} holds half of a character ({code}) at position {index:,}; remove it.",
            where=where,
            code=_code_point(halves[0]),
            index=text.index(halves[0]) + 1,
        )
    if every.size > most:
        alphabet = (*alphabet, next(rest for rest in RESTS if not counts[ord(rest)]))
    index_of = np.full(counts.size, found.size, np.int16)
    index_of[found] = np.arange(found.size)
    index_of = index_of.astype(np.uint8)
    indices = index_of[points]
    indices.flags.writeable = False
    return alphabet, indices


def visible_name(character: str) -> str:
    """Return what to write for `character`: itself if it can be seen, else a stand-in; no two share a name.

    >>> [visible_name(character) for character in "h \\n\\x07"]
    ['h', '␣', '⏎', 'U+0007']
    """
    if character in STAND_INS:
        return STAND_INS[character]
    if character in STAND_INS.values() or not character.isprintable():
        return _code_point(character)
    if category(character).startswith("M"):
        return f"◌{character}"  # a combining mark needs something to sit on
    return character


def _code_point(character: str) -> str:
    return f"U+{ord(character):04X}"
