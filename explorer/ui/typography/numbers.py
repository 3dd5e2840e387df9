"""Write numbers for the screen: rounded honestly, with a true minus sign. No Qt."""

import math

from explorer.language import grouped
from explorer.wording import times_ten_to

MINUS = "−"


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
        text = f"{mantissa}{times_ten_to(exponent)}"
    return text.replace("-", MINUS)


def exact(value: float) -> str:
    """Every figure of the value, as Python writes it: the shortest text that reads back as the same number."""
    return repr(float(value))


def count(number: int) -> str:
    """A whole number with its thousands parted: `1,840`."""
    return grouped(number).replace("-", MINUS)


def shape(*dimensions: int) -> str:
    """The shape of an array: `8×2`; a scalar's is `1`."""
    return "×".join(str(dimension) for dimension in dimensions) or "1"
