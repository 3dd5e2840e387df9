"""Say how far gradients reach in what is shown: ‖∂L(k)/∂h(t)‖ for every loss and state, and whether they vanish.

A cell of that picture can be empty for four reasons, which are not the same to a learner; `Fate` tells them apart.
"""

from enum import IntEnum, StrEnum
from functools import cached_property

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.errors import ExplorerError
from explorer.graph.analyse.reach import gradient_reach
from explorer.graph.analyse.spectrum import Loop, loop_of
from explorer.graph.analyse.trace import Trace
from explorer.graph.arrays import Array
from explorer.graph.plain import plain
from explorer.graph.schedule import direction_of
from explorer.graph.unfold import Vertex
from explorer.language import tr
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
    """t > k, or t < k of a state that runs backward in time: a loss does not depend on what comes after it."""
    NO_LOSS = 1
    """There is no L(k)."""
    CUT = 2
    """The way is cut, by a target or by a pick that has no derivative: exactly 0."""
    REACHED = 3
    """It arrives, however small it has become."""


class Trend(StrEnum):
    """What the gradients do on their way back."""

    VANISHING = tr("Vanishing")
    EXPLODING = tr("Exploding")
    STEADY = tr("Neither vanishing nor exploding")
    CUT = tr("Cut")
    UNKNOWN = tr("Too short to tell")


class ReachVerdict(Struct, frozen=True):
    """`trend` along the longest way back, from L(k) to h(t), of so many `steps`.

    `left` = ‖∂L(k)/∂h(t)‖ / ‖∂L(k)/∂h(k)‖, and `factor` its root of that degree, the mean of one step; both are NaN
    where there is no such way.
    """

    trend: Trend
    k: int
    t: int
    factor: float = float("nan")
    left: float = float("nan")
    steps: int = 0


class Reach(Struct, frozen=True, eq=False, dict=True):
    """The picture of one trace of one sequence. Arrays are (T, T), entry [k − 1, t − 1]; of a tree (2T − 1, 2T − 1).

    `direction` is −1 for a state that runs backward in time, else 1.
    """

    trace: Trace
    state: str
    direction: int
    loop: Loop | None
    norms: Array
    fates: NDArray[np.int8]

    @property
    def symbol(self) -> str:
        """The symbol of the state as plain text."""
        return plain(self.trace.network.node(self.state).symbol)

    def written(self, t: int) -> str:
        """The state at a step, in sentences: h(3)."""
        return f"{self.symbol}({t})"

    def norm(self, k: int, t: int) -> float:
        """‖∂L(k)/∂h(t)‖."""
        return float(self.norms[k - 1, t - 1])

    def fate(self, k: int, t: int) -> Fate:
        return Fate(int(self.fates[k - 1, t - 1]))

    def has_path(self, k: int, t: int) -> bool:
        """Whether there is a path from h(t) to L(k) to look at, be it cut."""
        inside = min(t, k) >= 1 and k <= self.trace.last and t <= self.fates.shape[1]
        return inside and self.fate(k, t) in (Fate.CUT, Fate.REACHED)

    def way(self, k: int, t: int) -> tuple[int, ...]:
        """The steps on the way from L(k) back to t, both included; in a tree, those above t up to the root, k."""
        tree = self.trace.network.tree
        if tree is None:
            return tuple(range(k, t - self.direction, -self.direction))
        above = [t]
        while above[-1] in tree.parents:
            above.append(tree.parents[above[-1]])
        return tuple(reversed(above))

    def cut_at(self, k: int, t: int) -> int | None:
        """The step s, nearest to k on the way to t, between which and the one before it the way back is cut."""
        if self.fate(k, t) is not Fate.CUT:
            return None
        return next(s for s in self.way(k, t) if self.fate(k, s) is Fate.CUT)

    @cached_property
    def limits(self) -> tuple[float, float] | None:
        """The least norm that is not 0, and the largest; None where no norm is a finite number but 0."""
        seen = self.norms[(self.fates == Fate.REACHED) & np.isfinite(self.norms) & (self.norms > 0)]
        return (float(seen.min()), float(seen.max())) if seen.size else None

    @cached_property
    def verdict(self) -> ReachVerdict:
        """The trend along the longest way back that starts with a gradient; of several, the latest."""
        last, steps = self.trace.last, 0
        longest = ReachVerdict(Trend.UNKNOWN, last, last)
        if self.trace.steps(self.state) != range(1, last + 1):
            return longest  # in a segment of its own, where no step is that of L(k)
        for k in range(last, 0, -1):
            reached = np.flatnonzero(self.fates[k - 1] == Fate.REACHED)[:: self.direction] + 1
            # Along time the first has the longest way, in a tree the lowest leaf.
            tried = reached.tolist() if self.trace.network.tree is not None else reached[:1].tolist()
            t = max(tried, key=lambda t: len(self.way(k, t)), default=k)
            if len(self.way(k, t)) - 1 > steps and self.norm(k, k) != 0:
                longest, steps = ReachVerdict(Trend.UNKNOWN, k, t), len(self.way(k, t)) - 1
        if steps < SHORTEST:
            return ReachVerdict(Trend.CUT, longest.k, longest.t) if (self.fates == Fate.CUT).any() else longest
        with np.errstate(all="ignore"):
            left = float(np.float64(self.norm(longest.k, longest.t)) / self.norm(longest.k, longest.k))
        factor = left ** (1 / steps)
        return ReachVerdict(_trend(factor, left), longest.k, longest.t, factor, left, steps)


