"""Parameters as other programs name them: the matrices of several gates on top of one another, and two biases."""

from collections.abc import Iterable, Mapping

import numpy as np
from msgspec import Struct

from explorer.graph.arrays import Array

Parts = tuple[str, ...]


class Stacked(Struct, frozen=True):
    """An array in which the parameters named in `parts`, of equal shapes, lie on top of one another.

    A parameter that is a part of several arrays is their sum, as a gate's bias is that of PyTorch's two.
    """

    name: str
    parts: Parts


def layer_stacks(suffix: str, U: Parts, W: Parts, b: Parts, d: Parts = ()) -> tuple[Stacked, ...]:
    """The arrays of one layer of PyTorch, `suffix` "l0" say: of what it reads, of its state, and two biases.

    d: the parts of the bias that is added to what is read of the state, where these are parameters of their own.
    """
    return (
        Stacked(f"weight_ih_{suffix}", U),
        Stacked(f"weight_hh_{suffix}", W),
        Stacked(f"bias_ih_{suffix}", b),
        Stacked(f"bias_hh_{suffix}", d or b),
    )


def unstacked(arrays: Mapping[str, Array], stacks: Iterable[Stacked]) -> dict[str, Array]:
    """The parameters that these arrays hold, and what is in no stack as it is."""
    found: dict[str, Array] = {}
    known = {stack.name: stack for stack in stacks}
    for name, array in arrays.items():
        parts = known[name].parts if name in known else (name,)
        for part, piece in zip(parts, np.split(array, len(parts)), strict=True):
            found[part] = found[part] + piece if part in found else piece
    return found


def stacked_gradients(gradients: Mapping[str, Array], stacks: Iterable[Stacked]) -> dict[str, Array]:
    """The gradients of those arrays: that of a sum is that of each of its summands."""
    found = {stack.name: np.concatenate([gradients[part] for part in stack.parts]) for stack in stacks}
    inside = {part for stack in stacks for part in stack.parts}
    return found | {name: gradient for name, gradient in gradients.items() if name not in inside}
