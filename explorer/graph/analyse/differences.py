"""Check back-propagation: the gradient again, by doing what a derivative means, a small change to θ."""

import math
from sys import float_info

from explorer.graph.compute.program import Program

STEP = math.cbrt(float_info.epsilon)
"""About 6e-6, where both errors of a central difference are small in float64: the series cut off after its
second term errs by about step², the rounding of the two losses by about epsilon/step; together they are least near
the cube root of epsilon, at some 1e-10."""


def finite_difference(program: Program, parameter: str, index: tuple[int, ...], step: float = STEP) -> float:
    """∂L/∂θ for one entry of a parameter: (L(θ + s) − L(θ − s)) / 2s with s = step · max(1, |entry|).

    `program` holds θ and a batch in float64. Input, target, mask and uniform numbers stay as they are; θ and
    every value stand as before once this returns, and gradients are not touched.

    It tells what the loss does between θ − s and θ + s, which is not its gradient where that is no smooth path:
    where a relu unit turns on or off, it mixes the slopes of both sides; where an arg-max or a sampled symbol
    changes, the loss jumps, and the difference is that jump divided by 2s.
    """
    entries = program.memory.parameters[parameter]
    entry = entries[index]
    s = step * max(1.0, abs(float(entry)))
    try:
        entries[index] = above = entry + s
        program.forward()
        loss_above = program.loss
        entries[index] = below = entry - s
        program.forward()
        loss_below = program.loss
    finally:
        entries[index] = entry
        program.forward()
    # Divided by the distance that rounding has left, not by the one intended.
    return (loss_above - loss_below) / float(above - below)


def relative_error(gradient: float, difference: float) -> float:
    """How far back-propagation and finite difference are apart, relative to the larger of them, or to 1.

    A finite difference is never surer than epsilon · L / step, some 1e-10, however small the gradient is, so
    below 1 the error counts as it stands. Agreement is about 1e-9 or better.
    """
    return abs(gradient - difference) / max(1.0, abs(gradient), abs(difference))
