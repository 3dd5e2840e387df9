"""Decide how each node is drawn: its shape, its size, and the biases written in it."""

from dataclasses import dataclass
from enum import StrEnum
from math import ceil, sqrt

from explorer.graph.declaration import Bias, CrossEntropy, Given, Node, Ref, Softmax, Sum
from explorer.graph.feedback import Network
from explorer.session.geometry import Rect


class Shape(StrEnum):
    """How a node is drawn."""

    VECTOR = "vector"
    INPUT = "input"
    BARS = "bars"
    LOSS = "loss"
    TARGET = "target"


_FIXED = {Shape.INPUT: (68.0, 50.0), Shape.BARS: (76.0, 58.0), Shape.LOSS: (42.0, 42.0), Shape.TARGET: (30.0, 30.0)}


@dataclass(frozen=True)
class Place:
    """Where a node stands in its column, whose middle is x = 0."""

    name: str
    shape: Shape
    rect: Rect
    biases: tuple[str, ...]
    last_only: bool


def shape_of(network: Network, node: Node) -> Shape:
    """How a node is drawn, which follows from what it computes."""
    match node.operation:
        case Given():
            loss = network.find(CrossEntropy).operation
            assert isinstance(loss, CrossEntropy)
            return Shape.TARGET if node.name == loss.target.name else Shape.INPUT
        case Softmax():
            return Shape.BARS
        case CrossEntropy():
            return Shape.LOSS
    return Shape.VECTOR


def cells(n: int) -> tuple[int, int]:
    """Rows and columns of the heat strip of a vector of n units, filled row by row."""
    rows = 1 if n <= 12 else 2 if n <= 32 else 4 if n <= 96 else round(sqrt(n / 2))
    return rows, ceil(n / rows)


def extent(shape: Shape, n: int) -> tuple[float, float]:
    """Width and height of the box of a node of n units."""
    if shape in _FIXED:
        return _FIXED[shape]
    return min(116.0, max(76.0, 16.0 + 9.0 * cells(n)[1])), 58.0


def biases(network: Network, node: Node, drawn: set[str]) -> tuple[str, ...]:
    """The biases added where this node is drawn: its own, and those of undrawn nodes that it is computed from."""
    owners, names = [node], []
    while owners:
        operation = owners.pop().operation
        if isinstance(operation, Sum):
            names += [term.parameter for term in operation.terms if isinstance(term, Bias)]
        owners += [
            network.node(s.name)
            for s in operation.sources
            if isinstance(s, Ref) and s.name not in drawn and network.node(s.name).row is not None
        ]
    return tuple(names)
