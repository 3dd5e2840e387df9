"""Does the loss of one step reach a parameter where an earlier or later step uses it?"""

import numpy as np

from explorer.graph.analyse.gradient_flow import Cut
from explorer.graph.analyse.reach import gradient_reach
from explorer.graph.analyse.trace import OneStep
from explorer.graph.declaration import terms_of
from explorer.graph.equations.cut_words import cut_reason
from explorer.graph.equations.notation import plain_parameter, plain_vertex
from explorer.graph.unfold import Vertex
from explorer.language import tr
from explorer.session.document import Shown
from explorer.session.quiz.question import TIE, Question
from explorer.wording import listed

OPTIONS = (tr("yes"), tr("no, it is cut"), tr("no, no way there"))


def question(shown: Shown, cursor: int, rng: np.random.Generator) -> Question | None:
    """Whether ∂L(k)/∂W has a part from step s: it has, a stop cuts it, or L(k) is computed without that use of W."""
    trace = shown.trace
    uses = [
        (parameter.name, node, term)
        for node, term in terms_of(trace.network.nodes)
        for parameter in trace.network.architecture.parameters
        if parameter.name in term.parameters and parameter.trained and node.name in trace.gradients
    ]
    if not uses or not trace.loss_steps:
        return None
    # Each answer has its turn, whichever is the most common one.
    wanted = int(rng.integers(len(OPTIONS)))
    found = None
    for _ in range(20):
        name, node, term = uses[rng.integers(len(uses))]
        steps = trace.term_steps(node, term)
        user, k = Vertex(node.name, int(rng.choice(steps))), int(rng.choice(trace.loss_steps))
        way, cut = trace.flow.way(user, k)
        if cut is not None and not cut.stop.cut:
            continue
        answer = 2 if not way else 0 if cut is None else 1
        if answer == 0:
            step = OneStep(
                trace, user.t, np.ones((1, len(trace.value(user.name, user.t)))), np.zeros_like(trace.parameters[name])
            )
            term.parameter_vjp(name, step)
            size = gradient_reach(trace, user.name, [k])[k - 1, user.t - 1]
            if not np.isfinite(size) or size <= TIE or np.abs(step.out).max() <= TIE:
                continue  # a way, but what comes back along it is nothing
        found = name, user, k, way, cut, answer
        if answer == wanted:
            break
    return None if found is None else _asked(shown, *found)


def _asked(
    shown: Shown, name: str, user: Vertex, k: int, way: tuple[Vertex, ...], cut: Cut | None, answer: int
) -> Question:
    trace, output = shown.trace, shown.network.output
    assert output is not None
    loss, here = plain_vertex(trace, Vertex(output.loss, k)), plain_vertex(trace, user)
    text = tr(
        "Does a gradient of {loss} come back to {parameter} as it is used for {here}?",
        loss=loss,
        parameter=plain_parameter(trace, name),
        here=here,
    )
    if not way:
        why = tr("{loss} is computed without {here}: no way leads from one to the other.", loss=loss, here=here)
    elif cut is not None:
        why = tr(
            "The way from {here} to {loss} is {reason}.", here=here, loss=loss, reason=cut_reason(shown.network, cut)
        )
    else:
        between = [plain_vertex(trace, v) for v in way[-2:0:-1] if v.name != output.prediction]
        over = tr(" over {said}", said=_said(between)) if between else ""
        why = tr("It comes back from {loss}{over} to {here}.", loss=loss, over=over, here=here)
    return Question(None, text, OPTIONS, answer, why)


def _said(names: list[str]) -> str:
    """A way in words; of a long one, its ends."""
    return listed(names) if len(names) <= 4 else f"{names[0]}, {names[1]}, …, {names[-1]}"
