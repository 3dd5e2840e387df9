"""The cross-entropy of sigmoids: the sum of −log of the probability of each bit."""

from collections.abc import Callable

import numpy as np

from explorer.graph.arrays import Array, Index
from explorer.graph.contexts import Here, Rows, Script
from explorer.graph.equation import Combine, Factor, Function, Role, Said, Step, shortened, summand
from explorer.graph.operations.loss import Loss
from explorer.language import tr


class BinaryCrossEntropy(Loss, frozen=True):
    """Σ_i −log of the probability that the prediction gives to y_i, 0 or 1 (section 6.2.2.2), in nats.

    The prediction is a sigmoid, and value and gradient are computed from its logits; the gradient is ŷ − y.
    """

    def forward(self, at: Rows) -> None:
        at.call(_binary_cross_entropy, at.logits, at.read(self.target), at.out.reshape(-1))

    def value_said(self, here: Here) -> Said:
        """L(t) = Σ_i ζ((1 − 2 y_i) o_i), and that this is what −log of the probability of each bit comes to."""
        o, y, yhat = here.value(here.logits), here.value(self.target), here.value(self.prediction)
        turned = Factor(
            rf"\left( 1 - 2 {y.tex} \right)", rf"\left( 1 - 2 {y.tex_here} \right)", 1.0 - 2.0 * y.array, Role.TARGET,
            y.shape, y.vertex,
        )  # fmt: skip
        term = summand(turned, o, combine=Combine.ELEMENTWISE)
        derivation = (
            Step(
                tr("The prediction gives each bit of the target a probability: ŷ where it is 1, else 1 − ŷ."),
                r"p_i = y_i \, \hat{y}_i + (1 - y_i) (1 - \hat{y}_i) = \sigma\left( (2 y_i - 1) \, o_i \right)",
                np.where(y.array == 1.0, yhat.array, 1.0 - yhat.array),
            ),
            Step(
                tr("Its −log is the softplus ζ(z) = log(1 + exp(z)) of the logit, turned round where the bit is 1."),
                r"-\log p_i = \zeta\left( (1 - 2 y_i) \, o_i \right)",
                np.logaddexp(0.0, term.array),
            ),
        )
        caption = tr(
            "Each bit of the target costs −log of the probability that the prediction gave it; the costs add up."
        )
        return Said((term,), caption, function=BINARY_CROSS_ENTROPY, derivation=derivation)

    def derivation(self, prediction: Array, target: Array) -> tuple[Step, ...]:
        yhat, y = prediction, target
        slope = yhat * (1.0 - yhat)
        return (
            Step(
                tr("Each bit's loss is −log ŷ where the target is 1 and −log(1 − ŷ) where it is 0."),
                r"\frac{\partial L^{(t)}}{\partial \hat{y}_i} = \frac{\hat{y}_i - y_i}{\hat{y}_i (1 - \hat{y}_i)}",
                (yhat - y) / slope,
            ),
            Step(
                tr("Its probability depends on one logit alone, by the slope of the sigmoid."),
                r"\frac{\partial \hat{y}_i}{\partial o_i} = \hat{y}_i (1 - \hat{y}_i)",
                slope,
            ),
            Step(
                tr("The chain rule multiplies the two; the slope cancels, so a wrong bit never saturates."),
                r"\frac{\partial L^{(t)}}{\partial o_i} = \hat{y}_i - y_i",
                yhat - y,
            ),
        )

    def numpy_value(self, script: Script) -> str:
        return f"np.logaddexp(0, (1 - 2 * {script.read(self.target)}) * {script.logits}).sum(1, keepdims=True)"

    def torch_value(self, script: Script) -> str:
        turned = f"(1 - 2 * {script.read(self.target)}) * {script.logits}"
        return f"torch.nn.functional.softplus({turned}).sum(1, keepdim=True)"


class _SumOfSoftplus(Function, frozen=True, eq=False):
    def apply(self, total: Array, entry: int | None) -> Array:
        return np.asarray(np.logaddexp(0.0, total).sum())

    def tex(self, body: str, step: str) -> str:
        return rf"\sum_i \zeta\left( {body} \right)_i"

    def by_hand(self, left: str, part: Callable[[Index], str], index: Index, n: int, entry: int | None) -> str:
        units = [f"{' + ' * (k > 0)}ζ({part((k,))})" for k in range(n)]
        return f"{left} = {''.join(shortened(units, tr(' + … {n} more …')))}"


BINARY_CROSS_ENTROPY = _SumOfSoftplus("binary_cross_entropy", "Σ ζ", heading=tr("The loss of each bit, step by step"))


def _binary_cross_entropy(o: Array, y: Array, out: Array) -> None:
    """L(t) = Σ ζ((1 − 2y) ⊙ o) of each row, o and y (rows, n), out (rows,) (section 6.2.2.2).

    The softplus ζ(z) = log(1 + exp(z)) is taken as max(z, 0) + log(1 + exp(−|z|)), which cannot overflow.
    """
    z = (1.0 - 2.0 * y) * o
    np.add.reduce(np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z))), 1, out=out)
