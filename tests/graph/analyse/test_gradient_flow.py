"""A gradient is said to flow exactly where a small change of what is learnt passes through a vertex to a loss."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.architectures import get_architecture
from explorer.graph.analyse.gradient_flow import Cut, edges_between
from explorer.graph.analyse.trace import Trace
from explorer.graph.architecture import Architecture
from explorer.graph.arrays import Array
from explorer.graph.declaration import OneHotArgmax, OneHotSample
from explorer.graph.drawn import drawn
from explorer.graph.operations.argmax import ARG_MAX
from explorer.graph.operations.base import TARGET, Stop
from explorer.graph.operations.sample import SAMPLE
from explorer.graph.unfold import Vertex
from tests.each import each
from tests.oracles.declarations import BIDIRECTIONAL, LSTM, PICKING, TWO_SEGMENTS
from tests.oracles.examples import EVERY_NETWORK
from tests.oracles.perturbed import perturbed
from tests.oracles.traces import traced

SMALL = 1e-4


@settings(max_examples=2)
@given(T=st.integers(2, 4), seed=st.integers(0, 10**6))
@each(("architecture", "feedback"), EVERY_NETWORK)
def test_it_flows_where_a_change_passes(architecture: Architecture, feedback: str | None, T: int, seed: int) -> None:
    trace = traced(architecture, feedback, T=T, seed=seed, scale=0.7).trace
    assert trace.network.output is not None
    # Beyond, tanh is 1 to the last bit and no longer shows a small change.
    if not all(np.abs(array).max() < 10.0 for array in trace.values.values()):
        return
    before, learnt = perturbed(trace), perturbed(trace, learnt=SMALL)
    picked = picks(trace, before)
    if not np.array_equal(picked, picks(trace, learnt)):
        return
    for name, array in trace.values.items():
        agree = np.stack([before[Vertex(name, t)].reshape(-1) for t in trace.steps(name)])
        np.testing.assert_allclose(agree, array[:, 0], rtol=1e-12, atol=1e-14)
    for vertex in trace.graph.vertices:
        after = perturbed(trace, vertex, SMALL)
        is_pick = isinstance(trace.graph.node(vertex).operation, OneHotArgmax | OneHotSample)
        if not is_pick and not np.array_equal(picked, picks(trace, after)):
            return
        losses = [Vertex(trace.network.output.loss, k) for k in trace.loss_steps]
        moved = tuple(loss.t for loss in losses if before[loss] != after[loss])
        changes = not np.array_equal(before[vertex], learnt[vertex])
        assert trace.flow.losses(vertex) == (moved if changes else ()), vertex
        assert trace.flow.reached(vertex) == bool(moved and changes)


def picks(trace: Trace, values: dict[Vertex, Array]) -> Array:
    """Every one-hot choice."""
    chosen = [v for v in trace.graph.vertices if isinstance(trace.graph.node(v).operation, OneHotArgmax | OneHotSample)]
    return np.array([values[vertex] for vertex in chosen])


def chain(architecture: Architecture, loss: int, state: str, t: int) -> list[str]:
    """The vertices of one state on the way from a loss back to one of them, in order of time."""
    graph = traced(architecture, "teacher_forcing" if architecture.takes_feedback else None, T=4).graph
    edges = edges_between(graph, Vertex("L", loss), Vertex(state, t))
    return sorted({f"{v.name}{v.t}" for edge in edges for v in (edge.source, edge.target) if v.name == state})


def test_along_a_state_that_runs_backward_in_time_it_flows_forward_in_time() -> None:
    assert chain(BIDIRECTIONAL, 2, "g", 4) == ["g2", "g3", "g4"]
    assert chain(BIDIRECTIONAL, 3, "h", 1) == ["h1", "h2", "h3"]
    assert chain(BIDIRECTIONAL, 3, "g", 2) == []


def test_it_flows_along_the_cell_state_of_an_lstm() -> None:
    assert chain(LSTM, 4, "s", 2) == ["s2", "s3", "s4"]


def test_it_flows_from_every_step_of_a_decoder_into_the_encoder() -> None:
    assert chain(TWO_SEGMENTS, 1, "e", 2) == ["e2", "e3"]
    trace = traced(TWO_SEGMENTS, "teacher_forcing", T=4).trace
    assert trace.flow.losses(Vertex("e", 1)) == trace.flow.losses(Vertex("C", 3)) == (1, 2, 3, 4)


@pytest.mark.parametrize(
    ("feedback", "stop"),
    [("teacher_forcing", TARGET), ("free_running_argmax", ARG_MAX), ("free_running_sample", SAMPLE)],
)
def test_what_is_fed_back_cuts_it_at_the_logits(feedback: str, stop: Stop) -> None:
    flow = traced(get_architecture("output_to_hidden"), feedback, T=3).trace.flow
    assert flow.cuts(Vertex("o", 2)) == (Cut(Vertex("o", 2), Vertex("a", 3), stop),)
    assert flow.cuts(Vertex("o", 3)) == flow.cuts(Vertex("h", 2)) == ()
    assert flow.stop_between(2, 3) == stop


def test_a_choice_within_a_step_cuts_it_there() -> None:
    flow = traced(PICKING, T=2).trace.flow
    assert flow.cuts(Vertex("s", 2)) == (Cut(Vertex("s", 2), Vertex("a", 2), ARG_MAX),)
    assert not flow.reached(Vertex("s", 2)) and not flow.reached(Vertex("k", 2))


def test_a_drawn_edge_says_what_stops_it_on_its_way() -> None:
    network = get_architecture("output_to_hidden")
    mixed = drawn(traced(network, "mixed_argmax", T=3, mask=(True, False, True)).graph)
    stops = {(e.source.name, e.source.t): e.stop for e in mixed.edges if e.lag and e.source.t >= 1}
    assert stops == {("y", 1): TARGET, ("o", 2): ARG_MAX}


def test_no_gradient_comes_over_an_edge_into_a_loss_which_differentiates_to_its_logits() -> None:
    flow = traced(get_architecture("output_to_hidden"), "free_running_yhat", T=3).trace.flow
    judged = [edge for edge in flow.graph.out_of[Vertex("yhat", 1)] if edge.target.name == "L"]
    assert flow.reached(Vertex("yhat", 1)) and flow.reached(Vertex("L", 1)) and judged
    assert not any(map(flow.over, judged))
