"""Say what a task knows at each step of its sequences, by rules of its own: the parity so far, the carry, a node.

A hidden state that solves the task has to tell such things apart, whatever the network; nothing here comes from one.
"""

from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.graph.batch import Symbols
from explorer.graph.declaration import EVERY, Span

UNKNOWN = -1
"""The label where there is nothing to know: the symbol before the first."""

BIT = ("0", "1")


class Fact(Struct, frozen=True, eq=False):
    """One thing that is known of every step of B sequences, after what was read at that step.

    `values` (steps, B) over the steps of `span`: places in `names`, UNKNOWN where there is nothing to know; without
    names they are numbers, NaN there. `id` is distinct within a task, and `title` is what a person reads.
    """

    id: str
    title: str
    values: NDArray[Any]
    names: tuple[str, ...] = ()
    span: Span = EVERY

    @property
    def labelled(self) -> bool:
        """Whether it is one of a few things with names, not a number."""
        return bool(self.names)

    def name(self, step: int, b: int = 0) -> str:
        """The name at a step, counted from 1; "" where there is nothing to know, or a number."""
        place = int(self.values[step - 1, b]) if self.labelled else UNKNOWN
        return "" if place == UNKNOWN else self.names[place]


def spread(values: NDArray[Any], T: int) -> NDArray[Any]:
    """What holds for whole sequences, (B, …), at each of T steps: (T, B, …)."""
    return np.repeat(values[np.newaxis], T, 0)


def earlier(symbols: Symbols, steps: int) -> Symbols:
    """The symbol so many steps before each step, UNKNOWN before the first."""
    found = np.full_like(symbols, UNKNOWN)
    found[steps:] = symbols[: len(symbols) - steps]
    return found
