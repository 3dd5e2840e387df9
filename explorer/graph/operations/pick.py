"""What every pick of one symbol has in common: a one-hot vector, through which no gradient flows."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

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


def put_one_hot(picked: NDArray[np.intp], out: Array) -> None:
    """Write 1 at the entry that is picked of each row of out (rows, n), and 0 elsewhere."""
    # Without "clip" numpy would check and buffer; every entry is one of the n.
    _one_hot(out.shape[1], out.dtype).take(picked, 0, out, "clip")


@lru_cache(maxsize=8)
def _one_hot(n: int, dtype: np.dtype[np.floating]) -> Array:
    """The one-hot vectors of all entries, (n, n): to look them up is twice as fast as to set an entry in each row."""
    return np.eye(n, dtype=dtype)


def entry_words(part: Callable[[Index], str], index: Index) -> str:
    """An entry as it stands by itself."""
    return part(index).strip("()")
