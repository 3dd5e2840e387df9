"""What every loss is: a judgement of a prediction by a target, which differentiates straight to the logits."""

import numpy as np

from explorer.graph.arrays import Array
from explorer.graph.contexts import BackRows, Here, Script
from explorer.graph.equation import Combine, Factor, Role, Step, TermOf, summand
from explorer.graph.operations.base import DATA, Operation, Stop
from explorer.graph.refs import Ref, Source


class Loss(Operation, frozen=True):
    """−log of the likelihood of `target`, of which `prediction` is the mean (section 6.2.2), unless it says otherwise.

    The gradient at the logits, from which the prediction is made, is then prediction minus target.
    """

    prediction: Ref
    target: Ref

    def stop(self, source: Source) -> Stop | None:
        return DATA if source == self.target else None

    def vjp(self, slot: int, at: BackRows) -> None:
        self.unweighted(at)
        if at.weighted:
            at.call(np.multiply, at.out, at.gradient, at.out)

    def unweighted(self, at: BackRows) -> None:
        """Prepare the calls that write the gradient of the loss itself to `at.out`: prediction minus target."""
        at.call(np.subtract, at.read(self.prediction), at.read(self.target), at.out)

    def gradient_said(self, slot: int, here: Here) -> TermOf:
        prediction, target, scale = here.value(self.prediction), here.value(self.target), here.weight()
        tex, tex_here = self.target_tex(target.tex), self.target_tex(target.tex_here)
        difference = Factor(
            rf"\left( {prediction.tex} - {tex} \right)", rf"\left( {prediction.tex_here} - {tex_here} \right)",
            prediction.array - target.array, Role.DIFFERENCE, prediction.shape, prediction.vertex,
        )  # fmt: skip
        return summand(difference) if scale is None else summand(scale, difference, combine=Combine.SCALE)

    def target_tex(self, symbol: str) -> str:
        """The target as it is subtracted."""
        return symbol

    def derivation(self, prediction: Array, target: Array) -> tuple[Step, ...]:
        """Why the gradient is what it is, step by step by the chain rule; arrays (n,)."""
        raise NotImplementedError

    def numpy_vjp(self, slot: int, gradient: str, value: str, script: Script) -> str:
        return f"{gradient} * ({script.read(self.prediction)} - {script.read(self.target)})"
