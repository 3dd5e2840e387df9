"""A made-up term in one file: a layer whose units are damped, each by a share of its own, (1 − share) ⊙ (W source)."""

from collections.abc import Callable

import numpy as np

from explorer.graph.arrays import Array
from explorer.graph.contexts import Here, Rows, Script, TermBack, aligned
from explorer.graph.equation import Combine, Factor, Role, TermOf, summand
from explorer.graph.refs import Source
from explorer.graph.terms.base import Parameter, Term


class Damped(Term, frozen=True):
    """(1 − share) ⊙ (matrix source): two parameters."""

    share: str
    matrix: str
    source: Source

    def declared(self, size: str, size_of: Callable[[Source], str]) -> tuple[Parameter, ...]:
        weight = Parameter(self.matrix, (size, size_of(self.source)), self.matrix)
        return Parameter(self.share, (size,), self.share), weight

    @property
    def weight(self) -> str | None:
        return self.matrix

    def forward(self, at: Rows) -> Array:
        source = at.read(self.source)
        product = at.room(len(source))
        at.product(source, at.transposed(self.matrix), product)
        at.call(np.multiply, *aligned(product, at.complement(self.share), product))
        return product

    def vjp(self, slot: int, at: TermBack) -> None:
        scaled = at.scratch(*at.gradient.shape)
        at.call(np.multiply, *aligned(at.gradient, at.complement(self.share), scaled))
        at.product(scaled, at.parameter(self.matrix), at.out)

    def parameter_vjp(self, name: str, at: TermBack) -> None:
        scaled = at.scratch(*at.gradient.shape)
        if name == self.share:
            at.product(at.read(self.source), at.parameter(self.matrix).swapaxes(-1, -2), scaled)
            at.call(np.multiply, at.gradient, scaled, scaled)
            at.total(scaled)
            at.call(np.negative, at.out, at.out)
        else:
            at.call(np.multiply, *aligned(at.gradient, at.complement(self.share), scaled))
            at.outer(scaled, self.source)

    def _product(self, here: Here) -> Factor:
        weight, source = here.parameter(self.matrix), here.value(self.source)
        tex, tex_here = (rf"\left( {weight.tex} {symbol} \right)" for symbol in (source.tex, source.tex_here))
        return Factor(tex, tex_here, weight.array @ source.array, Role.VALUE, weight.shape[:1], source.vertex)

    def _kept(self, here: Here) -> Factor:
        share = here.parameter(self.share)
        tex = rf"\left( 1 - {share.tex} \right)"
        return Factor(tex, tex, 1.0 - share.array, Role.DERIVATIVE, share.shape)

    def value_said(self, here: Here) -> TermOf:
        return summand(self._kept(here), self._product(here), combine=Combine.ELEMENTWISE)

    def _scaled(self, here: Here) -> Factor:
        kept, gradient = self._kept(here), here.gradient()
        tex, tex_here = (rf"\left( {kept.tex} \odot {symbol} \right)" for symbol in (gradient.tex, gradient.tex_here))
        return Factor(tex, tex_here, kept.array * gradient.array, Role.GRADIENT, kept.shape, gradient.vertex)

    def gradient_said(self, slot: int, here: Here) -> TermOf:
        return summand(here.parameter(self.matrix, transposed=True), self._scaled(here))

    def parameter_said(self, name: str, here: Here) -> TermOf:
        if name == self.share:
            return summand(here.gradient(), self._product(here), combine=Combine.ELEMENTWISE, sign=-1)
        return summand(self._scaled(here), here.value(self.source), combine=Combine.OUTER)

    def numpy_value(self, script: Script) -> str:
        product = f"({script.read(self.source)} @ {script.parameter(self.matrix)}.T)"
        return f"(1 - {script.parameter(self.share)}) * {product}"

    def numpy_vjp(self, slot: int, gradient: str, script: Script) -> str:
        return f"({gradient} * (1 - {script.parameter(self.share)})) @ {script.parameter(self.matrix)}"

    def numpy_parameter_vjp(self, name: str, gradient: str, script: Script) -> str:
        source = script.read(self.source)
        if name == self.share:
            return f"(-{gradient} * ({source} @ {script.parameter(self.matrix)}.T)).sum(0)"
        return f"({gradient} * (1 - {script.parameter(self.share)})).T @ {source}"
