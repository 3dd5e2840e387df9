"""Ask about what back-propagation brings: a sign, which of two gradients is larger, whether one is cut."""

import numpy as np

from explorer.graph.analyse.events import Event
from explorer.graph.declaration import terms_of
from explorer.graph.equation import Equation, Role
from explorer.graph.equations.notation import plain_parameter, plain_vertex
from explorer.graph.output import Target
from explorer.graph.schedule import direction_of
from explorer.graph.unfold import Vertex
from explorer.language import tr
from explorer.session.document import Shown
from explorer.session.equations.contributions import norm
from explorer.session.quiz.question import TIE, Question, clear_entry, said, tell_apart
from explorer.session.quiz.values import SIGNS
from explorer.wording import entry_place, listed


def gradient_questions(shown: Shown, event: Event, rng: np.random.Generator) -> list[Question]:
    """The questions there are about the gradient of a node, one of each kind."""
    if shown.network.output is None or event.name == shown.network.output.loss:
        return []  # it is 1, always
    equation = shown.equation(event)
    found = (
        _sign(shown, event, equation, rng),
        _larger_part(shown, event, equation, rng),
        _larger_step(shown, event, equation),
        _cut(shown, event, equation),
    )
    return [question for question in found if question is not None]


def parameter_questions(shown: Shown, event: Event, rng: np.random.Generator) -> list[Question]:
    """The questions there are about the gradient of a parameter, one of each kind."""
    trace, nodes = shown.trace, shown.network.nodes
    gradient = trace.parameter_gradients[event.name]
    by_step = trace.parameter_contributions(event.name)
    called = plain_parameter(trace, event.name)
    found: list[Question] = []
    index = clear_entry(gradient, rng)
    if index is not None:
        value = float(gradient[index])
        text = tr("What sign will the gradient of {called} have in {entry}?", called=called, entry=entry_place(index))
        steps = by_step.reshape(len(by_step), -1)[:, int(np.ravel_multi_index(index, gradient.shape))]
        up, down = said(steps[steps > 0].sum()), said(steps[steps < 0].sum())
        why = tr(
            "It is {value}: what pushes it up adds {up}, what pushes it down {down}.",
            value=said(value),
            up=up,
            down=down,
        )
        found.append(Question(event, text, SIGNS, int(value < 0), why))
    used = {t for node, term in terms_of(nodes) if event.name in term.parameters for t in trace.term_steps(node, term)}
    norms = [norm(step) if t in used else np.nan for t, step in enumerate(by_step, 1)]
    pair = _pair(norms, rng)
    if pair is not None:
        a, b = pair
        said_of = {"called": called, "a": a + 1, "b": b + 1, "norm": said(norms[a]), "other_norm": said(norms[b])}
        if trace.network.tree is not None:
            text = tr("Which node adds more, by norm, to the gradient of {called}: {a} or {b}?", **said_of)
            why = tr("Node {a} adds a norm of {norm}, node {b} one of {other_norm}.", **said_of)
            options = (tr("node {t}", t=a + 1), tr("node {t}", t=b + 1))
        else:
            text = tr("Which step adds more, by norm, to the gradient of {called}: {a} or {b}?", **said_of)
            why = tr("Step {a} adds a norm of {norm}, step {b} one of {other_norm}.", **said_of)
            options = (tr("step {a}", a=a + 1), tr("step {a}", a=b + 1))
        found.append(Question(event, text, options, int(norms[b] > norms[a]), why))
    return found


def _sign(shown: Shown, event: Event, equation: Equation, rng: np.random.Generator) -> Question | None:
    index = clear_entry(equation.left.array, rng)
    assert event.vertex is not None
    if index is None:
        return None
    value = float(equation.left.array[index])
    text = tr(
        "What sign will {entry} of the gradient at {node} have?",
        entry=entry_place(index),
        node=plain_vertex(shown.trace, event.vertex),
    )
    if len(equation.terms) > 1:
        parts = listed([f"{said(term.array[index])} {term.origin}" for term in equation.terms])
        why = tr("It is {value}: {parts}.", value=said(value), parts=parts)
    else:
        why = tr("It is {value}: {reason}.", value=said(value), reason=_reason(shown, event, equation))
    return Question(event, text, SIGNS, int(value < 0), why)


