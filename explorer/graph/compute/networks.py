"""Prepare the calls in which rows and parameters meet: of one network, or of several side by side.

Several networks that differ in nothing but θ are computed as one. Where arrays are small a call takes hardly longer for
all of them than for one. Their sequences stand side by side at every step, those of the first network first, so that
what knows no parameters is computed as for one; and of every parameter the network is the first axis.
"""

from typing import Protocol

import numpy as np

from explorer.graph.arrays import Array, zeros
from explorer.graph.batch import Symbols
from explorer.graph.contexts import Both, TermBack

_MANY_SYMBOLS, _MANY_ENTRIES = 32, 65_536
"""Symbols, and entries of the gradient, from which sums by symbol are quicker than a product with one-hot vectors."""

_SMALL, _LEAST = 1_000_000, 256
"""Multiplications up to which OpenBLAS has quicker products, with AVX-512, and rows that make up for another call."""


class Networks(Protocol):
    """How rows meet parameters; the last of the arrays is where the result goes."""

    def product(self, at: Both, rows: Array, matrix: Array, out: Array) -> None:
        """See `contexts.Both`."""

    def look_up(self, at: Both, table: Array, symbols: Symbols, out: Array) -> None:
        """See `contexts.Rows`; `table` (rows, n) has those of all networks."""

    def outer(self, at: TermBack, gradient: Array, source: Array, symbols: Symbols | None) -> None:
        """See `contexts.TermBack`; the source has these symbols if it is known to be one-hot."""

    def total(self, at: TermBack, rows: Array) -> None:
        """See `contexts.TermBack`."""


class OneNetwork:
    """All rows are of the same network."""

    def product(self, at: Both, rows: Array, matrix: Array, out: Array) -> None:
        at.call(rows.dot, matrix, out)

    def look_up(self, at: Both, table: Array, symbols: Symbols, out: Array) -> None:
        # Without "clip" numpy would check and buffer; all symbols are within the table.
        at.call(table.take, symbols, 0, out, "clip")

    def outer(self, at: TermBack, gradient: Array, source: Array, symbols: Symbols | None) -> None:
        rows, out = len(gradient), at.out
        if symbols is not None and out.shape[1] >= _MANY_SYMBOLS and gradient.size >= _MANY_ENTRIES:
            at.call(_add_up_by_symbol, gradient, symbols, at.ones(rows), out)
            return
        most = _SMALL // out.size
        count = rows // most + 1 if most >= _LEAST else 1
        parts = zip(np.array_split(gradient, count), np.array_split(source, count), strict=True)
        for number, (some, read) in enumerate(parts):
            product = at.scratch(*out.shape) if number else out
            at.call(some.T.dot, read, product)
            if number:
                at.call(np.add, out, product, out)

    def total(self, at: TermBack, rows: Array) -> None:
        at.call(at.ones(len(rows)).dot, rows, at.out)


class SeveralNetworks:
    """So many networks, each with as many sequences.

    Products are stacks of matrices: one product of BLAS for each network, and for each step where rows are of several.
    """

    def __init__(self, count: int, each: int):
        self._count, self._each = count, each
        self._copies: dict[int, tuple[Array, Array]] = {}
        """Rows and their copy by network, by the identity of the rows."""

    def product(self, at: Both, rows: Array, matrix: Array, out: Array) -> None:
        at.call(np.matmul, self._split(rows), matrix, self._split(out))

    def look_up(self, at: Both, table: Array, symbols: Symbols, out: Array) -> None:
        first = np.repeat(np.arange(0, len(table), len(table) // self._count), self._each)
        places = np.empty((len(symbols) // len(first), len(first)), np.intp)
        at.call(np.add, symbols.reshape(places.shape), first, places)
        at.call(table.take, places.reshape(-1), 0, out, "clip")

    def outer(self, at: TermBack, gradient: Array, source: Array, symbols: Symbols | None) -> None:
        mine, read = self._by_network(at, gradient, gradient is at.gradient), self._by_network(at, source, True)
        at.call(np.matmul, mine.swapaxes(1, 2), read, at.out)

    def total(self, at: TermBack, rows: Array) -> None:
        mine = self._by_network(at, rows, rows is at.gradient)
        at.call(np.matmul, at.ones(mine.shape[1])[np.newaxis], mine, at.out[:, np.newaxis])

    def _split(self, rows: Array) -> Array:
        """(steps, networks, B of each, n)."""
        return rows.reshape(-1, self._count, self._each, rows.shape[1])

    def _by_network(self, at: TermBack, rows: Array, written: bool) -> Array:
        """(networks, rows of each, n): a copy, made once if the rows are `written` and not to change any more."""
        if id(rows) not in self._copies:
            split = self._split(rows).swapaxes(0, 1)
            copy = zeros(split.shape, rows.dtype)
            at.call(np.copyto, copy, split)
            if not written:
                return copy.reshape(self._count, -1, rows.shape[1])
            self._copies[id(rows)] = rows, copy.reshape(self._count, -1, rows.shape[1])
        return self._copies[id(rows)][1]


def networks_of(count: int, each: int) -> Networks:
    """How rows meet parameters in so many networks, each with as many sequences."""
    return OneNetwork() if count == 1 else SeveralNetworks(count, each)


def _add_up_by_symbol(gradient: Array, symbols: Symbols, ones: Array, out: Array) -> None:
    """Write Σ gradient(row) x(row)ᵀ for one-hot x: for each symbol, the sum over the rows that have it."""
    count = out.shape[1]
    in_order = symbols.astype(np.min_scalar_type(count)).argsort(kind="stable")  # numpy sorts small integers fastest
    ends = np.bincount(symbols, minlength=count).cumsum()[:count].tolist()
    sums = np.empty_like(out.T, order="C")
    for total, start, end in zip(sums, [0, *ends], ends, strict=False):
        ones[start:end].dot(gradient.take(in_order[start:end], 0), total)
    np.copyto(out, sums.T)
