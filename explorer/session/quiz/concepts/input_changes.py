"""If one input were another, which predictions could change?"""

import numpy as np

from explorer.graph.equations.notation import plain_vertex
from explorer.graph.unfold import Graph, Vertex
from explorer.language import tr
from explorer.session.document import Shown
from explorer.session.quiz.question import Question, among
from explorer.wording import listed


def question(shown: Shown, cursor: int, rng: np.random.Generator) -> Question | None:
    """Those that are computed from it, over whatever nodes; targets stay as they are."""
    trace, output = shown.trace, shown.network.output
    if output is None or len(trace.loss_steps) < 2:
        return None
    inputs = [v for v in trace.graph.vertices if v.name in trace.network.architecture.inputs]
    if not inputs:
        return None
    given = inputs[rng.integers(len(inputs))]
    steps = list(trace.loss_steps)
    changed = [t for t in steps if Vertex(output.prediction, t) in computed_from(trace.graph, given)]
    here = plain_vertex(trace, given)

    def said(which: list[int]) -> str:
        names = [plain_vertex(trace, Vertex(output.prediction, t)) for t in which]
        if not names:
            return tr("none")
        if which == steps:
            return tr("all of them")
        if len(names) == 1:
            return tr("{names} alone", names=names[0])
        if which == list(range(which[0], which[-1] + 1)) and len(which) > 2:
            return tr("{names} to {last}", names=names[0], last=names[-1])
        return listed(names, most=3)

    t = given.t
    others = [[s for s in steps if s == t], [s for s in steps if s >= t], [s for s in steps if s <= t], steps]
    unread = [s for s in steps if s not in changed]
    if not changed:
        why = tr("No prediction is computed from {here}", here=here)
    elif unread:
        some = plain_vertex(trace, Vertex(output.prediction, unread[-1] if unread[-1] > t else unread[0]))
        why = tr("Only these are computed from {here}, and {some}, for one, is not", here=here, some=some)
    else:
        why = tr("Every prediction is computed from {here}", here=here)
    text = tr("With another input {here} and the same targets, which predictions could change?", here=here)
    return among(said(changed), map(said, others), text, f"{why}.", rng)


def computed_from(graph: Graph, vertex: Vertex) -> set[Vertex]:
    """All that follows from a vertex, itself among it."""
    found, frontier = {vertex}, [vertex]
    while frontier:
        for edge in graph.out_of.get(frontier.pop(), ()):
            if edge.target not in found:
                found.add(edge.target)
                frontier.append(edge.target)
    return found
