"""Keep rows of numbers by iteration, such as θ along a run, thinned so that memory stays bounded."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.training.grown import Grown

Integers = NDArray[np.int64]

SNAPSHOT_BYTES = 64_000_000
"""What the snapshots of one run may take."""


def stride_at(iteration: int, most: int) -> int:
    """Return the least power of 2 whose multiples from 0 to `iteration` are at most `most` in number."""
    return 1 << (iteration // most).bit_length()


def most_snapshots(theta_bytes: int) -> int:
    """Return how many snapshots of θ to keep: 500, or fewer where θ is large, but at least 16."""
    return max(16, min(500, SNAPSHOT_BYTES // theta_bytes))


class Thinned:
    """Rows by iteration, at most `most` + 1: multiples of a stride that doubles when needed, and the newest.

    Rows of all iterations from 0 on are thinned as `stride_at` says, so a sender that leaves out the others and a
    receiver agree without a word.
    """

    def __init__(self, shape: tuple[int, ...], most: int, dtype: type = np.float64):
        self.most, self.stride = most, 1
        self._iterations, self._rows = Grown((), np.int64, most + 1), Grown(shape, dtype, most + 1)

    @classmethod
    def of(cls, iterations: Integers, rows: NDArray[Any], most: int, stride: int) -> "Thinned":
        """Rows that were kept elsewhere: those of `iterations` (n,), ascending; `stride` is what it was there."""
        found = cls(rows.shape[1:], max(most, len(rows)), rows.dtype.type)
        found.stride = stride
        found._iterations.extend(iterations)
        found._rows.extend(rows)
        return found

    def __len__(self) -> int:
        return len(self._iterations)

    @property
    def iterations(self) -> Integers:
        """(n,), ascending."""
        return np.asarray(self._iterations.values, np.int64)

    @property
    def rows(self) -> NDArray[Any]:
        """(n, *shape), one for each of `iterations`."""
        return self._rows.values

    def add(self, iteration: int, row: NDArray[Any]) -> None:
        """Add the newest row; those that are not older go, for a run that diverges goes one iteration back."""
        self.cut(iteration - 1)
        if len(self) and int(self.iterations[-1]) % self.stride:
            self._shorten(len(self) - 1)
        while len(self) >= self.most and iteration % self.stride == 0:
            self.stride *= 2
            stay = self.iterations % self.stride == 0
            self._rows.keep(self.rows[stay])
            self._iterations.keep(self.iterations[stay])
        self._iterations.extend(np.array([iteration]))
        self._rows.extend(row[np.newaxis])

    def cut(self, iteration: int) -> None:
        """Forget the rows after an iteration."""
        self._shorten(int(np.searchsorted(self.iterations, iteration, side="right")))

    def nearest(self, iteration: int) -> tuple[int, NDArray[Any]] | None:
        """The kept iteration nearest to this one, the earlier of two, and a copy of its row; None if there is none."""
        if not len(self):
            return None
        place = int(np.abs(self.iterations - iteration).argmin())
        return int(self.iterations[place]), self.rows[place].copy()

    def _shorten(self, length: int) -> None:
        self._iterations.shorten(length)
        self._rows.shorten(length)
