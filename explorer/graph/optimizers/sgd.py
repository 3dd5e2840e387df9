"""Stochastic gradient descent: a small step against the gradient."""

import numpy as np

from explorer.graph.arrays import Array
from explorer.graph.optimizers.base import Optimizer, ParameterUpdate, UpdateSaid
from explorer.language import tr


class SGD(Optimizer):
    """Stochastic gradient descent, algorithm 8.1: θ ← θ − ε g."""

    id = "sgd"
    title = "SGD"
    called = tr("gradient descent")
    cited = "algorithm 8.1"
    written = (("step", "{rate} * gradient"),)

    def update(self, theta: Array, gradient: Array, updates: int) -> None:
        np.multiply(gradient, self.rate, self.step)
        np.subtract(theta, self.step, theta)

    @classmethod
    def said(cls, made: ParameterUpdate) -> UpdateSaid:
        caption = tr("{called} takes a small step against its gradient: downhill on the loss.", called=made.called)
        return UpdateSaid((made.descent(made.gradient),), caption)


OPTIMIZER = SGD