def _reason(shown: Shown, event: Event, equation: Equation) -> str:
    """Why the sign of a gradient that comes back over one use is what it is, where there is more to say."""
    assert event.t is not None
    (contribution,) = shown.trace.reaching(event.name, event.t)
    consumer, output = contribution.use.consumer, shown.network.output
    if output is not None and consumer.name == output.loss:
        if any(factor.role is Role.DERIVATIVE for factor in equation.terms[0].factors):
            return tr("prediction minus target, times a slope, which is never negative")
        one_hot = output.kind.target is Target.SYMBOLS
        return (
            tr("prediction minus target is negative at the target alone") if one_hot else tr("prediction minus target")
        )
    if consumer.operation.phi is not None and consumer.operation.phi.rising:
        at = plain_vertex(shown.trace, Vertex(consumer.name, event.t))
        return tr(
            "{phi} never falls, so the sign is that of the gradient at {at}", phi=consumer.operation.phi.id, at=at
        )
    source = equation.terms[0].origin
    through = [
        plain_parameter(shown.trace, factor.parameter) for factor in equation.terms[0].factors if factor.parameter
    ]
    return (
        tr("it comes back {source} through {through}", source=source, through=through[0])
        if through
        else tr("it comes back {source}", source=source)
    )


def _larger_part(shown: Shown, event: Event, equation: Equation, rng: np.random.Generator) -> Question | None:
    """Which of two contributions to one gradient is larger."""
    norms = [norm(term.array) for term in equation.terms]
    pair = _pair(norms, rng)
    assert event.vertex is not None
    if pair is None:
        return None
    a, b = pair
    names = [equation.terms[i].origin.partition(",")[0] for i in pair]
    here = plain_vertex(shown.trace, event.vertex)
    text = tr(
        "Which adds more, by norm, to the gradient at {here}: what comes back {names} or {other}?",
        here=here,
        names=names[0],
        other=names[1],
    )
    why = tr(
        "What comes back {names} has the norm {norm}, {other} {other_norm}.",
        names=names[0],
        norm=said(norms[a]),
        other=names[1],
        other_norm=said(norms[b]),
    )
    return Question(event, text, (names[0], names[1]), int(norms[b] > norms[a]), why)


def _larger_step(shown: Shown, event: Event, equation: Equation) -> Question | None:
    """Whether the gradient grows or shrinks on its way from one step back to another."""
    vertex = event.vertex
    assert vertex is not None
    origin = Vertex(vertex.name, vertex.t + direction_of(shown.network, vertex.name))
    if not shown.trace.reaching(origin.name, origin.t):
        return None
    now, before = norm(equation.left.array), norm(shown.trace.gradient(origin.name, origin.t))
    if not tell_apart(now, before):
        return None
    here, there = plain_vertex(shown.trace, vertex), plain_vertex(shown.trace, origin)
    text = tr(
        "Will the gradient at {here} be larger or smaller, by norm, than the one at {there}?", here=here, there=there
    )
    why = tr("Its norm is {now}, and {before} at {there}.", now=said(now), before=said(before), there=there)
    return Question(event, text, (tr("larger"), tr("smaller")), int(now < before), why)


def _cut(shown: Shown, event: Event, equation: Equation) -> Question | None:
    """Whether a gradient comes back from the next step through what was fed to it."""
    vertex, feedback, output = event.vertex, shown.network.feedback, shown.network.output
    assert vertex is not None
    if output is None or vertex.name != output.logits or feedback is None or vertex.t >= shown.trace.T:
        return None
    here, t = plain_vertex(shown.trace, vertex), vertex.t + 1
    text = tr("Does a gradient come back to {here} from step {t} as well, or is it cut?", here=here, t=t)
    options = (tr("it comes back"), tr("it is cut"))
    if equation.cuts:
        reason = equation.cuts[0].reason
        return Question(event, text, options, 1, tr("It is {reason}.", reason=reason))
    uses = shown.trace.reaching(vertex.name, vertex.t)
    fed = [use for use in uses if use.use.consumer.name != output.loss]
    size = sum(norm(shown.trace.contribution(use, vertex.t)) for use in fed)
    if not np.isfinite(size) or size <= TIE:
        return None
    why = tr(
        "Step {t} was fed the network's own output, and a gradient of norm {size} comes back through it.",
        t=t,
        size=said(size),
    )
    return Question(event, text, options, 0, why)


def _pair(norms: list[float], rng: np.random.Generator) -> tuple[int, int] | None:
    """Two places of a list whose numbers can be told apart, drawn at random, in order; None if there are none."""
    places = rng.permutation(len(norms)).tolist()
    for i, a in enumerate(places):
        for b in places[i + 1 :]:
            if tell_apart(norms[a], norms[b]):
                return min(a, b), max(a, b)
    return None
