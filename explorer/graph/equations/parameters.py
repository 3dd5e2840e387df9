"""The equation behind the gradient of a parameter, eqs. 10.22 to 10.28."""

from msgspec.structs import replace

from explorer.graph.analyse.trace import Trace
from explorer.graph.declaration import terms_of
from explorer.graph.equation import Combine, Equation, Factor, Role, TermOf
from explorer.graph.equations.citations import parameter_cited
from explorer.graph.equations.here import NodeHere
from explorer.graph.equations.notation import ROOT, last_tex, parameter_factor, parameter_gradient_tex, plain_parameter
from explorer.graph.stretches import in_tree
from explorer.graph.unfold import Vertex
from explorer.language import tr, trn
from explorer.wording import listed

MOST_NAMED = 4
"""How many steps a sentence names one by one."""


def parameter_gradient_equation(trace: Trace, name: str) -> Equation:
    """∇_W L = Σ_t ∇_{a(t)} L · source(t)ᵀ: one summand for each step (and node) that uses the parameter."""
    terms: list[TermOf] = []
    used = set[int]()
    first, last = "1", ""
    asked = tr("The same {called} is used at every step, so its gradient is the sum of what each step asks of it.")
    once = tr("{called} is used once, at the last step.")
    for node, term in terms_of(trace.network.nodes):
        if node.name not in trace.gradients:
            continue
        if name in term.parameters:
            last = last_tex(node)
            if node.span.tree:
                once = tr("{called} is used once, at the root.")
            if in_tree(node):
                first, last, asked = _within(trace.term_steps(node, term), trace.T)
            steps = trace.term_steps(node, term)
            here = [NodeHere(trace, node, t) for t in steps if trace.flow.reached(Vertex(node.name, t))]
            terms += [replace(term.parameter_said(name, at), step=at.t) for at in here]
            used |= set(steps)
    factor, called = parameter_factor(trace, name), plain_parameter(trace, name)
    nabla = parameter_gradient_tex(trace, name)
    left = Factor(nabla, nabla, trace.parameter_gradients[name], Role.GRADIENT, factor.shape, parameter=name)
    every, silent = len(used) > 1, sorted(used - {term.step for term in terms})
    if terms:
        caption = (asked if every else once).format(called=called)
        if silent:
            named = listed([str(t) for t in silent], MOST_NAMED)
            caption += (
                trn(
                    " To node {nodes} no gradient comes back.",
                    " To nodes {nodes} no gradient comes back.",
                    len(silent),
                    nodes=named,
                )
                if trace.network.tree is not None
                else trn(
                    " To step {steps} no gradient comes back.",
                    " To steps {steps} no gradient comes back.",
                    len(silent),
                    steps=named,
                )
            )
    else:
        caption = tr("No gradient comes back to where {called} is used, so its own is zero.", called=called)
    return Equation(
        tr("∇ with respect to {called}", called=called),
        left,
        tuple(terms),
        parameter_cited(trace.network, name),
        caption,
        why=(_why_outer(called),) if any(term.combine is Combine.OUTER for term in terms) else (),
        over_time=every,
        first=first,
        last=last,
    )


def _why_outer(called: str) -> str:
    return tr(
        "Row i, column j of {called} took the j-th number that it read to unit i, so its gradient is that of unit i "
        "times that number: a column times a row.",
        called=called,
    )


def _within(steps: range, leaves: int) -> tuple[str, str, str]:
    """The first and the last of these nodes of a tree, in TeX, and what is said of them; τ counts its leaves."""
    if steps.stop == leaves + 1:
        said = tr("The same {called} is used at every leaf, so its gradient is the sum of what each leaf asks of it.")
        return "1", r"\tau", said
    if steps.start > 1:
        said = tr(
            "The same {called} is used at every inner node, so its gradient is the sum of what each inner node asks of "
            "it."
        )
        return r"\tau + 1", ROOT, said
    said = tr("The same {called} is used at every node, so its gradient is the sum of what each node asks of it.")
    return "1", ROOT, said
