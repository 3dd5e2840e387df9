"""The equation behind each forward event: eqs. 10.8 to 10.11, the loss 10.13 and 10.14, and what is fed back."""

import numpy as np

from explorer.graph.declaration import (
    Activation,
    Bias,
    CrossEntropy,
    Hadamard,
    Linear,
    Mix,
    OneHotArgmax,
    OneHotSample,
    Ref,
    Softmax,
    Sum,
    Term,
)
from explorer.graph.equation import Combine, Equation, Factor, Role, Step, TermOf
from explorer.graph.notation import node_factor, parameter_factor, plain, plain_vertex, symbol_tex, value_factor
from explorer.graph.trace import Trace
from explorer.graph.unfold import Vertex


def value_equation(trace: Trace, name: str, t: int) -> Equation:
    """How the value of node (name, t) comes about."""
    node = trace.network.node(name)
    left = node_factor(trace, name, t)
    here = plain_vertex(trace, Vertex(name, t))
    symbol = plain(node.symbol)
    match node.operation:
        case Sum(terms):
            found = tuple(_term(trace, term, t) for term in terms)
            past = [f.vertex for term in found for f in term.factors if f.vertex and f.vertex.t < t]
            caption = f"{here} adds up " + _listed([_spoken(trace, term) for term in found]) + "."
            if any(vertex.t < 1 for vertex in past):
                caption += " What comes before the first step is zero unless you set it."
            return Equation(f"{symbol} at step {t}", left, found, _source_of(trace, name), caption)
        case Activation(Ref() as source, str() as function):
            term = _plain_term(value_factor(trace, source, t))
            before = plain_vertex(trace, Vertex(source.name, t))
            caption = f"{here} is {before} passed through {function}, unit by unit."
            return Equation(f"{symbol} at step {t}", left, (term,), "eq. 10.9", caption, function)
        case Softmax(source):
            term = _plain_term(value_factor(trace, source, t))
            caption = f"{here} turns the logits into probabilities: positive numbers that sum to 1."
            steps = _softmax_steps(trace, source, t)
            return Equation(f"{symbol} at step {t}", left, (term,), "eq. 10.11", caption, "softmax", derivation=steps)
        case CrossEntropy(prediction, target):
            entry = int(trace.read(target, t).argmax())
            term = _plain_term(value_factor(trace, prediction, t))
            probability = term.array[entry]
            caption = (
                f"The prediction gave the target, entry {entry + 1} of ŷ, the probability {probability:.3g}; "
                "the less it expected the target, the larger the loss."
            )
            return Equation(
                f"Loss at step {t}", _loss(left), (term,), "eq. 10.14", caption, "cross_entropy", entry
            )
        case OneHotArgmax(source):
            term = _plain_term(value_factor(trace, source, t))
            caption = "The network's most likely symbol, as a one-hot vector, is what it feeds back."
            return Equation(f"Choice at step {t}", left, (term,), "section 10.2.1", caption, "argmax", _picked(left))
        case OneHotSample(source):
            term = _plain_term(value_factor(trace, source, t))
            caption = "A symbol drawn from the network's own prediction, as a one-hot vector, is what it feeds back."
            return Equation(f"Draw at step {t}", left, (term,), "section 10.2.3", caption, "sample", _picked(left))
        case Mix(target, own):
            assert trace.batch.mask is not None
            fed = target if trace.batch.mask[t - 1, 0] else own
            term = _plain_term(value_factor(trace, fed, t))
            which = "the target" if fed == target else "the network's own signal"
            caption = f"Step {t + 1} is fed {which} of step {t}."
            return Equation(f"Fed back after step {t}", left, (term,), "section 10.2.1", caption, "choice")
    raise AssertionError(f"{name} is given, not computed")


def total_loss_equation(trace: Trace) -> Equation:
    """L = Σ_t L(t), eq. 10.13."""
    node = trace.network.find(CrossEntropy)
    steps = [trace.T] if node.last_only else range(1, trace.T + 1)
    terms = tuple(_plain_term(_loss(node_factor(trace, node.name, t)), step=t) for t in steps)
    left = Factor("L", "L", np.array(trace.loss), Role.LOSS)
    caption = "The loss of the sequence is the sum of the losses of its steps."
    if node.last_only:
        caption = "There is one output, so its loss is the loss of the sequence."
    return Equation("Total loss", left, terms, "eq. 10.13", caption, over_time=not node.last_only)


def _term(trace: Trace, term: Term, t: int) -> TermOf:
    match term:
        case Bias(name):
            return _plain_term(parameter_factor(trace, name))
        case Linear(name, Ref() as source):
            factors = parameter_factor(trace, name), value_factor(trace, source, t)
            return TermOf(factors, Combine.MATRIX, factors[0].array @ factors[1].array)
        case Hadamard(Ref() as left, Ref() as right):
            factors = value_factor(trace, left, t), value_factor(trace, right, t)
            return TermOf(factors, Combine.ELEMENTWISE, factors[0].array * factors[1].array)
    raise AssertionError(f"no equation for {term}")


def _plain_term(factor: Factor, step: int | None = None) -> TermOf:
    return TermOf((factor,), Combine.MATRIX, factor.array, step=step)


def _loss(factor: Factor) -> Factor:
    """A loss node as the scalar it is."""
    return Factor(factor.tex, factor.tex_here, factor.array.reshape(()), Role.LOSS, (), factor.vertex)


def _picked(left: Factor) -> int:
    return int(left.array.argmax())


def _spoken(trace: Trace, term: TermOf) -> str:
    parts = [f.parameter or (plain_vertex(trace, f.vertex) if f.vertex else "") for f in term.factors]
    joined = (" ⊙ " if term.combine is Combine.ELEMENTWISE else " ").join(parts)
    return f"the bias {joined}" if len(parts) == 1 else joined


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _source_of(trace: Trace, name: str) -> str:
    """The book's equation for a sum: 10.8 for what feeds an activation, 10.10 for the logits."""
    if name == trace.network.logits:
        return "eq. 10.10"
    figure = trace.network.architecture.cited
    return f"eq. 10.8 · {figure}" if figure else "eq. 10.8"


def _softmax_steps(trace: Trace, source: Ref, t: int) -> tuple[Step, ...]:
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
