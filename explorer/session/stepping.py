"""Move through the events of a trace: by node, by time step, by phase, forward and back."""

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

from explorer.graph.analyse.events import Event, Phase
from explorer.language import tr


class Grain(StrEnum):
    """How far one step of the stepper goes."""

    NODE = "node"
    STEP = "time step"
    PHASE = "phase"


def next_cursor(events: Sequence[Event], cursor: int, direction: int, grain: Grain) -> int:
    """The cursor after one step of this grain; `cursor` counts the events done, from 0 to len(events).

    Forward ends with the last event of the group under way or coming next, backward at its start, so that a step
    forth and back over a whole group returns to where it began.
    """
    stops = group_ends(events, grain)
    if direction > 0:
        return next((stop for stop in stops if stop > cursor), len(events))
    return next((stop for stop in reversed(stops) if stop < cursor), 0)


def group_ends(events: Sequence[Event], grain: Grain) -> list[int]:
    """The cursors at which a group of events of this grain is complete, with 0 in front."""
    if grain is Grain.NODE:
        return list(range(len(events) + 1))

    def group(event: Event) -> tuple[object, ...]:
        return (event.phase,) if grain is Grain.PHASE else (event.phase, event.t, event.t is None and event.kind)

    inner = [i for i, (a, b) in enumerate(pairwise(events), 1) if group(a) != group(b)]
    return [0, *inner, len(events)] if events else [0]


def not_yet(at: int) -> str:
    """What is said of a number that is there after `at` events, as long as it is held back."""
    return tr("not computed yet: event {at} computes it", at=at)


def middle_of_backward(events: Sequence[Event]) -> int:
    """The cursor in the middle of the backward pass, where most is to be seen."""
    start, stop = next((a, b) for phase, a, b in phases(events) if phase is Phase.BACKWARD)
    return (start + stop) // 2


def phases(events: Sequence[Event]) -> list[tuple[Phase, int, int]]:
    """Each phase with the events it covers: start ≤ i < stop."""
    ends = group_ends(events, Grain.PHASE)
    return [(events[start].phase, start, stop) for start, stop in pairwise(ends)]
