"""Scheduled sampling: how likely the target is fed, and the coins."""

from itertools import pairwise
from math import exp

import numpy as np
import pytest

from explorer.training.schedules import Schedule, target_mask, target_probability


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        (Schedule("constant", start=0.3), {0: 0.3, 10: 0.3, 99: 0.3}),
        (Schedule("linear"), {0: 1.0, 25: 0.75, 100: 0.0, 200: 0.0}),
        (Schedule("linear", start=0.8, end=0.2, over=10), {0: 0.8, 5: 0.5, 10: 0.2, 11: 0.2}),
        (Schedule("exponential", k=0.9), {0: 1.0, 1: 0.9, 20: 0.9**20}),
        (Schedule("exponential", k=0.9, end=0.25), {1: 0.9, 20: 0.25}),
        (Schedule("inverse_sigmoid", k=10.0), {0: 10 / 11, 10: 10 / (10 + exp(1)), 10**9: 0.0}),
    ],
)
def test_the_probability_follows_its_formula(schedule: Schedule, expected: dict[int, float]) -> None:
    for iteration, probability in expected.items():
        assert target_probability(schedule, iteration, iterations=100) == pytest.approx(probability, abs=1e-12)


@pytest.mark.parametrize(
    "schedule",
    [Schedule(), Schedule("exponential", k=0.99), Schedule("inverse_sigmoid", k=30.0)],
    ids=lambda s: s.kind,
)
def test_a_decaying_schedule_only_falls(schedule: Schedule) -> None:
    probabilities = [target_probability(schedule, i, 500) for i in range(1000)]
    assert all(b <= a for a, b in pairwise(probabilities))
    assert probabilities[0] > 0.95 and probabilities[-1] < 0.01


def test_a_coin_for_each_step_falls_as_often_as_it_should() -> None:
    mask = target_mask(np.random.default_rng(1), 0.3, "step", 100, 200)
    assert mask.shape == (100, 200)
    assert set(np.unique(mask)) == {0.0, 1.0}
    assert mask.mean() == pytest.approx(0.3, abs=0.02)


def test_a_coin_for_each_sequence_decides_about_all_its_steps() -> None:
    mask = target_mask(np.random.default_rng(1), 0.5, "sequence", 10, 400)
    assert (mask == mask[0]).all()
    assert mask[0].mean() == pytest.approx(0.5, abs=0.1)


@pytest.mark.parametrize(("probability", "value"), [(0.0, 0.0), (1.0, 1.0)])
def test_certain_coins_are_certain(probability: float, value: float) -> None:
    assert (target_mask(np.random.default_rng(1), probability, "step", 20, 50) == value).all()
