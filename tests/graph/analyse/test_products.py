"""Products of Jacobians: the whole agrees with its factors and with finite differences, the direct path with Π f."""

import numpy as np
import pytest

from explorer.architectures import architectures
from explorer.graph.analyse.copies import drained
from explorer.graph.analyse.products import carried, carriers, followed_states, jacobians_from, multiplying
from explorer.graph.analyse.trace import Trace
from explorer.graph.arrays import Array
from explorer.session.document import Document, show
from explorer.session.edits import HoldEdit
from tests.each import each
from tests.oracles.jacobians import jacobians
from tests.settings import a_document, task_of

PLAIN = a_document("hidden_to_hidden", feedback=None, length=6, hidden=4)


def sigmoid(a: Array) -> Array:
    return 1.0 / (1.0 + np.exp(-a))


def later_cell(trace: Trace, s: Array, t: int, k: int) -> Array:
    """s(k) of an LSTM by a loop from another s(t) on; the output gate of step t stays."""
    p = trace.parameters
    h = trace.value("q", t) * np.tanh(s)
    for step in range(t + 1, k + 1):
        x = trace.value("x", step)
        g, f, v, q = (p[f"b_{m}"] + p[f"U_{m}"] @ x + p[f"W_{m}"] @ h for m in "gfvq")
        s = sigmoid(f) * s + sigmoid(g) * np.tanh(v)
        h = sigmoid(q) * np.tanh(s)
    return s


@pytest.mark.parametrize(
    "document", [PLAIN, a_document(feedback="free_running_yhat", length=6, hidden=4)], ids=["fig. 10.3", "fig. 10.4"]
)
def test_the_whole_is_the_product_of_its_factors(document: Document) -> None:
    trace = show(document).trace
    found, product = drained(multiplying(trace, "h", 5)), np.eye(4)
    assert found.norms[4] == pytest.approx(1.0) and np.isnan(found.norms[5])
    for t, factor in reversed(list(enumerate(jacobians(trace, "h", 1, 5), 1))):
        product = product @ factor
        np.testing.assert_allclose(drained(jacobians_from(trace, "h", 5))[t - 1], product, rtol=1e-10, atol=1e-14)
        assert found.norms[t - 1] == pytest.approx(np.linalg.norm(product, 2), rel=1e-9)


def test_of_an_lstm_it_is_what_finite_differences_say() -> None:
    trace = show(a_document("lstm", feedback=None, length=6, hidden=3)).trace
    whole, step = drained(jacobians_from(trace, "s", 6)), 1e-6
    for t in range(1, 6):
        s = trace.value("s", t)
        nudges = step * np.eye(3)
        columns = [(later_cell(trace, s + d, t, 6) - later_cell(trace, s - d, t, 6)) / (2 * step) for d in nudges]
        np.testing.assert_allclose(whole[t - 1], np.stack(columns, 1), rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize(("id", "state", "gate"), [("lstm", "s", "f"), ("gru", "h", "u")])
def test_the_direct_path_is_the_product_of_the_gates(id: str, state: str, gate: str) -> None:
    trace = show(a_document(id, feedback=None, length=6, hidden=3)).trace
    found, gates = drained(multiplying(trace, state, 6)), trace.values[gate][:, 0]
    assert found.carried and found.direct is not None and found.shares is not None
    np.testing.assert_allclose(found.shares, gates)
    for t in range(1, 7):
        np.testing.assert_allclose(found.direct[t - 1], gates[t:].prod(0))
    assert carriers(trace.network, state) == (gate,)


def test_without_a_gate_there_are_slopes() -> None:
    trace = show(PLAIN).trace
    found = drained(multiplying(trace, "h", 6))
    assert found.direct is None and found.shares is not None
    np.testing.assert_allclose(found.shares, 1.0 - trace.values["h"][:, 0] ** 2)


def test_a_leaky_unit_carries_its_share() -> None:
    trace = show(a_document("leaky", feedback=None, length=4, hidden=3)).trace
    found = drained(multiplying(trace, "h", 4))
    assert found.direct is not None
    np.testing.assert_allclose(found.direct[0], trace.parameters["alpha"] ** 3)
    assert carriers(trace.network, "h") == (r"\alpha",)


def test_nothing_is_carried_into_a_unit_that_is_held() -> None:
    trace = show(a_document("lstm", feedback=None, length=4, hidden=3, edits=(HoldEdit("s", 3, 1, 0.5),))).trace
    found, gates = carried(trace, "s"), trace.values["f"][:, 0].copy()
    gates[2, 1] = 0.0
    np.testing.assert_allclose(found, gates)


def test_the_state_nearest_to_the_output_is_followed_first() -> None:
    assert followed_states(show(a_document("stacked_lstm", feedback=None)).network)[:2] == ("s2", "s1")


@each("id", architectures())
def test_every_network_has_its_products_with_a_loss_or_without(id: str) -> None:
    architecture = architectures()[id]
    feedback = "free_running_yhat" if architecture.takes_feedback else None
    trace = show(a_document(id, task_of(architecture), length=4, hidden=3, feedback=feedback)).trace
    states = followed_states(trace.network)
    assert states or any(node.span.tree for node in architecture.nodes)
    for state in states:
        steps = trace.steps(state)
        backward = drained(multiplying(trace, state, steps[0])).direction < 0
        found = drained(multiplying(trace, state, steps[0] if backward else steps[-1]))
        assert np.isfinite(found.norms).all() and found.norms[found.k - 1] == pytest.approx(1.0)
        assert list(found.steps()) == list(steps if backward else steps[::-1])


def test_no_gradient_of_a_state_comes_back_where_targets_are_fed_and_a_tree_has_no_one_way() -> None:
    assert followed_states(show(a_document(feedback="teacher_forcing")).network) == ()
    assert followed_states(show(a_document("recursive_tree", "majority", feedback=None)).network) == ()


def test_wide_states_in_several_passes_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    trace = show(PLAIN).trace
    whole = drained(jacobians_from(trace, "h", 6))
    monkeypatch.setattr("explorer.graph.analyse.products.A_FRAME", 3 * 6 * 4)
    np.testing.assert_allclose(drained(jacobians_from(trace, "h", 6)), whole, rtol=1e-12)
