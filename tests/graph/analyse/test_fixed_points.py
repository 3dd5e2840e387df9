"""Fixed points against those that are known: of one tanh unit w h = artanh h, of a linear step (I − W)⁻¹ b."""

from collections.abc import Mapping

import numpy as np
import pytest

from explorer.architectures import get_architecture
from explorer.graph.analyse.copies import drained
from explorer.graph.analyse.fixed_points import FixedPoint, finding
from explorer.graph.analyse.step_map import StepMap
from explorer.graph.arrays import Array
from explorer.graph.feedback import connect
from tests.oracles.examples import SIZES, random_batch
from tests.oracles.traces import run_trace

PLAIN = get_architecture("hidden_to_hidden")


def found(
    n: int, theta: Mapping[str, object], activation: str = "tanh", x: tuple[float, ...] = (0, 0)
) -> list[FixedPoint]:
    """The fixed points of h = φ(b + W h + U x) of n units, from 40 random starts."""
    sizes = {**SIZES, "n_h": n, "n_x": 2}
    rng = np.random.default_rng(2)
    shapes = {p.name: p.shape(sizes) for p in PLAIN.parameters}
    parameters: dict[str, Array] = {name: np.zeros(shape) for name, shape in shapes.items()}
    for name, values in theta.items():
        parameters[name] = np.reshape(np.asarray(values, float), shapes[name])
    trace = run_trace(connect(PLAIN, None, activation), sizes, parameters, random_batch(PLAIN, sizes, 3, 1, rng))
    step = StepMap(trace, "h")
    return list(drained(finding(step, {"x": np.array(x, float)}, rng.uniform(-1.5, 1.5, (40, n)))))


@pytest.mark.parametrize(
    ("sizes", "stability"),
    [
        ((0.5, 0.1), "stable"),
        ((1.0 + 1e-9, 0.5), "neutral"),
        ((1.5, 0.5), "saddle"),
        ((1.5, 1.0 - 1e-9), "unstable"),
        ((2.0, 1.5), "unstable"),
    ],
)
def test_what_is_on_the_unit_circle_but_for_rounding_is_told_apart(sizes: tuple[float, ...], stability: str) -> None:
    assert FixedPoint(np.zeros(2), np.array(sizes, complex) * 1j).stability == stability


@pytest.mark.parametrize("w", [0.5, 0.9, 1.5, 4.0, -0.5, -3.0])
@pytest.mark.parametrize("b", [0.0, 0.2])
def test_one_unit_is_fixed_where_its_weight_takes_it_to_its_own_artanh(w: float, b: float) -> None:
    points = found(1, {"W": w, "b": b})
    grid = np.linspace(-1, 1, 400_001)[1:-1]
    off = np.tanh(w * grid + b) - grid
    expected = [0.5 * (grid[i] + grid[i + 1]) for i in np.flatnonzero(np.sign(off[1:]) * np.sign(off[:-1]) < 0)]
    expected += list(grid[off == 0])
    np.testing.assert_allclose(sorted(p.state[0] for p in points), sorted(expected), atol=1e-5)
    for point in points:
        slope = w * (1 - point.state[0] ** 2)
        assert point.eigenvalues[0].real == pytest.approx(slope, abs=1e-9)
        assert point.stability == ("stable" if abs(slope) < 1 else "unstable")


def test_the_input_moves_them() -> None:
    (point,) = found(1, {"W": 0.5, "U": [1.0, -2.0]}, x=(0.3, 0.4))
    assert np.arctanh(point.state[0]) == pytest.approx(0.5 * point.state[0] + 0.3 - 0.8, abs=1e-9)


def test_two_units_apart_have_all_combinations_and_a_saddle_between_two_that_are_stable() -> None:
    points = found(2, {"W": [[2.0, 0.0], [0.0, 0.5]]})
    assert [point.stability for point in points] == ["stable", "stable", "saddle"]
    np.testing.assert_allclose(points[-1].state, [0, 0], atol=1e-9)
    np.testing.assert_allclose(sorted(np.abs(points[-1].eigenvalues)), [0.5, 2.0])


def test_a_linear_step_has_one_wherever_it_is_and_however_it_repels() -> None:
    W, b = np.array([[0.0, -1.1], [1.1, 0.0]]), np.array([3.0, 1.0])
    (point,) = found(2, {"W": W, "b": b}, "identity")
    np.testing.assert_allclose(point.state, np.linalg.solve(np.eye(2) - W, b), atol=1e-9)
    assert (point.stability, point.radius) == ("unstable", pytest.approx(1.1))


@pytest.mark.parametrize("turn", [0.3, 2.0])
def test_one_that_a_rotation_goes_round_is_neutral_whatever_is_rounded(turn: float) -> None:
    W = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    (point,) = found(2, {"W": W, "b": [0.3, 0.1]}, "identity")
    assert point.stability == "neutral"
