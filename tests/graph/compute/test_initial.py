"""The initial θ: the same for the same seed, whatever is fed back, and of a size that width does not change."""

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.architectures import architectures, get_architecture
from explorer.errors import ExplorerError
from explorer.graph.compute.initial import initial_parameters
from explorer.graph.declaration import Constant, Identity, Initial, Orthogonal, ParameterStart, SpectralRadius, Uniform
from tests.each import each
from tests.oracles.declarations import ECHO_STATE, LEAKY
from tests.oracles.examples import SIZES, computed, feedbacks


@each("id", architectures())
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


def drawn(initial: Initial, shape: tuple[int, ...], scale: float = 1.0) -> np.ndarray:
    return initial.draw(shape, np.random.default_rng(0), scale)


def test_an_orthogonal_matrix_stretches_nothing() -> None:
    np.testing.assert_allclose(np.linalg.svd(drawn(Orthogonal(), (5, 5), 2.0))[1], 2.0)
    tall, wide = drawn(Orthogonal(), (5, 3)), drawn(Orthogonal(), (3, 5))
    np.testing.assert_allclose(tall.T @ tall, np.eye(3), atol=1e-15)
    np.testing.assert_allclose(wide @ wide.T, np.eye(3), atol=1e-15)


def test_orthogonal_matrices_turn_both_ways() -> None:
    rng = np.random.default_rng(0)
    turns = [Orthogonal().draw((2, 2), rng, 1.0)[0, 0] for _ in range(200)]
    assert abs(np.mean(turns)) < 0.15


def test_the_identity_and_a_constant_are_what_they_say() -> None:
    np.testing.assert_array_equal(drawn(Identity(), (3, 3), 0.5), 0.5 * np.eye(3))
    np.testing.assert_array_equal(drawn(Constant(1.0), (3,), 0.5), np.ones(3))


def test_uniform_weights_stay_within_one_over_the_root_of_the_fan_in() -> None:
    found = drawn(Uniform(), (300, 25), 2.0)
    assert 0.39 < found.max() < 0.4 and -0.4 < found.min() < -0.39
    np.testing.assert_allclose(drawn(Uniform(0.5), (300, 25), 2.0), found / 2)


def test_the_largest_eigenvalue_is_the_spectral_radius_and_a_share_of_entries_is_0() -> None:
    found = drawn(SpectralRadius(0.9, sparsity=0.8), (60, 60))
    assert np.abs(np.linalg.eigvals(found)).max() == pytest.approx(0.9)
    assert (found == 0.0).mean() == pytest.approx(0.8, abs=0.03)
    assert not drawn(SpectralRadius(0.9, sparsity=1.0), (3, 3)).any()


def test_a_parameter_starts_as_the_architecture_declares() -> None:
    theta = initial_parameters(ECHO_STATE, SIZES, np.random.default_rng(0))
    assert np.abs(np.linalg.eigvals(theta["W"])).max() == pytest.approx(0.95)
    theta = initial_parameters(LEAKY, SIZES, np.random.default_rng(0))
    np.testing.assert_array_equal(theta["alpha"], 0.5)


def test_how_an_unknown_parameter_starts_is_refused() -> None:
    wrong = replace(ECHO_STATE, starts=(ParameterStart("Q", Identity()),))
    with pytest.raises(ExplorerError, match="parameter of echo_state"):
        initial_parameters(wrong, SIZES, np.random.default_rng(0))


class TestRecurrent:
    """The matrices between one state and the next can start in another way; all else starts as it would."""

    @pytest.mark.parametrize("id", ["hidden_to_hidden", "lstm", "gru_book", "deep_stacked", "bidirectional"])
    @pytest.mark.parametrize("recurrent", ["identity", "orthogonal"])
    def test_only_they_do(self, id: str, recurrent: str) -> None:
        architecture = get_architecture(id)
        usual, other = (
            initial_parameters(architecture, SIZES, np.random.default_rng(3), scale=0.5, recurrent=way)
            for way in ("seeded", recurrent)
        )
        between = {name for name in usual if name.startswith("W")}
        assert set(architecture.state_matrices) == between
        for name, array in other.items():
            if name not in between:
                np.testing.assert_array_equal(array, usual[name])
            elif recurrent == "identity":
                np.testing.assert_array_equal(array, 0.5 * np.eye(SIZES["n_h"]))
            else:
                np.testing.assert_allclose(array @ array.T, 0.25 * np.eye(SIZES["n_h"]), atol=1e-12)

    def test_are_left_alone_where_the_network_starts_them_itself_or_has_none(self) -> None:
        for id in ("echo_state", "output_to_hidden"):
            assert get_architecture(id).state_matrices == ()
