"""Say how far gradients reach in what is shown: ‖∂L(k)/∂h(t)‖ for every loss and state, and whether they vanish.

A cell of that picture can be empty for four reasons, which are not the same to a learner; `Fate` tells them apart.
"""

from enum import IntEnum, StrEnum
from functools import cached_property

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.errors import ExplorerError
from explorer.graph.operations import Array
from explorer.graph.reach import gradient_reach
from explorer.graph.spectrum import Loop, loop_of
from explorer.graph.trace import Trace
from explorer.training.threads import one_thread

LONGEST = 200
"""Beyond this T the picture would have cells thinner than a pixel, and its sweep would take seconds."""

PER_STEP = (0.7, 1.4)
"""A mean factor per step back that is less, or more, has a name: the gradient halves, or doubles, every two steps.

(0.7 and 1.4 are 1/√2 and √2.) After ten steps 1/32 or 32 times of it is left, whatever T is.
"""
OVERALL = (1e-3, 1e3)
"""Nor need it be that fast over many steps: so little, or so much, of it left at the far end is named as well.

A thousandth of what the near steps contribute is lost among the differences from one mini-batch to the next.
"""
SHORTEST = 3
"""A way of fewer steps back shows no trend, but what these few inputs happened to do."""


class Fate(IntEnum):
    """What becomes of the gradient of L(k) at h(t)."""

    LATER = 0
    """t > k: a loss does not depend on what comes after it."""
    NO_LOSS = 1
    """There is no L(k)."""
    CUT = 2
    """The way is cut, by a target or by a pick that has no derivative: exactly 0."""
    REACHED = 3
    """It arrives, however small it has become."""


class Trend(StrEnum):
    """What the gradients do on their way back."""

    VANISHING = "Vanishing"
    EXPLODING = "Exploding"
    STEADY = "Neither vanishing nor exploding"
    CUT = "Cut"
    UNKNOWN = "Too short to tell"


class Verdict(Struct, frozen=True):
    """`trend` along the longest way back, from L(k) to h(t).

    `left` = ‖∂L(k)/∂h(t)‖ / ‖∂L(k)/∂h(k)‖, and `factor` its (k − t)-th root, the mean of one step; both are NaN
    where there is no such way.
    """

    trend: Trend
    k: int
    t: int
    factor: float = float("nan")
    left: float = float("nan")


class Reach(Struct, frozen=True, eq=False, dict=True):
    """The picture of one trace of one sequence. Arrays are (T, T), entry [k − 1, t − 1]."""

    trace: Trace
    state: str
    loop: Loop | None
    norms: Array
    fates: NDArray[np.int8]

    def norm(self, k: int, t: int) -> float:
        """‖∂L(k)/∂h(t)‖."""
        return float(self.norms[k - 1, t - 1])

    def fate(self, k: int, t: int) -> Fate:
        return Fate(int(self.fates[k - 1, t - 1]))

    def has_path(self, k: int, t: int) -> bool:
        """Whether there is a path from h(t) to L(k) to look at, be it cut."""
        return 1 <= t <= k <= self.trace.T and self.fate(k, t) in (Fate.CUT, Fate.REACHED)

    def cut_at(self, k: int, t: int) -> int | None:
        """The step s, latest of t … k − 1, between which and the next the way back from L(k) to h(t) is cut."""
        if self.fate(k, t) is not Fate.CUT:
            return None
        return next(s for s in range(k - 1, t - 1, -1) if self.fate(k, s) is Fate.CUT)

    @cached_property
    def limits(self) -> tuple[float, float] | None:
        """The least norm that is not 0, and the largest; None where no norm is a finite number but 0."""
        seen = self.norms[(self.fates == Fate.REACHED) & np.isfinite(self.norms) & (self.norms > 0)]
        return (float(seen.min()), float(seen.max())) if seen.size else None

    @cached_property
    def verdict(self) -> Verdict:
        """The trend along the longest way back that starts with a gradient; of several, the latest."""
        longest = Verdict(Trend.UNKNOWN, self.trace.T, self.trace.T)
        for k in range(self.trace.T, 0, -1):
            reached = np.flatnonzero(self.fates[k - 1] == Fate.REACHED)
            if reached.size and k - int(reached[0]) - 1 > longest.k - longest.t and self.norm(k, k) != 0:
                longest = Verdict(Trend.UNKNOWN, k, int(reached[0]) + 1)
        steps = longest.k - longest.t
        if steps < SHORTEST:
            return Verdict(Trend.CUT, longest.k, longest.t) if (self.fates == Fate.CUT).any() else longest
        with np.errstate(all="ignore"):
            left = float(np.float64(self.norm(longest.k, longest.t)) / self.norm(longest.k, longest.k))
        factor = left ** (1 / steps)
        return Verdict(_trend(factor, left), longest.k, longest.t, factor, left)


def reach_of(trace: Trace) -> Reach:
    """Work out the picture, in one batched sweep.

    Raises ExplorerError where the sequence is too long for it, or where there is no loss.
    """
    if trace.T > LONGEST:
        raise ExplorerError(
            f"How far gradients reach is drawn for up to T = {LONGEST} steps; here T = {trace.T}: shorten the sequence."
        )
    if trace.network.output is None:
        title = trace.network.architecture.title
        raise ExplorerError(f"{title} has no output and so no loss: there is no gradient to follow back.")
    if trace.network.state not in trace.gradients:
        raise ExplorerError(f"{trace.network.state} depends on no parameter, so no gradient is followed back to it.")
    state, loop = trace.network.state, loop_of(trace.network)
    # What overflows is shown and named, not warned about.
    with one_thread(), np.errstate(all="ignore"):
        norms = gradient_reach(trace, state)
    return Reach(trace, state, loop, norms, _fates(trace, loop, norms))


def _fates(trace: Trace, loop: Loop | None, norms: Array) -> NDArray[np.int8]:
    T = trace.T
    fates = np.full((T, T), Fate.REACHED, np.int8)
    if loop is None:
        fates[norms == 0] = Fate.CUT
    else:
        # Two steps are joined if no cut lies between them: then as many cuts lie before the one as before the other.
        cuts = np.cumsum([0, *(not loop.ways_at(trace, t) for t in range(1, T))])
        fates[cuts[:, None] != cuts] = Fate.CUT
    without = np.ones(T, bool)
    without[[t - 1 for t in trace.loss_steps]] = False
    fates[without] = Fate.NO_LOSS
    fates[np.triu_indices(T, 1)] = Fate.LATER
    return fates


def _trend(factor: float, left: float) -> Trend:
    if not left < np.inf or factor > PER_STEP[1] or left > OVERALL[1]:  # a NaN comes of what has overflowed
        return Trend.EXPLODING
    return Trend.VANISHING if factor < PER_STEP[0] or left < OVERALL[0] else Trend.STEADY
