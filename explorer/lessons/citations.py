"""Find citations in a text, such as "eq. 10.9" or "figs. 10.4 and 10.6", each with where it stands: `citations`."""

import re
from collections.abc import Iterator

from msgspec import Struct

from explorer.language import tr

_KINDS = {
    **{"eq.": "eq", "eqs.": "eq", "fig.": "fig", "figs.": "fig", "section": "section", "sections": "section"},
    **{tr("eq."): "eq", tr("eqs."): "eq", tr("fig."): "fig", tr("figs."): "fig"},
    **{tr("section"): "section", tr("sections"): "section", "algorithm": "algorithm", tr("algorithm"): "algorithm"},
}
"""What each word names, in English and in the language that is spoken."""
_JOINED = "|".join(re.escape(f" {word}") for word in ("to", "and", tr("to"), tr("and")))
_NUMBER = r"\d+\.\d+(?:\.\d+)*[a-c]?"
_CITED = re.compile(
    rf"\b(?P<kind>{'|'.join(map(re.escape, _KINDS))}) (?P<number>{_NUMBER})(?:(?:,|{_JOINED}) (?P<last>{_NUMBER}))?",
    re.IGNORECASE,
)


class Citation(Struct, frozen=True):
    """One place of the book as a text names it, from `start` up to `stop` in it.

    `kind` is "eq", "fig", "section" or "algorithm"; of several places the first `number` and the `last`.
    """

    text: str
    kind: str
    number: str
    last: str = ""
    start: int = 0
    stop: int = 0


def citations(text: str) -> Iterator[Citation]:
    """The citations in a text, in their order."""
    for found in _CITED.finditer(text):
        kind = next(kind for word, kind in _KINDS.items() if word.lower() == found["kind"].lower())
        yield Citation(found[0], kind, found["number"], found["last"] or "", found.start(), found.end())
