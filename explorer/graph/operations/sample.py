"""A symbol drawn from probabilities, one-hot."""

from collections.abc import Callable

import numpy as np

from explorer.graph.arrays import Array, Index
from explorer.graph.contexts import Here, Rows, Script
from explorer.graph.equation import Said
from explorer.graph.operations.base import Stop
from explorer.graph.operations.pick import CUT_ALWAYS, Pick, Picking, entry_words, put_one_hot
from explorer.graph.refs import Source
from explorer.language import tr

SAMPLE = Stop(
    "sample",
    cut=tr("cut by the draw: no gradient flows through a random choice"),
    fed=tr("step {t} is fed a symbol drawn from {yhat}({s}), which has no derivative"),
    always=CUT_ALWAYS,
)
"""No gradient flows through a random choice."""

_NUMPY = """
def one_hot_sample(p, uniform):
    # The last symbol takes what rounding leaves of the total below 1.
    picked = np.minimum((np.cumsum(p, 1) <= uniform).sum(1), p.shape[1] - 1)
    return np.eye(p.shape[1])[picked]
"""
_TORCH = """
def one_hot_sample(p, uniform):
    # The last symbol takes what rounding leaves of the total below 1.
    picked = (torch.cumsum(p, 1) <= uniform).sum(1).clamp(max=p.shape[1] - 1)
    return torch.eye(p.shape[1], dtype=p.dtype)[picked]
"""


class OneHotSample(Pick, frozen=True):
    """The one-hot vector of a symbol drawn from the probabilities in source. No gradient flows through it."""

    draws = True
    tag = "draw"
    fed_words = tr("a symbol drawn from the prediction of the step before, as a one-hot vector")

    def stop(self, source: Source) -> Stop:
        return SAMPLE

    def forward(self, at: Rows) -> None:
        at.call(one_hot_sample, at.read(self.source), at.uniform, at.out)

    def value_said(self, here: Here) -> Said:
        caption = tr("A symbol drawn from the network's own prediction, as a one-hot vector, is what it feeds back.")
        return self.said(here, tr("Draw at step {t}", t=here.t), caption, _DRAW)

    def numpy_value(self, script: Script) -> str:
        return f"{script.helper(_NUMPY)}({script.read(self.source)}, {script.uniform})"

    def torch_value(self, script: Script) -> str:
        return f"{script.helper(_TORCH)}({script.read(self.source)}, {script.uniform})"


class _Draw(Picking, frozen=True, eq=False):
    def tex(self, body: str, step: str) -> str:
        return rf"\mathrm{{onehot}}\left( k \sim {body} \right)"

    def by_hand(self, left: str, part: Callable[[Index], str], index: Index, n: int, entry: int | None) -> str:
        probability = entry_words(part, index)
        if index == (entry,):
            return tr("drawn, with probability {probability}, hence {left}", probability=probability, left=left)
        return tr("not drawn, with probability {probability}, hence {left}", probability=probability, left=left)


_DRAW = _Draw("sample", tr("one-hot draw"))


def one_hot_sample(yhat: Array, uniform: Array, out: Array) -> None:
    """Write 1 at the symbol that the uniform number of each row, in [0, 1), picks from its probabilities."""
    below = np.add.accumulate(yhat, 1) <= uniform[:, None]
    # The last symbol takes what rounding leaves of the total below 1.
    put_one_hot(np.minimum(below.sum(1), yhat.shape[1] - 1), out)
