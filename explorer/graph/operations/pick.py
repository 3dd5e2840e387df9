"""What every pick of one symbol has in common: a one-hot vector, through which no gradient flows."""

from collections.abc import Callable

import numpy as np

from explorer.graph.arrays import Array, Index
from explorer.graph.contexts import Here
from explorer.graph.equation import Function, Said, summand
from explorer.graph.operations.base import Operation
from explorer.graph.refs import Ref
from explorer.language import tr

CUT_ALWAYS = tr("what each step is fed is picked from {o}(t−1), and a pick has no derivative")


class Pick(Operation, frozen=True):
    """The one-hot vector of one entry of source."""

    source: Ref

    @property
    def jump(self) -> str:
        return tr("The symbol of {here} changes in between: the loss jumps, and has no gradient there.")

    def said(self, here: Here, title: str, caption: str, function: Function) -> Said:
        """The value, with the entry that was picked."""
        picked = int(here.itself().array.argmax())
        return Said((summand(here.value(self.source)),), caption, title, function, picked)


class Picking(Function, frozen=True, eq=False):
    """One-hot at the entry that the equation singles out."""

    def apply(self, total: Array, entry: int | None) -> Array:
        return np.asarray(np.arange(len(total)) == entry, float)


def entry_words(part: Callable[[Index], str], index: Index) -> str:
    """An entry as it stands by itself."""
    return part(index).strip("()")
