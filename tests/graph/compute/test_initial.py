"""The initial θ: the same for the same seed, whatever is fed back, and of a size that width does not change."""

import numpy as np
import pytest

from explorer.architectures import architectures, get_architecture
from explorer.graph.compute.initial import initial_parameters
from tests.oracles.examples import SIZES, computed, feedbacks


@pytest.mark.parametrize("id", architectures())
def test_it_fits_the_architecture_under_every_feedback(id: str) -> None:
    architecture = get_architecture(id)
    theta = initial_parameters(architecture, SIZES, np.random.default_rng(0))
    for feedback in feedbacks(architecture):
        parameters = computed(architecture, feedback).memory.parameters
        assert {name: p.shape for name, p in parameters.items()} == {n: p.shape for n, p in theta.items()}


def test_the_same_seed_gives_the_same_numbers_and_another_seed_others() -> None:
    architecture = get_architecture("hidden_and_output")
    first, again, other = (initial_parameters(architecture, SIZES, np.random.default_rng(seed)) for seed in (7, 7, 8))
    for name in first:
        np.testing.assert_array_equal(first[name], again[name])
    assert not np.array_equal(first["W"], other["W"])


def test_weights_spread_by_one_over_the_root_of_the_fan_in_and_biases_are_zero() -> None:
    sizes = {"n_x": 25, "n_h": 400, "n_y": 100}
    theta = initial_parameters(get_architecture("hidden_and_output"), sizes, np.random.default_rng(0))
    for name, fan_in in (("W", 400), ("R", 100), ("U", 25), ("V", 400)):
        assert theta[name].std() == pytest.approx(fan_in**-0.5, rel=0.03)
        assert abs(theta[name].mean()) < 0.1 * fan_in**-0.5
    assert not theta["b"].any() and not theta["c"].any()


def test_the_scale_multiplies_every_weight() -> None:
    architecture = get_architecture("hidden_to_hidden")
    plain = initial_parameters(architecture, SIZES, np.random.default_rng(0))
    wide = initial_parameters(architecture, SIZES, np.random.default_rng(0), scale=3.0)
    for name in plain:
        np.testing.assert_allclose(wide[name], 3.0 * plain[name], rtol=1e-15)
