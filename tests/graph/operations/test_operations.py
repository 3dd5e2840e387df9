"""Single operations: each derivative of an activation is that of its value, and a softmax does not overflow."""

import numpy as np
import pytest

from explorer.graph.activations import FUNCTIONS
from explorer.graph.declaration import Bias, Linear, Ref, Softmax
from explorer.graph.operations.argmax import one_hot_argmax
from explorer.graph.operations.sample import one_hot_sample
from explorer.graph.operations.softmax import softmax
from explorer.graph.output import SIGMOID, SOFTMAX, OutputKind
from tests.oracles.declarations import X, hidden, net, output, total
from tests.oracles.examples import computed, gradient_error

ATTENTIVE = net(
    "attentive",
    X,
    hidden("a", total(Bias("b"), Linear("W", Ref("p", lag=1)), Linear("U", Ref("x")))),
    hidden("p", Softmax(Ref("a"))),
    *output(Linear("V", Ref("p"))),
)
"""A state that is a distribution over its units."""

A = np.array([[-3.0, -0.4, 0.3, 2.0]])


@pytest.mark.parametrize("id", FUNCTIONS)
def test_a_derivative_read_off_the_value_is_the_slope(id: str) -> None:
    function, step = FUNCTIONS[id], 1e-6
    above, below, h, slope = (np.empty_like(A) for _ in range(4))
    function.value(A + step, above)
    function.value(A - step, below)
    function.value(A, h)
    function.derivative(h, slope)
    np.testing.assert_allclose(slope, (above - below) / (2 * step), rtol=0, atol=1e-9)


@pytest.mark.parametrize("id", FUNCTIONS)
def test_a_value_can_take_the_place_of_its_source(id: str) -> None:
    apart, in_place = np.empty_like(A), A.copy()
    FUNCTIONS[id].value(A, apart)
    FUNCTIONS[id].value(in_place, in_place)
    np.testing.assert_array_equal(in_place, apart)


def test_the_sigmoid_of_extreme_numbers_is_0_or_1() -> None:
    out = np.empty(2)
    FUNCTIONS["sigmoid"].value(np.array([-1e4, 1e4]), out)
    np.testing.assert_array_equal(out, [0.0, 1.0])


def test_a_softmax_of_extreme_logits_is_a_distribution() -> None:
    o = np.array([[1000.0, -1000.0, 1000.0], [-1000.0, -1000.0, -1001.0]])
    yhat, log_normaliser = np.empty((2, 3)), np.empty(2)
    softmax(o, yhat, log_normaliser)
    e = np.exp(-1.0)
    np.testing.assert_allclose(yhat, [[0.5, 0.0, 0.5], [1 / (2 + e), 1 / (2 + e), e / (2 + e)]], rtol=1e-12)
    np.testing.assert_allclose(log_normaliser, [1000 + np.log(2), -1000 + np.log(2 + e)], rtol=1e-12)


def test_an_arg_max_takes_the_first_of_equals() -> None:
    out = np.ones((2, 3))
    one_hot_argmax(np.array([[0.0, 5.0, 5.0], [-1.0, -2.0, -3.0]]), out)
    np.testing.assert_array_equal(out, [[0, 1, 0], [1, 0, 0]])


def test_a_sample_falls_where_the_uniform_number_lies_among_the_probabilities() -> None:
    yhat, out = np.tile([0.25, 0.0, 0.5, 0.25], (5, 1)), np.ones((5, 4))
    one_hot_sample(yhat, np.array([0.0, 0.24, 0.25, 0.74, 0.75]), out)
    assert out.argmax(1).tolist() == [0, 0, 2, 2, 3]
    np.testing.assert_array_equal(out.sum(1), 1.0)


def test_rounding_does_not_let_a_sample_fall_off_the_end() -> None:
    out = np.zeros((1, 3))
    one_hot_sample(np.array([[0.3, 0.3, 0.3999]]), np.array([0.99999]), out)
    np.testing.assert_array_equal(out, [[0, 0, 1]])


@pytest.mark.parametrize("kind", [SOFTMAX, SIGMOID], ids=lambda kind: kind.id)
@pytest.mark.parametrize("keep", [True, False])
def test_a_softmax_within_the_network_leaves_that_of_the_output_alone(kind: OutputKind, keep: bool) -> None:
    network = ATTENTIVE.with_output(kind)
    assert gradient_error(computed(network, T=4, keep=keep)) < 1e-7
    program = computed(network, T=4, keep=keep)
    program.memory.parameters["b"][:] = [2000.0, 0.0, 0.0, 0.0]
    program.forward()
    np.testing.assert_array_equal(program.memory.steps_of("p"), [[[1.0, 0.0, 0.0, 0.0]] * 3] * 4)
