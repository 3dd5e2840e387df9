"""Say it in the language that was chosen: `tr("Step {t} of {T}", t=3, T=8)`. English stands in the source."""

from gettext import NullTranslations

SOURCE = "en"
"""The language of the source."""
_language = SOURCE
_catalogue = NullTranslations()


def spoken() -> str:
    """The language that was chosen, by its code, as in "de"."""
    return _language


def tr(text: str, **values: object) -> str:
    """The text in the language that was chosen, with the values put where it names them in braces.

    Without values it stays as it is written, so that TeX keeps its braces.

    >>> tr("Step {t} of {T}", t=3, T=8)
    'Step 3 of 8'
    """
    said = _catalogue.gettext(text)
    return said.format(**values) if values else said


def trn(one: str, several: str, n: int, **values: object) -> str:
    """The text for one of something, or for n of it; `{n}` stands for the number.

    >>> trn("one step", "{n:,} steps", 2000)
    '2,000 steps'
    """
    return _catalogue.ngettext(one, several, n).format(n=n, **values)
