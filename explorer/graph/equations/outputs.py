"""The equations of an output: its loss, the total loss, what the loss sends back, and why that is a difference."""

import numpy as np

from explorer.graph.analyse.trace import Trace
from explorer.graph.declaration import Ref
from explorer.graph.equation import Combine, Equation, Factor, Role, Step, TermOf
from explorer.graph.equations.notation import node_factor, symbol_tex, weight_factor
from explorer.graph.operations import Array
from explorer.graph.output import LINEAR, SIGMOID, SOFTMAX, Output, Target
from explorer.graph.unfold import Vertex


def loss_equation(trace: Trace, t: int) -> Equation:
    """L(t): eq. 10.14 for a softmax, section 6.2.2 for the others."""
    output = _output(trace)
    of_kind = {SOFTMAX.id: _cross_entropy, SIGMOID.id: _binary_cross_entropy, LINEAR.id: _squared_error}
    return of_kind[output.kind.id](trace, output, t)


def _cross_entropy(trace: Trace, output: Output, t: int) -> Equation:
    entry = int(trace.value(output.target, t).argmax())
    yhat = node_factor(trace, output.prediction, t)
    term = TermOf((yhat,), Combine.MATRIX, yhat.array)
    caption = (
        f"The prediction gave the target, entry {entry + 1} of ŷ, the probability {yhat.array[entry]:.3g}; "
        "the less it expected the target, the larger the loss."
    )
    left = _loss_factor(trace, output, t)
    return Equation(f"Loss at step {t}", left, (term,), output.kind.loss_cited, caption, "cross_entropy", entry)


def _binary_cross_entropy(trace: Trace, output: Output, t: int) -> Equation:
    """L(t) = Σ_i ζ((1 − 2 y_i) o_i), and that this is what −log of the probability of each bit comes to."""
    o, y, yhat = (node_factor(trace, name, t) for name in (output.logits, output.target, output.prediction))
    turned = Factor(
        rf"\left( 1 - 2 {y.tex} \right)", rf"\left( 1 - 2 {y.tex_here} \right)", 1.0 - 2.0 * y.array, Role.TARGET,
        y.shape, y.vertex,
    )  # fmt: skip
    term = TermOf((turned, o), Combine.ELEMENTWISE, turned.array * o.array)
    derivation = (
        Step(
            "The prediction gives each bit of the target a probability: ŷ where it is 1, else 1 − ŷ.",
            r"p_i = y_i \, \hat{y}_i + (1 - y_i) (1 - \hat{y}_i) = \sigma\left( (2 y_i - 1) \, o_i \right)",
            np.where(y.array == 1.0, yhat.array, 1.0 - yhat.array),
        ),
        Step(
            "Its −log is the softplus ζ(z) = log(1 + exp(z)) of the logit, turned round where the bit is 1.",
            r"-\log p_i = \zeta\left( (1 - 2 y_i) \, o_i \right)",
            np.logaddexp(0.0, term.array),
        ),
    )
    caption = "Each bit of the target costs −log of the probability that the prediction gave it; the costs add up."
    left, cited = _loss_factor(trace, output, t), output.kind.loss_cited
    return Equation(f"Loss at step {t}", left, (term,), cited, caption, "binary_cross_entropy", derivation=derivation)


def _squared_error(trace: Trace, output: Output, t: int) -> Equation:
    o, y = node_factor(trace, output.prediction, t), node_factor(trace, output.target, t)
    terms = TermOf((o,), Combine.MATRIX, o.array), TermOf((y,), Combine.MATRIX, y.array, sign=-1)
    caption = "Half the squared distance of the prediction from the target: twice as far off costs four times as much."
    left = _loss_factor(trace, output, t)
    return Equation(f"Loss at step {t}", left, terms, output.kind.loss_cited, caption, "squared_error")


def total_loss_equation(trace: Trace) -> Equation:
    """L = Σ_t L(t), eq. 10.13, or Σ_t w(t) L(t) where the batch has loss weights."""
    output = _output(trace)
    terms = []
    for t in trace.loss_steps:
        loss, weight = _loss_factor(trace, output, t), weight_factor(trace, t)
        if weight is None:
            terms.append(TermOf((loss,), Combine.MATRIX, loss.array, step=t))
        else:
            terms.append(TermOf((weight, loss), Combine.SCALE, weight.array * loss.array, step=t))
    left = Factor("L", "L", np.array(trace.loss), Role.LOSS)
    caption = "The loss of the sequence is the sum of the losses of its steps."
    if output.last_only:
        caption = "There is one output, so its loss is the loss of the sequence."
    if trace.batch.loss_weights is not None:
        caption = "The loss of each step counts as much as its weight w says; with weight 0 it does not count at all."
    return Equation("Total loss", left, tuple(terms), "eq. 10.13", caption, over_time=not output.last_only)


def loss_gradient_equation(trace: Trace, t: int) -> Equation:
    """∂L/∂L(t) = 1 (eq. 10.17), or w(t) where the batch has loss weights."""
    name = _output(trace).loss
    symbol = trace.network.node(name).symbol
    tex, here = symbol_tex(symbol, "t"), symbol_tex(symbol, str(t))
    left = Factor(
        rf"\frac{{\partial L}}{{\partial {tex}}}", rf"\frac{{\partial L}}{{\partial {here}}}",
        trace.gradient(name, t).reshape(()), Role.GRADIENT, (), Vertex(name, t),
    )  # fmt: skip
    factor = weight_factor(trace, t)
    caption = "The total loss is a sum, so it grows with the loss of each step by its weight: here BPTT begins."
    if factor is None:
        factor = Factor("1", "1", np.array(1.0), Role.CONSTANT)
        caption = "The total loss is a sum, so it grows one for one with the loss of each step: here BPTT begins."
    terms = (TermOf((factor,), Combine.MATRIX, factor.array),)
    return Equation(f"∇ with respect to L({t})", left, terms, "eq. 10.17", caption)


