"""Write numbers for the screen, and read them back: rounded honestly, with a true minus sign. No Qt."""

import math
import re

from explorer.errors import ExplorerError

MINUS = "−"
THIN_SPACE = "\u2009"
_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def figures(value: float, digits: int = 3) -> str:
    """The value rounded to `digits` significant figures: `0.731`, `−12.3`, `4.56×10⁻³`.

    Plain notation from 0.01 up to `digits` whole figures, powers of ten beyond. Exact zero is `0`, so that
    what only rounds to nothing cannot be mistaken for it; also `NaN`, `∞` and `−∞`.
    """
    value = float(value)
    if value == 0:
        return "0"
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else f"{MINUS}∞"
    # Rounding first: 0.009999 is 0.0100 then, and takes the plain notation.
    mantissa, power = f"{value:.{digits - 1}e}".split("e")
    exponent = int(power)
    if -2 <= exponent < max(digits, 1):
        text = f"{float(f'{mantissa}e{power}'):.{digits - 1 - exponent}f}"
    else:
        text = f"{mantissa}×10{str(exponent).translate(_RAISED)}"
    return text.replace("-", MINUS)


def exact(value: float) -> str:
    """Every figure of the value, as Python writes it: the shortest text that reads back as the same number."""
    return repr(float(value))


def count(number: int) -> str:
    """A whole number with thin spaces between the thousands: `1 840`."""
    return f"{number:,}".replace(",", THIN_SPACE).replace("-", MINUS)


def shape(*dimensions: int) -> str:
    """The shape of an array: `8×2`; a scalar's is `1`."""
    return "×".join(str(dimension) for dimension in dimensions) or "1"


_WRITTEN = re.compile(r"([+-]?)(?:(\d+\.?\d*|\.\d+)(?:(?:×|\*|x)10\^?([+-]?\d+)|[eE]([+-]?\d+))?|∞|inf)")


def parse(text: str) -> float:
    """The number that a person typed or that `figures` or `exact` wrote: `-0.5`, `−4.56×10⁻³`, `1e-3`, `∞`.

    Raises:
        ExplorerError: the text is no number.
    """
    plain = "".join(text.split()).replace(MINUS, "-")
    # Raised figures only say an exponent where they follow ×10.
    plain = re.sub(r"(?<=10)[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+", lambda power: "^" + power[0].translate(_LOWERED), plain)
    if plain.lower() == "nan":
        return math.nan
    match = _WRITTEN.fullmatch(plain)
    if match is None:
        raise ExplorerError(f"“{text.strip()}” is not a number; write it like −0.5 or 2e-3.")
    sign, mantissa, power, e_power = match.groups()
    size = math.inf if mantissa is None else float(f"{mantissa}e{power or e_power or 0}")
    return -size if sign == "-" else size


def visible(symbol: str) -> str:
    """A symbol of an alphabet as something that can be seen: a space is `␣`, a line end `↵`, a tab `⇥`."""
    return {" ": "␣", "\n": "↵", "\t": "⇥", "": "∅", "\u00a0": "␣"}.get(symbol, symbol)
