"""Read one number that was typed or printed: `read_number`, `read_whole`, `read_within`."""

import math
import re

from explorer.errors import ExplorerError
from explorer.language import tr
from explorer.reading.bounds import Bounds
from explorer.wording import either

_MINUS = str.maketrans("−–‐‑", "----")
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_NUMBER = re.compile(
    r"""(?P<sign>[+-]?)[ ]*
    (?: (?P<mantissa> [0-9]+(?:\.[0-9]*|,[0-9]+)? | \.[0-9]+ )
        (?: [ ]*[×x*·⋅][ ]*10 (?: \^(?P<power>[+-]?[0-9]+) | (?P<raised>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+) ) | e(?P<e>[+-]?[0-9]+) )?
      | (?P<infinite> ∞ | inf (?:inity)? ) | nan )""",
    re.IGNORECASE | re.VERBOSE,
)
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_LONGEST = 24


def read_number(text: str, where: str = "", *, decimal_comma: bool = False) -> float:
    """The number that a text is: `-0.5`, `−4.56×10⁻³`, `1e-3`, `0,5`, `1/3`, `∞`, `nan`.

    `where` comes after the text in a refusal: " in row 1, column 2". `decimal_comma` says that commas are known to be
    decimal marks here.

    Raises:
        ExplorerError: the text is not exactly one number, or its comma may part thousands, as in `1,234`.
    """
    above, bar, below = text.partition("/")
    if bar and _is_number(above) and _is_number(below):
        divisor = read_number(below, where, decimal_comma=decimal_comma)
        if divisor:
            return read_number(above, where, decimal_comma=decimal_comma) / divisor
    match = _NUMBER.fullmatch(text.strip().translate(_MINUS))
    if match is None:
        raise ExplorerError(_fault(text, where))
    mantissa, power = match["mantissa"], match["power"] or match["e"] or (match["raised"] or "").translate(_LOWERED)
    if mantissa is None:
        size = math.inf if match["infinite"] else math.nan
    elif not decimal_comma and not power and _THOUSANDS.fullmatch(mantissa):
        readings = mantissa.replace(",", "."), mantissa.replace(",", "")
        raise ExplorerError(
            "{text}{where} can be {readings}; write it as one of them.",
            text=quoted(text),
            where=where,
            readings=either(list(readings)),
        )
    else:
        size = float(f"{mantissa.replace(',', '.')}e{power or 0}")
    return -size if match["sign"] == "-" else size


def read_within(text: str, bounds: Bounds) -> float:
    """The number within bounds that a text is.

    Raises:
        ExplorerError: it is not exactly one number, or none of these.
    """
    number = read_number(text)
    if number not in bounds:
        raise ExplorerError("{text} cannot be used here; write {bounds}.", text=quoted(text), bounds=bounds)
    return round(number) if bounds.whole else number


def read_whole(text: str) -> int:
    """The whole number that a text is, however large; ExplorerError for anything else."""
    try:
        return int(text.translate(_MINUS))
    except ValueError as error:
        raise ExplorerError("{text} is not a whole number; write it like 12 or −3.", text=quoted(text)) from error


def shows_decimal_comma(text: str) -> bool:
    """Whether the comma in a number can only be its decimal mark, and not part thousands."""
    return _THOUSANDS.fullmatch(text.strip().lstrip("+-−–‐‑ ")) is None


def quoted(text: str) -> str:
    """A text in quotation marks, cut short where it is long, to speak of in one line."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text[: 8 * _LONGEST]).split())
    return tr("“{text}”", text=line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…")


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text.strip().translate(_MINUS)) is not None


def _fault(text: str, where: str) -> str:
    if not text.strip():
        return tr("There is no number{where}; write one like −0.5 or 2e-3.", where=where)
    parts = re.split(r"[\s,;]+", text.strip())
    if len(parts) > 1 and all(map(_is_number, parts)):
        return tr(
            "{text}{where} is not one number; write one like −0.5 or 2e-3, without blanks or commas inside.",
            text=quoted(text),
            where=where,
        )
    return tr("{text}{where} is not a number; write it like −0.5 or 2e-3.", text=quoted(text), where=where)
