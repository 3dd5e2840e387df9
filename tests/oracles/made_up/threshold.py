"""A made-up operation in one file: a unit is 1 where its source is above 0, and no gradient comes back."""

from collections.abc import Callable

import numpy as np

from explorer.graph.arrays import Array, Index
from explorer.graph.contexts import Here, Rows, Script
from explorer.graph.equation import Function, Said, summand
from explorer.graph.operations.base import Operation, Stop
from explorer.graph.refs import Source

THRESHOLD = Stop("threshold", cut="cut by the threshold: a small change of {h} does not move a unit across it")


class Threshold(Operation, frozen=True):
    """1 where source > 0, else 0."""

    elementwise = True
    source: Source

    def stop(self, source: Source) -> Stop:
        return THRESHOLD

    @property
    def jump(self) -> str:
        return "Unit {unit} of {here} jumps in between."

    def forward(self, at: Rows) -> None:
        at.call(np.greater, at.read(self.source), 0.0, at.out)

    def value_said(self, here: Here) -> Said:
        caption = f"{here.plain()} is 1 where {here.plain(self.source)} is above 0."
        return Said((summand(here.value(self.source)),), caption, function=_Step("threshold", "step"))

    def numpy_value(self, script: Script) -> str:
        return f"np.where({script.read(self.source)} > 0, 1.0, 0.0)"


class _Step(Function, frozen=True, eq=False):
    def apply(self, total: Array, entry: int | None) -> Array:
        return np.where(total > 0.0, 1.0, 0.0)

    def tex(self, body: str, step: str) -> str:
        return rf"1_{{{body} > 0}}"

    def entries(self, index: Index, n: int, entry: int | None) -> list[Index]:
        return [index]

    def by_hand(self, left: str, part: Callable[[Index], str], index: Index, n: int, entry: int | None) -> str:
        return f"{left}, for {part(index)} is {'above' if left == '1' else 'not above'} 0"
