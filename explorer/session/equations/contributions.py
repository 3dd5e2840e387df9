"""Take a node's gradient apart: what came back over each use, from where, how large, and what was cut."""

import numpy as np
from msgspec import Struct

from explorer.graph.arrays import Array
from explorer.graph.equation import CutPath, Equation
from explorer.language import tr
from explorer.session.equations.figures import Figures, sum_figures


class Part(Struct, frozen=True, eq=False):
    """One contribution (n,): its origin in words, its Euclidean norm, its numbers as displayed."""

    origin: str
    array: Array
    norm: float
    figures: Figures


class Parts(Struct, frozen=True):
    """The contributions to one gradient, which add up to `total`; and the paths by which none comes."""

    parts: tuple[Part, ...]
    cuts: tuple[CutPath, ...]
    total: Part


def parts_of(equation: Equation) -> Parts | None:
    """The contributions of a node's gradient; None for an equation that is no such sum."""
    if not any(term.origin for term in equation.terms):
        return None
    arrays = [np.asarray(term.array, float) for term in equation.terms]
    shown, whole = sum_figures(arrays, equation.left.array)
    parts = tuple(
        Part(term.origin, array, norm(array), figures)
        for term, array, figures in zip(equation.terms, arrays, shown, strict=True)
    )
    left = equation.left.array
    return Parts(parts, equation.cuts, Part(tr("sum"), left, norm(left), whole))


def norm(array: Array) -> float:
    """The Euclidean norm, of a matrix too; infinite where a square is beyond a float."""
    with np.errstate(all="ignore"):
        return float(np.sqrt(np.sum(np.square(array))))
