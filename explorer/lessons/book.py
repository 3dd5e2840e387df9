"""Know where things are in the book: `sections` with their figures, equations and states, and what is left out.

The map is resources/book.toml; resources/locale has its texts in other languages.
"""

from functools import cache
from typing import Any

import msgspec
from msgspec import Struct

from explorer.language import SOURCE, spoken
from explorer.lessons.citations import Citation
from explorer.resources import resource

ADDRESS = "https://www.deeplearningbook.org/contents/"
PAGES = {
    "4": "numerical", "5": "ml", "6": "mlp", "7": "regularization", "8": "optimization", "10": "rnn",
    "12": "applications",
}  # fmt: skip
"""The names of the pages there that have the chapters which are cited."""


class SectionText(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is said of a section in one language: what its state shows, and what of it the app leaves out."""

    number: str
    title: str
    shows: str = ""
    left_out: str = ""


class Section(SectionText, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A section of the chapter. `equations`: the first and the last.

    `document`, `at` and `view` set the state that shows it, as those of a page do, if any does.
    """

    figures: tuple[str, ...] = ()
    equations: tuple[str, ...] = ()
    document: dict[str, Any] = {}
    at: str = "start"
    view: dict[str, Any] = {}

    @property
    def shown(self) -> bool:
        """Whether some state shows it."""
        return bool(self.document)

    def holds(self, citation: Citation) -> bool:
        """Whether this is in it; a section is held by itself alone, not by the one that it is part of."""
        match citation.kind:
            case "fig":
                return citation.number.rstrip("abc") in self.figures
            case "eq":
                ends = [_order(number) for number in self.equations]
                return bool(ends) and ends[0] <= _order(citation.number) <= ends[-1]
        return citation.kind == "section" and citation.number == self.number


class Book(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The map of the chapter."""

    sections: tuple[Section, ...]

    def section(self, number: str) -> Section | None:
        """The section of this number."""
        return next((section for section in self.sections if section.number == number), None)

    def holding(self, citation: Citation) -> Section | None:
        """The section in which a place is; None for one in another chapter."""
        return next((section for section in self.sections if section.holds(citation)), None)


def page_of(number: str) -> str | None:
    """The address of the page that has a section, an equation or a figure; None for a chapter that is not named."""
    chapter = number.partition(".")[0]
    return f"{ADDRESS}{PAGES[chapter]}.html" if chapter in PAGES else None


def book() -> Book:
    """The map, in the language that was chosen."""
    return book_in(spoken())


@cache
def book_in(language: str) -> Book:
    """The map in a language."""
    found = msgspec.toml.decode(resource("book.toml").read_bytes(), type=Book)
    path = resource("locale") / language / "book.toml"
    if language == SOURCE or not path.exists():
        return found
    said = {text["number"]: text for text in msgspec.toml.decode(path.read_bytes())["sections"]}
    sections = (msgspec.structs.replace(one, **said.get(one.number, {})) for one in found.sections)
    return msgspec.structs.replace(found, sections=tuple(sections))


def _order(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.rstrip("abc").split("."))
