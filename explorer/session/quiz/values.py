"""Ask about what forward propagation, the loss and the update bring: a sign, a symbol, larger or smaller."""

import math

import numpy as np

from explorer.graph.activations import Sides
from explorer.graph.analyse.events import Event, Kind
from explorer.graph.arrays import Array
from explorer.graph.declaration import Softmax
from explorer.graph.equations.notation import plain_parameter, plain_vertex
from explorer.graph.output import Ask, Output, Target
from explorer.graph.schedule import sources
from explorer.graph.unfold import Vertex
from explorer.language import tr
from explorer.session.document import Shown
from explorer.session.quiz.question import Question, clear_entry, differ, said
from explorer.wording import entry_place, listed

SIGNS = (tr("positive"), tr("negative"))
MOST_SYMBOLS = 3
FROM_BEFORE = tr("but the gradients of earlier updates still carry it on")


def value_question(shown: Shown, event: Event, rng: np.random.Generator) -> Question | None:
    """A question about a node's value, before it is computed."""
    assert event.t is not None
    output = shown.network.output
    operation = shown.network.node(event.name).operation
    if operation.terms:
        return _sign_of_sum(shown, event, rng)
    if operation.phi is not None:
        return _unit(shown, event, rng, operation.phi.sides)
    if isinstance(operation, Softmax) and not (output and event.name == output.prediction):
        return _weight(shown, event, rng)
    if output is None:
        return None
    if event.name == output.prediction and Ask.FAVOURITE in output.kind.asks:
        return _symbol(shown, event, rng, output)
    if event.name == output.loss and Ask.BLIND_GUESS in output.kind.asks:
        return _surprise(shown, event, output)
    return None


def update_question(shown: Shown, event: Event, rng: np.random.Generator) -> Question | None:
    """Whether one weight grows or shrinks, or whether the loss falls."""
    trace = shown.trace
    if event.kind is Kind.LOSS_AFTER:
        if not differ(trace.loss_after, trace.loss):
            return None
        text = tr("Will the loss of this sequence be smaller or larger after this update?")
        why = tr(
            "It was {loss} and is {loss_after} with the new weights.",
            loss=said(trace.loss),
            loss_after=said(trace.loss_after),
        )
        return Question(event, text, (tr("smaller"), tr("larger")), int(trace.loss_after > trace.loss), why)
    change = trace.parameters_after[event.name] - trace.parameters[event.name]
    index = clear_entry(change, rng)
    if index is None:
        return None
    gradient = float(trace.parameter_gradients[event.name][index])
    text = tr(
        "Will the update move {parameter}, {entry}, up or down?",
        parameter=plain_parameter(trace, event.name),
        entry=entry_place(index),
    )
    against = change[index] * gradient <= 0
    if against:
        why = tr("Its gradient is {gradient}, and the update goes against it.", gradient=said(gradient))
    else:
        why = tr("Its gradient is {gradient}, {from_before}.", gradient=said(gradient), from_before=FROM_BEFORE)
    return Question(event, text, (tr("up"), tr("down")), int(change[index] < 0), why)


def _sign_of_sum(shown: Shown, event: Event, rng: np.random.Generator) -> Question | None:
    equation = shown.equation(event)
    index = clear_entry(equation.left.array, rng)
    assert event.vertex is not None
    if index is None:
        return None
    value = float(equation.left.array[index])
    text = tr(
        "What sign will {entry} of {node} have?", entry=entry_place(index), node=plain_vertex(shown.trace, event.vertex)
    )
    parts = [(term.array[index], term.plain) for term in equation.terms if term.array[index] != 0]
    given = listed([tr("{part} from {name}", part=said(part), name=name) for part, name in parts])
    why = (
        tr("It is {value}, all of it from {parts}.", value=said(value), parts=parts[0][1])
        if len(parts) == 1
        else tr("It is {value}: {given}.", value=said(value), given=given)
    )
    return Question(event, text, SIGNS, int(value < 0), why)


