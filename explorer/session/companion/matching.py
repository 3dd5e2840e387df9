"""Match the events of two graphs: `matched` says where the right one stands after each event of the left one."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import Struct

from explorer.graph.analyse.events import Event
from explorer.graph.analyse.trace import Trace
from explorer.graph.unfold import Vertex
from explorer.grouping import by_key

Group = tuple[object, ...]
"""What events must have in common to be about the same step."""


class Partners(Struct, frozen=True):
    """What on the right is about the same thing as something on the left, whether it is there or not.

    `names`: nodes of one name belong together, and so do the states that the outputs read. `single`: of those that are
    there once, such as the output at the end, the step on the right. Parameters keep their names.
    """

    names: Mapping[str, str]
    single: Mapping[str, int]

    def vertex(self, vertex: Vertex) -> Vertex:
        """The node on the right."""
        return Vertex(self.names.get(vertex.name, vertex.name), self.single.get(vertex.name, vertex.t))

    def event(self, event: Event) -> Event:
        """The event on the right."""
        if event.vertex is None:
            return event
        there = self.vertex(event.vertex)
        return Event(event.phase, event.kind, there.name, there.t)


def partners(left: Trace, right: Trace) -> Partners:
    """Which nodes of two graphs belong together."""
    there = {node.name: node for node in right.network.nodes}
    names = {node.name: node.name for node in left.network.nodes if node.name in there}
    state = left.network.state
    if state not in there:
        names[state] = right.network.state
    once = (node.name for node in left.network.nodes if node.span.single and node.name in there)
    return Partners(names, {name: right.steps(name).start for name in once if there[name].span.single})


def matched(left: Sequence[Event], right: Sequence[Event], along: Partners) -> tuple[int, ...]:
    """The cursor of the right graph after 0 … len(left) events of the left one.

    It stands after the event about the same thing; else after one at the same step, between those that have partners
    before and after; and where there is none, where it stood.
    """
    exact = {event: cursor for cursor, event in enumerate(right, 1)}
    there = by_key(exact.values(), lambda cursor: _group(right[cursor - 1]))
    found = [0]
    for group, events in groupby(left, _group):
        own = [exact.get(along.event(event)) for event in events]
        for at in _filled(own, there.get(group, [])):
            found.append(found[-1] if at is None else at)
    return tuple(found)


def _group(event: Event) -> Group:
    return event.phase, event.kind, event.t


def _filled(cursors: Sequence[int | None], there: Sequence[int]) -> Iterator[int | None]:
    """Each cursor, and for a row of those that are missing, evenly, what lies there between its neighbours."""
    before = 0
    for missing, run in groupby(cursors, lambda cursor: cursor is None):
        row = list(run)
        if not missing:
            yield from row
            before = row[-1] or before
            continue
        after = next((c for c in cursors if c is not None and c > before), None)
        between = [c for c in there if before < c and (after is None or c < after)]
        for place in range(1, len(row) + 1):
            yield between[-(-place * len(between) // len(row)) - 1] if between else None
