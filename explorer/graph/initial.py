"""Ways to draw the numbers that a parameter starts from; `scale` is the learner's and multiplies what is random."""

import math

import numpy as np
from msgspec import Struct

from explorer.graph.adjustable import Adjustable, number
from explorer.graph.arrays import Array


class Initial(Struct, frozen=True):
    """A way to draw a parameter: float64 of its shape, (rows, columns) or (entries,)."""

    def draw(self, shape: tuple[int, ...], rng: np.random.Generator, scale: float) -> Array:
        """The numbers; what is not random takes none from `rng`."""
        raise NotImplementedError


class Normal(Initial, frozen=True):
    """Normal with standard deviation scale/√fan-in.

    A unit sums as many terms as its weight has columns (the fan-in), and the variances of independent terms
    add up: divided by √fan-in, a(t) is about as large as its source whatever the width, so tanh is neither
    saturated nor idle, and W neither blows the state and its gradient up at once nor lets them die
    (section 10.7).
    """

    def draw(self, shape: tuple[int, ...], rng: np.random.Generator, scale: float) -> Array:
        return rng.normal(0.0, abs(scale) / math.sqrt(shape[-1]), shape)  # numpy takes no −0


class Uniform(Initial, frozen=True):
    """Uniform within ± width·scale/√fan-in (section 8.4)."""

    width: float | Adjustable = 1.0

    def draw(self, shape: tuple[int, ...], rng: np.random.Generator, scale: float) -> Array:
        return number(self.width) * abs(scale) / math.sqrt(shape[-1]) * rng.uniform(-1.0, 1.0, shape)


class Orthogonal(Initial, frozen=True):
    """A random matrix whose rows or columns, whichever are fewer, are orthonormal, times scale (section 8.4).

    A square one turns the state without stretching it, so that its powers neither vanish nor explode.
    """

    def draw(self, shape: tuple[int, ...], rng: np.random.Generator, scale: float) -> Array:
        rows, columns = shape
        found, triangle = np.linalg.qr(rng.normal(size=(max(shape), min(shape))))
        found = found * np.where(np.diag(triangle) < 0.0, -1.0, 1.0)  # else it would not be uniform among rotations
        return np.asarray(scale * (found if rows >= columns else found.T))


class Identity(Initial, frozen=True):
    """The identity matrix times scale: each unit begins by keeping what it has."""

    def draw(self, shape: tuple[int, ...], rng: np.random.Generator, scale: float) -> Array:
        rows, columns = shape
        return np.asarray(scale * np.eye(rows, columns))


class Constant(Initial, frozen=True):
    """The same number everywhere, such as a forget gate's bias of 1 (section 10.10.2)."""

    value: float | Adjustable = 0.0

    def draw(self, shape: tuple[int, ...], rng: np.random.Generator, scale: float) -> Array:
        return np.full(shape, number(self.value))


class SpectralRadius(Initial, frozen=True):
    """A random square matrix whose largest |eigenvalue| is `radius` times scale, as in an echo state network
    (section 10.8). A share `sparsity` of its entries is 0."""

    radius: float | Adjustable
    sparsity: float | Adjustable = 0.0

    def draw(self, shape: tuple[int, ...], rng: np.random.Generator, scale: float) -> Array:
        found = rng.normal(size=shape) * (rng.random(shape) >= number(self.sparsity))
        largest = float(np.abs(np.linalg.eigvals(found)).max())
        if largest == 0.0:  # so sparse that it forgets all at once; no factor changes that
            return found
        return np.asarray(scale * number(self.radius) / largest * found)


WEIGHT, BIAS = Normal(), Constant(0.0)
"""How a matrix and a vector start if nothing else is declared; a bias has no symmetry to break."""
