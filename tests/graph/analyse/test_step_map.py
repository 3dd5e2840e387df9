"""One step as a map: it leads from each state of a trace to the next; its Jacobian is that of finite differences."""

import numpy as np
import pytest

from explorer.architectures import architectures
from explorer.errors import ExplorerError
from explorer.graph.analyse.step_map import StepMap
from explorer.graph.feedback import FREE_RUNNING
from tests.each import each
from tests.oracles.traces import traced

MOVED = [
    pytest.param(id, own, id=f"{id}-{own}")
    for id, architecture in architectures().items()
    for own in (("yhat", "argmax") if architecture.takes_feedback else (None,))
    if not any(node.span.tree for node in architecture.nodes)
]
"""Every network whose steps follow one another, living on its own output where that is fed back."""


@each(("id", "own"), MOVED)
def test_it_leads_from_each_state_of_a_sequence_to_the_next(id: str, own: str | None) -> None:
    trace = traced(architectures()[id], FREE_RUNNING[own].id if own else None, T=5).trace
    for state in trace.network.architecture.states:
        step = StepMap(trace, state)
        steps = trace.steps(state)[:: -1 if step.backward else 1]
        visited = step.visited(trace.values)[:, 0]
        before = step.start
        for t in steps:
            x = {name: trace.value(name, 1 if trace.network.node(name).span.single else t) for name in step.inputs}
            np.testing.assert_allclose(step.after(before[None], x)[0], visited[t - 1], atol=1e-12)
            np.testing.assert_allclose(step.node_after(before[None], x)[0], trace.value(state, t), atol=1e-12)
            before = visited[t - 1]


def test_a_switch_in_another_segment_changes_nothing() -> None:
    trace = traced(architectures()["encoder_decoder"], "mixed_yhat", T=3).trace
    step = StepMap(trace, "e")
    x = {name: trace.value(name, 1) for name in step.inputs}
    np.testing.assert_allclose(step.node_after(step.start[None], x)[0], trace.value("e", 1), atol=1e-12)


@each(("id", "own"), [case for case in MOVED if "argmax" not in str(case.id)])
def test_its_jacobian_is_that_of_finite_differences(id: str, own: str | None) -> None:
    trace = traced(architectures()[id], FREE_RUNNING[own].id if own else None, T=3).trace
    for state in trace.network.architecture.states:
        step = StepMap(trace, state)
        x = {name: trace.value(name, 1) for name in step.inputs}
        states = np.random.default_rng(5).uniform(-0.8, 0.8, (3, step.size))
        nudge = 1e-6 * np.eye(step.size)
        for at, jacobian in zip(states, step.jacobians(states, x), strict=True):
            slopes = (step.after(at + nudge, x) - step.after(at - nudge, x)).T / 2e-6
            np.testing.assert_allclose(jacobian, slopes, atol=1e-8)


@pytest.mark.parametrize(
    ("id", "feedback", "why"),
    [
        ("recursive_tree", None, "a node follows from two others"),
        ("hidden_and_output", "teacher_forcing", "look at it at test time"),
        ("hidden_and_output", "mixed_yhat", "look at it at test time"),
        ("hidden_and_output", "free_running_sample", "drawn by chance"),
    ],
)
def test_it_says_why_a_step_is_no_map(id: str, feedback: str | None, why: str) -> None:
    trace = traced(architectures()[id], feedback).trace
    with pytest.raises(ExplorerError, match=why):
        StepMap(trace, trace.network.state)
