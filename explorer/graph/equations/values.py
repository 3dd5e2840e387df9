"""The equation behind each forward event: eqs. 10.8 to 10.11, and what is fed back."""

from explorer.graph.analyse.trace import Trace
from explorer.graph.declaration import (
    Activation,
    Bias,
    BinaryCrossEntropy,
    CrossEntropy,
    Hadamard,
    Linear,
    Mix,
    OneHotArgmax,
    OneHotSample,
    Ref,
    Scaled,
    Softmax,
    SquaredError,
    Sum,
    Term,
)
from explorer.graph.equation import Combine, Equation, Factor, TermOf
from explorer.graph.equations.citations import value_cited
from explorer.graph.equations.notation import (
    node_factor,
    parameter_factor,
    plain,
    plain_vertex,
    scale_factor,
    value_factor,
)
from explorer.graph.equations.outputs import loss_equation, softmax_steps
from explorer.graph.unfold import Vertex
from explorer.wording import listed


def value_equation(trace: Trace, name: str, t: int) -> Equation:
    """How the value of node (name, t) comes about."""
    node = trace.network.node(name)
    left = node_factor(trace, name, t)
    here = plain_vertex(trace, Vertex(name, t))
    symbol, cited = plain(node.symbol), value_cited(trace.network, name)
    match node.operation:
        case Sum(terms):
            found = tuple(_term(trace, term, t) for term in terms)
            past = [f.vertex for term in found for f in term.factors if f.vertex and f.vertex.t < t]
            caption = f"{here} adds up " + listed([_spoken(trace, term) for term in found]) + "."
            if any(vertex.t < 1 for vertex in past):
                caption += " What comes before the first step is zero unless you set it."
            return Equation(f"{symbol} at step {t}", left, found, cited, caption)
        case Activation(Ref() as source, str() as function):
            term = _plain_term(value_factor(trace, source, t))
            before = plain_vertex(trace, Vertex(source.name, t))
            caption = f"{here} is {before} passed through {function}, unit by unit."
            output = trace.network.output
            if output is not None and name == output.prediction:
                caption = f"{here} turns each logit into a probability of its own, that of a 1."
            return Equation(f"{symbol} at step {t}", left, (term,), cited, caption, function)
        case Softmax(source):
            term = _plain_term(value_factor(trace, source, t))
            caption = f"{here} turns the logits into probabilities: positive numbers that sum to 1."
            steps = softmax_steps(trace, source, t)
            return Equation(f"{symbol} at step {t}", left, (term,), cited, caption, "softmax", derivation=steps)
        case CrossEntropy() | BinaryCrossEntropy() | SquaredError():
            return loss_equation(trace, t)
        case OneHotArgmax(source):
            term = _plain_term(value_factor(trace, source, t))
            caption = "The network's most likely symbol, as a one-hot vector, is what it feeds back."
            return Equation(f"Choice at step {t}", left, (term,), cited, caption, "argmax", _picked(left))
        case OneHotSample(source):
            term = _plain_term(value_factor(trace, source, t))
            caption = "A symbol drawn from the network's own prediction, as a one-hot vector, is what it feeds back."
            return Equation(f"Draw at step {t}", left, (term,), cited, caption, "sample", _picked(left))
        case Mix(target, own):
            assert trace.batch.mask is not None
            fed = target if trace.batch.mask[t - 1, 0] else own
            term = _plain_term(value_factor(trace, fed, t))
            which = "the target" if fed == target else "the network's own signal"
            caption = f"Step {t + 1} is fed {which} of step {t}."
            return Equation(f"Fed back after step {t}", left, (term,), cited, caption, "choice")
    raise AssertionError(f"{name} is given, not computed")


def _term(trace: Trace, term: Term, t: int) -> TermOf:
    match term:
        case Bias(name):
            return _plain_term(parameter_factor(trace, name))
        case Linear(name, Ref() as source):
            factors = parameter_factor(trace, name), value_factor(trace, source, t)
            return TermOf(factors, Combine.MATRIX, factors[0].array @ factors[1].array)
        case Scaled(_, Ref() as source):
            factors = scale_factor(trace, term), value_factor(trace, source, t)
            return TermOf(factors, Combine.ELEMENTWISE, factors[0].array * factors[1].array)
        case Hadamard(Ref() as left, Ref() as right):
            factors = value_factor(trace, left, t), value_factor(trace, right, t)
            return TermOf(factors, Combine.ELEMENTWISE, factors[0].array * factors[1].array)
    raise AssertionError(f"no equation for {term}")


def _plain_term(factor: Factor) -> TermOf:
    return TermOf((factor,), Combine.MATRIX, factor.array)


def _picked(left: Factor) -> int:
    return int(left.array.argmax())


def _spoken(trace: Trace, term: TermOf) -> str:
    parts = [f.parameter or (plain_vertex(trace, f.vertex) if f.vertex else "") for f in term.factors]
    joined = (" ⊙ " if term.combine is Combine.ELEMENTWISE else " ").join(parts)
    return f"the bias {joined}" if len(parts) == 1 else joined
