"""Which of two gradients has become smaller when both reach one state: that of a near or of a far loss?"""

from itertools import pairwise

import numpy as np

from explorer.graph.analyse.events import Kind
from explorer.graph.analyse.reach import gradient_reach
from explorer.graph.arrays import Array
from explorer.graph.equations.notation import plain_vertex
from explorer.graph.unfold import Vertex
from explorer.language import tr, trn
from explorer.session.document import Shown
from explorer.session.equations.contributions import norm
from explorer.session.quiz.question import TIE, Question, said

CLEAR = 1.1
"""How many times as large as the other a gradient is at least, so that it can be foreseen at all."""


def question(shown: Shown, cursor: int, rng: np.random.Generator) -> Question | None:
    """Of two losses at one state; with a single loss, of that loss at two states far apart."""
    trace, output = shown.trace, shown.network.output
    if output is None:
        return None
    states = [v for v in trace.graph.vertices if v.name in trace.network.architecture.states and trace.flow.reached(v)]
    several = [v for v in states if len(trace.flow.losses(v)) > 1]
    if several:
        return _two_losses(shown, several[rng.integers(len(several))], rng)
    return _two_states(shown, states, cursor, rng)


def _two_losses(shown: Shown, vertex: Vertex, rng: np.random.Generator) -> Question | None:
    trace, output = shown.trace, shown.network.output
    assert output is not None
    losses = trace.flow.losses(vertex)
    a, b = sorted(int(k) for k in rng.choice(losses, 2, replace=False))
    norms = gradient_reach(trace, vertex.name, [a, b])[[a - 1, b - 1], vertex.t - 1]
    if not _clear(norms):
        return None
    here = plain_vertex(trace, vertex)
    near, far = (plain_vertex(trace, Vertex(output.loss, k)) for k in (a, b))
    text = tr(
        "Which is smaller, by norm, back at {here}: the gradient of {near} or of {far}?", here=here, near=near, far=far
    )
    over = [_steps(trace.flow.way(vertex, k)[0]) for k in (a, b)]
    why = tr(
        "That of {near} comes back over {steps} and has the norm {near_norm}, that of {far} over {far_steps} and has "
        "{far_norm}.",
        near=near,
        steps=trn("1 step", "{n:,} steps", over[0]),
        near_norm=said(norms[0]),
        far=far,
        far_steps=over[1],
        far_norm=said(norms[1]),
    )
    return Question(
        None, text, (tr("that of {near}", near=near), tr("that of {far}", far=far)), int(norms[1] < norms[0]), why
    )


def _two_states(shown: Shown, states: list[Vertex], cursor: int, rng: np.random.Generator) -> Question | None:
    trace = shown.trace
    hidden = {event.vertex for event in shown.events[cursor:] if event.kind is Kind.GRADIENT}
    alike = [(v, w) for v in states for w in states if v.name == w.name and v.t < w.t and v in hidden]
    if not alike:
        return None
    pair = alike[rng.integers(len(alike))]
    norms = np.array([norm(trace.gradient(vertex.name, vertex.t)) for vertex in pair])
    if not _clear(norms):
        return None
    first, last = (plain_vertex(trace, vertex) for vertex in pair)
    text = tr("At which is the gradient of the loss smaller, by norm: at {first} or at {last}?", first=first, last=last)
    why = tr(
        "At {first} it has the norm {near_norm}, at {last} {far_norm}.",
        first=first,
        near_norm=said(norms[0]),
        last=last,
        far_norm=said(norms[1]),
    )
    return Question(
        None, text, (tr("at {first}", first=first), tr("at {last}", last=last)), int(norms[1] < norms[0]), why
    )


def _steps(way: tuple[Vertex, ...]) -> int:
    """How many times a way goes from one step to another."""
    return sum(a.t != b.t for a, b in pairwise(way))


def _clear(norms: Array) -> bool:
    return bool(np.isfinite(norms).all() and norms.min() > TIE and norms.max() > CLEAR * norms.min())
