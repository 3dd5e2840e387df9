"""A trace keeps every number of one run apart, and nothing that is done later changes it."""

from itertools import product

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.architectures import get_architecture
from explorer.graph.analyse.tracer import Tracer
from explorer.graph.architecture import Architecture
from explorer.graph.compute.memory import final_states, initial_states
from explorer.graph.compute.updates import Rule
from explorer.graph.declaration import terms_of
from explorer.graph.feedback import connect, get_feedback
from tests.each import each
from tests.oracles.declarations import BIDIRECTIONAL
from tests.oracles.examples import EVERY_NETWORK, SIZES, computed, random_batch
from tests.oracles.plain_bptt import plain_bptt
from tests.oracles.traces import APP_NETWORKS, run_trace, traced

FIG_10_3 = get_architecture("hidden_to_hidden")
FIG_10_4 = get_architecture("output_to_hidden")


def test_it_agrees_with_bptt_by_hand_from_a_given_initial_state() -> None:
    trace = traced(FIG_10_3, T=5).trace
    start = trace.value("h", 0)
    assert start.any()
    plain = plain_bptt(dict(trace.parameters), trace.batch.inputs["x"][:, 0], trace.batch.y[:, 0], start)
    assert trace.loss == pytest.approx(plain.loss, abs=1e-12)
    for name, rows in plain.values.items():
        np.testing.assert_allclose(trace.values[name][:, 0], rows, atol=1e-12)
    for name, rows in plain.gradients.items():
        np.testing.assert_allclose(trace.gradients[name][:, 0], rows, atol=1e-12)
    for name, gradient in plain.parameter_gradients.items():
        np.testing.assert_allclose(trace.parameter_gradients[name], gradient, atol=1e-12)


@each(("architecture", "feedback"), EVERY_NETWORK)
def test_it_is_what_training_computes(architecture: Architecture, feedback: str | None) -> None:
    """One executor: a batch of three is traced and trained with the same numbers."""
    program = computed(architecture, feedback, T=4, B=3, keep=False)
    batch = random_batch(architecture, SIZES, 4, 3, np.random.default_rng(1))
    program.load(batch)
    program.forward()
    program.backward()
    trace = run_trace(program.network, SIZES, program.memory.parameters, batch)
    assert trace.loss == pytest.approx(program.loss, abs=1e-12)
    for name, gradient in program.memory.parameter_gradients.items():
        np.testing.assert_allclose(trace.parameter_gradients[name], gradient, atol=1e-12)


@each(("architecture", "feedback"), EVERY_NETWORK)
def test_the_summands_of_each_step_add_up_to_a_parameters_gradient(
    architecture: Architecture, feedback: str | None
) -> None:
    """Eqs. 10.22 to 10.28, for the mean over a batch."""
    network = connect(architecture, get_feedback(feedback) if feedback else None)
    rng = np.random.default_rng(0)
    theta = {p.name: rng.normal(size=p.shape(SIZES)) for p in architecture.parameters}
    batch = random_batch(architecture, SIZES, 4, 3, rng)
    trace = run_trace(network, SIZES, theta, batch)
    for name in theta:
        summands = trace.parameter_contributions(name)
        users = [node.span for node, term in terms_of(network.nodes) if name in term.parameters]
        assert summands.shape == (max(span.steps(4, SIZES)[-1] for span in users), *theta[name].shape)
        np.testing.assert_allclose(summands.sum(0), trace.parameter_gradients[name], atol=1e-12)


@each(("architecture", "feedback"), APP_NETWORKS)
def test_what_reaches_a_node_adds_up_to_its_gradient(architecture: Architecture, feedback: str | None) -> None:
    trace = traced(architecture, feedback, T=5).trace
    for name, gradients in trace.gradients.items():
        steps = trace.network.node(name).span.steps(5, SIZES)
        assert len(gradients) == len(steps)
        for t in steps:
            reaching = trace.reaching(name, t)
            if reaching:
                total = sum(trace.contribution(c, t) for c in reaching)
                np.testing.assert_array_equal(total, trace.gradient(name, t))
                assert all(trace.contribution(c, t).any() for c in reaching)


def test_nothing_comes_back_over_a_prediction_that_is_not_fed_on() -> None:
    trace = traced(FIG_10_4, "free_running_yhat", T=3).trace

    def consumers(name: str, t: int) -> list[str]:
        return [c.use.consumer.name for c in trace.reaching(name, t)]

    assert consumers("o", 2) == ["L", "yhat"]
    assert consumers("o", 3) == ["L"]
    assert consumers("yhat", 3) == []


def test_nothing_comes_back_over_a_switch_that_feeds_the_target() -> None:
    trace = traced(FIG_10_4, "mixed_o", T=3, mask=(True, False, False)).trace

    def consumers(name: str, t: int) -> list[str]:
        return [c.use.consumer.name for c in trace.reaching(name, t)]

    assert consumers("f", 1) == []
    assert consumers("o", 1) == ["L"]
    assert consumers("f", 2) == ["a"]
    assert sorted(consumers("o", 2)) == ["L", "f"]


def test_the_update_is_one_step_of_gradient_descent() -> None:
    found = traced(FIG_10_3)
    trace = run_trace(found.trace.network, SIZES, found.trace.parameters, found.trace.batch, Rule(rate=0.01))
    for name, after in trace.parameters_after.items():
        np.testing.assert_allclose(after, trace.parameters[name] - 0.01 * trace.parameter_gradients[name], atol=1e-15)
    again = run_trace(trace.network, SIZES, trace.parameters_after, trace.batch)
    assert trace.loss_after == again.loss < trace.loss


