"""Decide what is fed back: the target (teacher forcing), the network's own output, or a mix of the two.

Feedback is data. `connect` puts an ordinary `Ref` in the place of each `FedBack`, so drawing, schedule,
equations and gradient follow without a special case (figs. 10.4 and 10.6).
"""

from msgspec import Struct
from msgspec.structs import replace

from explorer.errors import ExplorerError, check_known, suggest
from explorer.graph.activations import ACTIVATIONS
from explorer.graph.architecture import Architecture, Nodes
from explorer.graph.declaration import Cited, FedBack, Mix, Node, Operation, Ref, Source
from explorer.graph.output import Output
from explorer.graph.own_signal import OWN_SIGNALS, OwnSignal
from explorer.graph.tree import Tree
from explorer.language import tr
from explorer.wording import either


class Feedback(Struct, frozen=True):
    """What f(t) is: `target`, the network's `own` signal ("yhat", "o", "argmax", "sample"), or both, mixed.

    With both, a mask of shape (T, B) says where the target is fed.
    """

    id: str
    title: str
    target: bool
    own: str | None

    @property
    def mixed(self) -> bool:
        return self.target and self.own is not None

    @property
    def signal(self) -> OwnSignal | None:
        """The signal of its own; None where the target alone is fed."""
        return None if self.own is None else OWN_SIGNALS[self.own]


TEACHER_FORCING = Feedback("teacher_forcing", tr("target y(t)"), target=True, own=None)
FREE_RUNNING = {own: Feedback(f"free_running_{own}", signal.title, False, own) for own, signal in OWN_SIGNALS.items()}
MIXED = {
    own: Feedback(f"mixed_{own}", tr("mix of target y(t) and {title}", title=signal.title), True, own)
    for own, signal in OWN_SIGNALS.items()
}
FEEDBACKS = {f.id: f for f in (TEACHER_FORCING, *FREE_RUNNING.values(), *MIXED.values())}
SHORT_NAMES = {"free_running": "free_running_yhat", "mixed": "mixed_yhat"}


def get_feedback(name: str) -> Feedback:
    """The feedback setting of this id; "free_running" is short for "free_running_yhat".

    Raises ExplorerError for an unknown one, suggesting the nearest.
    """
    known = SHORT_NAMES.get(name, name)
    if known not in FEEDBACKS:
        raise suggest(name, (*FEEDBACKS, *SHORT_NAMES), tr("feedback"))
    return FEEDBACKS[known]


def suited(feedback: Feedback, output: Output) -> Feedback:
    """The feedback, with the prediction for a signal of its own that this output does not have."""
    if feedback.own is None or feedback.own in output.kind.own:
        return feedback
    return MIXED["yhat"] if feedback.mixed else FREE_RUNNING["yhat"]


def closed_loop(feedback: Feedback | None, output: Output | None) -> Feedback | None:
    """How a network trained with this feedback lives at test time, when there is no y (fig. 10.6, right).

    Trained on its own signal it goes on with that; trained on targets it is fed what its output puts in their place,
    such as its one-hot arg-max for one-hot targets.
    """
    if feedback is None or output is None:
        return None
    return FREE_RUNNING[feedback.own or output.kind.at_test]


class Network(Nodes, frozen=True):
    """An architecture with its feedback and activation decided: every source is a `Ref`.

    `tree` is the shape of the tree whose nodes are the steps, where they are; None for a balanced one.
    """

    architecture: Architecture
    feedback: Feedback | None
    activation: str
    tree: Tree | None = None


def connect(architecture: Architecture, feedback: Feedback | None = None, activation: str = "tanh") -> Network:
    """Resolve `FedBack` sources and the exchangeable activation.

    Raises ExplorerError for an unknown activation, where a node is read that is not there, or where feedback is missing
    on a network that needs one. Feedback that the architecture cannot take is an error too: nothing is silently
    ignored.
    """
    check_known(activation, ACTIVATIONS, tr("activation"))
    for cell in architecture.cells:
        architecture.node(cell)
    if architecture.takes_feedback and feedback is None:
        raise ExplorerError(
            "'{architecture}' feeds its output back: say what is fed, for example feedback teacher_forcing.",
            architecture=architecture.title,
        )
    if feedback is not None and not architecture.takes_feedback:
        raise ExplorerError(why_no_feedback(architecture))
    if architecture.takes_feedback and architecture.output is None:
        raise ExplorerError(
            "'{architecture}' feeds back an output that it does not have; declare its loss.",
            architecture=architecture.title,
        )
    extra: tuple[Node, ...] = ()
    fed: str | None = None
    if feedback is not None:
        assert architecture.output is not None
        _check_own(feedback, architecture)
        extra, fed = _fed_nodes(architecture.output, feedback)
    nodes = tuple(replace(node, operation=_resolved(node, fed, activation)) for node in architecture.nodes)
    network = Network(architecture, feedback, activation, nodes=nodes + extra)
    for source in (source for node in network.nodes for source in node.operation.sources):
        assert isinstance(source, Ref)
        network.node(source.name)  # says so if it is not there
    return network


def why_no_feedback(architecture: Architecture) -> str:
    """The sentence that says why teacher forcing does not apply to a network without output feedback."""
    if architecture.output is None:
        return tr(
            "'{architecture}' has no output, so there is nothing to feed back into the next step.",
            architecture=architecture.title,
        )
    return tr(
        "'{architecture}' does not feed its output back into the next step, so there is nothing that teacher forcing "
        "could replace by the target: it is trained the plain way, without feedback.",
        architecture=architecture.title,
    )


def _check_own(feedback: Feedback, architecture: Architecture) -> None:
    """Refuse a signal that this kind of output does not have."""
    assert architecture.output is not None
    kind = architecture.output.kind
    if feedback.own is not None and feedback.own not in kind.own:
        known = (TEACHER_FORCING.id, *(FREE_RUNNING[own].id for own in kind.own))
        raise ExplorerError(
            "{feedback} feeds back the {own}, which '{architecture}' with a {kind} output does not have; "
            "choose {known}.",
            feedback=feedback.id,
            own=OWN_SIGNALS[feedback.own].title,
            architecture=architecture.title,
            kind=kind.id,
            known=either(known),
        )


def fed_signals(output: Output) -> tuple[str, ...]:
    """The names of all nodes that some feedback feeds back."""
    own = (signal.node(output) for signal in OWN_SIGNALS.values())
    return tuple(dict.fromkeys((output.target, *own, _MIX)))


_MIX = "f"


def _fed_nodes(output: Output, feedback: Feedback) -> tuple[tuple[Node, ...], str]:
    """The nodes that a feedback setting adds to the network, a pick and a mix, and the name of what is fed back."""
    signal = feedback.signal
    if signal is None:
        return (), output.target
    added, own = signal.added(output), signal.node(output)
    if not feedback.mixed:
        return added, own
    operation, called = Mix(Ref(output.target), Ref(own)), tr("signal that is fed back")
    return (*added, Node(_MIX, output.size, operation, "f", cited=Cited("section 10.2.1"), called=called)), _MIX


def _resolved(node: Node, fed: str | None, activation: str) -> Operation:
    def ref(source: Source) -> Ref:
        if isinstance(source, FedBack):
            assert fed is not None
            return Ref(fed, source.lag)
        return source

    return node.operation.connected(ref, activation)
