"""From which nodes does a gradient come back to a state: what is added up there?"""

import numpy as np

from explorer.graph.equations.cut_words import cut_reason
from explorer.graph.equations.notation import plain_vertex
from explorer.graph.unfold import Vertex
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
    cuts = flow.cuts(vertex)
    stopped = [cut.reader for cut in cuts]
    before = [edge.source for edge in graph.into.get(vertex, ())]
    wrong = [listed([*said, plain_vertex(trace, v)]) for v in stopped]
    if len(said) > 1:
        wrong += [f"{one} alone" for one in said]
    else:
        wrong += [listed([*said, plain_vertex(trace, v)]) for v in before]
        wrong += [f"{plain_vertex(trace, v)} alone" for v in (*stopped, *before)]
    right = listed(said) if len(said) > 1 else f"{said[0]} alone"
    read = listed(said)
    why = f"{here} is read by {read}"
    if cuts:
        why += f"; from {plain_vertex(trace, stopped[0])} it is {cut_reason(shown.network, cuts[0])}"
    elif len(said) > 1:
        why += ", and what comes back from each is added up"
    else:
        why += ", and a gradient comes back only from what reads it"
    return among(right, wrong, f"From which nodes does a gradient come back to {here}?", f"{why}.", rng)
