"""The equation of any event of a trace: what is computed there, with its numbers."""

import numpy as np

from explorer.graph.backward_equations import gradient_equation
from explorer.graph.equation import Equation
from explorer.graph.events import Event, Kind
from explorer.graph.forward_equations import total_loss_equation, value_equation
from explorer.graph.parameter_equations import (
    loss_after_equation,
    parameter_gradient_equation,
    update_equation,
)
from explorer.graph.trace import Trace


def equation_of(trace: Trace, event: Event) -> Equation:
    """The equation that this event carries out, with the numbers of this trace, finite or not."""
    with np.errstate(all="ignore"):
        return _equation(trace, event)


def _equation(trace: Trace, event: Event) -> Equation:
    match event.kind:
        case Kind.VALUE:
            assert event.t is not None
            return value_equation(trace, event.name, event.t)
        case Kind.TOTAL_LOSS:
            return total_loss_equation(trace)
        case Kind.GRADIENT:
            assert event.t is not None
            return gradient_equation(trace, event.name, event.t)
        case Kind.PARAMETER_GRADIENT:
            return parameter_gradient_equation(trace, event.name)
        case Kind.UPDATE:
            return update_equation(trace, event.name)
        case Kind.LOSS_AFTER:
            return loss_after_equation(trace)
