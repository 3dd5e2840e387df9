"""Show how one entry of an equation's result is made: which operand entries it takes, and the sum in one line."""

from collections.abc import Iterable
from functools import partial

from explorer.graph.arrays import Index
from explorer.graph.equation import Combine, Equation, TermOf, shortened
from explorer.language import tr
from explorer.session.equations.figures import EquationFigures, Figures

Operands = dict[tuple[int, int], frozenset[Index]]
"""For factor j of term i, by (i, j): the entries that are used."""


def operands_of(equation: Equation, index: Index) -> Operands:
    """The operand entries from which entry `index` of the result is computed."""
    function, entries = equation.function, [index]
    if function is not None and equation.terms:
        entries = function.entries(index, len(equation.terms[0].array), equation.entry)
    found: Operands = {}
    for i, term in enumerate(equation.terms):
        for j, factor in enumerate(term.factors):
            shape = factor.array.shape
            found[i, j] = frozenset(taken for entry in entries for taken in _entries(term, j, shape, entry))
    return found


def _entries(term: TermOf, j: int, shape: Index, index: Index) -> Iterable[Index]:
    """The entries of one factor that one entry of its term takes."""
    every = [(k,) for k in range(shape[0])] if len(shape) == 1 else [()]
    if term.combine is Combine.SOFTMAX_JACOBIAN:
        return every
    if len(term.factors) == 1 or term.combine is Combine.ELEMENTWISE:
        return [index]
    match term.combine:
        case Combine.OUTER:
            return [(index[j],)]
        case Combine.SCALE:
            return [index] if shape else [()]
        case _:
            return [(index[0], k) for k in range(shape[1])] if j == 0 else every


def line_by_hand(equation: Equation, figures: EquationFigures, index: Index) -> str:
    """One entry of the result as a sum of products of the displayed numbers, for a person to work out again."""
    if not equation.terms:
        return ""
    left, part = figures.left.written(index).strip("()"), partial(_sum, equation, figures)
    if equation.function is None:
        return f"{left} = {part(index)}"
    return equation.function.by_hand(left, part, index, len(equation.terms[0].array), equation.entry)


def _sum(equation: Equation, figures: EquationFigures, index: Index) -> str:
    """One entry of the sum of all terms."""
    pieces: list[str] = []
    for i, term in enumerate(equation.terms):
        for product in _products(term, figures.terms[i], index):
            sign = " − " if term.sign < 0 else " + " if pieces else ""
            pieces.append(sign + product)
    return "".join(shortened(pieces, tr(" + … {n} more …")))


def _products(term: TermOf, factors: tuple[Figures, ...], index: Index) -> list[str]:
    if len(factors) == 1:
        return [factors[0].written(index)]
    first, second, *others = factors
    match term.combine:
        case Combine.MATRIX:
            columns = range(first.exact.shape[1])
            return [f"{first.written((index[0], k))} · {second.written((k,))}" for k in columns]
        case Combine.OUTER:
            return [f"{first.written((index[0],))} · {second.written((index[1],))}"]
        case Combine.SCALE:
            return [" · ".join([first.written(), *(figures.written(index) for figures in (second, *others))])]
        case Combine.ELEMENTWISE:
            return [f"{first.written(index)} · {second.written(index)}"]
        case Combine.SOFTMAX_JACOBIAN:  # pragma: no branch - there are no other ways
            inner = " − ".join(f"{first.written((k,))} · {second.written((k,))}" for k in range(first.exact.shape[0]))
            return [f"{first.written(index)} · ({second.written(index)} − {inner})"]


def why_not_by_hand(equation: Equation, figures: EquationFigures) -> str:
    """Why the displayed operands do not give the displayed result, in one sentence; empty where they do."""
    if figures.reproduced or not equation.terms:
        return ""
    missing = equation.function and equation.function.missing(equation.terms[0].array, equation.entry)
    if missing:
        return missing
    return tr(
        "The displayed figures are rounded too far to give this result; point at a number for all of its figures."
    )
