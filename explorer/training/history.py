"""Keep what happened along a run, θ above all, thinned so that memory stays bounded."""

from bisect import bisect_right
from typing import Generic, TypeVar

T = TypeVar("T")

SNAPSHOT_BYTES = 64_000_000
"""What the snapshots of one run may take."""


def stride_at(iteration: int, most: int) -> int:
    """Return the power of two whose multiples, from 0 to `iteration`, are at most `most` in number."""
    return 1 << max(0, (iteration // most).bit_length())


def most_snapshots(theta_bytes: int) -> int:
    """Return how many snapshots of θ to keep: 500, or fewer where θ is large, but at least 16."""
    return max(16, min(500, SNAPSHOT_BYTES // theta_bytes))


class History(Generic[T]):
    """Values by iteration, of which the multiples of a growing power of two stay, and always the newest.

    Which ones stay depends on the iterations alone, so a sender that leaves out the others (by `stride_at`)
    and a receiver agree without a word.
    """

    def __init__(self, most: int):
        self.most, self._stride = most, 1
        self._iterations: list[int] = []
        self._values: list[T] = []

    def add(self, iteration: int, value: T) -> None:
        """Keep a value newer than all others, and thin those."""
        stride = stride_at(iteration, self.most)
        if stride != self._stride:
            kept = [(i, v) for i, v in zip(self._iterations, self._values, strict=True) if i % stride == 0]
            self._iterations, self._values = [i for i, _ in kept], [v for _, v in kept]
            self._stride = stride
        elif self._iterations and (self._iterations[-1] % stride or self._iterations[-1] == iteration):
            del self._iterations[-1], self._values[-1]
        self._iterations.append(iteration)
        self._values.append(value)

    @property
    def iterations(self) -> tuple[int, ...]:
        """The exact iterations that are kept, ascending."""
        return tuple(self._iterations)

    def at(self, iteration: int) -> tuple[int, T] | None:
        """Return the newest kept (iteration, value) that is not newer than `iteration`; None before the first."""
        place = bisect_right(self._iterations, iteration) - 1
        return None if place < 0 else (self._iterations[place], self._values[place])
