"""Steps over a trace: by node, by time step and by phase, each undone by a step back."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.architectures import get_architecture
from explorer.graph.analyse.events import Event, Kind, Phase
from explorer.graph.architecture import Architecture
from explorer.session.stepping import Grain, group_ends, next_cursor, phases
from tests.each import each
from tests.oracles.traces import APP_NETWORKS, traced

EVENTS = traced(get_architecture("hidden_to_hidden"), T=3).events


def walk(events: tuple[Event, ...], start: int, direction: int, grain: Grain) -> list[int]:
    """All cursors from `start` on until nothing moves."""
    cursors = [start]
    while (cursor := next_cursor(events, cursors[-1], direction, grain)) != cursors[-1]:
        cursors.append(cursor)
    return cursors


def done(cursor: int) -> str:
    """The event that a cursor has done last."""
    event = EVENTS[cursor - 1]
    return event.name if event.t is None else f"{event.name}{event.t}"


def test_by_node_every_event_is_a_step() -> None:
    assert walk(EVENTS, 0, 1, Grain.NODE) == list(range(len(EVENTS) + 1))


def test_by_time_step_each_ends_with_the_last_node_of_its_column() -> None:
    stops = walk(EVENTS, 0, 1, Grain.STEP)[1:]
    assert [done(stop) for stop in stops] == [
        "yhat1", "yhat2", "yhat3",
        "L1", "L2", "L3", "L",
        "a3", "a2", "a1", "h0", "V",
        "V", "L",
    ]  # fmt: skip


def test_by_phase_there_are_four() -> None:
    assert [done(stop) for stop in walk(EVENTS, 0, 1, Grain.PHASE)[1:]] == ["yhat3", "L", "V", "L"]
    assert EVENTS[-1].kind is Kind.LOSS_AFTER


def test_the_phases_cover_all_events_in_order() -> None:
    found = phases(EVENTS)
    assert [phase for phase, _, _ in found] == list(Phase)
    assert [start for _, start, _ in found] == [0, *(stop for _, _, stop in found[:-1])]
    assert found[-1][2] == len(EVENTS)
    for phase, start, stop in found:
        assert {event.phase for event in EVENTS[start:stop]} == {phase}


def test_forward_from_within_a_group_completes_it_and_back_returns_to_its_start() -> None:
    inside = 6  # h(2), the second of four nodes of step 2
    assert done(inside) == "h2"
    assert done(next_cursor(EVENTS, inside, 1, Grain.STEP)) == "yhat2"
    assert done(next_cursor(EVENTS, inside, -1, Grain.STEP)) == "yhat1"


@each(("architecture", "feedback"), APP_NETWORKS)
def test_in_every_network_every_grain_leads_to_the_end_and_back_and_stops_where_a_coarser_one_does(
    architecture: Architecture, feedback: str | None
) -> None:
    events = traced(architecture, feedback, T=3).events
    ends = {grain: group_ends(events, grain) for grain in Grain}
    assert set(ends[Grain.PHASE]) <= set(ends[Grain.STEP]) <= set(ends[Grain.NODE])
    for grain in Grain:
        there, back = walk(events, 0, 1, grain), walk(events, len(events), -1, grain)
        assert there[-1] == len(events), grain
        assert there == back[::-1], grain
    for grain in (Grain.NODE, Grain.STEP):
        for start, stop in pairwise(ends[grain]):
            assert len({event.t for event in events[start:stop]}) == 1, (grain, events[start:stop])


@given(st.integers(0, len(EVENTS)), st.sampled_from(Grain))
def test_forward_then_back_returns_from_every_stop(place: int, grain: Grain) -> None:
    stops = group_ends(EVENTS, grain)
    cursor = stops[place % len(stops)]
    forward = next_cursor(EVENTS, cursor, 1, grain)
    back = next_cursor(EVENTS, cursor, -1, grain)
    assert cursor == len(EVENTS) or next_cursor(EVENTS, forward, -1, grain) == cursor
    assert cursor == 0 or next_cursor(EVENTS, back, 1, grain) == cursor


@given(st.integers(-5, len(EVENTS) + 5), st.sampled_from([-1, 1]), st.sampled_from(Grain))
def test_no_step_leaves_the_trace(cursor: int, direction: int, grain: Grain) -> None:
    assert 0 <= next_cursor(EVENTS, cursor, direction, grain) <= len(EVENTS)


@pytest.mark.parametrize("grain", Grain)
def test_where_there_are_no_events_there_is_nowhere_to_go(grain: Grain) -> None:
    assert group_ends((), grain) == [0]
    assert next_cursor((), 0, 1, grain) == next_cursor((), 0, -1, grain) == 0
    assert phases(()) == []
