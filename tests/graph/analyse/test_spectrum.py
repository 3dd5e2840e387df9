"""The loop of a recurrence: its matrix follows from the declaration and agrees with swept Jacobians."""

import numpy as np
import pytest

from explorer.architectures import architectures
from explorer.graph.analyse.reach import gradient_reach
from explorer.graph.analyse.spectrum import eigenvalues, loop_of, loop_products, spectral_norm
from explorer.graph.declaration import Bias, Hadamard, Linear, Ref
from explorer.graph.feedback import connect, get_feedback
from explorer.session.document import show
from explorer.session.edits import HoldEdit
from tests.each import each
from tests.oracles.declarations import (
    BIDIRECTIONAL,
    ENCODER_DECODER,
    GRU,
    LAG_TWO,
    LSTM,
    PAST,
    PICKING,
    SHARED,
    TWO_LAYERS,
    X,
    hidden,
    net,
    output,
    tanh,
    total,
)
from tests.oracles.examples import EVERY_NETWORK
from tests.oracles.jacobians import jacobians
from tests.oracles.made_up.damped import Damped
from tests.settings import a_document

MIX = (True, False, False, True, False)
PATHS = {
    ("hidden_to_hidden", None): ["W"],
    ("sequence_to_one", None): ["W"],
    ("output_to_hidden", "teacher_forcing"): [],
    ("output_to_hidden", "free_running_argmax"): [],
    ("output_to_hidden", "free_running_o"): ["W V"],
    ("output_to_hidden", "free_running_yhat"): ["W J V"],
    ("output_to_hidden", "mixed_yhat"): ["W J V"],
    ("hidden_and_output", "teacher_forcing"): ["W"],
    ("hidden_and_output", "free_running_sample"): ["W"],
    ("hidden_and_output", "free_running_o"): ["W", "R V"],
    ("hidden_and_output", "mixed_o"): ["W", "R V"],
    ("hidden_and_output", "free_running_yhat"): ["W", "R J V"],
}


@pytest.mark.parametrize(("architecture", "feedback"), PATHS, ids=lambda part: str(part))
def test_what_closes_the_loop_follows_from_what_is_fed_back(architecture: str, feedback: str | None) -> None:
    network = connect(architectures()[architecture], get_feedback(feedback) if feedback else None)
    loop = loop_of(network)
    assert loop is not None
    assert [" ".join(path.factors) for path in loop.paths] == PATHS[architecture, feedback]
    assert [path.switched for path in loop.paths if len(path.factors) > 1] == (
        [feedback.startswith("mixed")] if feedback and len(" ".join(PATHS[architecture, feedback])) > 1 else []
    )


