"""The list a stepper walks: forward in time, then the losses, then back from the last loss, then the update."""

from functools import cache

import pytest
from msgspec.structs import replace

from explorer.architectures import architectures, get_architecture
from explorer.graph.analyse.events import Event, Kind, Phase, list_events
from explorer.graph.architecture import Architecture
from explorer.graph.declaration import Given
from tests.each import each
from tests.oracles.traces import APP_NETWORKS, Traced, run_trace, traced


def walked(of: Traced, phase: Phase, kind: Kind) -> list[str]:
    """The events of a phase and kind in order, as "h3" or "W"."""
    return [f"{e.name}{'' if e.t is None else e.t}" for e in of.events if e.phase is phase and e.kind is kind]


FIG_10_3 = traced(get_architecture("hidden_to_hidden"), T=3)


def test_forward_goes_step_by_step_through_what_is_computed() -> None:
    forward = walked(FIG_10_3, Phase.FORWARD, Kind.VALUE)
    assert forward == [f"{name}{t}" for t in (1, 2, 3) for name in ("a", "h", "o", "yhat")]


def test_the_losses_come_together_and_then_their_sum() -> None:
    losses = [event for event in FIG_10_3.events if event.phase is Phase.LOSS]
    assert losses == [
        *(Event(Phase.LOSS, Kind.VALUE, "L", t) for t in (1, 2, 3)),
        Event(Phase.LOSS, Kind.TOTAL_LOSS, "L"),
    ]


def test_bptt_starts_at_the_last_loss_and_goes_back_in_time() -> None:
    backward = walked(FIG_10_3, Phase.BACKWARD, Kind.GRADIENT)
    assert backward == [*(f"{name}{t}" for t in (3, 2, 1) for name in ("L", "o", "h", "a")), "h0"]


@pytest.mark.parametrize(("architecture", "ends"), [
    ("hidden_to_hidden", ["h0"]),
    ("lstm", ["s0", "h0"]),
    ("skip_in_time", ["h0", "h-1", "h-2"]),
    ("bidirectional", ["h0", "g4"]),
])  # fmt: skip
def test_bptt_ends_at_the_states_before_the_first_step_or_after_the_last(architecture: str, ends: list[str]) -> None:
    found = traced(get_architecture(architecture), T=3).trace
    zero = replace(found.batch, initial={}, final={})
    unset = run_trace(found.network, found.sizes, found.parameters, zero)
    gradients = [event for event in list_events(unset.graph, unset) if event.kind is Kind.GRADIENT]
    outside = [event for event in gradients if event.vertex in unset.graph.boundary]
    assert gradients[len(gradients) - len(outside) :] == outside
    assert {f"{event.name}{event.t}" for event in outside} == {*ends}


def test_then_come_all_parameters_their_updates_and_what_these_achieve() -> None:
    assert walked(FIG_10_3, Phase.BACKWARD, Kind.PARAMETER_GRADIENT) == ["b", "W", "U", "c", "V"]
    assert walked(FIG_10_3, Phase.UPDATE, Kind.UPDATE) == ["b", "W", "U", "c", "V"]
    assert FIG_10_3.events[-1] == Event(Phase.UPDATE, Kind.LOSS_AFTER, "L")


def test_fig_10_5_has_one_output_and_one_loss_at_the_end() -> None:
    found = traced(get_architecture("sequence_to_one"), T=3)
    forward = walked(found, Phase.FORWARD, Kind.VALUE)
    assert forward == ["a1", "h1", "a2", "h2", "a3", "h3", "o3", "yhat3"]
    assert walked(found, Phase.BACKWARD, Kind.GRADIENT) == ["L3", "o3", "h3", "a3", "h2", "a2", "h1", "a1", "h0"]


def test_a_prediction_that_is_fed_on_has_a_gradient_but_the_last_one_is_not() -> None:
    found = traced(get_architecture("output_to_hidden"), "free_running_yhat", T=3)
    backward = walked(found, Phase.BACKWARD, Kind.GRADIENT)
    assert backward == ["L3", "o3", "h3", "a3", *("L2", "yhat2", "o2", "h2", "a2"), *("L1", "yhat1", "o1", "h1", "a1")]


@pytest.mark.parametrize("feedback", ["teacher_forcing", "free_running_argmax", "free_running_sample"])
def test_a_prediction_that_no_gradient_leaves_has_no_event(feedback: str) -> None:
    found = traced(get_architecture("output_to_hidden"), feedback, T=3)
    backward = walked(found, Phase.BACKWARD, Kind.GRADIENT)
    assert backward == [f"{name}{t}" for t in (3, 2, 1) for name in ("L", "o", "h", "a")]


def test_a_mix_has_a_gradient_only_where_it_fed_the_networks_own_signal() -> None:
    found = traced(get_architecture("output_to_hidden"), "mixed_yhat", T=4, mask=(True, False, True, False))
    backward = walked(found, Phase.BACKWARD, Kind.GRADIENT)
    assert [name for name in backward if name[:-1] in ("f", "yhat")] == ["f2", "yhat2"]


every_network = each(("architecture", "feedback"), APP_NETWORKS)
short_or_long = each("T", [1, 4])
once = cache(traced)


class TestEveryNetwork:
    """Whatever is fed back, and with a single step too."""

    @every_network
    @short_or_long
    def test_the_phases_follow_one_another(self, architecture: Architecture, feedback: str | None, T: int) -> None:
        order = [event.phase for event in once(architecture, feedback, T=T).events]
        assert list(dict.fromkeys(order)) == list(Phase)
        assert order == sorted(order, key=list(Phase).index)

    @every_network
    @short_or_long
    def test_each_computed_node_has_one_value(self, architecture: Architecture, feedback: str | None, T: int) -> None:
        found = once(architecture, feedback, T=T)
        computed = [v for v in found.graph.vertices if not isinstance(found.graph.node(v).operation, Given)]
        values = [event.vertex for event in found.events if event.kind is Kind.VALUE]
        assert len(values) == len(computed)
        assert set(values) == set(computed)

    @every_network
    @short_or_long
    def test_values_follow_their_operands(self, architecture: Architecture, feedback: str | None, T: int) -> None:
        found = once(architecture, feedback, T=T)
        done = {v for v in found.graph.vertices if isinstance(found.graph.node(v).operation, Given)}
        for event in found.events:
            if event.kind is Kind.VALUE:
                sources = {edge.source for edge in found.graph.edges if edge.target == event.vertex}
                assert sources <= done | set(found.graph.boundary)
                assert event.vertex is not None
                done.add(event.vertex)

    @every_network
    @short_or_long
    def test_backward_reverses_forward(self, architecture: Architecture, feedback: str | None, T: int) -> None:
        found = once(architecture, feedback, T=T)
        backward = [event.vertex for event in found.events if event.kind is Kind.GRADIENT]
        assert backward == [v for v in (*found.graph.vertices[::-1], *found.graph.boundary[::-1]) if v in set(backward)]
        assert backward[0] is not None and (backward[0].name, backward[0].t) == ("L", found.trace.loss_steps[-1])

    @every_network
    @short_or_long
    def test_no_event_comes_twice(self, architecture: Architecture, feedback: str | None, T: int) -> None:
        events = once(architecture, feedback, T=T).events
        assert len(set(events)) == len(events)


def test_only_an_event_of_a_node_has_a_vertex() -> None:
    events = traced(architectures()["hidden_to_hidden"]).events
    assert {event.kind for event in events if event.vertex is None} == {
        Kind.TOTAL_LOSS, Kind.PARAMETER_GRADIENT, Kind.UPDATE, Kind.LOSS_AFTER,
    }  # fmt: skip
