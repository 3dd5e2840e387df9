"""Decide how often the target is fed back in scheduled sampling, and toss the coins (Bengio et al. 2015).

It is an inconsistent estimator: its optimum need not be the distribution of the data (Huszár 2015).
"""

from collections.abc import Callable
from math import exp, inf
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta, Struct

from explorer.language import tr
from explorer.reading.bounds import Bounds

if TYPE_CHECKING:  # the command line knows schedules, and answers --help without numpy
    import numpy as np

    from explorer.graph.arrays import Array

INCONSISTENT = tr(
    "Scheduled sampling is an inconsistent estimator: even with endless data and training, the loss it "
    "lowers is not lowest at the true distribution (Huszár 2015)."
)
"""What must be said wherever scheduled sampling is offered."""

Count = Annotated[int, Meta(ge=1, le=10_000_000)]
Probability = Annotated[float, Meta(ge=0, le=1)]
Kind = Literal["constant", "linear", "exponential", "inverse_sigmoid"]
_OVER = tr("Iterations; off: the whole run")


class Schedule(Struct, frozen=True, forbid_unknown_fields=True):
    """How likely the target is fed back, iteration by iteration, by one of `SCHEDULES`, whose `parts` it depends on.

    `over` None is the whole run. A coin is tossed for each time "step" or once for each "sequence".
    """

    kind: Kind = "linear"
    start: Annotated[Probability, Meta(title=tr("Schedule from"))] = 1.0
    end: Annotated[Probability, Meta(title=tr("Schedule down to"))] = 0.0
    over: Annotated[Count, Meta(title=tr("Schedule over"), description=_OVER)] | None = None
    k: float | None = None
    coin: Literal["step", "sequence"] = "step"


class ScheduleKind(Struct, frozen=True):
    """`probability` of a schedule after so many of all iterations; it reads its `parts` and nothing else.

    `words` say what a run has, with {start}, {end} and k as {number}. `k` are the bounds of k, and `first_k` and
    `first_start` what to begin with.
    """

    title: str
    words: str
    parts: tuple[str, ...]
    probability: Callable[[Schedule, int, int], float]
    k: Bounds | None = None
    first_k: float | None = None
    first_start: float = 1.0


def _linear(schedule: Schedule, iteration: int, iterations: int) -> float:
    """From `start` to `end` in `over` iterations."""
    done = min(1.0, iteration / (schedule.over or iterations))
    return schedule.start + (schedule.end - schedule.start) * done


def _exponential(schedule: Schedule, iteration: int, iterations: int) -> float:
    """kⁱ, never below `end`."""
    assert schedule.k is not None
    return max(schedule.end, schedule.k**iteration)


def _inverse_sigmoid(schedule: Schedule, iteration: int, iterations: int) -> float:
    """k / (k + exp(i/k)), never below `end`."""
    assert schedule.k is not None
    # Past 700 exp would overflow, and the quotient is zero to machine precision long before.
    return max(schedule.end, schedule.k / (schedule.k + exp(min(700.0, iteration / schedule.k))))


SCHEDULES: dict[str, ScheduleKind] = {
    "linear": ScheduleKind(tr("linear decay"), tr("P(target) {start} to {end}"), ("start", "end", "over"), _linear),
    "exponential": ScheduleKind(
        tr("exponential decay, kⁱ"),
        tr("P(target) {number}ⁱ to {end}"),
        ("k", "end"),
        _exponential,
        Bounds(0, 1, above=True, below=True),
        first_k=0.99,
    ),
    "inverse_sigmoid": ScheduleKind(
        tr("inverse sigmoid decay"),
        tr("P(target) sigmoid, k = {number}, to {end}"),
        ("k", "end"),
        _inverse_sigmoid,
        Bounds(1, inf, below=True),
        first_k=50.0,
    ),
    "constant": ScheduleKind(
        tr("constant"),
        tr("P(target) {start}"),
        ("start",),
        lambda schedule, iteration, iterations: schedule.start,
        first_start=0.5,
    ),
}


def target_probability(schedule: Schedule, iteration: int, iterations: int) -> float:
    """Return the probability that the target is fed, after `iteration` of `iterations` updates."""
    return SCHEDULES[schedule.kind].probability(schedule, iteration, iterations)


def target_mask(rng: "np.random.Generator", probability: float, coin: str, T: int, B: int) -> "Array":
    """Toss the coins of one batch: (T, B), 1 where the target is fed.

    A coin for each "step", or one for each "sequence".
    """
    rows = T if coin == "step" else 1
    mask = (rng.random((rows, B)) < probability).astype(float)
    return mask if rows == T else mask.repeat(T, 0)
