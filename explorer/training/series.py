"""Keep a curve that grows, bounded in memory: drawing a part of an `Envelope` costs the same however long it is."""

from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.training.grown import Grown

Floats = NDArray[np.float64]

FACTOR = 8
"""How many groups of one level make one of the next."""
MOST_SINGLE = 1 << 20
"""Values that are kept singly; of older ones, the least and the largest of each FACTOR."""


class CurveParts(Struct, frozen=True, eq=False):
    """What an `Envelope` consists of.

    `forgotten` counts the values that are not there singly any more, `single` (n,) are those after them, `levels` the
    (least, largest) of each 8, 64, … of all, (m, 2) each.
    """

    forgotten: int
    single: Floats
    levels: tuple[Floats, ...]

    def shortened(self, most: int) -> "CurveParts":
        """With at most so many values singly, the latest; whole groups of the others are still there."""
        gone = max(0, len(self.single) - max(most, FACTOR))
        gone += -(self.forgotten + gone) % FACTOR
        return CurveParts(self.forgotten + gone, self.single[gone:], self.levels)


class Envelope:
    """One value for each iteration from `first` on, with the least and largest of 8, 64, 512, … of them.

    Memory: 8 bytes a value for at most 2²⁰ of the newest, and some 2.3 bytes for each value ever added.
    """

    def __init__(self, first: int = 1):
        self.first = first
        self._single = Grown()
        self._forgotten = 0
        """How many of the oldest are not kept singly any more."""
        self._levels: list[Grown] = []
        """In place k − 1, the (least, largest) of each FACTOR**k values."""

    @classmethod
    def of(cls, first: int, parts: CurveParts) -> "Envelope":
        """The curve with these parts, as `parts` returned them elsewhere."""
        found = cls(first)
        found._forgotten = parts.forgotten
        found._single.extend(parts.single)
        for level in parts.levels:
            found._levels.append(Grown((2,)))
            found._levels[-1].extend(level)
        return found

    @property
    def parts(self) -> CurveParts:
        """All that is kept."""
        return CurveParts(self._forgotten, self._single.values, tuple(level.values for level in self._levels))

    def __len__(self) -> int:
        return self._forgotten + len(self._single)

    def extend(self, values: Floats) -> None:
        """Add the values of the next iterations (n,)."""
        self._single.extend(values)
        self._summarise()
        if len(self._single) > MOST_SINGLE:
            # The last incomplete group must stay, to be summarised once it is complete.
            stay = len(self._single) - MOST_SINGLE // 2
            stay -= (self._forgotten + stay) % FACTOR
            self._single.keep(self._single.values[stay:])
            self._forgotten += stay

    def cut(self, iteration: int) -> None:
        """Forget the values after an iteration; one that is kept singly, or the newest."""
        count = max(iteration + 1 - self.first, self._forgotten)
        self._single.shorten(count - self._forgotten)
        for place, level in enumerate(self._levels):
            level.shorten(count // FACTOR ** (place + 1))

    def at(self, iteration: int) -> float | None:
        """The value of one iteration; None if it is not there, or no longer singly."""
        place = iteration - self.first - self._forgotten
        if not 0 <= place < len(self._single):
            return None
        return float(self._single.values[place])

    def drawn(self, start: float, stop: float, most: int) -> tuple[Floats, Floats]:
        """Points (x, y) that look like the values of iterations start ≤ x ≤ stop, peaks kept.

        At most about `most` of them, and never fewer than one value beyond each end.
        """
        lo = int(max(0.0, np.floor(start) - self.first))
        hi = int(min(float(len(self)), np.ceil(stop) - self.first + 1.0))
        if hi <= lo:
            return np.empty(0), np.empty(0)
        level = 1 if hi - lo > most or lo < self._forgotten else 0
        while level and level < len(self._levels) and 2 * (hi - lo) > most * FACTOR**level:
            level += 1
        level = min(level, len(self._levels))
        xs: list[Floats] = []
        ys: list[Floats] = []
        while lo < hi:
            lo = self._part(level, lo, hi, xs, ys)
            level -= 1
        return np.concatenate(xs), np.concatenate(ys)

    def _part(self, level: int, lo: int, hi: int, xs: list[Floats], ys: list[Floats]) -> int:
        """Add the groups of one level that begin in lo … hi − 1; return where a finer level must go on."""
        if level == 0:
            xs.append(np.arange(max(lo, self._forgotten), hi, dtype=np.float64) + self.first)
            ys.append(np.asarray(self._single.values[max(0, lo - self._forgotten) : hi - self._forgotten], float))
            return hi
        size, groups = FACTOR**level, self._levels[level - 1].values
        start, stop = lo // size, min(len(groups), -(-hi // size))
        if stop > start:
            x = np.arange(start, stop, dtype=np.float64) * size + self.first
            xs.append(np.stack([x, x + size / 2], axis=1).reshape(-1))
            ys.append(np.asarray(groups[start:stop], float).reshape(-1))
        return int(max(lo, stop * size))

    def _summarise(self) -> None:
        """Bring every level up to date with the one below it."""
        level = 0
        while True:
            done = len(self._levels[level]) * FACTOR if level < len(self._levels) else 0
            if level:
                fresh = np.asarray(self._levels[level - 1].values[done:], float)
            else:
                single = np.asarray(self._single.values[done - self._forgotten :], float)
                fresh = np.stack([single, single], axis=1)
            count = len(fresh) // FACTOR
            if not count:
                return
            if level == len(self._levels):
                self._levels.append(Grown((2,)))
            whole = fresh[: count * FACTOR].reshape(count, FACTOR, 2)
            self._levels[level].extend(np.stack([whole[:, :, 0].min(1), whole[:, :, 1].max(1)], axis=1))
            level += 1


def smoothed(values: NDArray[np.floating[Any]], window: int) -> NDArray[np.floating[Any]]:
    """The mean over about `window` neighbours on each side together, fewer near the ends; (n,) to (n,)."""
    half = min(window // 2, max(0, len(values) - 1))
    if half < 1:
        return values
    known = np.isfinite(values)
    sums = np.concatenate([[0.0], np.cumsum(np.where(known, values, 0.0))])
    counts = np.concatenate([[0], np.cumsum(known)])
    place = np.arange(len(values))
    # The same number on both sides, so that a slope stays a slope at the ends.
    reach = np.minimum(half, np.minimum(place, len(values) - 1 - place))
    lo, hi = place - reach, place + reach + 1
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = (sums[hi] - sums[lo]) / (counts[hi] - counts[lo])
    return np.where(known, mean, values)
