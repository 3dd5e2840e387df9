"""Damped pendulum: the angle after each push, by the equation of motion."""

import numpy as np
import pytest

from explorer.tasks import get_task
from explorer.tasks.damped_pendulum import DampedPendulum


def test_it_hangs_still_until_it_is_pushed_and_then_swings_to_and_fro_less_and_less() -> None:
    pendulum = DampedPendulum(period=40)
    push = np.zeros((400, 1, 1))
    push[3] = 1.0
    angle = pendulum.targets(push)[:, 0, 0]
    assert not angle[:3].any() and angle[3] > 0
    crossings = 1 + np.flatnonzero(np.diff(np.sign(angle[3:])))
    assert np.diff(crossings[:6]) == pytest.approx(20, abs=1), "half a period of 40 steps"
    swings = [np.abs(part).max() for part in np.split(angle[3:], crossings)][:6]
    assert swings == sorted(swings, reverse=True)


def test_small_swings_follow_the_linear_equation_and_large_ones_do_not() -> None:
    pendulum = get_task("damped_pendulum")
    push = np.random.default_rng(2).uniform(-1, 1, (30, 1, 1))
    small, large = (pendulum.targets(size * push)[:, 0, 0] / size for size in (1e-4, 1.0))
    step, angle, speed, expected = 2 * np.pi / 8, 0.0, 0.0, []
    for x in push[:, 0, 0]:
        speed += step * (x - angle - 0.2 * speed)
        angle += step * speed
        expected.append(angle)
    np.testing.assert_allclose(small, expected, rtol=1e-5)
    assert np.abs(large - expected).max() > 0.1
