"""Turn a gradient into a step of θ: SGD, momentum, AdaGrad, RMSProp and Adam (chapter 8), clipping, L2.

Each works in place on θ and its gradient as flat vectors, in buffers allocated once.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from math import sqrt
from typing import ClassVar

import numpy as np

from explorer.graph.arrays import Array
from explorer.language import tr


class Optimizer(ABC):
    """One rule for the step Δθ; `rate` is the learning rate, ε in the book."""

    title: ClassVar[str]
    kept: ClassVar[tuple[str, ...]] = ()
    """The attributes, flat like θ, that are carried from one update to the next; zero at the first."""
    written: ClassVar[tuple[tuple[str, str], ...]]
    """The same as a program: what is kept, and `step`, each with its expression for one parameter.

    It reads `gradient` and what is kept by these names, and {rate}, {momentum} and the number of {updates} with this.
    """

    def __init__(self, theta: Array, rate: float, momentum: float):
        """Allocate for a θ of this shape; `momentum` is α of algorithm 8.2, used by that one alone."""
        self.rate, self.momentum = rate, momentum
        self.step = np.zeros_like(theta)
        for name in self.kept:
            setattr(self, name, np.zeros_like(theta))

    @abstractmethod
    def update(self, theta: Array, gradient: Array) -> None:
        """Move θ in place; the gradient is only read."""

    def resume(self, kept: Mapping[str, Array], updates: int) -> None:
        """Go on from what was kept after so many updates."""
        for name in self.kept:
            np.copyto(getattr(self, name), kept[name])


class SGD(Optimizer):
    """Stochastic gradient descent, algorithm 8.1: θ ← θ − ε g."""

    title = "SGD"
    written = (("step", "{rate} * gradient"),)

    def update(self, theta: Array, gradient: Array) -> None:
        np.multiply(gradient, self.rate, self.step)
        np.subtract(theta, self.step, theta)


class Momentum(Optimizer):
    """SGD with momentum, algorithm 8.2: v ← α v − ε g, θ ← θ + v (eqs. 8.15 and 8.16)."""

    title = tr("Momentum")
    kept = ("velocity",)
    velocity: Array
    written = (("velocity", "{momentum} * velocity - {rate} * gradient"), ("step", "-velocity"))

    def update(self, theta: Array, gradient: Array) -> None:
        np.multiply(gradient, self.rate, self.step)
        np.multiply(self.velocity, self.momentum, self.velocity)
        np.subtract(self.velocity, self.step, self.velocity)
        np.add(theta, self.velocity, theta)


class AdaGrad(Optimizer):
    """Algorithm 8.4: r ← r + g ⊙ g, θ ← θ − ε g / (δ + √r), with δ = 10⁻⁷."""

    title = "AdaGrad"
    kept = ("square",)
    square: Array
    delta: ClassVar[float] = 1e-7
    written = (("square", "square + gradient**2"), ("step", "{rate} * gradient / (1e-7 + square**0.5)"))

    def update(self, theta: Array, gradient: Array) -> None:
        step, square = self.step, self.square
        np.multiply(gradient, gradient, step)
        np.add(square, step, square)
        np.sqrt(square, step)
        np.add(step, self.delta, step)
        np.divide(gradient, step, step)
        np.multiply(step, self.rate, step)
        np.subtract(theta, step, theta)


class RMSProp(Optimizer):
    """Algorithm 8.5: r ← ρ r + (1 − ρ) g ⊙ g, θ ← θ − ε g / √(δ + r), with ρ = 0.9 and δ = 10⁻⁶."""

    title = "RMSProp"
    kept = ("square",)
    square: Array
    rho: ClassVar[float] = 0.9
    delta: ClassVar[float] = 1e-6
    written = (
        ("square", "0.9 * square + (1 - 0.9) * gradient**2"),
        ("step", "{rate} * gradient / (1e-6 + square)**0.5"),
    )

    def update(self, theta: Array, gradient: Array) -> None:
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


class Adam(Optimizer):
    """Algorithm 8.7 with ρ₁ = 0.9, ρ₂ = 0.999, δ = 10⁻⁸.

    s ← ρ₁ s + (1 − ρ₁) g, r ← ρ₂ r + (1 − ρ₂) g ⊙ g, both corrected for their start at zero:
    θ ← θ − ε (s / (1 − ρ₁ᵗ)) / (√(r / (1 − ρ₂ᵗ)) + δ).
    """

    title = "Adam"
    kept = ("first", "second")
    first: Array
    second: Array
    weight1 = weight2 = 1.0
    """ρ₁ᵗ and ρ₂ᵗ."""
    rho1: ClassVar[float] = 0.9
    rho2: ClassVar[float] = 0.999
    delta: ClassVar[float] = 1e-8
    written = (
        ("first", "0.9 * first + (1 - 0.9) * gradient"),
        ("second", "0.999 * second + (1 - 0.999) * gradient**2"),
        ("step", "{rate} * first / (1 - 0.9**{updates}) / ((second / (1 - 0.999**{updates}))**0.5 + 1e-8)"),
    )

    def resume(self, kept: Mapping[str, Array], updates: int) -> None:
        super().resume(kept, updates)
        self.weight1, self.weight2 = self.rho1**updates, self.rho2**updates

    def update(self, theta: Array, gradient: Array) -> None:
        step, first, second = self.step, self.first, self.second
        self.weight1 *= self.rho1
        self.weight2 *= self.rho2
        np.multiply(first, self.rho1, first)
        np.multiply(gradient, 1.0 - self.rho1, step)
        np.add(first, step, first)
        np.multiply(second, self.rho2, second)
        np.multiply(gradient, gradient, step)
        np.multiply(step, 1.0 - self.rho2, step)
        np.add(second, step, second)
        np.multiply(second, 1.0 / (1.0 - self.weight2), step)
        np.sqrt(step, step)
        np.add(step, self.delta, step)
        np.divide(first, step, step)
        np.multiply(step, self.rate / (1.0 - self.weight1), step)
        np.subtract(theta, step, theta)


OPTIMIZERS: dict[str, type[Optimizer]] = {
    "sgd": SGD,
    "momentum": Momentum,
    "adagrad": AdaGrad,
    "rmsprop": RMSProp,
    "adam": Adam,
}
"""The optimisers that a learner can choose, by id."""


_LEAST_SQUARE = {np.dtype(np.float64): 1e-290, np.dtype(np.float32): 1e-25}
"""Sums of squares that are smaller may have lost some of these on the way."""


def norm(gradient: Array) -> float:
    """Return ‖g‖ without overflow on the way: inf or NaN only if an entry or the norm itself is."""
    square = float(gradient.dot(gradient))
    if _LEAST_SQUARE[gradient.dtype] < square < float("inf"):
        return sqrt(square)
    largest = float(np.abs(gradient).max(initial=0.0))
    if largest == 0.0 or not np.isfinite(largest):
        return largest
    scaled = gradient / largest
    return largest * sqrt(float(scaled.dot(scaled)))


def clip(gradient: Array, gradient_norm: float, threshold: float) -> None:
    """Scale g in place to norm v if it is longer: g ← g v / ‖g‖ (section 10.11.1, eqs. 10.48 and 10.49)."""
    if gradient_norm > threshold:
        np.multiply(gradient, threshold / gradient_norm, gradient)
