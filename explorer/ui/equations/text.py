"""Write an equation as LaTeX in the colours of its roles, in each of the ways it is read."""

from collections.abc import Callable, Iterable, Iterator

from explorer.graph.analyse.events import Kind
from explorer.graph.declaration import Sizes
from explorer.graph.equation import Equation, Factor, raised_tex
from explorer.graph.equations.by_event import equation_of
from explorer.graph.equations.typeset import Reading, latex
from explorer.graph.terms.base import Parameter
from explorer.session.document import Shown
from explorer.ui.equations.array_block import ROLES
from explorer.ui.typography.formula import coloured
from explorer.ui.typography.formula_label import breakable_parts

READINGS = ("symbols", "shapes", "here")
"""In general, with the shape under each factor, and with the steps at hand."""
SOON = 8
"""How many events ahead formulas with the steps at hand are typeset."""
MOST_STEPS = 100
"""Longest sequence whose sums over time are typeset ahead of need."""


def paint(factor: Factor, tex: str) -> str:
    """The TeX of a factor in the colour of its role; a constant stays ink."""
    role = ROLES.get(factor.role)
    return coloured(tex, role) if role else tex


def equation_latex(equation: Equation, reading: str, sizes: Sizes) -> str:
    """An equation in one of the `READINGS`. One without terms is only what stands on its left."""

    way = {"symbols": Reading.GENERAL, "shapes": Reading.SHAPES, "here": Reading.HERE}[reading]
    said = latex(equation, way, sizes, paint, _under)
    return said if equation.terms else said.partition(" = ")[0]


def _under(tex: str, shape: str) -> str:
    # The strut holds the shapes of one equation on one line. (A brace above them takes 200 ms to typeset.)
    return rf"\underset{{{coloured(shape or '1', 'muted')}}}{{\vphantom{{y_y}} {tex}}}"


def ledger_latex(parameter: Parameter) -> str:
    """What a ledger adds up: ∇_W L = Σ_t ∇_{W(t)} L, where W(t) is the copy of W at step t (section 10.2.2)."""
    whole = parameter.symbol
    total, part = (coloured(rf"\nabla_{{{symbol}}} L", "backward") for symbol in (whole, raised_tex(whole, "^{(t)}")))
    return rf"{total} = \Sigma_t \, {part}"


def formulas_ahead(shown: Shown, reading: str, cursor: int, lines: Callable[[str], Iterable[str]]) -> Iterator[str]:
    """The formulas that are likely to be shown soon, to be typeset ahead of need.

    In general form, those of all events, for they are the same at all steps but the outermost; with the steps at
    hand, those of the next events. Each is followed by the parts and the `lines` in which it will stand.
    """
    T = shown.trace.T
    sums = {Kind.PARAMETER_GRADIENT, Kind.TOTAL_LOSS}
    steps = {None, 1, 2, T - 1, T}
    if reading == "here":
        events = [e for e in shown.events[cursor : cursor + SOON] if e.kind not in sums]
    else:
        yield from map(ledger_latex, shown.architecture.parameters)
        events = [e for e in shown.events if e.t in steps and (T <= MOST_STEPS or e.kind not in sums)]
    for event in events:
        formula = equation_latex(equation_of(shown.trace, event), reading, shown.sizes)
        yield formula
        yield from breakable_parts(formula)
        yield from lines(formula)
