"""The plane of principal components: against the eigenvectors of the covariance, and steady from one to the next."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from explorer.session.states.plane import of_units, principal


@given(seed=st.integers(0, 2**32 - 1), n=st.integers(1, 8), count=st.integers(3, 60))
def test_it_holds_the_most_of_the_variance_and_points_as_the_one_before(seed: int, n: int, count: int) -> None:
    rng = np.random.default_rng(seed)
    states = rng.normal(size=(count, n)) * 2.0 ** -np.arange(n) + 3.0
    plane = principal(states)
    values, vectors = np.linalg.eigh(np.cov(states.T, ddof=0).reshape(n, n))
    assert plane.shares is not None
    for axis in range(min(2, n)):
        assert abs(plane.axes[axis] @ vectors[:, -1 - axis]) > 1 - 1e-6 or np.isclose(*values[[-1, -2]], rtol=1e-3)
        np.testing.assert_allclose(plane.shares[axis] * values.sum(), values[-1 - axis], rtol=1e-6, atol=1e-12)
    np.testing.assert_allclose(plane.project(plane.lift(np.eye(2)[: min(2, n)])), np.eye(2)[: min(2, n)], atol=1e-9)

    after = principal(states + 1e-3 * rng.normal(size=states.shape), plane)
    assert all(after.axes[axis] @ plane.axes[axis] >= 0 for axis in range(2))
    turned = principal(states, principal(-states))
    assert all(abs(abs(turned.axes[axis] @ plane.axes[axis]) - 1) < 1e-6 for axis in range(min(2, n)))


def test_two_units_are_their_own_coordinates_and_the_others_stay_in_the_mean() -> None:
    states = np.random.default_rng(0).normal(size=(9, 4))
    plane = of_units(states, (2, 0))
    np.testing.assert_allclose(plane.project(states), states[:, [2, 0]])
    np.testing.assert_allclose(plane.lift(np.array([5.0, 7.0])), [7.0, states[:, 1].mean(), 5.0, states[:, 3].mean()])


def test_states_beyond_all_numbers_are_left_out() -> None:
    states = np.random.default_rng(0).normal(size=(9, 3))
    spoiled = np.concatenate([states, [[np.inf, 0.0, np.nan]]])
    np.testing.assert_allclose(principal(spoiled).axes, principal(states).axes)
    assert np.isfinite(principal(spoiled[-1:]).axes).all()
