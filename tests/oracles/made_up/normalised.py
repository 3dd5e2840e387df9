"""A made-up operation in one file: shares that add up to 1, as a softmax has, by softplus ζ(a) instead of exp(a)."""

from collections.abc import Callable

import numpy as np

from explorer.graph.arrays import Array, Index
from explorer.graph.contexts import BackRows, Here, Rows, Script
from explorer.graph.equation import Factor, Function, Role, Said, TermOf, summand
from explorer.graph.operations.base import Operation
from explorer.graph.refs import Source


class Normalised(Operation, frozen=True):
    """ζ(source) / Σ ζ(source)."""

    elementwise = True
    source: Source

    def forward(self, at: Rows) -> None:
        at.call(_shares, at.read(self.source), at.out)

    def vjp(self, slot: int, at: BackRows) -> None:
        at.call(_back, at.read(self.source), at.value, at.gradient, at.out)

    def value_said(self, here: Here) -> Said:
        caption = f"{here.plain()} are the shares of {here.plain(self.source)}."
        return Said((summand(here.value(self.source)),), caption, function=_Shares("normalised", "share"))

    def gradient_said(self, slot: int, here: Here) -> TermOf:
        a, h = here.value(self.source).array, here.itself()
        slope = 1.0 / (1.0 + np.exp(-a)) / np.logaddexp(0.0, a).sum()
        jacobian = np.diag(slope) - np.outer(h.array, slope)
        factor = Factor(r"J^\top", r"J^\top", jacobian.T, Role.DERIVATIVE, h.shape * 2)
        return summand(factor, here.gradient())

    def numpy_value(self, script: Script) -> str:
        softplus = f"np.logaddexp(0, {script.read(self.source)})"
        return f"{softplus} / {softplus}.sum(1, keepdims=True)"

    def numpy_vjp(self, slot: int, gradient: str, value: str, script: Script) -> str:
        a = script.read(self.source)
        inner = f"({gradient} - ({gradient} * {value}).sum(1, keepdims=True))"
        return f"{inner} / (1 + np.exp(-{a})) / np.logaddexp(0, {a}).sum(1, keepdims=True)"


class _Shares(Function, frozen=True, eq=False):
    def apply(self, total: Array, entry: int | None) -> Array:
        raised = np.logaddexp(0.0, total)
        return raised / raised.sum()

    def tex(self, body: str, step: str) -> str:
        return rf"\mathrm{{share}}\left( {body} \right)"

    def by_hand(self, left: str, part: Callable[[Index], str], index: Index, n: int, entry: int | None) -> str:
        return f"{left} = ζ({part(index)}) / ({' + '.join(f'ζ({part((k,))})' for k in range(n))})"


def _shares(a: Array, out: Array) -> None:
    np.logaddexp(0.0, a, out)
    np.divide(out, out.sum(1, keepdims=True), out)


def _back(a: Array, h: Array, gradient: Array, out: Array) -> None:
    slope = 1.0 / (1.0 + np.exp(-a)) / np.logaddexp(0.0, a).sum(1, keepdims=True)
    np.multiply(slope, gradient - (gradient * h).sum(1, keepdims=True), out)
