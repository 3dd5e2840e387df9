"""The term b, a vector that is added whatever is read."""

from collections.abc import Callable

from explorer.graph.contexts import Here, Script, TermBack
from explorer.graph.equation import TermOf, summand
from explorer.graph.refs import Source
from explorer.graph.terms.base import Parameter, Term


class Bias(Term, frozen=True):
    """The term `parameter`, a vector of the node's size; `cited` and `symbol` as for a weight."""

    parameter: str
    cited: str = ""
    symbol: str = ""

    def declared(self, size: str, size_of: Callable[[Source], str]) -> tuple[Parameter, ...]:
        return (Parameter(self.parameter, (size,), self.symbol or self.parameter, self.cited),)

    @property
    def bias(self) -> str | None:
        return self.parameter

    def parameter_vjp(self, name: str, at: TermBack) -> None:
        at.total(at.gradient)

    def value_said(self, here: Here) -> TermOf:
        return summand(here.parameter(self.parameter))

    def parameter_said(self, name: str, here: Here) -> TermOf:
        return summand(here.gradient())

    def numpy_value(self, script: Script) -> str:
        return script.parameter(self.parameter)

    def numpy_parameter_vjp(self, name: str, gradient: str, script: Script) -> str:
        return f"{gradient}.sum(0)"
