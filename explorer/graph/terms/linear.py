"""The term W · source, by which every layer reads another."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from explorer.graph.arrays import Array
from explorer.graph.contexts import Here, Rows, Script, TermBack
from explorer.graph.equation import Combine, TermOf, summand
from explorer.graph.refs import Source
from explorer.graph.terms.base import Parameter, Term

_MANY_SYMBOLS, _MANY_ENTRIES = 32, 65_536
"""Symbols, and entries of the gradient, from which sums by symbol are quicker than a product with one-hot vectors."""

_SMALL, _LEAST = 1_000_000, 256
"""Multiplications up to which OpenBLAS has quicker products, with AVX-512, and rows that make up for another call."""


class Linear(Term, frozen=True):
    """The term `weight` · source; the weight has shape (size of the node, size of the source).

    `cited`: where the book has the gradient of the weight, "eq. 10.26" say; `symbol`: its TeX, if that is not its name.
    """

    weight: str
    source: Source
    cited: str = ""
    symbol: str = ""

    def declared(self, size: str, size_of: Callable[[Source], str]) -> tuple[Parameter, ...]:
        return (Parameter(self.weight, (size, size_of(self.source)), self.symbol or self.weight, self.cited),)

    def looks_up(self, at: Rows) -> bool:
        return at.symbols(self.source) is not None

    def forward(self, at: Rows) -> Array:
        symbols = at.symbols(self.source)
        if symbols is not None:
            product = at.room(len(symbols))
            self._look_up(symbols, product, at)
            return product
        source = at.read(self.source)
        product = at.room(len(source))
        at.call(source.dot, at.transposed(self.weight), product)
        return product

    def _look_up(self, symbols: NDArray[np.intp], out: Array, at: Rows) -> None:
        """Write W x (+ b) for one-hot x: a row of Wᵀ for each symbol, many times as fast as the product."""
        table = at.table(self.weight, at.biases.pop(0) if at.fresh and at.biases else None)
        # Without "clip" numpy would check and buffer; all symbols are within the table.
        at.call(table.take, symbols, 0, out, "clip")

    def vjp(self, slot: int, at: TermBack) -> None:
        at.call(at.gradient.dot, at.parameter(self.weight), at.out)

    def parameter_vjp(self, name: str, at: TermBack) -> None:
        symbols, rows = at.symbols(self.source), len(at.gradient)
        if symbols is not None and at.out.shape[1] >= _MANY_SYMBOLS and at.gradient.size >= _MANY_ENTRIES:
            at.call(_add_up_by_symbol, at.gradient, symbols, at.ones(rows), at.out)
        else:
            self._add_up(at.gradient, at.read(self.source), at)

    def _add_up(self, gradient: Array, source: Array, at: TermBack) -> None:
        """Write Σ gradient(row) source(row)ᵀ, of very many rows part by part."""
        most = _SMALL // at.out.size
        count = len(gradient) // most + 1 if most >= _LEAST else 1
        parts = zip(np.array_split(gradient, count), np.array_split(source, count), strict=True)
        for number, (some, read) in enumerate(parts):
            product = at.scratch(*at.out.shape) if number else at.out
            at.call(some.T.dot, read, product)
            if number:
                at.call(np.add, at.out, product, at.out)

    def value_said(self, here: Here) -> TermOf:
        return summand(here.parameter(self.weight), here.value(self.source))

    def gradient_said(self, slot: int, here: Here) -> TermOf:
        return summand(here.parameter(self.weight, transposed=True), here.gradient())

    def parameter_said(self, name: str, here: Here) -> TermOf:
        return summand(here.gradient(), here.value(self.source), combine=Combine.OUTER)

    def numpy_value(self, script: Script) -> str:
        return f"{script.read(self.source)} @ {script.parameter(self.weight)}.T"

    def numpy_vjp(self, slot: int, gradient: str, script: Script) -> str:
        return f"{gradient} @ {script.parameter(self.weight)}"

    def numpy_parameter_vjp(self, name: str, gradient: str, script: Script) -> str:
        return f"{gradient}.T @ {script.read(self.source)}"


def _add_up_by_symbol(gradient: Array, symbols: NDArray[np.intp], ones: Array, out: Array) -> None:
    """Write Σ gradient(row) x(row)ᵀ for one-hot x: for each symbol, the sum over the rows that have it."""
    count = out.shape[1]
    in_order = symbols.astype(np.min_scalar_type(count)).argsort(kind="stable")  # numpy sorts small integers fastest
    ends = np.bincount(symbols, minlength=count).cumsum()[:count].tolist()
    sums = np.empty_like(out.T, order="C")
    for total, start, end in zip(sums, [0, *ends], ends, strict=False):
        ones[start:end].dot(gradient.take(in_order[start:end], 0), total)
    np.copyto(out, sums.T)
