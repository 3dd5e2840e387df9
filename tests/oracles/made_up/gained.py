"""A made-up term in one file: a layer with a gain for each of its units, gain ⊙ (W source)."""

from collections.abc import Callable

import numpy as np

from explorer.graph.arrays import Array
from explorer.graph.contexts import Here, Rows, Script, TermBack
from explorer.graph.equation import Combine, Factor, Role, TermOf, summand
from explorer.graph.refs import Source
from explorer.graph.terms.base import Parameter, Term


class Gained(Term, frozen=True):
    """gain ⊙ (weight source): two parameters."""

    gain: str
    matrix: str
    source: Source

    def declared(self, size: str, size_of: Callable[[Source], str]) -> tuple[Parameter, ...]:
        weight = Parameter(self.matrix, (size, size_of(self.source)), self.matrix)
        return Parameter(self.gain, (size,), self.gain), weight

    @property
    def weight(self) -> str | None:
        return self.matrix

    def forward(self, at: Rows) -> Array:
        source = at.read(self.source)
        product = at.room(len(source))
        at.call(source.dot, at.transposed(self.matrix), product)
        at.call(np.multiply, product, at.parameter(self.gain), product)
        return product

    def vjp(self, slot: int, at: TermBack) -> None:
        scaled = at.scratch(*at.gradient.shape)
        at.call(np.multiply, at.gradient, at.parameter(self.gain), scaled)
        at.call(scaled.dot, at.parameter(self.matrix), at.out)

    def parameter_vjp(self, name: str, at: TermBack) -> None:
        gain, matrix, source = at.parameter(self.gain), at.parameter(self.matrix), at.read(self.source)
        at.call(_gain if name == self.gain else _weight, at.gradient, source, gain, matrix, at.out)

    def _product(self, here: Here) -> Factor:
        weight, source = here.parameter(self.matrix), here.value(self.source)
        tex, tex_here = (rf"\left( {weight.tex} {symbol} \right)" for symbol in (source.tex, source.tex_here))
        return Factor(tex, tex_here, weight.array @ source.array, Role.VALUE, weight.shape[:1], source.vertex)

    def value_said(self, here: Here) -> TermOf:
        return summand(here.parameter(self.gain), self._product(here), combine=Combine.ELEMENTWISE)

    def _scaled(self, here: Here) -> Factor:
        gain, gradient = here.parameter(self.gain), here.gradient()
        tex, tex_here = (rf"\left( {gain.tex} \odot {symbol} \right)" for symbol in (gradient.tex, gradient.tex_here))
        return Factor(tex, tex_here, gain.array * gradient.array, Role.GRADIENT, gain.shape, gradient.vertex)

    def gradient_said(self, slot: int, here: Here) -> TermOf:
        return summand(here.parameter(self.matrix, transposed=True), self._scaled(here))

    def parameter_said(self, name: str, here: Here) -> TermOf:
        if name == self.gain:
            return summand(here.gradient(), self._product(here), combine=Combine.ELEMENTWISE)
        return summand(self._scaled(here), here.value(self.source), combine=Combine.OUTER)

    def numpy_value(self, script: Script) -> str:
        return f"{script.parameter(self.gain)} * ({script.read(self.source)} @ {script.parameter(self.matrix)}.T)"

    def numpy_vjp(self, slot: int, gradient: str, script: Script) -> str:
        return f"({gradient} * {script.parameter(self.gain)}) @ {script.parameter(self.matrix)}"

    def numpy_parameter_vjp(self, name: str, gradient: str, script: Script) -> str:
        source = script.read(self.source)
        if name == self.gain:
            return f"({gradient} * ({source} @ {script.parameter(self.matrix)}.T)).sum(0)"
        return f"({gradient} * {script.parameter(self.gain)}).T @ {source}"


def _gain(gradient: Array, source: Array, gain: Array, matrix: Array, out: Array) -> None:
    np.sum(gradient * (source @ matrix.T), axis=0, out=out)


def _weight(gradient: Array, source: Array, gain: Array, matrix: Array, out: Array) -> None:
    np.dot((gradient * gain).T, source, out)
