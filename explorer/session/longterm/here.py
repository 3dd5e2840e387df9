"""Join the views on long-term dependencies to the stepper: which step the cursor is at, where a step is computed."""

from explorer.errors import ExplorerError
from explorer.graph.analyse.events import Kind
from explorer.graph.equations.cut_words import never_between
from explorer.graph.operations.base import TARGET
from explorer.language import tr
from explorer.session.document import Shown
from explorer.session.reach.reach import LONGEST


def step_at(shown: Shown, cursor: int, name: str) -> int | None:
    """The step that the event done last is about, of a node's own segment; None before the first and in the update."""
    if cursor == 0:
        return None
    vertex = shown.events[cursor - 1].vertex
    if vertex is None:
        return None
    here, there = (shown.network.node(one).span for one in (vertex.name, name))
    return vertex.t if here.length == there.length else None


def cursor_at(shown: Shown, name: str, t: int) -> int:
    """The cursor at which (name, t) has just been computed; 0 for what is there from the start."""
    done = (i for i, e in enumerate(shown.events, 1) if e.kind is Kind.VALUE and (e.name, e.t) == (name, t))
    return next(done, 0)


def check_followed(shown: Shown, names: tuple[str, ...], what: str) -> None:
    """Raise ExplorerError, with the reason, where there is nothing to follow from step to step.

    `what` names what would be followed, as the beginning of a sentence.
    """
    network, T = shown.network, shown.trace.T
    if T > LONGEST:
        raise ExplorerError(
            "{what} for up to T = {most} steps; here T = {T}: shorten the sequence.", what=what, most=LONGEST, T=T
        )
    if names:
        return
    if any(node.span.tree for node in network.nodes):
        raise ExplorerError(
            "The steps of {architecture} are the nodes of a tree: no one step follows another, so there is nothing to "
            "repeat along time.",
            architecture=shown.architecture.title,
        )
    between = (shown.trace.flow.stop_between(t, t + 1) for t in range(1, T))
    stop = next((found for found in between if found is not None), None)
    free = tr(" Let it run free.") if stop == TARGET else ""
    raise ExplorerError(
        "There is nothing to follow from step to step: {never_between}.{free}",
        never_between=never_between(network, stop),
        free=free,
    )
