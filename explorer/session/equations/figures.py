"""Round the numbers of an equation for display so that the displayed operands give the displayed result.

Whoever recomputes an equation by hand from what the screen shows must get what the screen shows. So the result is
rounded first, and its operands get as many figures as that takes (`equation_figures`). Full precision stays at hand
in `Figures.exact`.
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from msgspec import Struct

from explorer.graph.arrays import Array
from explorer.graph.equation import Equation, multiplied
from explorer.wording import times_ten_to

DIGITS = 3
"""Figures after the point of a result below 1 (significant ones below 0.1)."""
MOST_DIGITS = 9
"""Where operands stop to grow, for results that no number of figures reproduces, as when a probability underflows."""
LEAST_POWER = -300
"""Smallest power of ten beside an array: float64 ends soon after."""
PLAIN = range(-3, 4)
"""Powers of ten of numbers that are written without one."""
MINUS = "−"


class Figures(Struct, frozen=True, eq=False, dict=True):
    """An array as displayed: each entry is its `mantissa` with `decimals` figures, times 10 to the `exponent`.

    The power of ten is common to all entries and stands beside the array; it is 0 for ordinary sizes. With `apart`
    it is 0 too, and each entry is written by itself: as 0.25 or, with a power of ten of its own, 9.1×10⁻¹².
    """

    exact: Array
    decimals: int
    exponent: int = 0
    apart: bool = False

    @cached_property
    def mantissa(self) -> Array:
        """What is written in the cells, as numbers."""
        if self.apart:
            return np.array([float(f"{x:.{self.decimals}e}") for x in self.exact.flat]).reshape(self.exact.shape)
        rounded: Array = np.round(self.exact * 10.0**-self.exponent, self.decimals)
        return rounded

    @property
    def array(self) -> Array:
        """The displayed numbers: what somebody who reads the screen calculates with."""
        return self.mantissa * 10.0**self.exponent

    def text(self, index: tuple[int, ...] = ()) -> str:
        """One entry. An exact zero is `0`, so that what only rounds to nothing cannot be mistaken for it."""
        value, exact = float(self.mantissa[index]), float(self.exact[index])
        if exact == 0:
            return "0"
        if not np.isfinite(value):
            return "NaN" if np.isnan(value) else "∞" if value > 0 else f"{MINUS}∞"
        if self.apart:
            mantissa, power = f"{value:.{self.decimals}e}".split("e")
            if int(power) in PLAIN:
                return _short(f"{value:.{self.decimals - int(power)}f}")
            return f"{_short(mantissa)}{times_ten_to(int(power))}".replace("-", MINUS)
        return f"{value:.{self.decimals}f}".replace("-", MINUS)

    def written(self, index: tuple[int, ...] = ()) -> str:
        """One entry as it stands in a line of text: with its power of ten, in brackets where it is negative."""
        text = self.text(index)
        if self.exponent and text != "0":
            text += times_ten_to(self.exponent)
        return f"({text})" if text.startswith(MINUS) else text

    @cached_property
    def longest(self) -> str:
        """A text as wide as the widest entry, with figures of equal width."""
        finite = np.flatnonzero(np.isfinite(self.mantissa))
        texts = ["NaN"] if finite.size < self.mantissa.size else []
        if self.apart:
            return max((self.text(index) for index in np.ndindex(self.exact.shape)), key=len, default="")
        if finite.size:
            entries = self.mantissa.flat
            ends = (finite[np.argmin(entries[finite])], finite[np.argmax(entries[finite])])
            texts += [self.text(np.unravel_index(i, self.mantissa.shape)) for i in ends]
        return max(texts, key=len)


def _short(number: str) -> str:
    """A number with a point, without the zeros that end it."""
    return number.rstrip("0").rstrip(".").replace("-", MINUS)


def figures(array: Array, digits: int = DIGITS) -> Figures:
    """Round an array (any shape) by its largest entry: `digits` after the point, more where all entries are small.

    Numbers that need fewer figures, such as whole ones, get no more. Where all are below 0.001, or some from 10,000
    up, there is a common power of ten.
    """
    array = np.asarray(array, float)
    sizes = np.abs(array[np.isfinite(array)])
    largest = float(sizes.max(initial=0.0))
    for fewer in range(digits):
        # Looking at one entry first spares most arrays the comparison of all.
        if largest >= 1000 or (sizes.size and round(float(sizes.flat[-1]), fewer) != sizes.flat[-1]):
            continue
        if bool((sizes == np.round(sizes, fewer)).all()):
            return Figures(array, fewer)
    power = max(int(np.floor(np.log10(largest))), LEAST_POWER)
    if power not in PLAIN:
        return Figures(array, digits, power)
    return Figures(array, digits - min(power + 1, 0) if power < 0 else max(digits - power, 1))


class EquationFigures(Struct, frozen=True):
    """The displayed numbers of an equation, in its order. `reproduced`: whether the operands give the result."""

    left: Figures
    terms: tuple[tuple[Figures, ...], ...]
    reproduced: bool


def equation_figures(equation: Equation) -> EquationFigures:
    """Round the result, then the operands to the fewest figures from which the rounded result follows."""
    left = figures(equation.left.array)
    for digits in range(DIGITS, MOST_DIGITS + 1):
        apart = digits == MOST_DIGITS
        terms = tuple(
            tuple(Figures(np.asarray(f.array, float), digits, apart=True) if apart else figures(f.array, digits)
                  for f in term.factors)
            for term in equation.terms
        )  # fmt: skip
        if reproduces(evaluate(equation, [[f.array for f in term] for term in terms]), left):
            return EquationFigures(left, terms, True)
    return EquationFigures(left, terms, not equation.terms)


def sum_figures(parts: Sequence[Array], total: Array) -> tuple[tuple[Figures, ...], Figures]:
    """Round parts and their sum so that the displayed parts add up to the displayed sum."""
    shown = figures(total)
    for digits in range(DIGITS, MOST_DIGITS + 1):
        rounded = tuple(figures(part, digits) for part in parts)
        if reproduces(sum((f.array for f in rounded), np.zeros_like(total)), shown):
            break
    return rounded, shown


def reproduces(computed: Array, shown: Figures) -> bool:
    """Whether numbers computed from displayed operands round to the displayed result, in every entry."""
    with np.errstate(all="ignore"):
        apart = np.abs(np.asarray(computed) * 10.0**-shown.exponent - shown.mantissa)
    same = (apart <= (0.5 + 1e-6) * 10.0**-shown.decimals) | (np.isnan(computed) & np.isnan(shown.mantissa))
    return bool((same | (computed == shown.mantissa)).all())


def evaluate(equation: Equation, operands: Sequence[Sequence[Array]]) -> Array:
    """Carry out an equation on other operands than its own, such as rounded ones; shaped like its left side."""
    with np.errstate(all="ignore"):
        total = np.zeros_like(equation.left.array if equation.function is None else equation.terms[0].array)
        for term, factors in zip(equation.terms, operands, strict=True):
            total = total + term.sign * multiplied(term.combine, factors)
        return total if equation.function is None else equation.function.apply(total, equation.entry)
