"""Truncated BPTT takes what is carried over a border for a constant: in numbers, in the graph and in equations."""

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.architectures import get_architecture
from explorer.graph.analyse.events import Kind, list_events
from explorer.graph.analyse.reach import gradient_reach
from explorer.graph.analyse.trace import Trace
from explorer.graph.analyse.tracer import Tracer
from explorer.graph.architecture import Architecture
from explorer.graph.compute.program import Program
from explorer.graph.equations.by_event import equation_of
from explorer.graph.truncated import Borders
from explorer.graph.unfold import Vertex
from explorer.session.equations.figures import equation_figures
from explorer.training.meaning import reads_later_steps
from explorer.training.truncation import TruncatedGradient, borders
from tests.each import each
from tests.oracles.declarations import SKIP_IN_TIME
from tests.oracles.examples import some_feedbacks
from tests.oracles.plain_bptt import plain_bptt
from tests.oracles.traces import APP_NETWORKS, traced

T = 6
TRUNCATED = [case for case in APP_NETWORKS if not reads_later_steps(case.values[0])]


def truncated(trace: Trace, at: Borders) -> Trace:
    """The same computed again with these borders."""
    return Tracer(trace.network, trace.sizes, trace.T, trace.B, borders=at).trace(trace.parameters, trace.batch)


@pytest.mark.parametrize("at", [(2, 4), (3,), (1, 2, 3, 4, 5)])
def test_the_gradients_of_fig_10_3_are_those_of_the_equations_without_what_comes_over_a_border(at: Borders) -> None:
    trace = truncated(traced(get_architecture("hidden_to_hidden"), T=T).trace, at)
    x, y, initial = trace.batch.inputs["x"][:, 0], trace.batch.y[:, 0], trace.batch.initial["h"][0]
    expected = plain_bptt(trace.parameters, x, y, initial, at)
    for name, gradient in expected.gradients.items():
        np.testing.assert_allclose(trace.gradients[name][:, 0], gradient, atol=1e-13)
    for name, gradient in expected.parameter_gradients.items():
        np.testing.assert_allclose(trace.parameter_gradients[name], gradient, atol=1e-13)


@each(("architecture", "feedback"), TRUNCATED)
@each("k", [2, 3])
def test_the_gradient_of_every_network_is_that_of_training_by_windows(
    architecture: Architecture, feedback: str | None, k: int
) -> None:
    """Those are programs of their own, begun with the states that the window before has left."""
    whole = traced(architecture, feedback, T=T, B=2).trace
    at = borders(T, k, k, architecture.one_output)
    assert at
    program = Program(whole.network, whole.sizes, T, 2)
    for name, array in program.memory.parameters.items():
        array[...] = whole.parameters[name]
    program.load(whole.batch)
    program.forward()
    TruncatedGradient(program, k, k).backward(whole.batch)
    found = truncated(whole, at)
    for name, gradient in program.memory.parameter_gradients.items():
        np.testing.assert_allclose(found.parameter_gradients[name], gradient, atol=1e-12, err_msg=name)
    assert all((found.values[name] == values).all() for name, values in whole.values.items())


@each(("architecture", "feedback"), TRUNCATED)
def test_graph_reach_and_equations_tell_of_the_same_gradients(architecture: Architecture, feedback: str | None) -> None:
    """The picture of reach, worked out in numbers, is empty where the graph says that a loss does not come to."""
    trace = truncated(traced(architecture, feedback, T=T).trace, borders(T, 2, 2, architecture.one_output) or ())
    state = architecture.state
    if state in trace.gradients:
        reached = gradient_reach(trace, state) != 0
        for t in trace.steps(state):
            assert (np.flatnonzero(reached[:, t - 1]) + 1).tolist() == list(trace.flow.losses(Vertex(state, t))), t
    events = list_events(trace.graph, trace)
    gradients = {event.vertex for event in events if event.kind is Kind.GRADIENT}
    for vertex in trace.graph.vertices:
        if not trace.graph.node(vertex).given and vertex.name != architecture.output.loss:
            assert (vertex in gradients) == bool(trace.reaching(vertex.name, vertex.t)), vertex
    for event in events:
        equation = equation_of(trace, event)
        if equation.terms:
            assert equation_figures(equation).reproduced, (event, equation.caption)


def test_a_connection_that_skips_steps_is_cut_wherever_it_leads_over_a_border() -> None:
    (feedback,) = some_feedbacks(SKIP_IN_TIME)
    trace = truncated(traced(SKIP_IN_TIME, feedback, T=T).trace, (3,))
    cut = {edge.source.t for edge in trace.graph.edges if edge.stop is not None and edge.stop.id == "truncated"}
    lags = {source.lag for node in trace.network.nodes for source in node.operation.sources} - {0}
    assert cut == {t for lag in lags for t in range(4 - lag, 4)}
    assert max(lags) > 1


def test_initial_states_hear_of_the_losses_of_the_first_window_alone() -> None:
    whole = traced(get_architecture("hidden_to_hidden"), T=T).trace
    trace = truncated(whole, (2, 4))
    first = replace(whole.batch, inputs={"x": whole.batch.inputs["x"][:2]}, y=whole.batch.y[:2])
    alone = Tracer(whole.network, whole.sizes, 2).trace(whole.parameters, first)
    np.testing.assert_allclose(trace.gradient("h", 0), alone.gradient("h", 0), atol=1e-13)


def test_an_equation_says_what_is_cut_and_why() -> None:
    trace = truncated(traced(get_architecture("hidden_to_hidden"), T=T).trace, (2, 4))
    events = {(e.kind.value, e.name, e.t): equation_of(trace, e) for e in list_events(trace.graph, trace)}
    at_border, inside = events["gradient", "h", 2], events["gradient", "h", 3]
    assert [term.origin for term in at_border.terms] == ["from o(2)"]
    assert [(cut.origin, "truncation" in cut.reason) for cut in at_border.cuts] == [("from step 3", True)]
    assert [term.origin for term in inside.terms] == ["from o(3)", "from a(4)"] and not inside.cuts
