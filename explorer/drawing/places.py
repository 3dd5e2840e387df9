"""Decide how each node is drawn: its shape, its size, the biases written in it."""

from enum import StrEnum
from math import ceil, sqrt

from msgspec import Struct

from explorer.drawing.geometry import Rect
from explorer.graph.declaration import Node, Ref
from explorer.graph.feedback import Network

CHANNEL = 52.0
"""Free width between the widest boxes of neighbouring columns, through which feedback edges run."""


MOST_ROWS = 8
"""Rows more than one up to which a matrix has room for each."""


class Shape(StrEnum):
    """How a node is drawn."""

    VECTOR = "vector"
    INPUT = "input"
    BARS = "bars"
    LOSS = "loss"
    TARGET = "target"


_FIXED = {Shape.INPUT: (76.0, 50.0), Shape.BARS: (76.0, 58.0), Shape.LOSS: (42.0, 42.0), Shape.TARGET: (30.0, 30.0)}


class Place(Struct, frozen=True):
    """Where a node stands in its column, whose middle is x = 0; rows are counted from the lowest, 0.

    `segment` names the stretch of time whose columns it is in, or itself if it has a column of its own.
    """

    name: str
    shape: Shape
    rect: Rect
    row: int
    segment: str
    biases: tuple[str, ...]
    last_only: bool
    in_tree: bool = False
    """Whether it stands at every node of a tree."""
    rows: int = 0
    """How many rows a matrix has, 0 of a vector."""

    @property
    def lone(self) -> bool:
        """Whether it stands in no step's column."""
        return self.segment == self.name

    @property
    def round(self) -> bool:
        """Whether it is a circle."""
        return self.shape in (Shape.TARGET, Shape.LOSS)


def shape_of(network: Network, node: Node) -> Shape:
    """How a node is drawn, which follows from its part in the network: probabilities as bars, say."""
    output = network.output
    if output is not None:
        parts = {output.target: Shape.TARGET, output.loss: Shape.LOSS}
        if output.prediction != output.logits:
            parts[output.prediction] = Shape.BARS
        if node.name in parts:
            return parts[node.name]
    return Shape.INPUT if node.given else Shape.VECTOR


def cells(n: int, rows: int = 0) -> tuple[int, int]:
    """Rows and columns of the heat strip of n units, filled row by row: of a matrix of so many rows, or of a vector."""
    rows = rows or (1 if n <= 12 else 2 if n <= 32 else 4 if n <= 96 else round(sqrt(n / 2)))
    return rows, ceil(n / rows)


def extent(shape: Shape, n: int, rows: int = 0) -> tuple[float, float]:
    """Width and height of the box of a node of n units; a matrix of several rows is higher, up to a limit."""
    if shape in _FIXED:
        return _FIXED[shape]
    height = 58.0 + 10.0 * min(max(rows - 1, 0), MOST_ROWS)
    return min(116.0, max(76.0, 16.0 + 9.0 * cells(n, rows)[1])), height


def biases(network: Network, node: Node, drawn: set[str]) -> tuple[str, ...]:
    """The biases added where this node is drawn: its own, and those of undrawn nodes that it is computed from."""
    owners, names = [node], list[str]()
    seen = {node.name}
    while owners:
        operation = owners.pop().operation
        names += [term.bias for term in operation.terms if term.bias is not None]
        for source in operation.sources:
            if not isinstance(source, Ref) or source.name in drawn or source.name in seen:
                continue
            seen.add(source.name)
            if network.node(source.name).row is not None:
                owners.append(network.node(source.name))
    return tuple(dict.fromkeys(names))
