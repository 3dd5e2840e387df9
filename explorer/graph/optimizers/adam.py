"""Adam: each entry moves by the mean of its gradients over the root of their mean square."""

from typing import ClassVar

import numpy as np

from explorer.graph.arrays import Array
from explorer.graph.equation import Step
from explorer.graph.optimizers.base import Optimizer, ParameterUpdate, UpdateSaid
from explorer.language import tr, trn


class Adam(Optimizer):
    """Algorithm 8.7.

    s ← ρ₁ s + (1 − ρ₁) g, r ← ρ₂ r + (1 − ρ₂) g ⊙ g, both corrected for their start at zero:
    θ ← θ − ε (s / (1 − ρ₁ᵗ)) / (√(r / (1 − ρ₂ᵗ)) + δ).
    """

    id = "adam"
    title = called = "Adam"
    cited = "algorithm 8.7"
    adaptive = True
    kept = ("first", "second")
    first: Array
    second: Array
    rho1: ClassVar[float] = 0.9
    rho2: ClassVar[float] = 0.999
    delta: ClassVar[float] = 1e-8
    written = (
        ("first", "{rho1} * first + (1 - {rho1}) * gradient"),
        ("second", "{rho2} * second + (1 - {rho2}) * gradient**2"),
        ("step", "{rate} * first / (1 - {rho1}**{updates}) / ((second / (1 - {rho2}**{updates}))**0.5 + {delta})"),
    )

    def update(self, theta: Array, gradient: Array, updates: int) -> None:
        step, first, second = self.step, self.first, self.second
        np.multiply(first, self.rho1, first)
        np.multiply(gradient, 1.0 - self.rho1, step)
        np.add(first, step, first)
        np.multiply(second, self.rho2, second)
        np.multiply(gradient, gradient, step)
        np.multiply(step, 1.0 - self.rho2, step)
        np.add(second, step, second)
        np.multiply(second, 1.0 / (1.0 - self.rho2**updates), step)
        np.sqrt(step, step)
        np.add(step, self.delta, step)
        np.divide(first, step, step)
        np.multiply(step, self.rate / (1.0 - self.rho1**updates), step)
        np.subtract(theta, step, theta)

    @classmethod
    def said(cls, made: ParameterUpdate) -> UpdateSaid:
        """As in its paper, with m, v and ε for the s, r and δ of algorithm 8.7."""
        m, v, t = made.after["first"], made.after["second"], made.updates
        m_hat, v_hat = m / (1 - cls.rho1**t), v / (1 - cls.rho2**t)
        steps = (
            *made.left_over(first="m", second="v"),
            Step(
                tr("The mean of its gradients so far, the latest counting most."),
                rf"m = {cls.rho1:g} \, m + {1 - cls.rho1:g} \, g",
                m,
            ),
            Step(tr("The mean of their squares."), rf"v = {cls.rho2:g} \, v + {1 - cls.rho2:g} \, g \odot g", v),
            Step(
                trn(
                    "Both began at 0, and after 1 update still stand too near to it.",
                    "Both began at 0, and after {n} updates still stand too near to it.",
                    t,
                ),
                rf"\hat{{m}} = \frac{{m}}{{1 - {cls.rho1:g}^{{{t}}}}}",
                m_hat,
            ),
            Step(tr("The same for the squares."), rf"\hat{{v}} = \frac{{v}}{{1 - {cls.rho2:g}^{{{t}}}}}", v_hat),
            made.epsilon(cls.delta, "v̂"),
        )
        quotient = made.factor(r"\frac{\hat{m}}{\sqrt{\hat{v}} + \varepsilon}", m_hat / (np.sqrt(v_hat) + cls.delta))
        if t == 1:
            caption = tr(
                "After one gradient m̂ is that gradient and √v̂ its size: each entry of {called} moves by about η.",
                called=made.called,
            )
        else:
            caption = tr(
                "Each entry of {called} is moved by the mean of its gradients over the root of their mean square.",
                called=made.called,
            )
        return UpdateSaid((made.descent(quotient),), caption, steps)


OPTIMIZER = Adam
