"""Say what each of two graphs is (`heads`), and in one sentence where they part (`first_difference`)."""

from explorer.graph.analyse.events import Event, Kind
from explorer.graph.equations.notation import plain_vertex
from explorer.graph.feedback import Feedback
from explorer.graph.plain import plain
from explorer.graph.unfold import Vertex
from explorer.language import tr
from explorer.session.companion.compared import Compared, symbol
from explorer.session.document import Document, Shown
from explorer.session.viewing import Companion, OtherNetwork, OtherTime
from explorer.session.weights import Weights, in_short

MOST_NUMBERS = 8
"""So many entries of a vector are said in a row."""
FEW = 2
"""So many connections of a network are named that the other lacks."""
COMPARED = tr("Inputs, targets, outputs and losses are compared.")
"""Of two networks; of one it is everything."""
Heads = tuple[tuple[str, ...], tuple[str, ...]]
"""What is said of the left graph and of the right one, each from most to fewest words."""


def heads(
    pair: Compared, companion: Companion, weights: Weights | None, others: Weights | None, document: Document
) -> Heads:
    """What tells both apart. `weights` are those on the left, of `document`; `others` those on the right."""
    left, right = pair.left, pair.right
    if isinstance(companion, OtherTime):
        return _time(left), _time(right)
    of_left, of_right = _weights(document, weights), _weights(right.document, others)
    if pair.one_network:
        return of_left, of_right
    if isinstance(companion, OtherNetwork) and weights is None:
        return _network(left), _network(right)
    return _both_said(left, of_left), _both_said(right, of_right)


def _both_said(shown: Shown, weights: tuple[str, ...]) -> tuple[str, ...]:
    """The network and its weights; runs of several networks have that in their names."""
    if shown.architecture.title in weights[0]:
        return weights
    return tuple(f"{name} · {of}" for name, of in zip(_network(shown), (weights[0], weights[-1]), strict=True))


def _network(shown: Shown) -> tuple[str, str]:
    return shown.architecture.title_and_figure, shown.architecture.title


def _weights(document: Document, weights: Weights | None) -> tuple[str, ...]:
    if weights is not None and weights.run:
        return tr("{run}, {when}", run=weights.run, when=weights.when), weights.run
    return tuple(f"{words[:1].upper()}{words[1:]}" for words in in_short(document, weights))


def _time(shown: Shown) -> tuple[str, str]:
    feedback = shown.network.feedback
    assert feedback is not None  # or there would be but one time
    fed = _fed(feedback, shown)
    if shown.document.test_time:
        return tr("Test time: fed its own {signal}", signal=fed), tr("Test: its own {signal}", signal=fed)
    if feedback.mixed or feedback.target:
        return tr("Train time: fed {signal}", signal=fed), tr("Train: {signal}", signal=fed)
    return tr("Train time: fed its own {signal}", signal=fed), tr("Train: its own {signal}", signal=fed)


def _fed(feedback: Feedback, shown: Shown) -> str:
    """What is fed back, of the step before."""
    output = shown.network.output
    assert output is not None  # or there would be nothing to feed back
    signal = feedback.signal
    if signal is None:
        return "y(t−1)"
    if signal.picked is not None:
        own = signal.picked.before
    else:
        own = f"{plain(shown.network.node(signal.node(output)).symbol)}(t−1)"
    return tr("y(t−1) or {signal}", signal=own) if feedback.mixed else own


def first_difference(pair: Compared, cursor: int) -> str:
    """Where both part, of what is computed so far on the left, and both losses once they are."""
    if cursor == 0:
        return tr("Nothing is computed yet. Step forward: what differs is marked.")
    parts, other = _structure(pair), _first_symbol(pair, cursor)
    if pair.first is None or pair.first > cursor:
        parts.append(_the_same(pair, whole=cursor == len(pair.left.events)))
    elif pair.one_network or not other:
        parts += ([] if pair.one_network else [COMPARED]) + [_parting(pair, pair.first)]
    return " ".join([*parts, *other, *_losses(pair, cursor)])


def _the_same(pair: Compared, whole: bool) -> str:
    if pair.one_network:
        return tr("Every number is the same in both graphs.") if whole else tr("So far both compute the same.")
    for shown in (pair.left, pair.right):
        if shown.network.output is None:
            return tr("'{network}' has no output that could be compared.", network=shown.architecture.title)
    return tr("No output differs.") if whole else tr("So far no output differs.")


