"""How far gradients reach: one batched sweep agrees with one loss at a time, and with products of Jacobians."""

import numpy as np
import pytest

from explorer.graph.analyse.reach import gradient_reach
from explorer.session.document import Document, show
from tests.oracles.jacobians import jacobians
from tests.settings import a_document

DOCUMENTS = {
    "fig. 10.3": a_document(architecture="hidden_to_hidden", feedback=None, length=5),
    "fig. 10.4, free": a_document(feedback="free_running_yhat", length=5),
    "fig. 10.4, teacher": a_document(feedback="teacher_forcing", length=5),
    "fig. 10.5": a_document(architecture="sequence_to_one", task="majority", feedback=None, length=5),
    "fig. 10.10": a_document(architecture="hidden_and_output", feedback="free_running_o", length=5),
    "mixed": a_document(feedback="mixed_yhat", fed_target=(True, False, True, False, True), length=5),
}


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_the_gradients_of_all_losses_add_up_to_the_gradient_of_their_sum(document: Document) -> None:
    trace = show(document).trace
    reach = gradient_reach(trace, "h")
    total = np.linalg.norm(trace.gradients["h"][:, 0], axis=1)
    # ‖Σ_k g_k‖ lies between the largest minus the rest and the sum of the norms, and is exact for a single loss.
    assert (total <= reach.sum(0) + 1e-12).all()
    np.testing.assert_allclose(reach[-1, -1], total[-1], rtol=1e-12)
    if trace.network.node("L").last_only:
        np.testing.assert_allclose(reach[-1], total, rtol=1e-12)
        assert not reach[:-1].any()


def test_no_loss_reaches_a_later_state() -> None:
    reach = gradient_reach(show(DOCUMENTS["fig. 10.3"]).trace, "h")
    assert not np.triu(reach, 1).any()
    assert (np.tril(reach) > 0).sum() == 15


def test_teacher_forcing_leaves_each_loss_only_its_own_step() -> None:
    reach = gradient_reach(show(DOCUMENTS["fig. 10.4, teacher"]).trace, "h")
    np.testing.assert_array_equal(reach, np.diag(np.diag(reach)))


def test_a_mixed_feedback_lets_a_gradient_through_where_the_own_output_was_fed() -> None:
    reach = gradient_reach(show(DOCUMENTS["mixed"]).trace, "h")
    assert reach[2, 1] > 0 and reach[4, 3] > 0
    assert not reach[1, 0] and not reach[3, 2]


def test_in_the_plain_network_a_jacobian_is_w_times_the_slope_of_the_next_state() -> None:
    trace = show(DOCUMENTS["fig. 10.3"]).trace
    for t, jacobian in enumerate(jacobians(trace, "h", 1, 5), 1):
        slope = 1.0 - trace.value("h", t + 1) ** 2
        np.testing.assert_allclose(jacobian, slope[:, None] * trace.parameters["W"], rtol=1e-12)


@pytest.mark.parametrize("id", ["fig. 10.3", "fig. 10.4, free"])
def test_the_product_of_the_jacobians_carries_a_loss_back(id: str) -> None:
    trace = show(DOCUMENTS[id]).trace
    reach = gradient_reach(trace, "h")
    product = np.eye(len(trace.value("h", 1)))
    for jacobian in jacobians(trace, "h", 2, 5):
        product = jacobian @ product
    own = trace.parameters["V"].T @ (trace.value("yhat", 5) - np.eye(2)[trace.batch.y[4, 0]])
    np.testing.assert_allclose(np.linalg.norm(product.T @ own), reach[4, 1], rtol=1e-10)


def test_a_long_sequence_in_several_sweeps_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    trace = show(DOCUMENTS["fig. 10.3"]).trace
    whole = gradient_reach(trace, "h")
    monkeypatch.setattr("explorer.graph.analyse.copies.MOST_NUMBERS", 2 * 5 * 4)
    np.testing.assert_allclose(gradient_reach(trace, "h"), whole, rtol=1e-12)
