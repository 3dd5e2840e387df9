"""Half the squared distance of a sigmoid from its target, through which the slope of the sigmoid is sent back."""

import numpy as np

from explorer.graph.activations import SIGMOID
from explorer.graph.arrays import Array
from explorer.graph.contexts import BackRows, Here, Script
from explorer.graph.equation import Combine, Step, TermOf, summand
from explorer.graph.operations.squared_error import SquaredError
from explorer.language import tr


class SigmoidSquaredError(SquaredError, frozen=True):
    """½ ‖y − ŷ‖² of ŷ = σ(o), as in the networks of Elman and Jordan; the gradient at o is (ŷ − y) ⊙ ŷ ⊙ (1 − ŷ).

    It is no likelihood, so nothing cancels the slope of σ: where a unit saturates, right or wrong, nearly nothing comes
    back (section 6.2.2.2).
    """

    def unweighted(self, at: BackRows) -> None:
        super().unweighted(at)
        slope = at.scratch(*at.out.shape)
        at.call(SIGMOID.derivative, at.read(self.prediction), slope)
        at.call(np.multiply, at.out, slope, at.out)

    def gradient_said(self, slot: int, here: Here) -> TermOf:
        sent, slope = super().gradient_said(slot, here), SIGMOID.slope_at(here.value(self.prediction))
        combine = Combine.ELEMENTWISE if here.weight() is None else Combine.SCALE
        return summand(*sent.factors, slope, combine=combine)

    def derivation(self, prediction: Array, target: Array) -> tuple[Step, ...]:
        yhat, y = prediction, target
        slope = yhat * (1.0 - yhat)
        return (
            Step(
                tr("The derivative of half a square is what is squared."),
                r"\frac{\partial L^{(t)}}{\partial \hat{y}_i} = \hat{y}_i - y_i",
                yhat - y,
            ),
            Step(
                tr("Each prediction depends on one logit alone, by the slope of the sigmoid."),
                r"\frac{\partial \hat{y}_i}{\partial o_i} = \hat{y}_i (1 - \hat{y}_i)",
                slope,
            ),
            Step(
                tr(
                    "The chain rule multiplies the two. The slope stays, which a cross-entropy cancels: where ŷ is "
                    "near 0 or 1 almost nothing comes back, even if it is wrong."
                ),
                r"\frac{\partial L^{(t)}}{\partial o_i} = (\hat{y}_i - y_i) \, \hat{y}_i (1 - \hat{y}_i)",
                (yhat - y) * slope,
            ),
        )

    def numpy_vjp(self, slot: int, gradient: str, value: str, script: Script) -> str:
        yhat = script.read(self.prediction)
        return f"{super().numpy_vjp(slot, gradient, value, script)} * {SIGMOID.numpy_derivative.format(h=yhat)}"
