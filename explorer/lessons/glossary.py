"""The terms of chapter 10 in our own words: `glossary`, from resources/glossary.toml; `matching` finds some of them."""

from collections.abc import Sequence
from functools import cache

import msgspec
from msgspec import Struct

from explorer.language import SOURCE, spoken
from explorer.resources import resource


class TermText(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is said of a term in one language."""

    term: str
    says: str


class GlossaryEntry(TermText, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A term, the section that it is from, and what of a network lights up for it, see `lights.LIGHTS`."""

    section: str
    lights: tuple[str, ...]


class _Glossary(Struct, frozen=True, forbid_unknown_fields=True):
    entries: tuple[GlossaryEntry, ...]


class _Translated(Struct, frozen=True, forbid_unknown_fields=True):
    """The texts of another language, by the term in English."""

    entries: dict[str, TermText]


def glossary() -> tuple[GlossaryEntry, ...]:
    """All entries in their alphabetical order, in the language that was chosen."""
    return glossary_in(spoken())


def matching(words: str) -> tuple[GlossaryEntry, ...]:
    """The entries with all of these words: first the term itself, then those with them in it, then in what is said."""
    wanted = words.casefold().split()
    in_term = [entry for entry in glossary() if _has(entry.term, wanted)]
    in_term.sort(key=lambda entry: entry.term.casefold().split() != wanted)
    in_text = [entry for entry in glossary() if entry not in in_term and _has(f"{entry.term} {entry.says}", wanted)]
    return (*in_term, *in_text)


def _has(text: str, wanted: Sequence[str]) -> bool:
    return all(word in text.casefold() for word in wanted)


@cache
def glossary_in(language: str) -> tuple[GlossaryEntry, ...]:
    """All entries in a language, in its alphabetical order."""
    entries = msgspec.toml.decode(resource("glossary.toml").read_bytes(), type=_Glossary).entries
    path = resource("locale") / language / "glossary.toml"
    if language != SOURCE and path.exists():
        said = msgspec.toml.decode(path.read_bytes(), type=_Translated).entries
        entries = tuple(
            msgspec.structs.replace(entry, **msgspec.structs.asdict(said[entry.term])) if entry.term in said else entry
            for entry in entries
        )
    return tuple(sorted(entries, key=lambda entry: entry.term.casefold()))
