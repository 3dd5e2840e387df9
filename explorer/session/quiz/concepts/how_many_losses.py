"""How many of the losses send a gradient back to a state?"""

import numpy as np

from explorer.graph.analyse.reach import gradient_reach
from explorer.graph.equations.cut_words import cut_reason
from explorer.graph.equations.notation import plain_vertex
from explorer.graph.unfold import Vertex
from explorer.language import tr, trn
from explorer.session.document import Shown
from explorer.session.quiz.question import TIE, Question, among
from explorer.wording import listed


def question(shown: Shown, cursor: int, rng: np.random.Generator) -> Question | None:
    """Of a state: as many as there are losses computed from it with no cut between."""
    trace, output = shown.trace, shown.network.output
    if output is None or len(trace.loss_steps) < 2:
        return None
    states = [v for v in trace.graph.vertices if v.name in trace.network.architecture.states and trace.flow.reached(v)]
    if not states:
        return None
    vertex = states[rng.integers(len(states))]
    reached = trace.flow.losses(vertex)
    norms = gradient_reach(trace, vertex.name, reached)[:, vertex.t - 1]
    if not all(np.isfinite(norms[k - 1]) and norms[k - 1] > TIE for k in reached):
        return None
    here, every = plain_vertex(trace, vertex), len(trace.loss_steps)
    text = tr("How many of the {every} losses send a gradient back to {here}?", every=every, here=here)
    names = [plain_vertex(trace, Vertex(output.loss, k)) for k in reached]
    which = listed(names) if len(names) <= 3 else tr("{names} to {last}", names=names[0], last=names[-1])
    if len(reached) < every:
        why = _missing(shown, vertex, next(k for k in reversed(trace.loss_steps) if k not in reached))
    else:
        why = tr("each is computed from it")
    wrong = map(str, sorted({1, vertex.t, every - vertex.t + 1, every, len(reached) - 1} - {0}))
    return among(
        str(len(reached)),
        wrong,
        text,
        trn("{which} does: {why}.", "{which} do: {why}.", len(names), which=which, why=why),
        rng,
    )


def _missing(shown: Shown, vertex: Vertex, k: int) -> str:
    """Why a loss does not send any."""
    trace, output = shown.trace, shown.network.output
    assert output is not None
    loss, (_, cut) = plain_vertex(trace, Vertex(output.loss, k)), trace.flow.way(vertex, k)
    if cut is not None and cut.stop.cut:
        return tr("that of {loss} is {reason}", loss=loss, reason=cut_reason(shown.network, cut))
    return tr("{loss} is computed without {plain_vertex}", loss=loss, plain_vertex=plain_vertex(trace, vertex))
