"""The equations of an output: the total loss, the gradient at a loss, and why that at the logits is a difference."""

import numpy as np

from explorer.graph.analyse.trace import Trace
from explorer.graph.declaration import Loss
from explorer.graph.equation import Combine, Equation, Factor, Role, Step, TermOf
from explorer.graph.equations.notation import node_factor, plain_vertex, weight_factor
from explorer.graph.output import Output
from explorer.graph.unfold import Vertex
from explorer.language import tr


def total_loss_equation(trace: Trace) -> Equation:
    """L = Σ_t L(t), eq. 10.13, or Σ_t w(t) L(t) where the batch has loss weights."""
    output = _output(trace)
    terms = []
    for t in trace.loss_steps:
        loss, weight = loss_factor(trace, output, t), weight_factor(trace, t)
        if weight is None:
            terms.append(TermOf((loss,), Combine.MATRIX, loss.array, step=t))
        else:
            terms.append(TermOf((weight, loss), Combine.SCALE, weight.array * loss.array, step=t))
    left = Factor("L", "L", np.array(trace.loss), Role.LOSS)
    caption = tr("The loss of the sequence is the sum of the losses of its steps.")
    if output.last_only:
        caption = tr("There is one output, so its loss is the loss of the sequence.")
    if trace.batch.loss_weights is not None:
        caption = tr(
            "The loss of each step counts as much as its weight w says; with weight 0 it does not count at all."
        )
    return Equation(tr("Total loss"), left, tuple(terms), "eq. 10.13", caption, over_time=not output.last_only)


def loss_gradient_equation(trace: Trace, t: int) -> Equation:
    """∂L/∂L(t) = 1 (eq. 10.17), or w(t) where the batch has loss weights."""
    output = _output(trace)
    loss = node_factor(trace, output.loss, t)
    left = Factor(
        rf"\frac{{\partial L}}{{\partial {loss.tex}}}", rf"\frac{{\partial L}}{{\partial {loss.tex_here}}}",
        trace.gradient(output.loss, t).reshape(()), Role.GRADIENT, (), Vertex(output.loss, t),
    )  # fmt: skip
    factor = weight_factor(trace, t)
    caption = tr("The total loss is a sum, so it grows with the loss of each step by its weight.")
    if factor is None:
        factor = Factor("1", "1", np.array(1.0), Role.CONSTANT)
        caption = tr("The total loss is a sum, so it grows one for one with the loss of each step.")
        if output.last_only:
            caption = tr("The one loss is the total loss, so this grows one for one with it.")
    if t == trace.loss_steps[-1]:
        caption = tr("{sentence} Here BPTT begins.", sentence=caption)
    terms = (TermOf((factor,), Combine.MATRIX, factor.array),)
    here = plain_vertex(trace, Vertex(output.loss, t))
    return Equation(tr("∇ with respect to {here}", here=here), left, terms, "eq. 10.17", caption)


def difference_steps(trace: Trace, t: int) -> tuple[Step, ...]:
    """Why the gradient at the logits is prediction minus target, step by step (eq. 10.18 for the softmax)."""
    output = _output(trace)
    loss = trace.network.node(output.loss).operation
    assert isinstance(loss, Loss)
    with np.errstate(all="ignore"):
        return loss.derivation(trace.value(output.prediction, t), trace.value(output.target, t))


def _output(trace: Trace) -> Output:
    assert trace.network.output is not None, "a network without an output has no loss"
    return trace.network.output


def loss_factor(trace: Trace, output: Output, t: int) -> Factor:
    """L(t) as the scalar it is."""
    factor = node_factor(trace, output.loss, t)
    return Factor(factor.tex, factor.tex_here, factor.array.reshape(()), Role.LOSS, (), factor.vertex)
