"""Take the derivation apart into what any text says of it: headings, sentences and formulas in TeX."""

from collections.abc import Iterator

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from explorer.export.format import Material, Options
from explorer.graph.analyse.trace import Trace
from explorer.graph.analyse.tracer import Tracer
from explorer.graph.arrays import Array
from explorer.graph.equation import Equation, Factor
from explorer.graph.equations.by_event import equation_of
from explorer.graph.equations.typeset import Reading, latex
from explorer.language import tr
from explorer.session.equations.figures import MINUS, Figures, equation_figures, figures
from explorer.session.equations.focus import spelled_out
from explorer.wording import RAISED, in_book

LARGEST = 12
"""Rows or columns of the largest array that is written in numbers."""
_NOT_RAISED = {raised: plain for plain, raised in RAISED.items()}


class FormulaLine(Struct, frozen=True):
    """A formula in TeX, and what is said before it."""

    tex: str
    words: str = ""


class Passage(Struct, frozen=True):
    """What is said of one event; `cuts` are the ways by which no gradient comes.

    `caption` says what happens, and why something is transposed.
    """

    phase: str
    title: str
    source: str
    caption: str
    lines: tuple[FormulaLine, ...]
    cuts: tuple[str, ...]
    derivation: tuple[FormulaLine, ...]


def passages(material: Material, options: Options) -> Iterator[Passage]:
    """Those of all events in their order, or of the one that was done last; why one is transposed is said once."""
    current = () if material.event is None else (material.event,)
    trace = _of_first_sequence(material.trace)
    said: set[str] = set()
    for event in material.events if options.events == "all" else current:
        equation = equation_of(trace, event)
        why = tuple(sentence for sentence in equation.why if sentence not in said)
        yield passage_of(trace, replace(equation, why=why), event.phase.called)
        said.update(why)


def heading(material: Material) -> str:
    """The network, and which sequence of a batch is told of."""
    B = material.trace.B
    return material.title if B == 1 else tr("{material}, sequence 1 of {B}", material=material.title, B=B)


def _of_first_sequence(trace: Trace) -> Trace:
    """The trace of that sequence alone: its numbers add up to its gradients, not to those of the batch."""
    if trace.B == 1:
        return trace
    batch = trace.batch.sequences(0, 1)
    weighted, held = batch.loss_weights is not None, frozenset(batch.held)
    tracer = Tracer(trace.network, trace.sizes, trace.T, weighted=weighted, held=held, borders=trace.borders)
    return tracer.trace(trace.parameters, batch)


def passage_of(trace: Trace, equation: Equation, phase: str = "") -> Passage:
    """An equation in general, at the step at hand, and in numbers."""
    sizes = trace.sizes
    general, here = (latex(equation, reading, sizes) for reading in (Reading.GENERAL, Reading.HERE))
    numbers = _in_numbers(spelled_out(trace, equation), sizes)
    distinct = dict.fromkeys((general, here))
    return Passage(
        phase=phase,
        title=equation.title,
        source=in_book(equation.source),
        caption=" ".join((equation.caption, *equation.why)),
        lines=tuple(FormulaLine(_accented(tex)) for tex in (*distinct, *numbers)),
        cuts=tuple(
            tr("No gradient comes {origin}: {reason}.", origin=cut.origin, reason=cut.reason) for cut in equation.cuts
        ),
        derivation=tuple(FormulaLine(f"{step.tex}{_comes_to(step.array)}", step.words) for step in equation.derivation),
    )


def _accented(tex: str) -> str:
    """The formula with whatever is transposed in a group of several: TeX takes a group of one accent apart."""
    return tex.replace(r"}^\top", r"{}}^\top")


def _in_numbers(equation: Equation, sizes: dict[str, int]) -> tuple[str, ...]:
    """The equation with the numbers in place of the symbols; without operands where there are too many."""
    shown = equation_figures(equation)
    factors = [equation.left, *(factor for term in equation.terms for factor in term.factors)]
    rounded = [shown.left, *(one for term in shown.terms for one in term)]
    if not _small(equation.left.array):
        return ()
    if not all(_small(factor.array) for factor in factors) or len(factors) > LARGEST:
        return (f"{equation.left.tex_here} = {matrix(shown.left)}",)
    written = {id(factor): one for factor, one in zip(factors, rounded, strict=True)}

    def numbers(factor: Factor, tex: str) -> str:
        row = tex.endswith(r"^\top") and factor.array.ndim == 1
        return tex if factor is equation.left else matrix(written[id(factor)], row)

    right = latex(equation, Reading.HERE, sizes, numbers).removeprefix(f"{equation.left.tex_here} = ")
    result = matrix(shown.left)
    if right == result:
        return ()
    equal = "=" if shown.reproduced else r"\approx"
    return (rf"{equation.left.tex_here} = {right} {equal} {result}",)


def _comes_to(array: Array | None) -> str:
    return f" = {matrix(figures(array))}" if array is not None and _small(array) else ""


def _small(array: Array) -> bool:
    return max(array.shape, default=1) <= LARGEST


def matrix(shown: Figures, row: bool = False) -> str:
    """The displayed numbers in TeX: a number, a column (or a row), a matrix, with their common power of ten."""
    power = rf" \cdot 10^{{{shown.exponent}}}" if shown.exponent and np.any(shown.exact) else ""
    shape = shown.exact.shape
    if not shape:
        number = _number(shown.text())
        return rf"\left( {number}{power} \right)" if number.startswith("-") or power else number
    columns: list[tuple[int, ...]] = [(j,) for j in range(shape[1])] if len(shape) > 1 else [()]
    rows = [[(i, *column) for column in columns] for i in range(shape[0])]
    if row:
        rows = [[entry for line in rows for entry in line]]
    lines = r" \\ ".join(" & ".join(_number(shown.text(index)) for index in line) for line in rows)
    return rf"\begin{{bmatrix}} {lines} \end{{bmatrix}}{power}"


def _number(text: str) -> str:
    """A displayed number in TeX: 9.1×10⁻¹² with its exponent raised."""
    mantissa, times, power = text.replace(MINUS, "-").partition("×10")
    if not times:
        return {"NaN": r"\mathrm{NaN}"}.get(mantissa, mantissa.replace("∞", r"\infty"))
    return rf"{mantissa} \cdot 10^{{{power.translate(_NOT_RAISED)}}}"
