"""Keep rows of numbers that come one after another: `Grown`, an array that grows at its end.

Buffers double when full, so that adding is cheap on average; views handed out stay valid, for old buffers are
left alone.
"""

import sys
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Grown:
    """An array (n, *shape) that grows at its end. `most`, where it is known, are the rows there can be at once."""

    def __init__(self, shape: tuple[int, ...] = (), dtype: type = np.float64, most: int = sys.maxsize):
        self._most = most
        self._buffer: NDArray[Any] = np.empty((min(64, most), *shape), dtype)
        self._length = 0

    def __len__(self) -> int:
        return self._length

    @property
    def values(self) -> NDArray[Any]:
        """What is there, (n, *shape), read-only."""
        view = self._buffer[: self._length]
        view.flags.writeable = False
        return view

    def extend(self, rows: NDArray[Any]) -> None:
        """Add rows (m, *shape)."""
        needed = self._length + len(rows)
        if needed > len(self._buffer):
            capacity = min(self._most, 1 << (needed - 1).bit_length())
            larger = np.empty((capacity, *self._buffer.shape[1:]), self._buffer.dtype)
            larger[: self._length] = self._buffer[: self._length]
            self._buffer = larger
        self._buffer[self._length : needed] = rows
        self._length = needed

    def shorten(self, length: int) -> None:
        """Take rows off the end; what was handed out before must not be read beyond it."""
        self._length = min(self._length, length)

    def keep(self, rows: NDArray[Any]) -> None:
        """Hold these rows only."""
        fresh = Grown(self._buffer.shape[1:], self._buffer.dtype.type, self._most)
        fresh.extend(rows)
        self._buffer, self._length = fresh._buffer, fresh._length
