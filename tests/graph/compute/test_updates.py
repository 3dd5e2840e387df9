"""Going on from what an optimiser remembers is the same as never having stopped."""

import numpy as np
import pytest

from explorer.architectures import get_architecture
from explorer.graph.compute.memory import Memory, views
from explorer.graph.compute.program import Program
from explorer.graph.compute.updates import Moments, Rule, Updates
from explorer.graph.feedback import connect
from explorer.graph.optimizers import OPTIMIZERS
from tests.oracles.declarations import ECHO_STATE
from tests.oracles.examples import SIZES

NETWORK = connect(get_architecture("hidden_to_hidden"), None)


def updating(memory: Memory, rule: Rule, moments: Moments | None = None) -> Updates:
    parameters = memory.network.architecture.parameters
    return Updates(memory.theta, memory.theta_gradient, parameters, memory.sizes, rule, moments)


def moved(rule: Rule, gradients: list[np.ndarray], *, broken_at: int | None = None) -> np.ndarray:
    """θ after these gradients; at `broken_at` all is thrown away but θ and the moments."""
    memory = Program(NETWORK, SIZES, T=2, B=1).memory
    memory.theta[:] = np.random.default_rng(0).normal(size=memory.theta.size)
    updates = updating(memory, rule)
    for i, gradient in enumerate(gradients):
        if i == broken_at:
            updates = updating(memory, rule, updates.moments)
        np.copyto(memory.theta_gradient, gradient)
        updates.made()
    assert updates.moments.updates == len(gradients)
    return memory.theta.copy()


def drawn(n: int) -> list[np.ndarray]:
    size = Program(NETWORK, SIZES, T=2, B=1).memory.theta.size
    return list(np.random.default_rng(1).normal(size=(n, size)))


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("more", [{}, {"clip_norm": 0.5, "l2": 0.1}], ids=["plain", "clipped and decayed"])
def test_it_goes_on_from_its_moments(optimizer: str, more: dict[str, float]) -> None:
    rule = Rule(optimizer, rate=0.1, **more)
    expected = moved(rule, drawn(5))
    np.testing.assert_allclose(moved(rule, drawn(5), broken_at=3), expected, rtol=0, atol=1e-14)


def test_the_moments_of_another_optimiser_are_left_out() -> None:
    memory = Program(NETWORK, SIZES, T=2, B=1).memory
    strange = Moments("momentum", 9, {"velocity": np.ones_like(memory.theta)})
    assert updating(memory, Rule("adam"), strange).moments.updates == 0


def test_each_entry_is_clipped_by_itself_after_the_norm() -> None:
    memory = Program(NETWORK, SIZES, T=2, B=1).memory
    memory.theta[:] = 0.0
    memory.theta_gradient[:] = np.linspace(-3, 3, memory.theta.size)
    updates = updating(memory, Rule("sgd", rate=1.0, clip_value=0.5))
    updates.made()
    np.testing.assert_array_equal(memory.theta, -np.clip(np.linspace(-3, 3, memory.theta.size), -0.5, 0.5))


def test_weights_decay_and_biases_do_not() -> None:
    memory = Program(NETWORK, SIZES, T=2, B=1).memory
    memory.theta[:] = 1.0
    updates = updating(memory, Rule("sgd", rate=1.0, l2=0.25))
    updates.made()
    left = {name: set(array.flat) for name, array in memory.parameters.items()}
    assert left == {name: {1.0} if name in "bc" else {0.75} for name in left}


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_what_is_not_trained_stays_as_it_is(optimizer: str) -> None:
    memory = Program(connect(ECHO_STATE), SIZES, T=2, B=1).memory
    memory.theta[:] = before = np.random.default_rng(0).normal(size=memory.theta.size)
    updates = updating(memory, Rule(optimizer, rate=0.1, l2=0.1, clip_norm=0.5))
    for gradient in np.random.default_rng(1).normal(size=(3, memory.theta.size)):
        np.copyto(memory.theta_gradient, gradient)
        updates.made()
    moved = {name: bool((memory.parameters[name] != array).any()) for name, array in before_of(memory, before).items()}
    assert moved == {"W": False, "U": False, "V": True, "c": True}


def before_of(memory: Memory, theta: np.ndarray) -> dict[str, np.ndarray]:
    return views(theta, {name: array.shape for name, array in memory.parameters.items()})


def test_its_gradient_does_not_count_where_gradients_are_clipped() -> None:
    memory = Program(connect(ECHO_STATE), SIZES, T=2, B=1).memory
    memory.theta_gradient[:] = 0.0
    memory.parameter_gradients["W"][:] = 5.0
    memory.parameter_gradients["c"][:] = [3.0, 4.0, 0.0]
    assert updating(memory, Rule("sgd")).add_decay() == 5.0