def difference_factor(trace: Trace, t: int) -> Factor:
    """What L(t) sends back to its logits: ŷ − 1_y where targets are symbols, else ŷ − y, or o − y if linear."""
    output = _output(trace)
    prediction, y = node_factor(trace, output.prediction, t), node_factor(trace, output.target, t)
    tex, here = y.tex, y.tex_here
    if output.kind.target is Target.SYMBOLS:
        tex, here = f"1_{{{tex}}}", f"1_{{{here}}}"
    return Factor(
        rf"\left( {prediction.tex} - {tex} \right)", rf"\left( {prediction.tex_here} - {here} \right)",
        prediction.array - y.array, Role.DIFFERENCE, prediction.shape, prediction.vertex,
    )  # fmt: skip


def difference_steps(trace: Trace, t: int) -> tuple[Step, ...]:
    """Why it is that difference, step by step by the chain rule (eq. 10.18 for the softmax)."""
    output = _output(trace)
    prediction, y = trace.value(output.prediction, t), trace.value(output.target, t)
    with np.errstate(all="ignore"):
        of_kind = {SOFTMAX.id: _softmax_difference, SIGMOID.id: _sigmoid_difference, LINEAR.id: _linear_difference}
        return of_kind[output.kind.id](prediction, y)


def _softmax_difference(yhat: Array, y: Array) -> tuple[Step, ...]:
    entry = int(y.argmax())
    return (
        Step(
            "The loss looks at one entry of the prediction, the one at the target y.",
            r"\frac{\partial L^{(t)}}{\partial \hat{y}_y} = -\frac{1}{\hat{y}_y}",
            np.array(-1.0 / yhat[entry]),
        ),
        Step(
            "That entry depends on every logit, because the softmax divides by the sum over all of them.",
            r"\frac{\partial \hat{y}_y}{\partial o_i} = \hat{y}_y \left( 1_{i=y} - \hat{y}_i \right)",
            yhat[entry] * (y - yhat),
        ),
        Step(
            "The chain rule multiplies the two; the probability of the target cancels.",
            r"\frac{\partial L^{(t)}}{\partial o_i} = -\frac{1}{\hat{y}_y} \, "
            r"\hat{y}_y \left( 1_{i=y} - \hat{y}_i \right) = \hat{y}_i - 1_{i=y}",
            yhat - y,
        ),
    )


def _sigmoid_difference(yhat: Array, y: Array) -> tuple[Step, ...]:
    slope = yhat * (1.0 - yhat)
    return (
        Step(
            "Each bit's loss is −log ŷ where the target is 1 and −log(1 − ŷ) where it is 0.",
            r"\frac{\partial L^{(t)}}{\partial \hat{y}_i} = \frac{\hat{y}_i - y_i}{\hat{y}_i (1 - \hat{y}_i)}",
            (yhat - y) / slope,
        ),
        Step(
            "Its probability depends on one logit alone, by the slope of the sigmoid.",
            r"\frac{\partial \hat{y}_i}{\partial o_i} = \hat{y}_i (1 - \hat{y}_i)",
            slope,
        ),
        Step(
            "The chain rule multiplies the two; the slope cancels, so a wrong bit never saturates.",
            r"\frac{\partial L^{(t)}}{\partial o_i} = \hat{y}_i - y_i",
            yhat - y,
        ),
    )


def _linear_difference(o: Array, y: Array) -> tuple[Step, ...]:
    return (
        Step(
            "The derivative of half a square is what is squared.",
            r"\frac{\partial}{\partial o_i} \, \frac{1}{2} \left( o_i - y_i \right)^2 = o_i - y_i",
            o - y,
        ),
    )


def softmax_steps(trace: Trace, source: Ref, t: int) -> tuple[Step, ...]:
    """A softmax line by line, in the order in which it does not overflow."""
    o = trace.read(source, t)
    tex = symbol_tex(trace.network.node(source.name).symbol, "t")
    with np.errstate(all="ignore"):
        shifted = o - o.max()
        raised = np.exp(shifted)
        shares = raised / raised.sum()
    largest = "Take the largest logit away; the result stays the same and nothing overflows."
    return (
        Step(largest, rf"z = {tex} - \max_j {tex}_j", shifted),
        Step("Raise e to each: all positive.", r"e^{z}", raised),
        Step("Divide by their sum: they add up to 1.", r"\hat{y}_i = \frac{e^{z_i}}{\sum_j e^{z_j}}", shares),
    )


def _output(trace: Trace) -> Output:
    assert trace.network.output is not None, "a network without an output has no loss"
    return trace.network.output


def _loss_factor(trace: Trace, output: Output, t: int) -> Factor:
    """L(t) as the scalar it is."""
    factor = node_factor(trace, output.loss, t)
    return Factor(factor.tex, factor.tex_here, factor.array.reshape(()), Role.LOSS, (), factor.vertex)
