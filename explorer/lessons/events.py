"""Name what a page speaks of: a node or a parameter ("h(3)", "W"), and an event by what it computes."""

import re

from explorer.errors import ExplorerError, suggest
from explorer.graph.analyse.events import Event, Kind, Phase
from explorer.graph.unfold import Vertex
from explorer.language import tr
from explorer.session.document import Shown
from explorer.session.stepping import phases

_NODE = re.compile(r"(\w+)\((-?\d+|T)\)")


def thing_named(name: str, T: int) -> Vertex | str:
    """A node at a step, of which T is the last, or a parameter."""
    found = _NODE.fullmatch(name)
    return name if found is None else Vertex(found[1], T if found[2] == "T" else int(found[2]))


def cursor_of(shown: Shown, event: str) -> int:
    """How many events are done once this one is.

    It is "start", "end", a phase, whose last event is meant, or a kind of event with what it is of, as in "value h(3)",
    "gradient h(1)", "parameter_gradient W", "update W"; "total_loss" and "loss_after" need no more. Raises
    ExplorerError for what does not happen.
    """
    if event in ("start", "end"):
        return 0 if event == "start" else len(shown.events)
    kind, _, name = event.partition(" ")
    ends = {phase.value: stop for phase, _, stop in phases(shown.events)}
    if kind in ends and not name:
        return ends[kind]
    if kind not in set(Kind):
        raise suggest(kind, ("start", "end", *Phase, *Kind), tr("event"))
    thing = thing_named(name, shown.trace.T)
    for place, found in enumerate(shown.events, 1):
        if found.kind == kind and _is_of(found, thing):
            return place
    raise ExplorerError("The event {event} does not happen in what is shown; name one that does.", event=event)


def _is_of(event: Event, thing: Vertex | str) -> bool:
    return thing in ("", event.name) if event.vertex is None else thing == event.vertex