def reach_of(trace: Trace, state: str | None = None) -> Reach:
    """Work out the picture of a recurrent state, the one that the output reads if none is named, in one batched sweep.

    Raises ExplorerError where the sequence is too long for it, or where there is no loss.
    """
    if trace.T > LONGEST:
        raise ExplorerError(
            "How far gradients reach is drawn for up to T = {most} steps; here T = {T}: shorten the sequence.",
            most=LONGEST,
            T=trace.T,
        )
    if trace.network.output is None:
        title = trace.network.architecture.title
        raise ExplorerError("'{title}' has no output and so no loss: there is no gradient to follow back.", title=title)
    state = state or trace.network.state
    function = trace.network.node(state).operation.phi
    if function is not None and function.flat:
        raise ExplorerError(
            "{state} is made of threshold units, which have no slope: no gradient flows through them.", state=state
        )
    if state not in trace.gradients:
        raise ExplorerError("{state} depends on no parameter, so no gradient is followed back to it.", state=state)
    direction, loop = direction_of(trace.network, state), loop_of(trace.network, state)
    # What overflows is shown and named, not warned about.
    with one_thread(), np.errstate(all="ignore"):
        norms = gradient_reach(trace, state)
    return Reach(trace, state, direction, loop, norms, _fates(trace, state, direction))


def _fates(trace: Trace, state: str, direction: int) -> NDArray[np.int8]:
    """The entries [k − 1, t − 1]."""
    steps = trace.steps(state)
    fates = np.full((trace.last, steps[-1]), Fate.CUT, np.int8)
    for t in steps:
        later = slice(0, t - 1) if direction > 0 else slice(t, None)
        fates[later, t - 1] = Fate.LATER
        fates[[k - 1 for k in trace.flow.losses(Vertex(state, t))], t - 1] = Fate.REACHED
    without = [k - 1 for k in range(1, trace.last + 1) if k not in trace.loss_steps]
    fates[without] = np.where(fates[without] == Fate.LATER, Fate.LATER, Fate.NO_LOSS)
    return fates


def _trend(factor: float, left: float) -> Trend:
    if not left < np.inf or factor > PER_STEP[1] or left > OVERALL[1]:  # a NaN comes of what has overflowed
        return Trend.EXPLODING
    return Trend.VANISHING if factor < PER_STEP[0] or left < OVERALL[0] else Trend.STEADY
