"""Decide how often the target is fed back in scheduled sampling, and toss the coins (Bengio et al. 2015).

It is an inconsistent estimator: its optimum need not be the distribution of the data (Huszár 2015).
"""

from math import exp

import numpy as np

from explorer.graph.arrays import Array
from explorer.language import tr
from explorer.training.settings import Schedule

INCONSISTENT = tr(
    "Scheduled sampling is an inconsistent estimator: even with endless data and training, the loss it "
    "lowers is not lowest at the true distribution (Huszár 2015)."
)
"""What must be said wherever scheduled sampling is offered."""


def target_probability(schedule: Schedule, iteration: int, iterations: int) -> float:
    """Return the probability that the target is fed, after `iteration` of `iterations` updates."""
    match schedule.kind:
        case "constant":
            return schedule.start
        case "linear":
            done = min(1.0, iteration / (schedule.over or iterations))
            return schedule.start + (schedule.end - schedule.start) * done
        case "exponential":
            assert schedule.k is not None
            return max(schedule.end, schedule.k**iteration)
        case _:  # inverse_sigmoid
            assert schedule.k is not None
            # Past 700 exp would overflow, and the quotient is zero to machine precision long before.
            return max(schedule.end, schedule.k / (schedule.k + exp(min(700.0, iteration / schedule.k))))


def target_mask(rng: np.random.Generator, probability: float, coin: str, T: int, B: int) -> Array:
    """Toss the coins of one batch: (T, B), 1 where the target is fed.

    A coin for each "step", or one for each "sequence".
    """
    rows = T if coin == "step" else 1
    mask = (rng.random((rows, B)) < probability).astype(np.float64)
    return np.broadcast_to(mask, (T, B))
