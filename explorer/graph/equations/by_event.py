"""The equation of any event of a trace: what is computed there, with its numbers."""

import re

import numpy as np
from msgspec.structs import replace

from explorer.graph.analyse.events import Event, Kind
from explorer.graph.analyse.trace import Trace
from explorer.graph.equation import Equation, Factor
from explorer.graph.equations.gradients import gradient_equation
from explorer.graph.equations.notation import ROOT, last_tex
from explorer.graph.equations.outputs import total_loss_equation
from explorer.graph.equations.parameters import parameter_gradient_equation
from explorer.graph.equations.updates import loss_after_equation, update_equation
from explorer.graph.equations.values import value_equation


def equation_of(trace: Trace, event: Event) -> Equation:
    """The equation that this event carries out, with the numbers of this trace, finite or not."""
    with np.errstate(all="ignore"):
        return _at_last(trace, _equation(trace, event))


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
        case Kind.LOSS_AFTER:  # pragma: no branch - there are no other kinds
            return loss_after_equation(trace)


def _at_last(trace: Trace, equation: Equation) -> Equation:
    """Write τ for t throughout where something takes part that exists at the last step alone, as in fig. 10.5.

    Beside o(τ) the state is h(τ) too. A sum over time keeps its t, which runs, and so does a step of another sequence
    that reads the last of this one.
    """
    factors = (equation.left, *(factor for term in equation.terms for factor in term.factors))
    nodes = [trace.network.node(factor.vertex.name) for factor in factors if factor.vertex is not None]
    alone = next((node for node in nodes if node.last_only), None)
    others = any(node.span.length != alone.span.length for node in nodes) if alone else True
    if alone is None or others or equation.over_time:
        return equation

    last = last_tex(alone) or ROOT

    def at_last(tex: str) -> str:
        return re.sub(r"\(t([-+]\d+)?\)", lambda found: f"({last}{found[1] or ''})", tex)

    def last_factor(factor: Factor) -> Factor:
        return replace(factor, tex=at_last(factor.tex))

    terms = tuple(replace(term, factors=tuple(map(last_factor, term.factors))) for term in equation.terms)
    # A loss at the root has no number; what its output reads has one.
    step_tex = (lambda tex: tex.replace("^{(t)}", "")) if alone.span.timeless else at_last
    steps = tuple(replace(step, tex=step_tex(step.tex)) for step in equation.derivation)
    return replace(equation, left=last_factor(equation.left), terms=terms, derivation=steps)
