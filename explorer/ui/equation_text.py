"""Write an equation as LaTeX in the colours of its roles, in each of the ways it is read."""

from collections.abc import Iterator

from explorer.graph.declaration import Sizes, dimension
from explorer.graph.equation import Equation, Factor
from explorer.graph.equations import equation_of
from explorer.graph.events import Kind
from explorer.graph.typeset import Reading, latex
from explorer.session.document import Shown
from explorer.ui.array_block import ROLES
from explorer.ui.formula import coloured, with_shape

READINGS = ("symbols", "shapes", "here")
"""In general, with the shape under each factor, and with the steps at hand."""
MOST_STEPS = 100
"""Longest sequence whose sums over time are typeset ahead of need."""


def paint(factor: Factor, tex: str) -> str:
    """The TeX of a factor in the colour of its role; a constant stays ink."""
    role = ROLES.get(factor.role)
    return coloured(tex, role) if role else tex


def equation_latex(equation: Equation, reading: str, sizes: Sizes) -> str:
    """An equation in one of the `READINGS`. One without terms is only what stands on its left."""

    def with_its_shape(factor: Factor, tex: str) -> str:
        shape = r" \times ".join(str(dimension(name, sizes)) for name in factor.shape)
        return with_shape(paint(factor, tex), shape or "1")

    if not equation.terms:
        factor = equation.left
        tex = factor.tex_here if reading == "here" else factor.tex
        return with_its_shape(factor, tex) if reading == "shapes" else paint(factor, tex)
    if reading == "shapes":
        return latex(equation, Reading.GENERAL, sizes, with_its_shape)
    return latex(equation, Reading.HERE if reading == "here" else Reading.GENERAL, sizes, paint)


def formulas_ahead(shown: Shown) -> Iterator[str]:
    """The formulas of all events in symbols, each once: they are the same at all steps but the outermost."""
    T = shown.trace.T
    steps = {None, 1, 2, T - 1, T}
    sums = {Kind.PARAMETER_GRADIENT, Kind.TOTAL_LOSS}
    for event in shown.events:
        if event.t in steps and (T <= MOST_STEPS or event.kind not in sums):
            yield equation_latex(equation_of(shown.trace, event), READINGS[0], shown.sizes)
