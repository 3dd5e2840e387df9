"""Judge outputs otherwise than by their loss: `Metric` says which are right or how far off, and in which words.

What is judged is the output as it is decided from the logits, in the form in which targets are given: class indices
(steps, B), or bits or numbers (steps, B, n).
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.graph.arrays import Array
from explorer.language import tr

Outputs = NDArray[Any]


class ShareWords(Struct, frozen=True):
    """How a share of what can be had is said of a run: as it was, as it is now, and alone; {share} is "99 %"."""

    was: str
    now: str
    bare: str


class Metric(Struct, frozen=True):
    """A number for each output, of which a mean is shown; with `share` it is the share that is right, else an error.

    A share is from 0 to 1, and the higher the better; an error the lower the better. `score` compares what was decided
    with targets, both in one form, and gives (steps, B). `wrong` says what an error means, `one` what an output is
    called.
    """

    id: str
    title: str
    short: str
    meaning: str
    wrong: str
    one: str
    share: bool
    score: Callable[[Outputs, Outputs], Array]
    said: ShareWords

    def error(self, score: Array) -> Array:
        """The error that a score means: what is wrong of a share."""
        return 1.0 - score if self.share else score

    def written(self, value: float) -> str:
        """A mean as it is shown: "97.3%", or 0.0123."""
        return f"{value:.1%}" if self.share else f"{value:.4f}" if value < 1000 else f"{value:.1e}"


ACCURACY = Metric(
    id="accuracy",
    title=tr("Accuracy"),
    short="accuracy",
    meaning=tr("The share of outputs that are right"),
    wrong=tr("wrong"),
    one=tr("symbol"),
    share=True,
    score=lambda outputs, y: (outputs == y).astype(np.float64),
    said=ShareWords(was=tr("was {share} right"), now=tr("is {share} right"), bare=tr("{share} right")),
)
BITS_RIGHT = Metric(
    id="bits_right",
    title=tr("Bits right"),
    short="bits",
    meaning=tr("The share of bits that are right, where a prediction above ½ counts as 1"),
    wrong=tr("bits wrong"),
    one=tr("output"),
    share=True,
    score=lambda outputs, y: (outputs == y).mean(2),
    said=ShareWords(
        was=tr("had {share} of its bits right"),
        now=tr("has {share} of its bits right"),
        bare=tr("{share} of the bits right"),
    ),
)
MEAN_SQUARED_ERROR = Metric(
    id="mean_squared_error",
    title=tr("Mean squared error"),
    short="MSE",
    meaning=tr("The mean over units of the squared distance of an output from its target"),
    wrong=tr("squared error"),
    one=tr("output"),
    share=False,
    score=lambda outputs, y: np.square(outputs - y).mean(2),
    said=ShareWords(
        was=tr("explained {share} of the variance"),
        now=tr("explains {share} of the variance"),
        bare=tr("{share} of the variance explained"),
    ),
)