def on_the_right(pair: Compared, event: Event, cursor: int) -> str:
    """What the number is there that an event on the left leads to, once it is known; "" where none can be compared."""
    vertex, known = event.vertex, pair.right.events[: pair.cursors[cursor]]
    if vertex is None or vertex.name not in pair.comparable or pair.partners.event(event) not in known:
        return ""
    gradient, there = event.kind is Kind.GRADIENT, pair.partners.vertex(vertex)
    if vertex not in (pair.gradients if gradient else pair.values):
        return tr("It is the same in the second graph.")
    here, other = (
        (of.trace.gradient if gradient else of.trace.value)(v.name, v.t)
        for of, v in ((pair.left, vertex), (pair.right, there))
    )
    if len(other) > MOST_NUMBERS:
        return tr("It is another one in the second graph.")
    return tr("In the second graph: {numbers}.", numbers=", ".join(map(_figures, other, here)))


def _parting(pair: Compared, cursor: int) -> str:
    """The first event that leads to another number, and what it reads or gives on either side."""
    left, right, event = pair.left, pair.right, pair.left.events[cursor - 1]
    vertex = event.vertex
    if vertex is None:
        return tr("The loss is the first number that differs.")
    name = plain_vertex(left.trace, vertex)
    if event.kind is Kind.GRADIENT:
        return tr("The values are the same; the gradient of {name} is the first that differs.", name=name)
    reads = _read(left, vertex), _read(right, pair.partners.vertex(vertex))
    only = [tuple(name for name in own if name not in other) for own, other in (reads, reads[::-1])]
    if len(only[0]) == len(only[1]) == 1:
        return tr(
            "{name} is the first to differ: it reads {one} in the first graph, {other} in the second.",
            name=name,
            one=only[0][0],
            other=only[1][0],
        )
    here, there = left.trace.value(*_place(vertex)), right.trace.value(*_place(pair.partners.vertex(vertex)))
    unit = int(abs(here - there).argmax())
    return tr(
        "{name} is the first to differ: unit {unit} is {one} in the first graph, {other} in the second.",
        name=name,
        unit=unit + 1,
        one=_figures(here[unit], there[unit]),
        other=_figures(there[unit], here[unit]),
    )


def _structure(pair: Compared) -> list[str]:
    """The connections that only one of two networks has, where these are few."""
    if pair.one_network:
        return []
    here, there = (_connections(shown) for shown in (pair.left, pair.right))
    only = [[name for name in own if name not in other] for own, other in ((here, there), (there, here))]
    if max(map(len, only)) > FEW:
        return []
    said = tr("Only in the first graph: {connections}."), tr("Only in the second graph: {connections}.")
    return [text.format(connections=", ".join(names)) for text, names in zip(said, only, strict=True) if names]


def _connections(shown: Shown) -> list[str]:
    """The connections of a network from one step to the next, as they are written at step t."""
    found = dict[str, None]()
    for edge in shown.graph.edges:
        if edge.lag:
            source, target = (
                plain(shown.network.node(vertex).symbol) for vertex in (edge.source.name, edge.target.name)
            )
            found[f"{source}(t{'−' if edge.lag > 0 else '+'}{abs(edge.lag)}) → {target}(t)"] = None
    return list(found)


def _place(vertex: Vertex) -> tuple[str, int]:
    return vertex.name, vertex.t


def _read(shown: Shown, vertex: Vertex) -> list[str]:
    """What a node reads, as it is written."""
    return [plain_vertex(shown.trace, edge.source) for edge in shown.graph.into.get(vertex, ())]


def _first_symbol(pair: Compared, cursor: int) -> list[str]:
    """The first output that names something else, of those that are known."""
    known = {event.vertex for event in pair.left.events[:cursor] if event.kind is Kind.VALUE}
    found = min((vertex for vertex in pair.symbols if vertex in known), key=lambda vertex: vertex.t, default=None)
    if found is None:
        return []
    return [
        tr(
            "{name} is the first output that says something else: {one} in the first graph, {other} in the second.",
            name=plain_vertex(pair.left.trace, found),
            one=symbol(pair.left, found),
            other=symbol(pair.right, pair.partners.vertex(found)),
        )
    ]


def _losses(pair: Compared, cursor: int) -> list[str]:
    """Both losses, once both are added up."""
    done = (pair.left.events[:cursor], pair.right.events[: pair.cursors[cursor]])
    if not all(any(event.kind is Kind.TOTAL_LOSS for event in events) for events in done):
        return []
    one, other = pair.left.trace.loss, pair.right.trace.loss
    if not pair.losses_differ:
        return [tr("L = {loss} in both graphs.", loss=_figures(one, one))]
    said = _figures(one, other), _figures(other, one)
    return [tr("L = {one} in the first graph, {other} in the second.", one=said[0], other=said[1])]


def _figures(value: float, other: float) -> str:
    """A number with three figures, or as many more as tell it from the other."""
    digits = next((n for n in range(3, 17) if value == other or f"{value:.{n}g}" != f"{other:.{n}g}"), 17)
    return f"{value:.{digits}g}".replace("-", "−")
