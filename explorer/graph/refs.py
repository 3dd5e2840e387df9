"""Name a node at a step, relative to the step that reads it (`Ref`, `FedBack`) or where it stands (`Vertex`); sizes."""

from msgspec import Struct


class Ref(Struct, frozen=True):
    """Node `name` at step t − lag; a negative lag reads a later step, `at_last` the last of its steps whatever t is.

    What lives at one step alone, or in another segment of time, is read at its last step (see `Span`). `chosen` names
    the size, "d" say, by which the learner may choose another lag, which is `lag` where the sizes have none.
    """

    name: str
    lag: int = 0
    at_last: bool = False
    chosen: str = ""


class FedBack(Struct, frozen=True):
    """The fed-back signal f(t − lag): the feedback setting decides which node it is (fig. 10.6)."""

    lag: int = 1


Source = Ref | FedBack


class Vertex(Struct, frozen=True, order=True):
    """A node at step t, 1 ≤ t ≤ τ; t outside that range names an initial state."""

    name: str
    t: int


Sizes = dict[str, int]
"""Dimension name ("n_x", "n_h", "n_y") → number of units."""


def dimension(name: str, sizes: Sizes) -> int:
    """The number of units that a dimension name stands for."""
    return 1 if name == "1" else sizes[name]
