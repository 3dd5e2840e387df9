"""Name a node at a step, relative to the step that reads it (`Ref`, `FedBack`) or where it stands (`Vertex`); sizes."""

from collections.abc import Iterable
from math import prod

from msgspec import Struct


class Ref(Struct, frozen=True):
    """Node `name` at step t − lag; a negative lag reads a later step.

    What lives at one step alone is read there, whatever t is (see `Span`). `chosen` names the size, "d" say, by which
    the learner may choose another lag, which is `lag` where the sizes have none. `child`: where steps are the nodes of
    a tree, which child of this one is read, counted from 0; leaves read none. `steps` are then, once the shape is
    known, the steps that are read at each step, 0 for none. With `every` all steps of the node are read at once, which
    is for a `Gather`.
    """

    name: str
    lag: int = 0
    chosen: str = ""
    child: int | None = None
    steps: tuple[int, ...] = ()
    every: bool = False

    @property
    def direction(self) -> int:
        """1 if it reads an earlier step, −1 if a later one, 0 if the same."""
        return 1 if self.child is not None else (self.lag > 0) - (self.lag < 0)

    def step(self, t: int) -> int:
        """The step that is read at step t, of what does not live at one step alone."""
        return self.steps[t - 1] if self.steps else t - self.lag

    def readers(self, t: int) -> tuple[int, ...]:
        """The steps at which step t is read, none of which need exist where it is by a lag."""
        return tuple(i for i, read in enumerate(self.steps, 1) if read == t) if self.steps else (t + self.lag,)


class FedBack(Struct, frozen=True):
    """The fed-back signal f(t − lag): the feedback setting decides which node it is (fig. 10.6)."""

    lag: int = 1

    @property
    def direction(self) -> int:
        """As of a `Ref`."""
        return (self.lag > 0) - (self.lag < 0)


Source = Ref | FedBack


def refs_in(sources: Iterable[Source]) -> tuple[Ref, ...]:
    """Of what is read the nodes, without what is fed back and not settled yet."""
    return tuple(source for source in sources if isinstance(source, Ref))


class Vertex(Struct, frozen=True, order=True):
    """A node at step t, 1 ≤ t ≤ τ; t outside that range names an initial state."""

    name: str
    t: int


Sizes = dict[str, int]
"""Dimension name ("n_x", "n_h", "n_y") → number of units."""


def factors(size: str) -> tuple[str, ...]:
    """The dimension names of which a size is the product, but for "1": rows and columns of a matrix, "T_x*n_h"."""
    return tuple(name for name in size.split("*") if name != "1")


def shape_of_size(size: str, sizes: Sizes) -> tuple[int, ...]:
    """The numbers of rows and columns, or of units; (1,) of the size "1"."""
    return tuple(sizes[name] for name in factors(size)) or (1,)


def dimension(name: str, sizes: Sizes) -> int:
    """The number of units that a size stands for: a dimension name, "1", or a product of names."""
    return prod(shape_of_size(name, sizes))