def _unit(shown: Shown, event: Event, rng: np.random.Generator, sides: Sides | None) -> Question | None:
    """The sign of a state; where the activation has no negative values, which side of its middle or kink it is on."""
    assert event.t is not None
    (source,) = sources(shown.network.node(event.name))
    before = shown.trace.read(source, event.t)
    index = None if sides is None else clear_entry(before, rng)
    if sides is None or index is None:
        return None
    here = plain_vertex(shown.trace, Vertex(event.name, event.t))
    origin = tr(
        "{entry} of {node}, {before}",
        entry=entry_place(index),
        node=plain_vertex(shown.trace, Vertex(source.name, event.t)),
        before=said(before[index]),
    )
    text = sides.asked.format(unit=tr("{entry} of {here}", entry=entry_place(index), here=here))
    return Question(event, text, sides.options, int(before[index] < 0), sides.why.format(origin=origin))


def _symbol(shown: Shown, event: Event, rng: np.random.Generator, output: Output) -> Question | None:
    assert event.t is not None
    yhat = shown.trace.value(event.name, event.t)
    places = _largest_and_others(yhat, rng)
    if places is None:
        return None
    best = int(yhat.argmax())
    here = plain_vertex(shown.trace, Vertex(event.name, event.t))
    logit = float(shown.trace.value(output.logits, event.t)[best])
    why = tr(
        "The largest logit, {logit}, becomes the largest probability, {yhat}.",
        logit=said(logit),
        yhat=said(yhat[best]),
    )
    options = tuple(shown.task.output_units[place] for place in places)
    text = tr("Which symbol will {here} favour?", here=here)
    if len(yhat) > MOST_SYMBOLS:
        text = tr("Which of these symbols will {here} favour?", here=here)
    return Question(event, text, options, places.index(best), why)


def _weight(shown: Shown, event: Event, rng: np.random.Generator) -> Question | None:
    """What a softmax inside the network gives the largest weight."""
    assert event.t is not None
    (source,) = sources(shown.network.node(event.name))
    weights, scores = shown.trace.value(event.name, event.t), shown.trace.read(source, event.t)
    places = _largest_and_others(weights, rng)
    if places is None:
        return None
    best = int(weights.argmax())
    text = tr(
        "Which of these weights in {here} will be the largest?",
        here=plain_vertex(shown.trace, Vertex(event.name, event.t)),
    )
    why = tr(
        "The largest score, {score}, becomes the largest weight, {weight}.",
        score=said(scores[best]),
        weight=said(weights[best]),
    )
    return Question(event, text, tuple(entry_place((place,)) for place in places), places.index(best), why)


def _largest_and_others(values: Array, rng: np.random.Generator) -> list[int] | None:
    """The place of the largest entry among a few others, in order; None if it is not the largest beyond doubt."""
    order = np.argsort(-values, kind="stable")
    if len(values) < 2 or not np.isfinite(values).all() or not differ(float(values[order[0]]), float(values[order[1]])):
        return None
    others = rng.choice(order[1:], size=min(MOST_SYMBOLS, len(values)) - 1, replace=False)
    return sorted(int(i) for i in (order[0], *others))


def _surprise(shown: Shown, event: Event, output: Output) -> Question | None:
    """Whether the network did better than a guess that knows nothing."""
    assert event.t is not None
    loss, n = float(shown.trace.value(event.name, event.t)[0]), shown.task.n_y
    y, prediction = (shown.trace.value(name, event.t) for name in (output.target, output.prediction))
    match output.kind.target:
        case Target.SYMBOLS:
            blind = math.log(n)
            guess = tr("A blind guess among {n} symbols costs log {n}", n=n)
            why = tr(
                "The target got the probability {prediction}; a blind guess gives it 1/{n}.",
                prediction=said(prediction[int(y.argmax())]),
                n=n,
            )
        case Target.BITS:
            blind = n * math.log(2)
            guess = tr(
                "A blind guess, one half for each bit, costs {cost}", cost=tr("log 2") if n == 1 else f"{n} log 2"
            )
            given = ", ".join(said(p if bit else 1.0 - p) for p, bit in zip(prediction, y, strict=True))
            why = tr("The target got the probability {given}; a blind guess gives each bit 1/2.", given=given)
        case Target.NUMBERS:
            blind = 0.5 * float(y @ y)
            guess = tr("An output of zero would cost half the square of the target")
            why = tr(
                "It is half the square of {y}, by which the target was missed.", y=", ".join(map(said, y - prediction))
            )
    if not differ(loss, blind):
        return None
    here = plain_vertex(shown.trace, Vertex(event.name, event.t))
    text = tr("{guess}, {blind}. Will {here} be smaller or larger?", guess=guess, blind=said(blind), here=here)
    return Question(event, text, (tr("smaller"), tr("larger")), int(loss > blind), why)
