"""Put lists and places into words."""

import re
from collections.abc import Iterable, Sequence

from explorer.language import SOURCE, spoken, tr, trn


def listed(words: Sequence[str], most: int | None = None) -> str:
    """One or more words in a row, as in a sentence; of more than `most`, the first and how many more there are.

    >>> listed(["U", "W", "b"]), listed(["U", "W", "b"], most=2)
    ('U, W and b', 'U and 2 more')
    """
    if most is not None and len(words) > most:
        words = [*words[: most - 1], tr("{n} more", n=len(words) - most + 1)]
    return words[0] if len(words) == 1 else tr("{words} and {last}", words=", ".join(words[:-1]), last=words[-1])


def either(words: Sequence[str], most: int | None = None) -> str:
    """One or more words of which one is to be chosen; of more than `most`, the first and how many others there are.

    >>> either(["U", "W", "b"]), either(["U", "W", "b"], most=2)
    ('U, W or b', 'U or one of 2 others')
    """
    if most is not None and len(words) > most:
        words = [*words[: most - 1], trn("one other", "one of {n} others", len(words) - most + 1)]
    return words[0] if len(words) == 1 else tr("{words} or {last}", words=", ".join(words[:-1]), last=words[-1])


def by_size(shape: Iterable[int | str], of_one: str = "1") -> str:
    """A shape by its sizes, or `of_one` where it is that of a single number.

    >>> by_size((3, 4)), by_size(())
    ('3 × 4', '1')
    """
    return " × ".join(map(str, shape)) or of_one


RAISED = str.maketrans("()0123456789+−-", "⁽⁾⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
"""Figures as they stand in an exponent, and in an index."""


def times_ten_to(power: int) -> str:
    """A power of ten as it stands behind a number.

    >>> times_ten_to(-12)
    '×10⁻¹²'
    """
    return f"×10{str(power).translate(RAISED)}"


def entry_place(index: Sequence[int]) -> str:
    """Where an entry of a vector or a matrix stands; `index` is from 0.

    >>> entry_place((0, 3))
    'row 1, column 4'
    """
    if len(index) == 1:
        return tr("entry {number}", number=index[0] + 1)
    return tr("row {row}, column {column}", row=index[0] + 1, column=index[1] + 1)


def inner(text: str) -> str:
    """A text as it is written within a sentence: in English begun with a small letter."""
    return f"{text[:1].lower()}{text[1:]}" if spoken() == SOURCE else text


def begun(text: str) -> str:
    """A text as it is written at the beginning of a sentence: with a capital letter."""
    return f"{text[:1].upper()}{text[1:]}"


def in_book(place: str) -> str:
    """Where the book has something, given as in "part of eq. 10.45", in the words of the language that is spoken."""
    words = {
        "part of": tr("part of"),
        "as": tr("as"),
        "eq.": tr("eq."),
        "eqs.": tr("eqs."),
        "fig.": tr("fig."),
        "figs.": tr("figs."),
        "section": tr("section"),
        "sections": tr("sections"),
        "algorithm": tr("algorithm"),
    }
    return re.sub(r"\b(part of|as|eqs?\.|figs?\.|sections?|algorithm)(?= )", lambda found: words[found[1]], place)
