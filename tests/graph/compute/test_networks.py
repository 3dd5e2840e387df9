"""Several networks side by side in one program compute what each computes alone."""

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.architectures import get_architecture
from explorer.graph.architecture import Architecture
from explorer.graph.batch import Batch
from explorer.graph.compute.program import Program
from explorer.graph.declaration import Linear, Ref
from explorer.graph.feedback import connect, get_feedback
from tests.each import each
from tests.oracles.declarations import PAST, X, hidden, net, output, tanh, total
from tests.oracles.examples import EVERY_NETWORK, SIZES, load, random_batch
from tests.oracles.made_up.damped import Damped

TWICE = net(
    "twice_damped",
    X,
    hidden("a", total(Damped("g", "W", PAST), Damped("f", "K", PAST), Linear("U", Ref("x")))),
    hidden("h", tanh(Ref("a"))),
    *output(Linear("V", Ref("h"))),
)
"""Two terms send other gradients than that of their node to their weights, and write them to the same place."""


@each("B", [1, 3])
@each(("architecture", "feedback"), [*EVERY_NETWORK, pytest.param(TWICE, None, id="twice_damped")])
def test_networks_side_by_side_compute_what_each_computes_alone(
    architecture: Architecture, feedback: str | None, B: int
) -> None:
    network, rng = connect(architecture, get_feedback(feedback) if feedback else None), np.random.default_rng(2)
    batches = [random_batch(architecture, SIZES, 5, B, rng) for _ in range(3)]
    together, alone = Program(network, SIZES, 5, 3 * B, networks=3), Program(network, SIZES, 5, B)
    together.memory.theta[:] = rng.normal(size=together.memory.theta.shape)
    together.load(Batch.side_by_side(batches))
    together.forward()
    together.backward()
    found = zip(batches, together.memory.theta, together.losses, together.memory.theta_gradient, strict=True)
    for batch, theta, loss, gradient in found:
        alone.memory.theta[:] = theta
        load(alone, batch)
        assert loss == pytest.approx(alone.loss, rel=1e-13)
        np.testing.assert_allclose(gradient, alone.memory.theta_gradient, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("feedback", ["teacher_forcing", "free_running_argmax", "mixed_yhat"])
def test_each_network_looks_symbols_up_in_its_own_weights(feedback: str) -> None:
    network, rng = connect(get_architecture("hidden_and_output"), get_feedback(feedback)), np.random.default_rng(4)
    sizes, T, B = {"n_x": 3, "n_h": 5, "n_y": 4}, 6, 4
    symbols, y = rng.integers(0, 3, (T, 2 * B)), rng.integers(0, 4, (T, 2 * B))
    both = Batch({"x": np.eye(3)[symbols]}, y, {"x": symbols}, rng.integers(0, 2, (T, 2 * B)) * 1.0)
    together = Program(network, sizes, T, 2 * B, one_hot=("x", "y"), weighted=True, networks=2)
    together.memory.theta[:] = rng.normal(size=together.memory.theta.shape)
    weights = rng.random((T, 2 * B))
    batches = [replace(both, loss_weights=weights).sequences(first, first + B) for first in (0, B)]
    together.load(Batch.side_by_side(batches))
    together.forward()
    together.backward()
    alone = Program(network, sizes, T, B, one_hot=("x", "y"), weighted=True)
    for number, batch in enumerate(batches):
        alone.memory.theta[:] = together.memory.theta[number]
        load(alone, batch)
        assert together.losses[number] == pytest.approx(alone.loss, rel=1e-13)
        found = together.memory.theta_gradient[number]
        np.testing.assert_allclose(found, alone.memory.theta_gradient, rtol=1e-12, atol=1e-14)
