"""The arg max: the likeliest symbol, one-hot."""

from collections.abc import Callable

from explorer.graph.arrays import Array, Index
from explorer.graph.contexts import Here, Rows, Script
from explorer.graph.equation import Said
from explorer.graph.operations.base import Stop
from explorer.graph.operations.pick import CUT_ALWAYS, Pick, Picking, entry_words, put_one_hot
from explorer.graph.refs import Source
from explorer.language import tr

ARG_MAX = Stop(
    tr("arg max"),
    cut=tr("cut by the arg max: a small change of {o} does not change which entry is largest"),
    fed=tr("step {t} is fed the arg max of {o}({s}), which has no derivative"),
    always=CUT_ALWAYS,
)
"""A small change does not change which entry is largest."""

_NUMPY = """
def one_hot_argmax(o):
    return np.eye(o.shape[1])[o.argmax(1)]
"""
_TORCH = """
def one_hot_argmax(o):
    return torch.eye(o.shape[1], dtype=o.dtype)[o.argmax(1)]
"""


class OneHotArgmax(Pick, frozen=True):
    """The one-hot vector of the largest entry of source. No gradient flows through it."""

    tag = "max"
    fed_words = tr("the likeliest symbol of the step before, the arg max, as a one-hot vector")

    def stop(self, source: Source) -> Stop:
        return ARG_MAX

    def forward(self, at: Rows) -> None:
        at.call(one_hot_argmax, at.read(self.source), at.out)

    def value_said(self, here: Here) -> Said:
        caption = tr("The network's most likely symbol, as a one-hot vector, is what it feeds back.")
        return self.said(here, tr("Choice at step {t}", t=here.t), caption, _ARGMAX)

    def numpy_value(self, script: Script) -> str:
        return f"{script.helper(_NUMPY)}({script.read(self.source)})"

    def torch_value(self, script: Script) -> str:
        return f"{script.helper(_TORCH)}({script.read(self.source)})"


class _Argmax(Picking, frozen=True, eq=False):
    def tex(self, body: str, step: str) -> str:
        return rf"\mathrm{{onehot}}\left( \arg\max \, {body} \right)"

    def by_hand(self, left: str, part: Callable[[Index], str], index: Index, n: int, entry: int | None) -> str:
        words = entry_words(part, index)
        if index == (entry,):
            return tr("{entry_words} is the largest entry, hence {left}", entry_words=words, left=left)
        return tr("{entry_words} is not the largest entry, hence {left}", entry_words=words, left=left)


_ARGMAX = _Argmax("argmax", tr("one-hot arg max"))


def one_hot_argmax(o: Array, out: Array) -> None:
    """Write 1 at the first largest entry of each row of o and 0 elsewhere; arrays (rows, n)."""
    put_one_hot(o.argmax(1), out)