def test_a_parameter_that_no_loss_reaches_has_no_gradient_however_often_its_weights_decay() -> None:
    architecture = get_architecture("dynamical_system")
    network, rng = connect(architecture, None), np.random.default_rng(0)
    theta = {p.name: rng.normal(size=p.shape(SIZES)) for p in architecture.parameters}
    tracer = Tracer(network, SIZES, 4)
    batch = random_batch(architecture, SIZES, 4, 1, rng)
    for _ in range(2):
        trace = tracer.trace(theta, batch, Rule("sgd", 0.1, l2=0.5))
        assert not trace.parameter_gradients["W"].any()
        np.testing.assert_allclose(trace.parameters_after["W"], 0.95 * theta["W"])


def test_steps_outside_the_sequence_are_initial_and_final_states_or_zero() -> None:
    trace = traced(FIG_10_3, T=3).trace
    np.testing.assert_array_equal(trace.value("h", 0), trace.batch.initial["h"][0])
    np.testing.assert_array_equal(trace.value("h", 4), np.zeros(SIZES["n_h"]))
    both, given = traced(BIDIRECTIONAL, T=3).trace, np.ones((1, SIZES["n_h"]))
    trace = run_trace(both.network, SIZES, both.parameters, replace(both.batch, final={"g": given}))
    np.testing.assert_array_equal(trace.value("g", 4), given[0])
    x = trace.batch.inputs["x"][2, 0]
    expected = np.tanh(sum((trace.parameters["b_g"], trace.parameters["W_g"].sum(1), trace.parameters["U_g"] @ x)))
    np.testing.assert_allclose(trace.value("g", 3), expected, rtol=0, atol=1e-14)


def test_a_fed_back_signal_starts_at_zero_unless_it_is_set() -> None:
    trace = traced(FIG_10_4, "free_running_yhat").trace
    assert not trace.value("yhat", 0).any()
    np.testing.assert_array_equal(
        trace.value("a", 1), trace.parameters["b"] + trace.parameters["U"] @ trace.value("x", 1)
    )


class TestTracer:
    """Compiled once, run again and again."""

    def test_an_earlier_trace_keeps_its_numbers(self) -> None:
        first = traced(FIG_10_4, "free_running_yhat", T=3, seed=1).trace
        second = traced(FIG_10_4, "free_running_yhat", T=3, seed=2).trace
        tracer = Tracer(first.network, SIZES, 3)
        kept = tracer.trace(first.parameters, first.batch)
        tracer.trace(second.parameters, second.batch)
        assert kept.loss == first.loss
        for name, values in first.values.items():
            np.testing.assert_array_equal(kept.values[name], values)
        for name, gradients in first.gradients.items():
            np.testing.assert_array_equal(kept.gradients[name], gradients)
        for name, after in first.parameters_after.items():
            np.testing.assert_array_equal(kept.parameters_after[name], after)

    def test_an_initial_state_does_not_outlast_its_batch(self) -> None:
        found = traced(FIG_10_3, T=3).trace
        tracer = Tracer(found.network, SIZES, 3)
        tracer.trace(found.parameters, found.batch)
        assert not tracer.trace(found.parameters, replace(found.batch, initial={})).value("h", 0).any()

    def test_it_changes_none_of_its_arguments(self) -> None:
        found = traced(FIG_10_3, T=3).trace
        theta = {name: array.copy() for name, array in found.parameters.items()}
        run_trace(found.network, SIZES, theta, found.batch)
        for name, array in theta.items():
            np.testing.assert_array_equal(array, found.parameters[name])


def test_numbers_that_overflow_are_told_apart_from_finite_ones() -> None:
    found = traced(FIG_10_3, activation="identity").trace
    assert found.finite
    huge = {name: 1e200 * array for name, array in found.parameters.items()}
    assert not run_trace(found.network, SIZES, huge, found.batch).finite


@each(
    ("architecture", "feedback"),
    [p for p in EVERY_NETWORK if p.values[1] is None or not str(p.values[1]).endswith(("argmax", "sample"))],
)
def test_the_gradient_at_a_state_before_the_first_or_after_the_last_step_is_its_finite_difference(
    architecture: Architecture, feedback: str | None
) -> None:
    network = connect(architecture, get_feedback(feedback) if feedback else None)
    rng = np.random.default_rng(3)
    theta = {p.name: rng.normal(0.0, 0.5, p.shape(SIZES)) for p in architecture.parameters}
    drawn = random_batch(architecture, SIZES, 3, 2, rng)
    initial, final = (
        {name: 0.5 * rng.normal(size=(2, SIZES[network.node(name).size])) for name in states(network)}
        for states in (initial_states, final_states)
    )
    batch, tracer = replace(drawn, initial=initial, final=final), Tracer(network, SIZES, 3, 2)
    trace = tracer.trace(theta, batch)
    assert set(trace.initial_gradients) == initial.keys() & trace.gradients
    assert set(trace.final_gradients) == final.keys() & trace.gradients
    for side, gradients in (("initial", trace.initial_gradients), ("final", trace.final_gradients)):
        states = getattr(batch, side)
        for name, index in product(gradients, ((0, 0), (1, -1))):
            step = np.zeros_like(states[name])
            step[index] = 1e-5
            changed = (replace(batch, **{side: states | {name: states[name] + sign * step}}) for sign in (1, -1))
            above, below = (tracer.trace(theta, other).loss for other in changed)
            np.testing.assert_allclose(gradients[name][index], 2 * (above - below) / 2e-5, rtol=1e-6, atol=1e-8)
