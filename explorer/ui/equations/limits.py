"""Say how far the colours of each array reach: the same at every event and as in the graph, so that one number has
one colour.
"""

from explorer.graph.equation import Factor, Role
from explorer.graph.plain import plain
from explorer.language import tr
from explorer.session.document import Shown
from explorer.session.equations.ledger import ledger
from explorer.ui.drawing.scene import Scales, rounded_up
from explorer.ui.equations.array_block import GRADIENTS
from explorer.ui.look.colour import symmetric_limit

STEEPEST = 1.0
"""No activation rises faster."""


class ColourLimits:
    """The limits for what is shown; for nothing in particular (None), each array reaches as far as its own numbers."""

    def __init__(self, shown: Shown | None = None) -> None:
        self._shown = shown
        self._scales: Scales | None = None
        self._parameters: float | None = None
        self._gradients: dict[str, float] = {}

    def of(self, factor: Factor) -> float:
        """The magnitude of the darkest colour of a factor."""
        if self._shown is None:
            return symmetric_limit(factor.array)
        if self._scales is None:
            self._scales = Scales.of(self._shown)
        gradient = factor.role in GRADIENTS
        if factor.parameter and gradient and not _is_gradient(factor):
            # What an optimiser makes of a gradient is of another size.
            return rounded_up(symmetric_limit(factor.array))
        if factor.parameter:
            return self._gradient(factor.parameter) if gradient else self._parameter(self._shown)
        if gradient:
            return self._scales.gradient
        if factor.role is Role.DERIVATIVE:
            return STEEPEST
        return self._scales.values[factor.vertex.name] if factor.vertex else symmetric_limit(factor.array)

    def name(self, factor: Factor) -> str:
        """What a legend calls a factor."""
        if factor.role in GRADIENTS:
            what = tr("gradient") if _is_gradient(factor) else tr("step")
            return (
                tr("{what} of {parameter}", what=what, parameter=factor.parameter)
                if factor.parameter
                else tr("gradients")
            )
        if factor.role is Role.DERIVATIVE:
            return tr("derivatives")
        if factor.vertex and self._shown is not None:
            return plain(self._shown.network.node(factor.vertex.name).symbol)
        return factor.parameter or tr("values")

    def _parameter(self, shown: Shown) -> float:
        """One limit for all parameters, before and after the update."""
        if self._parameters is None:
            trace = shown.trace
            arrays = (*trace.parameters.values(), *trace.parameters_after.values())
            self._parameters = rounded_up(symmetric_limit(*arrays))
        return self._parameters

    def _gradient(self, name: str) -> float:
        """A limit for the gradient of a parameter and for what each step adds to it."""
        if name not in self._gradients:
            assert self._shown is not None
            account = ledger(self._shown, name)
            self._gradients[name] = rounded_up(symmetric_limit(account.total, account.contributions))
        return self._gradients[name]


def _is_gradient(factor: Factor) -> bool:
    return factor.tex.startswith(r"\nabla")
