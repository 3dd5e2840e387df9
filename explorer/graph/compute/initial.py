"""Draw the θ that training starts from."""

import math

import numpy as np

from explorer.graph.architecture import Architecture
from explorer.graph.declaration import Sizes
from explorer.graph.operations import Array


def initial_parameters(
    architecture: Architecture, sizes: Sizes, rng: np.random.Generator, scale: float = 1.0
) -> dict[str, Array]:
    """Parameter name → float64 array: weights normal with standard deviation scale/√fan-in, biases zero.

    A unit sums as many terms as its weight has columns (the fan-in), and the variances of independent terms
    add up: divided by √fan-in, a(t) is about as large as its source whatever the width, so tanh is neither
    saturated nor idle, and W neither blows the state and its gradient up at once nor lets them die
    (section 10.7). A bias has no symmetry to break.

    Weights are drawn in the order of `architecture.parameters`, which no feedback setting changes: runs with
    the same seed start from the same θ, however they are trained.
    """
    theta: dict[str, Array] = {}
    for parameter in architecture.parameters:
        shape = parameter.shape(sizes)
        if len(shape) == 1:
            theta[parameter.name] = np.zeros(shape)
        else:
            theta[parameter.name] = rng.normal(0.0, abs(scale) / math.sqrt(shape[1]), shape)  # numpy takes no −0
    return theta
