"""Gradient descent with momentum: a velocity that each gradient turns a little."""

import numpy as np

from explorer.graph.arrays import Array
from explorer.graph.equation import Step
from explorer.graph.optimizers.base import Optimizer, ParameterUpdate, UpdateSaid
from explorer.language import tr


class Momentum(Optimizer):
    """SGD with momentum, algorithm 8.2: v ← α v − ε g, θ ← θ + v (eqs. 8.15 and 8.16)."""

    id = "momentum"
    title = tr("Momentum")
    called = tr("gradient descent with momentum")
    cited = "algorithm 8.2"
    takes_momentum = True
    kept = ("velocity",)
    velocity: Array
    written = (("velocity", "{momentum} * velocity - {rate} * gradient"), ("step", "-velocity"))

    def update(self, theta: Array, gradient: Array, updates: int) -> None:
        np.multiply(gradient, self.rate, self.step)
        np.multiply(self.velocity, self.momentum, self.velocity)
        np.subtract(self.velocity, self.step, self.velocity)
        np.add(theta, self.velocity, theta)

    @classmethod
    def said(cls, made: ParameterUpdate) -> UpdateSaid:
        velocity = made.factor("v", made.before["velocity"])
        step = Step(
            tr("The velocity now, which the next update begins with."),
            r"v' = \alpha v - \eta g",
            made.after["velocity"],
        )
        caption = tr(
            "{called} moves by its velocity v, which remembers earlier steps and is turned by each gradient a little.",
            called=made.called,
        )
        terms = made.scaled(r"\alpha", made.momentum, velocity), made.descent(made.gradient)
        return UpdateSaid(terms, caption, (step,))


OPTIMIZER = Momentum
