"""Say where a training loss is going: `trend` of a run; has it fallen, or has it risen out of hand?"""

from functools import lru_cache

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.graph.arrays import Array
from explorer.session.runs.runs import RunRecord
from explorer.tasks import Task
from explorer.training.problem import task_of
from explorer.training.settings import RunSettings

LATEST = 0.1
"""The share of the iterations, the newest, whose losses say where a loss is now."""
FEWEST = 10
"""Updates before anything is said."""
_POINTS = 4000
"""So many losses are looked at, among them the highest."""


class LossTrend(Struct, frozen=True):
    """Losses of mini-batches, per predicted step: the first, the median of the newest, and the highest.

    `at`: the iteration of the highest. `guess`: what guessing scores.
    """

    first: float
    now: float
    highest: float
    at: int
    guess: float

    @property
    def fallen(self) -> bool:
        """Whether it is below what guessing scores."""
        return self.now < self.guess

    @property
    def out_of_hand(self) -> bool:
        """Whether the loss is twice what it was at first and what guessing scores, or was ten times and is not back."""
        bad = max(self.first, self.guess)
        return self.now > 2 * bad or (not self.fallen and self.highest > 10 * bad)


def trend(record: RunRecord) -> LossTrend | None:
    """The trend of a run's training; None before FEWEST updates."""
    if len(record.training) < FEWEST:
        return None
    end = record.training.first + len(record.training)
    x, losses = record.training.drawn(record.training.first, end, _POINTS)
    newest = losses[x >= end - max(1.0, LATEST * len(record.training))]
    place = int(losses.argmax())
    guess = chance(record.settings)
    return LossTrend(float(losses[0]), float(np.median(newest)), float(losses[place]), int(x[place]), guess)


def chance(settings: RunSettings) -> float:
    """What guessing scores, per predicted step, in the unit of the loss."""
    return _chance(task_of(settings), settings.length)


@lru_cache(maxsize=64)
def _chance(task: Task, length: int) -> float:
    return task.chance_loss(length)


def learned(record: RunRecord, losses: Array) -> NDArray[np.bool_]:
    """At which judgements a run knew more than to guess, (n,), by its losses fed the targets (n,)."""
    known: NDArray[np.bool_] = losses < chance(record.settings)
    return known


def exposed(record: RunRecord) -> bool:
    """Whether a gap between the two ways of judging would be exposure bias: trained on targets, and learning.

    A network that was never fed targets is not exposed to anything new by living on its output.
    """
    found = trend(record)
    return record.fed_targets and record.divergence is None and found is not None and found.fallen


def hump(record: RunRecord, iterations: Array, own: Array) -> tuple[float, float] | None:
    """Where a loss on the own output rises on its way down, as (iteration, loss); None if it does not, to speak of.

    It is the peak with the deepest valleys on both sides, at least a tenth of a guess's loss above them, of a network
    of which a gap would be exposure bias. `iterations`, `own`: (n,).
    """
    if len(own) < 3 or not exposed(record):
        return None
    before, after = np.minimum.accumulate(own), np.minimum.accumulate(own[::-1])[::-1]
    with np.errstate(invalid="ignore"):
        height = own - np.maximum(before, after)
    height = np.where(np.isfinite(own), height, 0.0)
    place = int(height.argmax())
    if height[place] < 0.1 * chance(record.settings):
        return None
    return float(iterations[place]), float(own[place])
