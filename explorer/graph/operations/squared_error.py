"""Half the squared distance of a linear prediction from its target."""

from collections.abc import Callable

import numpy as np

from explorer.graph.arrays import Array, Index
from explorer.graph.contexts import Here, Rows, Script
from explorer.graph.equation import Function, Said, Step, shortened, summand
from explorer.graph.operations.loss import Loss
from explorer.language import tr


class SquaredError(Loss, frozen=True):
    """½ ‖y − o‖², the −log likelihood of a Gaussian of unit variance, but for a constant (section 6.2.2.1).

    The prediction is o itself, a linear function of the state; the gradient is o − y.
    """

    def forward(self, at: Rows) -> None:
        at.call(_squared_error, at.read(self.prediction), at.read(self.target), at.out.reshape(-1))

    def value_said(self, here: Here) -> Said:
        terms = summand(here.value(self.prediction)), summand(here.value(self.target), sign=-1)
        caption = tr(
            "Half the squared distance of the prediction from the target: twice as far off costs four times as much. "
            "Where an exercise leaves out the ½, its loss and all its gradients are twice these."
        )
        return Said(terms, caption, function=SQUARED_ERROR)

    def derivation(self, prediction: Array, target: Array) -> tuple[Step, ...]:
        return (
            Step(
                tr("The derivative of half a square is what is squared."),
                r"\frac{\partial}{\partial o_i} \, \frac{1}{2} \left( o_i - y_i \right)^2 = o_i - y_i",
                prediction - target,
            ),
        )

    def numpy_value(self, script: Script) -> str:
        difference = f"({script.read(self.prediction)} - {script.read(self.target)})"
        return f"0.5 * ({difference} ** 2).sum(1, keepdims=True)"

    def torch_value(self, script: Script) -> str:
        difference = f"({script.read(self.prediction)} - {script.read(self.target)})"
        return f"0.5 * ({difference} ** 2).sum(1, keepdim=True)"


class _HalfSquare(Function, frozen=True, eq=False):
    def apply(self, total: Array, entry: int | None) -> Array:
        return np.asarray(np.square(total).sum() / 2.0)

    def tex(self, body: str, step: str) -> str:
        return rf"\frac{{1}}{{2}} \left\| {body} \right\|^2"

    def by_hand(self, left: str, part: Callable[[Index], str], index: Index, n: int, entry: int | None) -> str:
        units = [f"{' + ' * (k > 0)}({part((k,))})²" for k in range(n)]
        return f"{left} = ({''.join(shortened(units, tr(' + … {n} more …')))}) / 2"


SQUARED_ERROR = _HalfSquare("squared_error", "½‖·‖²")


def _squared_error(o: Array, y: Array, out: Array) -> None:
    """L(t) = ½ ‖y − o‖² of each row, o and y (rows, n), out (rows,) (section 6.2.2.1)."""
    difference = y - o
    np.einsum("ij,ij->i", difference, difference, out=out)
    np.multiply(out, 0.5, out)
