"""The equation behind the gradient at each node: eqs. 10.18 to 10.21."""

import numpy as np
from msgspec.structs import replace

from explorer.graph.analyse.trace import Trace
from explorer.graph.compute.backward import Contribution
from explorer.graph.declaration import (
    Activation,
    BinaryCrossEntropy,
    CrossEntropy,
    Hadamard,
    Linear,
    Mix,
    Ref,
    Scaled,
    Softmax,
    SquaredError,
)
from explorer.graph.equation import Combine, CutPath, Equation, Factor, Role, TermOf
from explorer.graph.equations.citations import gradient_cited
from explorer.graph.equations.cut_words import cut_origin, cut_reason
from explorer.graph.equations.notation import (
    gradient_factor,
    parameter_factor,
    plain_vertex,
    scale_factor,
    step_tex,
    symbol_tex,
    value_factor,
    weight_factor,
)
from explorer.graph.equations.outputs import difference_factor, difference_steps, loss_gradient_equation
from explorer.graph.operations import FUNCTIONS, Array
from explorer.graph.unfold import Vertex


def gradient_equation(trace: Trace, name: str, t: int) -> Equation:
    """How ∇L with respect to node (name, t) adds up from what comes back over each use of the node."""
    if trace.network.output is not None and name == trace.network.output.loss:
        return loss_gradient_equation(trace, t)
    terms = tuple(term for c in trace.reaching(name, t) for term in _contributions(trace, c, t))
    left = gradient_factor(trace, name, t)
    here = plain_vertex(trace, Vertex(name, t))
    origins = [term.origin for term in terms]
    cuts = tuple(
        dict.fromkeys(
            CutPath(cut_origin(trace, cut), cut_reason(trace.network, cut)) for cut in trace.flow.cuts(Vertex(name, t))
        )
    )
    output = trace.network.output
    reads_loss = output is not None and name == output.logits and t in trace.loss_steps
    if len(terms) == 1:
        alone = "and from nowhere else" if cuts else f"the only place where {here} is used"
        caption = f"The gradient at {here} comes back {origins[0]}, {alone}."
    else:
        times = "twice" if len(terms) == 2 else f"{len(terms)} times"
        caption = f"{here} is used {times}, so its gradient is the sum of what comes back " + (
            " and ".join(origins) + "."
        )
    return Equation(
        title=f"∇ with respect to {here}",
        left=left,
        terms=terms,
        source=gradient_cited(trace, name, t),
        caption=caption,
        why=" ".join(_why_transposed(trace, term) for term in terms if any(f.transposed for f in term.factors)),
        cuts=cuts,
        derivation=difference_steps(trace, t) if reads_loss else (),
    )


def _contributions(trace: Trace, contribution: Contribution, t: int) -> list[TermOf]:
    """The summands over one use: one for each step of the consumer if all of them read this one step."""
    use = contribution.use
    if not use.source.at_last:
        return [_contribution(trace, contribution, t)]
    found = []
    for step in trace.steps(use.consumer.name):
        gradient = gradient_factor(trace, use.consumer.name, step)
        gradient = replace(gradient, tex=gradient.tex_here)
        origin = f"from {plain_vertex(trace, Vertex(use.consumer.name, step))}"
        match use.term:
            case Linear(weight):
                factors, combine = (parameter_factor(trace, weight, transposed=True), gradient), Combine.MATRIX
                array = factors[0].array @ gradient.array
            case Scaled() as term:
                factors, combine = (gradient, scale_factor(trace, term)), Combine.ELEMENTWISE
                array = gradient.array * factors[1].array
            case Hadamard(_, Ref() as other):
                factors, combine = (gradient, value_factor(trace, other, step)), Combine.ELEMENTWISE
                array = gradient.array * factors[1].array
            case _:
                raise AssertionError(f"no equation for what comes back from every {use.consumer.name}")
        found.append(TermOf(factors, combine, array, origin=origin, step=step))
    return found


def _contribution(trace: Trace, contribution: Contribution, t: int) -> TermOf:
    """One summand of a node's gradient: which factors make it, and where it comes from."""
    use = contribution.use
    consumer, lag = use.consumer, use.source.lag
    at = trace.steps(consumer.name)[-1] if consumer.span.single else t + lag
    array = trace.contribution(contribution, t)
    origin = f"from {plain_vertex(trace, Vertex(consumer.name, at))}"
    match consumer.operation, use.term:
        case _, Linear(weight):
            factors = parameter_factor(trace, weight, transposed=True), gradient_factor(trace, consumer.name, t, -lag)
            return TermOf(factors, Combine.MATRIX, array, origin=origin)
        case _, Scaled() as term:
            factors = gradient_factor(trace, consumer.name, t, -lag), scale_factor(trace, term)
            return TermOf(factors, Combine.ELEMENTWISE, array, origin=origin)
        case _, Hadamard(_, Ref() as other):
            relative = Ref(other.name, other.lag - lag, other.at_last)
            factors = gradient_factor(trace, consumer.name, t, -lag), value_factor(trace, relative, t)
            return TermOf(factors, Combine.ELEMENTWISE, array, origin=origin)
        case Activation(function=str() as function), _:
            slope = _derivative(trace, consumer.name, function, at, lag)
            factors = gradient_factor(trace, consumer.name, t, -lag), slope
            return TermOf(factors, Combine.ELEMENTWISE, array, origin=origin)
        case Softmax(), _:
            factors = value_factor(trace, Ref(consumer.name, -lag), t), gradient_factor(trace, consumer.name, t, -lag)
            return TermOf(factors, Combine.SOFTMAX_JACOBIAN, array, origin=f"{origin}, which is fed back")
        case ((CrossEntropy() | BinaryCrossEntropy() | SquaredError()), _):
            difference, scale = difference_factor(trace, at), weight_factor(trace, at)
            if scale is None:
                return TermOf((difference,), Combine.MATRIX, array, origin=origin)
            return TermOf((scale, difference), Combine.SCALE, array, origin=origin)
        case Mix(), _:
            gradient = gradient_factor(trace, consumer.name, t, -lag)
            return TermOf((gradient,), Combine.MATRIX, array, origin=origin)
    raise AssertionError(f"no equation for what comes back from {consumer.name}")


def _derivative(trace: Trace, name: str, function: str, t: int, lag: int) -> Factor:
    """φ'(a) as a vector; the book writes it as the diagonal matrix of the same numbers (eq. 10.21)."""
    node = trace.network.node(name)
    value = trace.value(name, t)
    out: Array = np.empty_like(value)
    FUNCTIONS[function].derivative(value, out)
    pattern = FUNCTIONS[function].derivative_tex
    tex, here = symbol_tex(node.symbol, step_tex(-lag)), symbol_tex(node.symbol, str(t))
    return Factor(
        rf"\left( {pattern.format(h=tex)} \right)", rf"\left( {pattern.format(h=here)} \right)", out, Role.DERIVATIVE,
        (node.size,), Vertex(name, t),
    )  # fmt: skip


def _why_transposed(trace: Trace, term: TermOf) -> str:
    matrix = next(f for f in term.factors if f.transposed)
    assert matrix.parameter is not None
    parameter = trace.network.architecture.parameter(matrix.parameter)
    rows, columns = parameter.shape(trace.sizes)
    return (
        f"{parameter.name} takes {columns} numbers to {rows}; its transpose takes the {rows} gradients back to "
        f"{columns}, each entry adding up what it changed downstream."
    )
