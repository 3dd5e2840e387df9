"""Read a sequence of symbols as one writes it, "1 0 1 1" or "hello": `read_symbols`; and write one: `write_symbols`."""

import re
from collections.abc import Container, Iterable, Sequence

from explorer.errors import ExplorerError
from explorer.reading.number import quoted
from explorer.wording import either

STAND_INS = {" ": "␣", "\n": "⏎", "\t": "⇥"}
"""What is written for a character that could not be seen."""
_TYPED = {**STAND_INS, "-": "–"}
"""Symbols by what a keyboard has in their place, where that is no symbol itself."""
_QUOTED = re.compile(r"""\s*(['"])(.*)\1\s*""")
_MOST_NAMED = 6
LONGEST = 100_000
"""Characters of a text up to which it is looked at."""


def read_symbols(text: str, names: Sequence[str], of: str) -> list[int]:
    """The places in `names` of the symbols that a text names one after the other; `of` says whose symbols they are.

    Where all names are single characters each character is a symbol, and blanks part symbols unless a blank is one
    itself (␣). Else the words are, if all of them are names; if not, names are read from the left, the longest first.
    Brackets and quotation marks of a program that are no symbols are left out, around it all and in a list.
    Raises ExplorerError for a text that is too long, and for the first place at which no symbol stands.
    """
    if len(text) > LONGEST:
        raise ExplorerError(
            "This text of {count:,} characters is too long to be typed as a sequence; give at most {longest:,}.",
            count=len(text),
            longest=LONGEST,
        )
    places = {name: place for place, name in enumerate(names)}
    longest = max(map(len, names))
    text = _bare(text, places)
    words = text.split()
    if longest > 1 and all(word in places for word in words):
        return [places[word] for word in words]
    found, at = [], 0
    while at < len(text):
        sizes = range(longest, 0, -1)
        name = next((text[at : at + size] for size in sizes if text[at : at + size] in places), None)
        stand_in = _TYPED.get(text[at])
        if name is not None:
            found.append(places[name])
            at += len(name)
        elif stand_in in places:
            found.append(places[stand_in])
            at += 1
        elif text[at].isspace() or text[at] in ",;":
            at += 1
        else:
            wrong = text[at:].split()[0] if longest > 1 else text[at]
            raise ExplorerError(
                "{wrong} is no symbol of {of}; write {names}.",
                wrong=quoted(wrong),
                of=of,
                names=either(names, _MOST_NAMED),
            )
    return found


def _bare(text: str, places: Container[str]) -> str:
    whole = text.strip()
    if whole[:1] + whole[-1:] in ("[]", "()") and whole[0] not in places:
        text = whole[1:-1]
    items = [match for match in map(_QUOTED.fullmatch, text.split(",")) if match and match[1] not in places]
    return ",".join(item[2] for item in items) if len(items) == text.count(",") + 1 else text


def write_symbols(places: Iterable[int], names: Sequence[str]) -> str:
    """The symbols at these places in `names` as one text, so that `read_symbols` reads the same places from it."""
    parting = " " if max(map(len, names)) > 1 else ""
    return parting.join(names[place] for place in places)