@each(("architecture", "feedback"), PATHS)
@each("activation", ["tanh", "relu", "sigmoid", "identity"])
def test_the_jacobians_are_those_of_a_backward_sweep(architecture: str, feedback: str | None, activation: str) -> None:
    task = "majority" if architecture == "sequence_to_one" else "running_parity"
    document = a_document(
        architecture, task, length=5, hidden=5, activation=activation, feedback=feedback, fed_target=MIX
    )
    trace = show(document).trace
    loop = loop_of(trace.network)
    assert loop is not None
    for t, swept in enumerate(jacobians(trace, "h", 1, 5), 1):
        np.testing.assert_allclose(loop.jacobian(trace, t), swept, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("held", ["h", "a"])
def test_nothing_comes_round_to_a_unit_that_is_held(held: str) -> None:
    document = a_document("hidden_to_hidden", feedback=None, length=4, hidden=3, edits=(HoldEdit(held, 3, 1, 0.2),))
    trace = show(document).trace
    loop = loop_of(trace.network)
    assert loop is not None
    assert (loop.jacobian(trace, 2).any(1) == [True, False, True]).all()
    assert loop.jacobian(trace, 1).any(1).all()


def test_their_product_carries_the_gradient_of_a_loss_back() -> None:
    trace = show(a_document(architecture="hidden_and_output", feedback="free_running_yhat", length=7)).trace
    loop, reach = loop_of(trace.network), gradient_reach(trace, "h")
    assert loop is not None
    own = trace.parameters["V"].T @ (trace.value("yhat", 6) - np.eye(2)[trace.batch.y[5, 0]])
    steps = list(loop_products(loop, trace, 6, 2))
    assert len(steps) == 4
    for t, (factor, product) in zip((5, 4, 3, 2), steps, strict=True):
        np.testing.assert_array_equal(factor, loop.jacobian(trace, t))
        np.testing.assert_allclose(np.linalg.norm(product.T @ own), reach[5, t - 1], rtol=1e-10)


def test_a_mixed_feedback_closes_the_loop_only_where_the_own_output_is_fed() -> None:
    trace = show(a_document(feedback="mixed_o", length=5, fed_target=MIX)).trace
    loop = loop_of(trace.network)
    assert loop is not None and loop.varies
    assert [bool(loop.paths_at(trace, t)) for t in range(1, 6)] == [not fed for fed in MIX]
    np.testing.assert_array_equal(loop.matrix(trace, 1), np.zeros((8, 8)))
    np.testing.assert_allclose(loop.matrix(trace, 2), trace.parameters["W"] @ trace.parameters["V"], rtol=1e-14)


TWICE = net(
    "twice",
    X,
    hidden("a", total(Bias("b"), Linear("W", PAST), Linear("U", Ref("x")))),
    hidden("p", tanh(Ref("a"))),
    hidden("h", tanh(Ref("p"))),
    *output(Linear("V", Ref("h"))),
)
"""The state is an activation of an activation."""

GATED = net(
    "gated",
    X,
    hidden("z", total(Linear("Z", Ref("x")))),
    hidden("a", total(Linear("W", PAST), Hadamard(Ref("z"), PAST))),
    hidden("h", tanh(Ref("a"))),
    *output(Linear("V", Ref("h"))),
)
"""An input decides how much of each unit is kept."""

SQUASHED = net(
    "squashed",
    X,
    hidden("q", tanh(Ref("h"))),
    hidden("a", total(Linear("W", Ref("q", lag=1)), Linear("U", Ref("x")))),
    hidden("h", tanh(Ref("a"))),
    *output(Linear("V", Ref("h"))),
)
"""On its way back the state passes another activation."""

OF_ANOTHER = net(
    "of_another",
    X,
    hidden("p", tanh(Ref("h", lag=1))),
    hidden("h", tanh(Ref("p"))),
    *output(Linear("V", Ref("h"))),
)
"""A function of a function, without a sum between."""

DAMPED = net(
    "damped",
    X,
    hidden("a", total(Damped("g", "W", Ref("h", lag=1)), Linear("U", Ref("x")))),
    hidden("h", tanh(Ref("a"))),
    *output(Linear("V", Ref("h"))),
)
"""More than a matrix is multiplied with."""

NO_LOOP = [LSTM, GRU, TWO_LAYERS, LAG_TWO, ENCODER_DECODER, SHARED, TWICE, GATED, SQUASHED, OF_ANOTHER, DAMPED]


@pytest.mark.parametrize("declared", NO_LOOP, ids=lambda a: a.id)
def test_a_recurrence_that_is_no_one_product_has_no_such_loop(declared) -> None:
    feedback = get_feedback("teacher_forcing") if declared.takes_feedback else None
    assert loop_of(connect(declared, feedback)) is None


def test_what_only_reads_the_future_leaves_the_loop_alone() -> None:
    loop = loop_of(connect(BIDIRECTIONAL))
    assert loop is not None and [path.factors for path in loop.paths] == [("W",)]


def test_a_pick_lets_no_gradient_round_so_it_leaves_the_loop_alone() -> None:
    loop = loop_of(connect(PICKING))
    assert loop is not None and [path.factors for path in loop.paths] == [("W",)]


@each(("architecture", "feedback"), EVERY_NETWORK)
def test_every_network_has_a_state_that_its_logits_read(architecture, feedback: str | None) -> None:
    network = connect(architecture, get_feedback(feedback) if feedback else None)
    assert network.node(network.state).size == "n_h"


def test_eigenvalues_come_largest_first() -> None:
    turn = np.array([[0.0, -2.0, 0.0], [2.0, 0.0, 0.0], [0.0, 0.0, -0.5]])
    found = eigenvalues(turn)
    assert found.dtype == np.complex128
    np.testing.assert_allclose(np.abs(found), [2, 2, 0.5])
    np.testing.assert_allclose(sorted(found[:2].imag), [-2, 2])


@pytest.mark.parametrize("size", [1e-250, 1.0, 1e250])
def test_the_spectral_norm_is_the_largest_singular_value_at_any_size(size: float) -> None:
    matrix = size * np.random.default_rng(0).normal(size=(6, 6))
    np.testing.assert_allclose(spectral_norm(matrix), np.linalg.norm(matrix, 2), rtol=1e-12)


def test_the_spectral_norm_of_nothing_is_zero_and_of_what_overflowed_no_number() -> None:
    assert spectral_norm(np.zeros((3, 3))) == 0.0
    assert np.isnan(spectral_norm(np.array([[1.0, np.inf]])))
