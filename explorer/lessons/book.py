"""Know where things are in the book: `sections` with their figures, equations and states, and what is left out.

The map is resources/book.toml; resources/locale has its texts in other languages.
"""

import tomllib
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct

from explorer.language import SOURCE, spoken
from explorer.lessons.citations import Citation
from explorer.resources import resource


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


class Chapter(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A chapter of the book, and the name of its page."""

    number: str
    title: str
    page: str


class Book(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The map: `address` is where the pages of the book are."""

    address: str
    chapters: tuple[Chapter, ...]
    sections: tuple[Section, ...]

    def section(self, number: str) -> Section | None:
        """The section of this number."""
        return next((section for section in self.sections if section.number == number), None)

    def holding(self, citation: Citation) -> Section | None:
        """The section in which a place is; None for one in another chapter."""
        return next((section for section in self.sections if section.holds(citation)), None)

    def page(self, number: str) -> str | None:
        """The address of the page that has a section, an equation or a figure; None for a chapter that is not named."""
        chapter = number.partition(".")[0]
        return next((self.address + found.page for found in self.chapters if found.number == chapter), None)


def book() -> Book:
    """The map, in the language that was chosen."""
    return book_in(spoken())


@cache
def book_in(language: str) -> Book:
    """The map in a language."""
    found = msgspec.convert(_read("book.toml"), Book)
    if language == SOURCE or not (resource("locale") / language / "book.toml").exists():
        return found
    said = {text["number"]: text for text in _read("locale", language, "book.toml")["sections"]}
    sections = (msgspec.structs.replace(one, **said.get(one.number, {})) for one in found.sections)
    return msgspec.structs.replace(found, sections=tuple(sections))


def _read(*parts: str) -> dict[str, Any]:
    return tomllib.loads(resource(*parts).read_text(encoding="utf-8"))


def _order(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.rstrip("abc").split("."))
