"""The equation behind the gradient of a parameter, eqs. 10.22 to 10.28."""

import numpy as np

from explorer.graph.declaration import Activation, Bias, Linear, Ref, terms_of
from explorer.graph.equation import Combine, Equation, Factor, Role, TermOf
from explorer.graph.notation import gradient_factor, parameter_factor, value_factor
from explorer.graph.trace import Trace


def parameter_gradient_equation(trace: Trace, name: str) -> Equation:
    """∇_W L = Σ_t ∇_{a(t)} L · source(t)ᵀ: one summand for each step (and node) that uses the parameter."""
    terms = []
    for node, term in terms_of(trace.network.nodes):
        if node.name not in trace.gradients:
            continue
        for t in trace.steps(node.name):
            gradient = gradient_factor(trace, node.name, t)
            match term:
                case Bias(parameter) if parameter == name:
                    terms.append(TermOf((gradient,), Combine.MATRIX, gradient.array, step=t))
                case Linear(weight, Ref() as source) if weight == name:
                    value = value_factor(trace, source, t)
                    product = np.outer(gradient.array, value.array)
                    terms.append(TermOf((gradient, value), Combine.OUTER, product, step=t))
    factor = parameter_factor(trace, name)
    left = Factor(
        rf"\nabla_{{{name}}} L", rf"\nabla_{{{name}}} L", trace.parameter_gradients[name], Role.GRADIENT,
        factor.shape, parameter=name,
    )  # fmt: skip
    every = len({term.step for term in terms}) > 1
    if every:
        caption = f"The same {name} is used at every step, so its gradient is the sum of what each step asks of it."
    elif terms:
        caption = f"{name} is used once, at the last step."
    else:
        caption = f"No gradient comes back to where {name} is used, so its own is zero."
    return Equation(
        f"∇ with respect to {name}", left, tuple(terms), _source_of(trace, name), caption, over_time=every
    )


def _source_of(trace: Trace, name: str) -> str:
    """The book's equation: 10.22 to 10.28 for c, b, V, W and U.

    Its W is that of h(t−1); a weight of anything else that an earlier step computed follows the same pattern.
    """
    for _, term in terms_of(trace.network.nodes):
        if isinstance(term, Linear) and term.weight == name and isinstance(term.source, Ref) and term.source.lag:
            state = isinstance(trace.network.node(term.source.name).operation, Activation)
            return "eq. 10.26" if state and name == "W" else "as eq. 10.26"
    numbers = {"c": "10.22", "b": "10.23", "V": "10.24", "U": "10.28"}
    return f"eq. {numbers[name]}" if name in numbers else "as eq. 10.26"
