"""Count what a training step consists of: `counted(program)`. Calls, products, functions and passes have a price."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

import numpy as np

from explorer.graph.compute.lanes import side_by_side
from explorer.graph.compute.program import Program

_FUNCTIONS = {"exp", "log", "tanh"}


@dataclass
class Counts:
    """Of the prepared calls of one step, forward and backward.

    `multiplied`: numbers in matrix products; `functions`: entries of which exp, tanh or log is taken; `passed`:
    entries that other calls write; `bytes`: of all arrays that are read and written.
    """

    calls: int = 0
    products: int = 0
    multiplied: int = 0
    functions: int = 0
    passed: int = 0
    bytes: int = 0

    def __str__(self) -> str:
        return (
            f"{self.calls} calls, {self.products} of them products of {self.multiplied / 1e6:.3g} M multiplications; "
            f"exp, tanh or log of {self.functions:,} entries, {self.passed:,} others written; "
            f"{self.bytes / 1e6:.3g} MB read and written"
        )


def counted(program: Program) -> Counts:
    """What the program calls in one step."""
    counts = Counts()
    for call in _flat([*program._forward, *program._backward]):
        arrays = [a for a in (getattr(call.func, "__self__", None), *call.args) if isinstance(a, np.ndarray)]
        counts.calls += 1
        counts.bytes += sum(a.nbytes for a in arrays)
        name, written = getattr(call.func, "__name__", ""), arrays[-1].size
        if name == "dot":
            counts.products += 1
            counts.multiplied += arrays[0].size * (arrays[1].size // arrays[0].shape[-1])
        elif name in _FUNCTIONS:
            counts.functions += written
        else:
            counts.passed += written
    return counts


def _flat(calls: Iterable[object]) -> Iterable[partial[object]]:
    """The calls, and in their place those that run side by side."""
    for call in calls:
        assert isinstance(call, partial) or callable(call)
        if isinstance(call, partial) and call.func is side_by_side:
            for lane in call.args:
                yield from _flat(lane)
        else:
            yield call if isinstance(call, partial) else partial(call)
