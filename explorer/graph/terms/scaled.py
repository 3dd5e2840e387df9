"""The term α ⊙ source, by which a leaky unit keeps a share of its past."""

from collections.abc import Callable

import numpy as np

from explorer.graph.arrays import Array
from explorer.graph.contexts import Both, Here, Rows, Script, TermBack, aligned
from explorer.graph.equation import Combine, Factor, Role, TermOf, summand
from explorer.graph.refs import Source
from explorer.graph.terms.base import Elementwise, Parameter


class Scaled(Elementwise, frozen=True):
    """The term parameter ⊙ source, with a vector of the node's size, as in a leaky unit (section 10.9.2).

    With `complement` it is (1 − parameter) ⊙ source. `cited` and `symbol` as for a weight.
    """

    parameter: str
    source: Source
    complement: bool = False
    cited: str = ""
    symbol: str = ""

    @property
    def beside(self) -> str:
        return self.parameter

    def written(self, symbol: str) -> str:
        return f"1 - {symbol}" if self.complement else symbol

    def declared(self, size: str, size_of: Callable[[Source], str]) -> tuple[Parameter, ...]:
        return (Parameter(self.parameter, (size,), self.symbol or self.parameter, self.cited),)

    def _share(self, at: Both) -> Array:
        return at.complement(self.parameter) if self.complement else at.parameter(self.parameter)

    def forward(self, at: Rows) -> Array:
        source = at.read(self.source)
        product = at.room(len(source))
        at.call(np.multiply, *aligned(source, self._share(at), product))
        return product

    def factor(self, slot: int, at: TermBack) -> Array:
        return self._share(at)

    def parameter_vjp(self, name: str, at: TermBack) -> None:
        products = at.scratch(*at.gradient.shape)
        at.call(np.multiply, *aligned(at.gradient, at.read(self.source), products))
        at.total(products)
        if self.complement:
            at.call(np.negative, at.out, at.out)

    def _factor_said(self, here: Here) -> Factor:
        factor = here.parameter(self.parameter)
        if not self.complement:
            return factor
        tex = rf"\left( 1 - {factor.tex} \right)"
        return Factor(tex, tex, 1.0 - factor.array, Role.DERIVATIVE, factor.shape)

    def value_said(self, here: Here) -> TermOf:
        return summand(self._factor_said(here), here.value(self.source), combine=Combine.ELEMENTWISE)

    def gradient_said(self, slot: int, here: Here) -> TermOf:
        return summand(here.gradient(), self._factor_said(here), combine=Combine.ELEMENTWISE)

    def parameter_said(self, name: str, here: Here) -> TermOf:
        sign = -1 if self.complement else 1
        return summand(here.gradient(), here.value(self.source), combine=Combine.ELEMENTWISE, sign=sign)

    def _factor_written(self, script: Script) -> str:
        return f"(1 - {script.parameter(self.parameter)})" if self.complement else script.parameter(self.parameter)

    def numpy_value(self, script: Script) -> str:
        return f"{self._factor_written(script)} * {script.read(self.source)}"

    def numpy_vjp(self, slot: int, gradient: str, script: Script) -> str:
        return f"{gradient} * {self._factor_written(script)}"

    def numpy_parameter_vjp(self, name: str, gradient: str, script: Script) -> str:
        return f"{'-' if self.complement else ''}({gradient} * {script.read(self.source)}).sum(0)"
