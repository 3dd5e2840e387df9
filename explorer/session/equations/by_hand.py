"""Show how one entry of an equation's result is made: which operand entries it takes, and the sum in one line."""

from collections.abc import Iterable

from explorer.graph.equation import Combine, Equation, TermOf
from explorer.graph.operations import FUNCTIONS, Index
from explorer.session.equations.figures import EquationFigures, Figures

Operands = dict[tuple[int, int], frozenset[Index]]
"""For factor j of term i, by (i, j): the entries that are used."""

UNITS_ADDED_UP = ("binary_cross_entropy", "squared_error")
"""Functions that make one number of a vector, by adding up what each unit gives."""

LONGEST = 8
"""Products that are written out; a longer sum is shortened in its middle."""


def operands_of(equation: Equation, index: Index) -> Operands:
    """The operand entries from which entry `index` of the result is computed."""
    found: Operands = {}
    for i, term in enumerate(equation.terms):
        for j, factor in enumerate(term.factors):
            found[i, j] = frozenset(_entries(equation, term, j, factor.array.shape, index))
    return found


def _entries(equation: Equation, term: TermOf, j: int, shape: Index, index: Index) -> Iterable[Index]:
    every = [(k,) for k in range(shape[0])] if len(shape) == 1 else [()]
    if equation.function == "cross_entropy":
        return [(equation.entry or 0,)]
    whole = equation.function in ("softmax", "argmax", "sample", *UNITS_ADDED_UP)
    if whole or term.combine is Combine.SOFTMAX_JACOBIAN:
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
    if equation.function in ("argmax", "sample"):
        return _choice(equation, figures, index)
    if equation.function in UNITS_ADDED_UP:
        units = [_sum(equation, figures, (k,)) for k in range(len(equation.terms[0].array))]
        made = [f"ζ({unit})" if equation.function == "binary_cross_entropy" else f"({unit})²" for unit in units]
        added = _shortened([made[0], *(f" + {unit}" for unit in made[1:])])
        body = added if equation.function == "binary_cross_entropy" else f"({added}) / 2"
    else:
        body = _applied(equation, figures, _sum(equation, figures, index), index)
    return f"{figures.left.written(index).strip('()')} = {body}"


def _sum(equation: Equation, figures: EquationFigures, index: Index) -> str:
    """One entry of the sum of all terms."""
    pieces: list[str] = []
    for i, term in enumerate(equation.terms):
        for product in _products(equation, term, figures.terms[i], index):
            sign = " − " if term.sign < 0 else " + " if pieces else ""
            pieces.append(sign + product)
    return _shortened(pieces)


def _shortened(pieces: list[str]) -> str:
    if len(pieces) > LONGEST:
        left_out = len(pieces) - LONGEST + 1
        pieces = [*pieces[: LONGEST - 2], f" + … {left_out} more …", pieces[-1]]
    return "".join(pieces)


def _choice(equation: Equation, figures: EquationFigures, index: Index) -> str:
    entry, chosen = figures.terms[0][0].written(index).strip("()"), index == (equation.entry,)
    if equation.function == "argmax":
        return f"{entry} is {'' if chosen else 'not '}the largest entry, hence {figures.left.written(index)}"
    return f"{'drawn' if chosen else 'not drawn'}, with probability {entry}, hence {figures.left.written(index)}"


def _products(equation: Equation, term: TermOf, factors: tuple[Figures, ...], index: Index) -> list[str]:
    if equation.function == "cross_entropy":
        return [factors[0].written((equation.entry or 0,))]
    if len(factors) == 1:
        return [factors[0].written(index)]
    first, second = factors
    match term.combine:
        case Combine.MATRIX:
            columns = range(first.exact.shape[1])
            return [f"{first.written((index[0], k))} · {second.written((k,))}" for k in columns]
        case Combine.OUTER:
            return [f"{first.written((index[0],))} · {second.written((index[1],))}"]
        case Combine.SCALE:
            return [f"{first.written()} · {second.written(index)}"]
        case Combine.ELEMENTWISE:
            return [f"{first.written(index)} · {second.written(index)}"]
        case Combine.SOFTMAX_JACOBIAN:  # pragma: no branch - there are no other ways
            inner = " − ".join(f"{first.written((k,))} · {second.written((k,))}" for k in range(first.exact.shape[0]))
            return [f"{first.written(index)} · ({second.written(index)} − {inner})"]


def _applied(equation: Equation, figures: EquationFigures, body: str, index: Index) -> str:
    match equation.function:
        case None | "choice":
            return body
        case "softmax":
            entries = figures.terms[0][0]
            powers = [f"exp({entries.written((k,)).strip('()')})" for k in range(entries.exact.shape[0])]
            if len(powers) > LONGEST:
                powers[LONGEST - 2 : -1] = ["…"]
            return f"exp({body.strip('()')}) / ({' + '.join(powers)})"
        case "cross_entropy":
            return f"−log({body})"
        case function:
            name = {"sigmoid": "σ", "identity": "", "one_minus": "1 − "}.get(function, FUNCTIONS[function].id)
            return f"{name}({body.strip('()')})"


def why_not_by_hand(equation: Equation, figures: EquationFigures) -> str:
    """Why the displayed operands do not give the displayed result, in one sentence; empty where they do."""
    if figures.reproduced or not equation.terms:
        return ""
    if equation.function == "cross_entropy" and equation.terms[0].array[equation.entry or 0] == 0:
        return (
            "The probability of the target is too small for the computer's numbers and has become 0, "
            "so the loss is computed from the logits instead, as log Σ exp(o) − o_y."
        )
    return "The displayed figures are rounded too far to give this result; point at a number for all of its figures."
