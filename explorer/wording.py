"""Put counts, lists and places into words."""

from collections.abc import Sequence


def counted(count: int, what: str, several: str | None = None) -> str:
    """How many of something: "1 run", "2,000 runs"; `several` is the plural where that is not `what` with an s.

    >>> counted(2000, "run"), counted(1, "entry", "entries")
    ('2,000 runs', '1 entry')
    """
    return f"1 {what}" if count == 1 else f"{count:,} {several or what + 's'}"


def listed(words: Sequence[str]) -> str:
    """One or more words in a row, as in a sentence.

    >>> listed(["U", "W", "b"])
    'U, W and b'
    """
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def either(words: Sequence[str]) -> str:
    """One or more words of which one is to be chosen.

    >>> either(["U", "W", "b"])
    'U, W or b'
    """
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def entry_place(index: Sequence[int]) -> str:
    """Where an entry of a vector or a matrix stands; `index` is from 0.

    >>> entry_place((0, 3))
    'row 1, column 4'
    """
    return f"entry {index[0] + 1}" if len(index) == 1 else f"row {index[0] + 1}, column {index[1] + 1}"


def inner(text: str) -> str:
    """A text as it is written within a sentence: begun with a small letter."""
    return f"{text[:1].lower()}{text[1:]}"
