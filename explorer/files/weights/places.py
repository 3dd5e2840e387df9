"""Where an array of a file can go: one parameter, or several that PyTorch and Keras keep as one array (`places`)."""

from collections.abc import Iterable, Mapping

import numpy as np
from msgspec import Struct

from explorer.graph.architecture import Architecture
from explorer.graph.arrays import Array
from explorer.graph.declaration import terms_of
from explorer.graph.stacked import Stacked

Shapes = Mapping[str, tuple[int, ...]]
"""The shapes of the parameters of a network, by name."""


class ParameterPlace(Struct, frozen=True):
    """The parameters in an array: below one another, or `beside` one another, as an output layer reads two states."""

    parts: tuple[str, ...]
    beside: bool = False

    @property
    def title(self) -> str:
        """As a person reads it: "U_g / U_f", one above the other, or "V | V_g"."""
        return (" | " if self.beside else " / ").join(self.parts)

    def shape(self, shapes: Shapes) -> tuple[int, ...]:
        """The shape of the array that holds them, as the book has its matrices: a unit of the layer is a row."""
        rows, *columns = shapes[self.parts[0]]
        if self.beside:
            return (rows, sum(shapes[part][1] for part in self.parts))
        return (rows * len(self.parts), *columns)

    def split(self, array: Array, shapes: Shapes) -> dict[str, Array]:
        """The parameters in an array of that shape, by name."""
        axis = 1 if self.beside else 0
        ends = np.cumsum([shapes[part][axis] for part in self.parts])[:-1]
        return dict(zip(self.parts, np.split(array, ends, axis), strict=True))


def places(architecture: Architecture) -> tuple[ParameterPlace, ...]:
    """Every place of a network: each parameter, and what PyTorch and Keras keep together."""
    names = [parameter.name for parameter in architecture.parameters]
    found = [ParameterPlace((name,)) for name in names]
    for stack in (*architecture.stacks, *architecture.keras_stacks):
        if {*stack.parts} <= {*names}:
            found += [ParameterPlace(stack.parts), ParameterPlace(as_keras(stack.parts))]
    found += [place for place in (output_place(architecture),) if place is not None]
    return tuple(dict.fromkeys(found))


def as_keras(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The gates of a stack in the order of Keras: the same as PyTorch's, but for the first two of a GRU."""
    return (parts[1], parts[0], parts[2]) if len(parts) == 3 else parts


def stack_place(architecture: Architecture, stacks: Iterable[Stacked], name: str) -> ParameterPlace | None:
    """Where the array of this name, of these stacks, goes; None if none is called so, or the network lacks a part."""
    known = {parameter.name for parameter in architecture.parameters}
    return next((ParameterPlace(s.parts) for s in stacks if s.name == name and known >= {*s.parts}), None)


def output_place(architecture: Architecture) -> ParameterPlace | None:
    """The matrix of the output layer, or all of them beside one another, if it reads several states."""
    linear = [
        term.weight for node, term in terms_of(architecture.nodes) if node.name == architecture.logits and term.weight
    ]
    return ParameterPlace(tuple(linear), beside=len(linear) > 1) if linear else None


def output_bias(architecture: Architecture) -> ParameterPlace | None:
    """The bias of the output layer."""
    found = (t.bias for node, t in terms_of(architecture.nodes) if node.name == architecture.logits and t.bias)
    return next((ParameterPlace((name,)) for name in found), None)
