"""The term W · source, by which every layer reads another."""

from collections.abc import Callable

from explorer.graph.arrays import Array
from explorer.graph.contexts import Here, Rows, Script, TermBack
from explorer.graph.equation import Combine, TermOf, summand
from explorer.graph.refs import Source
from explorer.graph.terms.base import Parameter, Term


class Linear(Term, frozen=True):
    """The term `weight` · source; the weight has shape (size of the node, size of the source).

    `cited`: where the book has the gradient of the weight, "eq. 10.26" say; `symbol`: its TeX, if that is not its name.
    """

    weight: str
    source: Source
    cited: str = ""
    symbol: str = ""

    def declared(self, size: str, size_of: Callable[[Source], str]) -> tuple[Parameter, ...]:
        return (Parameter(self.weight, (size, size_of(self.source)), self.symbol or self.weight, self.cited),)

    def looks_up(self, at: Rows) -> bool:
        return at.symbols(self.source) is not None

    def forward(self, at: Rows) -> Array:
        symbols = at.symbols(self.source)
        if symbols is not None:
            product = at.room(len(symbols))
            at.look_up(self.weight, at.biases.pop(0) if at.fresh and at.biases else None, symbols, product)
            return product
        source = at.read(self.source)
        product = at.room(len(source))
        at.product(source, at.transposed(self.weight), product)
        return product

    def vjp(self, slot: int, at: TermBack) -> None:
        at.product(at.gradient, at.parameter(self.weight), at.out)

    def parameter_vjp(self, name: str, at: TermBack) -> None:
        at.outer(at.gradient, self.source)

    def value_said(self, here: Here) -> TermOf:
        return summand(here.parameter(self.weight), here.value(self.source))

    def gradient_said(self, slot: int, here: Here) -> TermOf:
        return summand(here.parameter(self.weight, transposed=True), here.gradient())

    def parameter_said(self, name: str, here: Here) -> TermOf:
        return summand(here.gradient(), here.value(self.source), combine=Combine.OUTER)

    def numpy_value(self, script: Script) -> str:
        return f"{script.read(self.source)} @ {script.parameter(self.weight)}.T"

    def numpy_vjp(self, slot: int, gradient: str, script: Script) -> str:
        return f"{gradient} @ {script.parameter(self.weight)}"

    def numpy_parameter_vjp(self, name: str, gradient: str, script: Script) -> str:
        return f"{gradient}.T @ {script.read(self.source)}"
