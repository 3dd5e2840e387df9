"""Say which equations explain what a learner looks at: an event, a node at a step, or a parameter."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from explorer.graph.analyse.events import Event, Kind
from explorer.graph.analyse.trace import Trace
from explorer.graph.declaration import Ref, terms_of
from explorer.graph.equation import Combine, Equation, Role, TermOf
from explorer.graph.equations.notation import node_factor, parameter_factor, plain_vertex, value_factor
from explorer.graph.feedback import Network
from explorer.graph.output import Target
from explorer.graph.plain import plain
from explorer.graph.terms.scaled import Scaled
from explorer.graph.unfold import Vertex
from explorer.language import tr, trn
from explorer.session.document import Shown
from explorer.training.matching import told_first
from explorer.wording import listed

LABELS = {
    Kind.VALUE: tr("value"),
    Kind.TOTAL_LOSS: tr("value"),
    Kind.GRADIENT: tr("gradient"),
    Kind.PARAMETER_GRADIENT: tr("gradient"),
    Kind.UPDATE: tr("update"),
    Kind.LOSS_AFTER: tr("update"),
}
MOST_NAMED = 4
"""How many entries a sentence names one by one."""


class Face(Struct, frozen=True):
    """One equation of the thing looked at, such as its gradient; `event` is when that is computed, if it is.

    An equation without terms says only what a number is: it is given, not computed.
    """

    label: str
    equation: Equation
    event: Event | None = None


def event_face(shown: Shown, event: Event) -> Face:
    """What this event computes."""
    return Face(LABELS[event.kind], shown.equation(event), event)


def node_faces(shown: Shown, vertex: Vertex) -> tuple[Face, ...]:
    """The value of a node and, where the loss depends on it, its gradient."""
    kinds = (Kind.VALUE, Kind.GRADIENT)
    events = [e for e in shown.events if e.vertex == vertex and e.kind in kinds]
    faces = tuple(event_face(shown, event) for event in events)
    if any(face.label == tr("value") for face in faces):
        return faces
    left = node_factor(shown.trace, vertex.name, vertex.t)
    here = plain_vertex(shown.trace, vertex)
    return (Face(tr("value"), Equation(here, left, (), "", given_sentence(shown, vertex))), *faces)


def parameter_faces(shown: Shown, name: str) -> tuple[Face, ...]:
    """A parameter as it stands, its gradient, and its update."""
    left = parameter_factor(shown.trace, name)
    kinds = (Kind.PARAMETER_GRADIENT, Kind.UPDATE)
    events = [e for e in shown.events if e.name == name and e.kind in kinds]
    uses = [(node, term) for node, term in terms_of(shown.network.nodes) if name in term.parameters]
    users = [node for node, _ in uses]
    wherever = listed([*dict.fromkeys(plain(node.symbol) for node in users)])
    tree = any(node.span.tree for node in users)
    if all(node.last_only for node in users):
        sentence = (
            tr("{left} is used once, at the root.", left=left.plain)
            if tree
            else tr("{left} is used once, at the last step.", left=left.plain)
        )
    elif tree:
        steps = [shown.trace.term_steps(node, term) for node, term in uses]
        sentence = _same_in_tree(steps, shown.trace.T).format(left=left.plain, wherever=wherever)
    else:
        sentence = tr(
            "{left} is one and the same at every step, wherever {wherever} is computed.",
            left=left.plain,
            wherever=wherever,
        )
    if not shown.architecture.parameter(name).trained:
        sentence += tr(" It is not trained: training leaves it as it was drawn.")
    sentence += _outside_share(shown, name)
    lone = Face(tr("value"), Equation(tr("Parameter {left}", left=left.plain), left, (), "", sentence))
    return (lone, *(event_face(shown, event) for event in events))


def _same_in_tree(steps: Sequence[range], leaves: int) -> str:
    """Where in a tree a parameter is used that is used at these nodes."""
    if all(used.stop == leaves + 1 for used in steps):
        return tr("{left} is one and the same at every leaf, wherever {wherever} is computed.")
    if all(used.start > 1 for used in steps):
        return tr("{left} is one and the same at every inner node, wherever {wherever} is computed.")
    return tr("{left} is one and the same at every node, wherever {wherever} is computed.")


def _outside_share(shown: Shown, name: str) -> str:
    """Which entries of a share of two summands have left the range of one, as training does not keep them inside it."""
    shares = {t.parameter for _, t in terms_of(shown.network.nodes) if isinstance(t, Scaled) and t.complement}
    values = shown.trace.parameters[name]
    outside = np.flatnonzero((values < 0) | (values > 1)) if name in shares else ()
    if not len(outside):
        return ""
    named = [f"{i + 1} ({values[i]:.4g})".replace("-", "−") for i in outside]
    return trn(
        " Outside 0 to 1 at unit {units}: there it is no share of a mean, for training does not keep it inside.",
        " Outside 0 to 1 at units {units}: there it is no share of a mean, for training does not keep it inside.",
        len(outside),
        units=listed(named, MOST_NAMED),
    )


def spelled_out(trace: Trace, equation: Equation) -> Equation:
    """The same equation with prediction minus target as the difference of two arrays, to be subtracted by hand."""
    terms: list[TermOf] = []
    output = trace.network.output
    for term in equation.terms:
        difference, *others = term.factors
        if not others and difference.role is Role.DIFFERENCE and difference.vertex is not None and output is not None:
            yhat, y = (
                value_factor(trace, Ref(name), difference.vertex.t) for name in (difference.vertex.name, output.target)
            )
            if output.kind.target is Target.SYMBOLS:
                y = replace(y, tex=f"1_{{{y.tex}}}", tex_here=f"1_{{{y.tex_here}}}")
            terms.append(TermOf((yhat,), Combine.MATRIX, yhat.array, origin=term.origin))
            terms.append(TermOf((y,), Combine.MATRIX, y.array, sign=-1, origin=term.origin))
        else:
            terms.append(term)
    return replace(equation, terms=tuple(terms))


def given_sentence(shown: Shown, vertex: Vertex) -> str:
    """What a number is that no event computes, and where it comes from."""
    here, fed = plain_vertex(shown.trace, vertex), _fed_words(shown.network, vertex.name)
    if vertex not in shown.graph.boundary:
        return tr("{here} is given: it comes from the data.", here=here)
    if vertex.t >= 1:
        return tr("{here} is the state after the last step: zero unless you set it.", here=here)
    if fed is None:
        said = tr("{here} is the state before the first step: zero unless you set it.", here=here)
        rows = [plain_vertex(shown.trace, v) for v in shown.graph.boundary if v.name == vertex.name and v.t < 1]
        if len(rows) > 1:
            said += tr(" {states} are set as one, whose gradient is the sum of theirs.", states=listed(rows, 3))
        return said
    told = told_first(shown.architecture, shown.task) is not None
    this = tr("what the data have before the first target") if told else tr("zero")
    return tr(
        "{here} is what the first step is fed. Later steps are fed {fed}; before the first there is none, so this is "
        "{this} unless you set it.",
        here=here,
        fed=fed,
        this=this,
    )


def _fed_words(network: Network, name: str) -> str | None:
    """What a signal that flows back is; None for a state, which does so by itself."""
    picked = network.node(name).operation.fed_words
    if picked:
        return picked
    output = network.output
    if output is None:
        return None
    words = {
        output.logits: tr("the logits of the step before"),
        output.prediction: tr("the prediction of the step before"),
        output.target: tr("the target of the step before"),
    }
    return words.get(name)
