"""RMSProp: each entry moves by its gradient over the root of a mean of its squares, which forgets."""

from typing import ClassVar

import numpy as np

from explorer.graph.arrays import Array
from explorer.graph.equation import Step
from explorer.graph.optimizers.base import Optimizer, ParameterUpdate, UpdateSaid
from explorer.language import tr


class RMSProp(Optimizer):
    """Algorithm 8.5: r ← ρ r + (1 − ρ) g ⊙ g, θ ← θ − ε g / √(δ + r)."""

    id = "rmsprop"
    title = called = "RMSProp"
    cited = "algorithm 8.5"
    adaptive = True
    kept = ("square",)
    square: Array
    rho: ClassVar[float] = 0.9
    delta: ClassVar[float] = 1e-6
    written = (
        ("square", "{rho} * square + (1 - {rho}) * gradient**2"),
        ("step", "{rate} * gradient / ({delta} + square)**0.5"),
    )

    def update(self, theta: Array, gradient: Array, updates: int) -> None:
        step, square = self.step, self.square
        np.multiply(gradient, gradient, step)
        np.multiply(step, 1.0 - self.rho, step)
        np.multiply(square, self.rho, square)
        np.add(square, step, square)
        np.add(square, self.delta, step)
        np.sqrt(step, step)
        np.divide(gradient, step, step)
        np.multiply(step, self.rate, step)
        np.subtract(theta, step, theta)

    @classmethod
    def said(cls, made: ParameterUpdate) -> UpdateSaid:
        """In the symbols of its own equation, with ε for δ."""
        square, gradient = made.after["square"], made.gradient.array
        steps = (
            *made.left_over(square="r"),
            Step(
                tr(
                    "The mean square of its gradients, of which it forgets {rho:.0f} % at each update.",
                    rho=100 * (1 - cls.rho),
                ),
                rf"r = {cls.rho:g} \, r + {1 - cls.rho:g} \, g \odot g",
                square,
            ),
            made.epsilon(cls.delta, "r"),
        )
        quotient = made.factor(r"\frac{g}{\sqrt{\varepsilon + r}}", gradient / np.sqrt(cls.delta + square))
        caption = tr(
            "Each entry of {called} is moved by its gradient over how large its gradients are lately.",
            called=made.called,
        )
        return UpdateSaid((made.descent(quotient),), caption, steps)


OPTIMIZER = RMSProp
