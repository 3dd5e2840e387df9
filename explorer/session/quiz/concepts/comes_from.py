"""From which nodes does a gradient come back to a state: what is added up there?"""

import numpy as np

from explorer.graph.equations.cut_words import cut_reason
from explorer.graph.equations.notation import plain_vertex
from explorer.graph.unfold import Vertex
from explorer.language import tr
from explorer.session.document import Shown
from explorer.session.quiz.question import Question, among
from explorer.wording import listed

MOST = 3


def question(shown: Shown, cursor: int, rng: np.random.Generator) -> Question | None:
    """Which of a vertex's readers send a gradient back, those before it and those that are cut being wrong choices."""
    trace, output = shown.trace, shown.network.output
    if output is None:
        return None
    graph, flow = trace.graph, trace.flow
    names = {*trace.network.architecture.states, output.logits}
    vertices = [v for v in graph.vertices if v.name in names and flow.reached(v)]
    if not vertices:
        return None
    vertex = vertices[rng.integers(len(vertices))]
    here = plain_vertex(trace, vertex)
    from_loss = vertex.name == output.logits

    def reading(v: Vertex) -> list[Vertex]:
        """What reads a vertex; the loss differentiates straight to its logits."""
        found = [edge.target for edge in graph.out_of.get(v, ())]
        return [Vertex(output.loss, v.t) if w.name == output.prediction and from_loss else w for w in found]

    readers = list(dict.fromkeys(reading(vertex)))
    open_to = {edge.target for edge in graph.out_of.get(vertex, ()) if flow.over(edge)}
    senders = [v for v in readers if v in open_to or (v.name == output.loss and from_loss)]
    senders.sort(key=lambda v: (v.t, v.name))
    if not 1 <= len(senders) <= MOST:
        return None
    said = [plain_vertex(trace, v) for v in senders]
    stopped = [cut.reader for cut in flow.cuts(vertex)]
    before = [edge.source for edge in graph.into.get(vertex, ())]
    wrong = [listed([*said, plain_vertex(trace, v)]) for v in stopped]
    if len(said) > 1:
        wrong += [tr("{one} alone", one=one) for one in said]
    else:
        wrong += [listed([*said, plain_vertex(trace, v)]) for v in before]
        wrong += [tr("{node} alone", node=plain_vertex(trace, v)) for v in (*stopped, *before)]
    right = listed(said) if len(said) > 1 else tr("{said} alone", said=said[0])
    text = tr("From which nodes does a gradient come back to {here}?", here=here)
    return among(right, wrong, text, f"{_why(shown, vertex, said)}.", rng)


def _why(shown: Shown, vertex: Vertex, senders: list[str]) -> str:
    """Why a gradient comes back from these."""
    here, read, cuts = plain_vertex(shown.trace, vertex), listed(senders), shown.trace.flow.cuts(vertex)
    if cuts:
        cut, reason = plain_vertex(shown.trace, cuts[0].reader), cut_reason(shown.network, cuts[0])
        return tr("{here} is read by {read}; from {cut} it is {reason}", here=here, read=read, cut=cut, reason=reason)
    if len(senders) > 1:
        return tr("{here} is read by {read}, and what comes back from each is added up", here=here, read=read)
    return tr("{here} is read by {read}, and a gradient comes back only from what reads it", here=here, read=read)
