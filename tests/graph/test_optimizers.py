"""Optimisers against the book's algorithms, written down once more in the plainest way."""

from collections.abc import Callable
from math import inf, isnan, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.graph.compute.clipping import clip, norm
from explorer.graph.optimizers import OPTIMIZERS

RATE, MOMENTUM = 0.1, 0.7
Vector = list[float]


def sgd(theta: Vector, gradients: list[Vector]) -> Vector:
    """Algorithm 8.1."""
    for g in gradients:
        theta = [w - RATE * d for w, d in zip(theta, g, strict=True)]
    return theta


def momentum(theta: Vector, gradients: list[Vector]) -> Vector:
    """Algorithm 8.2."""
    v = [0.0] * len(theta)
    for g in gradients:
        v = [MOMENTUM * u - RATE * d for u, d in zip(v, g, strict=True)]
        theta = [w + u for w, u in zip(theta, v, strict=True)]
    return theta


def adagrad(theta: Vector, gradients: list[Vector]) -> Vector:
    """Algorithm 8.4."""
    r = [0.0] * len(theta)
    for g in gradients:
        r = [s + d * d for s, d in zip(r, g, strict=True)]
        theta = [w - RATE / (1e-7 + sqrt(s)) * d for w, s, d in zip(theta, r, g, strict=True)]
    return theta


def rmsprop(theta: Vector, gradients: list[Vector]) -> Vector:
    """Algorithm 8.5."""
    r = [0.0] * len(theta)
    for g in gradients:
        r = [0.9 * a + 0.1 * d * d for a, d in zip(r, g, strict=True)]
        theta = [w - RATE / sqrt(1e-6 + a) * d for w, a, d in zip(theta, r, g, strict=True)]
    return theta


def adam(theta: Vector, gradients: list[Vector]) -> Vector:
    """Algorithm 8.7."""
    s, r = [0.0] * len(theta), [0.0] * len(theta)
    for t, g in enumerate(gradients, start=1):
        s = [0.9 * a + 0.1 * d for a, d in zip(s, g, strict=True)]
        r = [0.999 * a + 0.001 * d * d for a, d in zip(r, g, strict=True)]
        for i in range(len(theta)):
            s_hat, r_hat = s[i] / (1 - 0.9**t), r[i] / (1 - 0.999**t)
            theta = [*theta[:i], theta[i] - RATE * s_hat / (sqrt(r_hat) + 1e-8), *theta[i + 1 :]]
    return theta


BOOK = {"sgd": sgd, "momentum": momentum, "adagrad": adagrad, "rmsprop": rmsprop, "adam": adam}


def test_every_optimizer_has_its_algorithm_here() -> None:
    assert set(OPTIMIZERS) == set(BOOK)


@pytest.mark.parametrize(("id", "book"), BOOK.items())
def test_an_optimizer_does_what_its_algorithm_says(id: str, book: Callable[[Vector, list[Vector]], Vector]) -> None:
    rng = np.random.default_rng(4)
    theta, gradients = rng.normal(size=5), rng.normal(size=(7, 5))
    gradients[3] = 0.0
    expected = book(theta.tolist(), gradients.tolist())
    optimizer = OPTIMIZERS[id](theta, RATE, MOMENTUM)
    for updates, gradient in enumerate(gradients, start=1):
        given = gradient.copy()
        optimizer.update(theta, gradient, updates)
        assert np.array_equal(gradient, given)
    np.testing.assert_allclose(theta, expected, rtol=1e-12)


@given(st.lists(st.floats(-1e100, 1e100), min_size=1, max_size=6), st.floats(1e-3, 1e3))
def test_clipping_keeps_the_direction_and_bounds_the_norm(entries: list[float], threshold: float) -> None:
    gradient = np.array(entries)
    before, length = gradient.copy(), norm(gradient)
    clip(gradient, length, threshold)
    assert norm(gradient) <= threshold * (1 + 1e-12)
    if length <= threshold:
        assert np.array_equal(gradient, before)
    else:
        assert norm(gradient) == pytest.approx(threshold)
        assert gradient.dot(before / length) == pytest.approx(threshold)


@pytest.mark.parametrize(
    ("entries", "length"),
    [([3.0, 4.0], 5.0), ([0.0, 0.0], 0.0), ([3e200, 4e200], 5e200), ([3e-200, -4e-200], 5e-200)],
)
def test_the_norm_does_not_overflow_on_the_way(entries: list[float], length: float) -> None:
    with np.errstate(over="ignore", under="ignore"):
        assert norm(np.array(entries)) == pytest.approx(length)


@pytest.mark.parametrize("size", [1e-22, 1e-20, 1.0, 1e20])
def test_the_norm_of_single_precision_keeps_its_figures(size: float) -> None:
    with np.errstate(over="ignore", under="ignore"):
        assert norm(np.array([3 * size, 4 * size], np.float32)) == pytest.approx(5 * size, rel=1e-6, abs=0.0)


def test_the_norm_of_what_is_not_finite_is_not_finite() -> None:
    with np.errstate(all="ignore"):
        assert norm(np.array([1.0, inf])) == inf
        assert isnan(norm(np.array([1.0, float("nan")])))
