"""The equation behind the gradient of a parameter, eqs. 10.22 to 10.28."""

import numpy as np

from explorer.graph.analyse.trace import Trace
from explorer.graph.declaration import Bias, Linear, Ref, Scaled, terms_of
from explorer.graph.equation import Combine, Equation, Factor, Role, TermOf
from explorer.graph.equations.citations import parameter_cited
from explorer.graph.equations.notation import gradient_factor, parameter_factor, parameter_gradient_tex, value_factor


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
                case Scaled(parameter, Ref() as source, complement) if parameter == name:
                    value, sign = value_factor(trace, source, t), -1 if complement else 1
                    share = gradient.array * value.array
                    terms.append(TermOf((gradient, value), Combine.ELEMENTWISE, share, sign, step=t))
    factor = parameter_factor(trace, name)
    nabla = parameter_gradient_tex(trace, name)
    left = Factor(nabla, nabla, trace.parameter_gradients[name], Role.GRADIENT, factor.shape, parameter=name)
    every = len({term.step for term in terms}) > 1
    if every:
        caption = f"The same {name} is used at every step, so its gradient is the sum of what each step asks of it."
    elif terms:
        caption = f"{name} is used once, at the last step."
    else:
        caption = f"No gradient comes back to where {name} is used, so its own is zero."
    return Equation(
        f"∇ with respect to {name}", left, tuple(terms), parameter_cited(trace.network, name), caption, over_time=every
    )
