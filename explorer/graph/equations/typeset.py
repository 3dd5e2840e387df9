"""Write an equation as LaTeX: in general (t), at the step at hand, or with the shape under each factor."""

import re
from collections.abc import Callable
from enum import Enum, StrEnum, auto

from explorer.graph.declaration import Sizes, dimension
from explorer.graph.equation import Combine, Equation, Factor, TermOf

Paint = Callable[[Factor, str], str]
"""Wraps the TeX of a factor, in its colour for example."""
Under = Callable[[str, str], str]
"""Puts the shape of a factor, such as `2 \\times 1`, under its TeX; a scalar has none."""
LONGEST_SUM, FIRST, LAST = 24, 16, 4
"""How many terms a sum may have to be written whole, and of a longer one how many at either end."""


class Reading(StrEnum):
    """How an equation is read."""

    GENERAL = "general"
    HERE = "here"
    SHAPES = "shapes"


class Orientation(Enum):
    """How a vector stands in an outer product."""

    COLUMN = auto()
    ROW = auto()


def unpainted(factor: Factor, tex: str) -> str:
    """Leave the TeX of a factor as it is."""
    return tex


def underset(tex: str, shape: str) -> str:
    return rf"\underset{{{shape}}}{{{tex}}}" if shape else tex


def latex(equation: Equation, reading: Reading, sizes: Sizes, paint: Paint = unpainted, under: Under = underset) -> str:
    """The equation. In general and with shapes, a sum over time is written with Σ; at hand, term by term.

    Of a very long sum at hand only the first and last terms are written: hundreds would take seconds to typeset.
    """

    def factor(f: Factor, side: Orientation | None = None) -> str:
        tex = f.tex_here if reading is Reading.HERE else f.tex
        if side is Orientation.ROW:
            tex = rf"{{{tex}}}^\top"
        if reading is not Reading.SHAPES:
            return paint(f, tex)
        # Column times row: so an outer product is seen to have the shape of the matrix.
        names = {Orientation.COLUMN: (*f.shape, "1"), Orientation.ROW: ("1", *f.shape), None: f.shape}[side]
        shape = r" \times ".join(str(dimension(name, sizes)) for name in names)
        return under(paint(f, tex), "" if f.shape == ("1",) else shape)

    terms = equation.terms
    if equation.over_time and reading is not Reading.HERE:
        terms = tuple({tuple(f.tex for f in term.factors): term for term in terms}.values())
    long = len(terms) > LONGEST_SUM
    body = ""
    for i, term in enumerate((*terms[:FIRST], *terms[-LAST:]) if long else terms):
        sign = " - " if term.sign < 0 else " + " if i else ""
        body += r" + \cdots" * (long and i == FIRST) + sign + _term(term, factor)
    if equation.over_time and reading is not Reading.HERE:
        summand = body if len(terms) == 1 else rf"\left( {body} \right)"
        body = rf"\sum_{{t={equation.first}}}^{{{equation.last}}} {summand}"
    left = equation.left.tex_here if reading is Reading.HERE else equation.left.tex
    step = re.search(r"\^\{\((.*?)\)\}", left)
    applied = body or "0"
    if equation.function is not None:
        applied = equation.function.tex(applied, step[1] if step else "")
    return f"{factor(equation.left)} = {applied}"


def _term(term: TermOf, factor: Callable[..., str]) -> str:
    if term.combine is Combine.OUTER:
        column, row = term.factors
        return rf"{factor(column, Orientation.COLUMN)} \, {factor(row, Orientation.ROW)}"
    tex = [factor(f) for f in term.factors]
    match term.combine:
        case Combine.ELEMENTWISE:
            return r" \odot ".join(tex)
        case Combine.SOFTMAX_JACOBIAN:
            yhat, gradient = tex
            return rf"{yhat} \odot \left( {gradient} - {{{yhat}}}^\top {gradient} \right)"
    return r" \odot ".join([r" \, ".join(tex[:2]), *tex[2:]])
