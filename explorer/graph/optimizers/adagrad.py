"""AdaGrad: each entry moves by its gradient over the root of the sum of its squares so far."""

from typing import ClassVar

import numpy as np

from explorer.graph.arrays import Array
from explorer.graph.equation import Step
from explorer.graph.optimizers.base import Optimizer, ParameterUpdate, UpdateSaid
from explorer.language import tr


class AdaGrad(Optimizer):
    """Algorithm 8.4: r ← r + g ⊙ g, θ ← θ − ε g / (δ + √r)."""

    id = "adagrad"
    title = called = "AdaGrad"
    cited = "algorithm 8.4"
    adaptive = True
    kept = ("square",)
    square: Array
    delta: ClassVar[float] = 1e-7
    written = (("square", "square + gradient**2"), ("step", "{rate} * gradient / ({delta} + square**0.5)"))

    def update(self, theta: Array, gradient: Array, updates: int) -> None:
        step, square = self.step, self.square
        np.multiply(gradient, gradient, step)
        np.add(square, step, square)
        np.sqrt(square, step)
        np.add(step, self.delta, step)
        np.divide(gradient, step, step)
        np.multiply(step, self.rate, step)
        np.subtract(theta, step, theta)

    @classmethod
    def said(cls, made: ParameterUpdate) -> UpdateSaid:
        """In the symbols of its own equation, with ε for δ."""
        square, gradient = made.after["square"], made.gradient.array
        steps = (
            *made.left_over(square="r"),
            Step(tr("The sum of the squares of all its gradients so far."), r"r = r + g \odot g", square),
            made.epsilon(cls.delta, "r"),
        )
        quotient = made.factor(r"\frac{g}{\varepsilon + \sqrt{r}}", gradient / (np.sqrt(square) + cls.delta))
        caption = tr(
            "Each entry of {called} is moved by its gradient over how much it has been moved about so far.",
            called=made.called,
        )
        return UpdateSaid((made.descent(quotient),), caption, steps)


OPTIMIZER = AdaGrad
