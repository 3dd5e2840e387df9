"""Keep what happened along a run, θ above all, thinned so that memory stays bounded."""

from bisect import bisect_right
from typing import Generic, TypeVar

T = TypeVar("T")

SNAPSHOT_BYTES = 64_000_000
"""What the snapshots of one run may take."""


def stride_at(iteration: int, most: int) -> int:
    """Return the least power of 2 whose multiples from 0 to `iteration` are at most `most` in number."""
    return 1 << (iteration // most).bit_length()


def most_snapshots(theta_bytes: int) -> int:
    """Return how many snapshots of θ to keep: 500, or fewer where θ is large, but at least 16."""
    return max(16, min(500, SNAPSHOT_BYTES // theta_bytes))


class History(Generic[T]):
    """Values by iteration, at most `most` + 1: multiples of a stride that doubles when needed, and the newest.

    Which ones stay depends on the iterations alone, so a sender that leaves out the others (by `stride_at`)
    and a receiver agree without a word.
    """

    def __init__(self, most: int):
        self.most = most
        self._stride = 1
        self._iterations: list[int] = []
        self._values: list[T] = []

    def add(self, iteration: int, value: T) -> None:
        """Keep a value that is newer than all others, or replaces the newest."""
        newest = self._iterations[-1] if self._iterations else 0
        if self._iterations and (newest == iteration or newest % self._stride):
            del self._iterations[-1], self._values[-1]
        stride = stride_at(iteration, self.most)
        if stride != self._stride:
            self._stride = stride
            kept = [(i, v) for i, v in zip(self._iterations, self._values, strict=True) if i % stride == 0]
            self._iterations, self._values = [i for i, _ in kept], [v for _, v in kept]
        self._iterations.append(iteration)
        self._values.append(value)

    def __len__(self) -> int:
        return len(self._iterations)

    @property
    def iterations(self) -> tuple[int, ...]:
        """The exact iterations that are kept, ascending."""
        return tuple(self._iterations)

    @property
    def values(self) -> tuple[T, ...]:
        """What is kept, in the same order."""
        return tuple(self._values)

    def at(self, iteration: int) -> tuple[int, T] | None:
        """Return the newest kept (iteration, value) that is not newer than `iteration`; None before the first."""
        place = bisect_right(self._iterations, iteration) - 1
        return None if place < 0 else (self._iterations[place], self._values[place])
