"""The cross-entropy of a softmax: −log of the probability of the target."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from explorer.graph.arrays import Array, Index
from explorer.graph.contexts import BackRows, Here, Rows, Script
from explorer.graph.equation import Function, Said, Step, summand
from explorer.graph.operations.loss import Loss
from explorer.language import tr

_NUMPY = """
def cross_entropy(o, y):
    # -log softmax(o) at the target, from the logits: a probability that underflows would have an infinite loss.
    o = o - o.max(1, keepdims=True)
    return np.log(np.exp(o).sum(1, keepdims=True)) - (o * y).sum(1, keepdims=True)
"""


class CrossEntropy(Loss, frozen=True):
    """−log of the prediction's entry at the target (eq. 10.14), in nats.

    The prediction is a softmax, and value and gradient are computed from its logits: a probability that
    underflows to 0 then still has the right loss, and the gradient is ŷ − 1_y (eq. 10.18).
    """

    def forward(self, at: Rows) -> None:
        if at.quick:
            at.call(np.copyto, at.normaliser, at.sums[:, 0])  # numpy takes logarithms of neighbours faster
            at.call(np.log, at.normaliser, at.normaliser)
        at.call(_cross_entropy, at.logits.reshape(-1), at.target_index, at.normaliser, at.out.reshape(-1))

    def unweighted(self, at: BackRows) -> None:
        at.call(_minus_one_hot, at.read(self.prediction), at.target_index, at.out)

    def value_said(self, here: Here) -> Said:
        yhat, entry = here.value(self.prediction), int(here.value(self.target).array.argmax())
        caption = tr(
            "The prediction gave the target, entry {entry} of ŷ, the probability {yhat:.3g}; the less it expected the "
            "target, the larger the loss.",
            entry=entry + 1,
            yhat=yhat.array[entry],
        )
        return Said((summand(yhat),), caption, function=CROSS_ENTROPY, entry=entry)

    def target_tex(self, symbol: str) -> str:
        return f"1_{{{symbol}}}"

    def derivation(self, prediction: Array, target: Array) -> tuple[Step, ...]:
        yhat, y, entry = prediction, target, int(target.argmax())
        return (
            Step(
                tr("The loss looks at one entry of the prediction, the one at the target y."),
                r"\frac{\partial L^{(t)}}{\partial \hat{y}_y} = -\frac{1}{\hat{y}_y}",
                np.array(-1.0 / yhat[entry]),
            ),
            Step(
                tr("That entry depends on every logit, because the softmax divides by the sum over all of them."),
                r"\frac{\partial \hat{y}_y}{\partial o_i} = \hat{y}_y \left( 1_{i=y} - \hat{y}_i \right)",
                yhat[entry] * (y - yhat),
            ),
            Step(
                tr("The chain rule multiplies the two; the probability of the target cancels."),
                r"\frac{\partial L^{(t)}}{\partial o_i} = -\frac{1}{\hat{y}_y} \, "
                r"\hat{y}_y \left( 1_{i=y} - \hat{y}_i \right) = \hat{y}_i - 1_{i=y}",
                yhat - y,
            ),
        )

    def numpy_value(self, script: Script) -> str:
        return f"{script.helper(_NUMPY)}({script.logits}, {script.read(self.target)})"

    def torch_value(self, script: Script) -> str:
        target = f"{script.read(self.target)}.argmax(1)"
        return f'torch.nn.functional.cross_entropy({script.logits}, {target}, reduction="none")[:, None]'


class _CrossEntropy(Function, frozen=True, eq=False):
    def apply(self, total: Array, entry: int | None) -> Array:
        return np.asarray(-np.log(total[entry]))

    def tex(self, body: str, step: str) -> str:
        at = f"^{{({step})}}" if step else ""
        return rf"-\log \left( {body} \right)_{{y{at}}}"

    def entries(self, index: Index, n: int, entry: int | None) -> list[Index]:
        return [(entry or 0,)]

    def by_hand(self, left: str, part: Callable[[Index], str], index: Index, n: int, entry: int | None) -> str:
        return f"{left} = −log({part((entry or 0,))})"

    def missing(self, total: Array, entry: int | None) -> str:
        if total[entry or 0] != 0:
            return ""
        return tr(
            "The probability of the target is too small for the computer's numbers and has become 0, so the loss is "
            "computed from the logits instead, as log Σ exp(o) − o_y."
        )


CROSS_ENTROPY = _CrossEntropy("cross_entropy", "−log", subscript="y")


def _cross_entropy(o: Array, target_index: NDArray[np.intp], log_normaliser: Array, out: Array) -> None:
    """L(t) = log Σ exp(o) − o[y], which is −log softmax(o)[y] without ever forming a tiny probability.

    `o` and `target_index` are flat; the others (rows,).
    """
    np.subtract(log_normaliser, o.take(target_index), out)


def _minus_one_hot(yhat: Array, target_index: NDArray[np.intp], out: Array) -> None:
    """ŷ − 1_y (eq. 10.18)."""
    np.copyto(out, yhat)
    out.reshape(-1)[target_index] -= 1.0
