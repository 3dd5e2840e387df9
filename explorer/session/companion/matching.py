"""Match the events of two graphs: `matched` says where the right one stands after each event of the left one."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from explorer.graph.analyse.events import Event
from explorer.graph.feedback import Network

Group = tuple[object, ...]
"""What events must have in common to be about the same step."""


def partner_names(left: Network, right: Network) -> dict[str, str]:
    """The node of the right network that plays the part of each node of the left one, by name.

    Nodes of one name belong together, and so do the states that the outputs read.
    """
    there = {node.name for node in right.nodes}
    names = {node.name: node.name for node in left.nodes if node.name in there}
    if left.state not in there:
        names[left.state] = right.state
    return names


def partner(event: Event, names: Mapping[str, str]) -> Event:
    """The event of the right graph about the same thing, whether there is one or not; parameters keep their names."""
    name = event.name if event.t is None else names.get(event.name, event.name)
    return Event(event.phase, event.kind, name, event.t)


def matched(left: Sequence[Event], right: Sequence[Event], names: Mapping[str, str]) -> tuple[int, ...]:
    """The cursor of the right graph after 0 … len(left) events of the left one.

    It stands after the event about the same thing; else after one at the same step, between those that have partners
    before and after; and where there is none, where it stood.
    """
    exact = {event: cursor for cursor, event in enumerate(right, 1)}
    there: dict[Group, list[int]] = {}
    for event, cursor in exact.items():
        there.setdefault(_group(event), []).append(cursor)
    found = [0]
    for group, events in groupby(left, _group):
        own = [exact.get(partner(event, names)) for event in events]
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
