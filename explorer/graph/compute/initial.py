"""Draw the θ that training starts from."""

import numpy as np

from explorer.graph.architecture import Architecture
from explorer.graph.arrays import Array
from explorer.graph.declaration import Sizes
from explorer.graph.initial import BIAS, WEIGHT


def initial_parameters(
    architecture: Architecture, sizes: Sizes, rng: np.random.Generator, scale: float = 1.0
) -> dict[str, Array]:
    """Parameter name → float64 array: as the architecture declares it, else normal weights and biases of zero.

    Parameters are drawn in the order of `architecture.parameters`, which no feedback setting changes: runs with
    the same seed start from the same θ, however they are trained.
    """
    theta: dict[str, Array] = {}
    for parameter in architecture.parameters:
        shape = parameter.shape(sizes)
        initial = parameter.initial or (WEIGHT if len(shape) > 1 else BIAS)
        theta[parameter.name] = initial.draw(shape, rng, scale)
    return theta
