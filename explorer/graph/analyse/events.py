"""List what happens in one training step, in order: forward, loss, backward, update; a stepper walks this list."""

from enum import StrEnum

from msgspec import Struct

from explorer.graph.analyse.gradient_flow import GradientFlow
from explorer.graph.analyse.trace import Trace
from explorer.graph.unfold import Graph, Vertex
from explorer.language import tr


class Phase(StrEnum):
    """The four phases of a training step."""

    FORWARD = "forward"
    LOSS = "loss"
    BACKWARD = "backward"
    UPDATE = "update"

    @property
    def called(self) -> str:
        """What it is called, as a title."""
        return {
            Phase.FORWARD: tr("Forward"),
            Phase.LOSS: tr("Loss"),
            Phase.BACKWARD: tr("Backward"),
            Phase.UPDATE: tr("Update"),
        }[self]


class Kind(StrEnum):
    """What is computed at an event."""

    VALUE = "value"
    TOTAL_LOSS = "total_loss"
    GRADIENT = "gradient"
    PARAMETER_GRADIENT = "parameter_gradient"
    UPDATE = "update"
    LOSS_AFTER = "loss_after"


class Event(Struct, frozen=True):
    """One computation: of node (name, t), or of parameter `name` where t is None."""

    phase: Phase
    kind: Kind
    name: str
    t: int | None = None

    @property
    def vertex(self) -> Vertex | None:
        """The node that this event computes; none for a parameter or the total loss."""
        return None if self.t is None else Vertex(self.name, self.t)


def list_events(graph: Graph, trace: Trace) -> tuple[Event, ...]:
    """Every event of one training step. Given nodes have none: data are there from the start.

    Forward goes through the vertices in computation order; the losses follow, though each could be computed
    with its step; backward is the same order reversed, through the nodes that a gradient reaches. It ends at the states
    before the first step, or after the last. The same tuple comes back while only numbers change.
    """
    return graph.once(_events, frozenset(trace.gradients))


def _events(graph: Graph, differentiated: frozenset[str]) -> tuple[Event, ...]:
    """`differentiated`: the nodes that have gradients, which those that depend on no parameter have not."""
    loss = graph.network.output.loss if graph.network.output else None
    computed = [v for v in graph.vertices if not graph.node(v).given]
    forward = [Event(Phase.FORWARD, Kind.VALUE, v.name, v.t) for v in computed if v.name != loss]
    if loss is None:
        return tuple(forward)

    def has_gradient(vertex: Vertex) -> bool:
        return vertex.name in differentiated and graph.once(GradientFlow).reached(vertex)

    losses = [Event(Phase.LOSS, Kind.VALUE, v.name, v.t) for v in computed if v.name == loss]
    backward = [
        Event(Phase.BACKWARD, Kind.GRADIENT, v.name, v.t)
        for v in reversed(computed)
        if v.name == loss or has_gradient(v)
    ]
    architecture = graph.network.architecture
    backward += [
        Event(Phase.BACKWARD, Kind.GRADIENT, v.name, v.t)
        for v in reversed(graph.boundary)
        if v.name in architecture.states and has_gradient(v)
    ]
    names = [parameter.name for parameter in architecture.parameters]
    return (
        *forward,
        *losses,
        Event(Phase.LOSS, Kind.TOTAL_LOSS, loss),
        *backward,
        *(Event(Phase.BACKWARD, Kind.PARAMETER_GRADIENT, name) for name in names),
        *(Event(Phase.UPDATE, Kind.UPDATE, name) for name in names),
        Event(Phase.UPDATE, Kind.LOSS_AFTER, loss),
    )
