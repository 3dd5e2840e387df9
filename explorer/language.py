"""Say it in the language that was chosen: `tr("Step {t} of {T}", t=3, T=8)`. English stands in the source.

The language is settled when this module is imported, or by `speak` before any other is: many texts are constants of
their modules. Processes that this one starts speak the same, through the variable `VARIABLE`.
"""

import os
from collections.abc import Iterable, Mapping
from gettext import NullTranslations
from string import Formatter
from typing import Any

from explorer.installed import RESOURCES

VARIABLE = "RNN_EXPLORER_LANGUAGE"
SOURCE = "en"
"""The language of the source."""
LANGUAGES = {SOURCE: "English", "de": "Deutsch"}
"""Languages in which everything can be said, by their codes, each called as it calls itself."""
_THOUSANDS = {SOURCE: ",", "de": "\u202f"}
"""What stands between thousands: in German a comma would begin the fraction, and a full stop does here."""


def tr(text: str, /, **values: object) -> str:
    """The text in the language that was chosen, with the values put where it names them in braces.

    Without values it stays as it is written, so that TeX keeps its braces.

    >>> tr("Step {t} of {T}", t=3, T=8)
    'Step 3 of 8'
    """
    said = _catalogue.gettext(text)
    return filled(said, values) if values else said


def trn(one: str, several: str, n: int, /, **values: object) -> str:
    """The text for one of something, or for n of it; `{n}` stands for the number.

    >>> trn("one step", "{n:,} steps", 2000)
    '2,000 steps'
    """
    return filled(_catalogue.ngettext(one, several, n), {"n": n, **values})


def grouped(number: float, spec: str = ",") -> str:
    """A number with its thousands parted as the language does; `spec`, with a comma, says how else it is written.

    >>> grouped(12000), grouped(1e6, ",.10g")
    ('12,000', '1,000,000')
    """
    return format(number, spec).replace(",", _THOUSANDS[_spoken])


def spoken() -> str:
    """The code of the language that is spoken."""
    return _spoken


def first_of(names: Iterable[str]) -> str:
    """The first language that can be spoken, of those named by codes such as "de" or "de-AT"; else English.

    >>> first_of(["pt-BR", "de-AT", "en"])
    'de'
    """
    codes = (name.replace("_", "-").partition("-")[0].lower() for name in names)
    return next((code for code in codes if code in LANGUAGES), SOURCE)


def speak(language: str) -> None:
    """Speak it from now on."""
    global _spoken, _catalogue
    os.environ[VARIABLE] = language
    _spoken, _catalogue = language, _texts(language)


class _Filler(Formatter):
    """Puts values into a text, numbers with "," as `grouped` writes them."""

    def format_field(self, value: Any, spec: str) -> str:
        return grouped(value, spec) if "," in spec else format(value, spec)


def filled(text: str, values: Mapping[str, object]) -> str:
    """The text with the values put where it names them; it may be one that was translated before."""
    # Python's own way, which is ten times as fast, groups as English does.
    own = _spoken == SOURCE or ":," not in text
    return text.format(**values) if own else _Filler().vformat(text, (), values)


def _texts(language: str) -> NullTranslations:
    path = RESOURCES / "locale" / language / "LC_MESSAGES" / "explorer.po"
    if language == SOURCE or not path.is_file():
        return NullTranslations()
    from explorer.catalogue import Catalogue

    return Catalogue(path)


_spoken = first_of([os.environ.get(VARIABLE, "")])
_catalogue = _texts(_spoken)
