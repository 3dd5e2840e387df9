"""Repeated composition (fig. 10.15): the same as stepping by hand, for every network that has a state to begin with."""

import numpy as np
import pytest

from explorer.architectures import architectures
from explorer.graph.analyse.composition import Composition, Drive, composed_states, composing, shape_of
from explorer.graph.analyse.copies import drained
from explorer.graph.analyse.trace import Trace
from explorer.graph.arrays import Array
from explorer.session.document import show
from tests.each import each
from tests.settings import a_document, task_of

PLAIN = a_document("hidden_to_hidden", feedback=None, length=5, hidden=4)


def directions(n: int, draw: int) -> tuple[Array, Array]:
    along, across = np.random.default_rng([draw, n]).normal(size=(2, n))
    return along / np.linalg.norm(along), across / np.linalg.norm(across)


def by_hand(trace: Trace, inputs: Array, W: Array, at: float, draw: int) -> list[float]:
    """pᵀh(t) for t = 0 … T of fig. 10.3, by a loop."""
    along, across = directions(len(W), draw)
    h = trace.value("h", 0) + at * along
    found = [float(across @ h)]
    for x in inputs:
        h = np.tanh(trace.parameters["b"] + W @ h + trace.parameters["U"] @ x)
        found.append(float(across @ h))
    return found


@pytest.mark.parametrize("drive", ["own", "held", "zero"])
def test_each_point_is_what_a_loop_makes_of_it(drive: Drive) -> None:
    trace = show(PLAIN).trace
    own = trace.batch.inputs["x"][:, 0]
    inputs = {"own": own, "held": own[[2] * 5], "zero": 0.0 * own}[drive]
    found = drained(composing(trace, "h", gain=2.5, drive=drive, held=3, draw=4, points=7))
    assert found.steps == (0, 1, 2, 3, 4, 5) and found.at[[0, 3, 6]] == pytest.approx([-12.0, 0.0, 12.0])
    for i, at in enumerate(found.at.tolist()):
        expected = by_hand(trace, inputs, 2.5 * trace.parameters["W"], at, 4)
        np.testing.assert_allclose(found.curves[:, i], expected, rtol=1e-12, atol=1e-14)


@each("id", architectures())
def test_in_every_network_the_middle_of_the_line_is_the_sequence_as_it_ran(id: str) -> None:
    architecture = architectures()[id]
    feedback = "free_running_yhat" if architecture.takes_feedback else None
    trace = show(a_document(id, task_of(architecture), length=5, hidden=3, feedback=feedback)).trace
    names = composed_states(trace.network)
    assert names or any(node.span.tree for node in architecture.nodes)
    for name in names:
        found = drained(composing(trace, name, points=3))
        across = directions(trace.values[name].shape[2], 0)[1]
        np.testing.assert_allclose(found.curves[:, 1], [trace.value(name, t) @ across for t in found.steps], atol=1e-12)
        assert found.curves[0, 2] - found.curves[0, 1] == pytest.approx(found.curves[0, 1] - found.curves[0, 0])


def test_what_runs_backward_is_composed_backward() -> None:
    trace = show(a_document("bidirectional", "fill_in", length=5, feedback=None)).trace
    assert drained(composing(trace, "g", points=3)).steps == (6, 5, 4, 3, 2, 1)


def test_many_points_in_several_passes_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    trace = show(PLAIN).trace
    whole = drained(composing(trace, "h", points=9))
    monkeypatch.setattr("explorer.graph.analyse.composition.A_FRAME", 4 * 5 * 4)
    np.testing.assert_allclose(drained(composing(trace, "h", points=9)).curves, whole.curves, rtol=1e-12)


def test_there_is_nothing_to_compose_where_targets_are_fed_nor_in_a_tree() -> None:
    assert composed_states(show(a_document(feedback="teacher_forcing")).network) == ()
    assert composed_states(show(a_document("recursive_tree", "majority", feedback=None)).network) == ()


def curve(values: Array) -> Composition:
    return Composition("h", np.linspace(0.0, 1.0, len(values)), (0,), values[None])


def test_a_line_has_no_turns_and_a_wave_has_them_all() -> None:
    line = shape_of(curve(np.linspace(-3.0, 5.0, 101)), 0)
    assert (line.turns, line.flat) == (0, 0.0) and line.steepest == pytest.approx(8.0)
    assert shape_of(curve(np.sin(np.linspace(0.0, 6 * np.pi, 301))), 0).turns == 6
    step = shape_of(curve(np.tanh(np.linspace(-400.0, 400.0, 101))), 0)
    assert step.turns == 0 and step.flat > 0.9
    level = shape_of(curve(np.ones(5)), 0)
    assert (level.turns, level.flat, level.steepest) == (0, 1.0, 0.0)
    assert np.isnan(shape_of(curve(np.array([0.0, np.nan, 1.0])), 0).steepest)
