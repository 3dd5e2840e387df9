"""Elementwise functions: right to the last figures wherever they are computed, and where exponentials overflow."""

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.graph.activations import SIGMOID, TANH, ActivationFunction, tanh_by_exp
from explorer.graph.arrays import Array

WIDE = np.concatenate([np.linspace(-40.0, 40.0, 3001), [0.0, -0.0, 1e-300, 720.0, -720.0, np.inf, -np.inf]])


def computed(function: ActivationFunction, a: Array) -> Array:
    out = np.full_like(a, np.nan)
    function.value(a, out)
    return out


@pytest.mark.parametrize("function", [TANH, replace(TANH, calls=tanh_by_exp)], ids=["as chosen", "by exp"])
@pytest.mark.parametrize("kind", [np.float64, np.float32])
def test_tanh_is_right_to_the_last_figures(function: ActivationFunction, kind: type) -> None:
    wide = WIDE.astype(kind)
    np.testing.assert_allclose(computed(function, wide), np.tanh(wide), rtol=0, atol=2.1 * np.finfo(kind).eps)


def test_a_sigmoid_is_right_to_the_last_figures_and_small_ones_are_not_lost() -> None:
    wanted = 1.0 / (1.0 + np.exp(-WIDE.astype(np.longdouble)))
    np.testing.assert_allclose(computed(SIGMOID, WIDE), wanted.astype(float), rtol=1e-15, atol=1e-300)


@pytest.mark.parametrize("function", [TANH, SIGMOID])
def test_they_write_over_what_they_read(function: ActivationFunction) -> None:
    a = WIDE.copy()
    function.value(a, a)
    np.testing.assert_array_equal(a, computed(function, WIDE))
