"""What a term of a sum is: what it reads, its parameters, its value, its derivatives, and how it is said.

A term is one file of this package: a subclass of `Term` whose fields that are references are its sources, in order.
"""

from collections.abc import Callable
from typing import Self

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from explorer.graph.arrays import Array
from explorer.graph.contexts import Here, Rows, Script, TermBack, aligned
from explorer.graph.equation import TermOf
from explorer.graph.initial import Initial
from explorer.graph.refs import FedBack, Ref, Sizes, Source, dimension


class Parameter(Struct, frozen=True):
    """One entry of θ: its name, the names of its dimensions, (rows, columns) or (entries,), and its TeX.

    `cited`: where the book has its gradient. `initial`: how it is drawn, None for as all weights or biases are. What is
    not `trained` keeps the numbers it starts with; it has a gradient all the same.
    """

    name: str
    dimensions: tuple[str, ...]
    symbol: str
    cited: str = ""
    initial: Initial | None = None
    trained: bool = True

    def shape(self, sizes: Sizes) -> tuple[int, ...]:
        return tuple(dimension(name, sizes) for name in self.dimensions)


def references(record: Struct) -> dict[str, Source]:
    """The fields of a record that refer to nodes."""
    return {
        name: value for name in record.__struct_fields__ if isinstance(value := getattr(record, name), (Ref, FedBack))
    }


class Term(Struct, frozen=True):
    """One summand of a `Sum`."""

    @property
    def sources(self) -> tuple[Source, ...]:
        return tuple(references(self).values())

    def connected(self, read: Callable[[Source], Ref]) -> Self:
        """The same with every source resolved."""
        return replace(self, **{name: read(source) for name, source in references(self).items()})

    def declared(self, size: str, size_of: Callable[[Source], str]) -> tuple[Parameter, ...]:
        """Its parameters, in a node of this size."""
        return ()

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of its parameters."""
        return tuple(parameter.name for parameter in self.declared("", lambda source: ""))

    @property
    def weight(self) -> str | None:
        """The matrix through which it reads its source, which stands beside the edge in the drawing."""
        return None

    @property
    def beside(self) -> str | None:
        """The parameter that is written beside the edge from its source, None for none."""
        return self.weight

    def written(self, symbol: str) -> str:
        """The TeX beside that edge, of the parameter's symbol."""
        return symbol

    @property
    def bias(self) -> str | None:
        """The parameter that it is, if it is nothing else; its sum adds it then, and `forward` is not asked for."""
        return None

    def looks_up(self, at: Rows) -> bool:
        """Whether it is looked up by symbol, in a table that can take up a bias."""
        return False

    def forward(self, at: Rows) -> Array:
        """Prepare the calls that compute it; return the array where it then stands, `at.room` of it best."""
        raise NotImplementedError

    def vjp(self, slot: int, at: TermBack) -> None:
        """Prepare the calls that write to `at.out` what comes back to source number `slot`.

        It is linear in `at.gradient`, which is that of a step, or of all of them added up where all that is read is the
        same at every step.
        """
        raise NotImplementedError

    def adds_up(self, slot: int) -> bool:
        """Whether `vjp` adds up over the steps what comes back to this source, which lives once."""
        return False

    def parameter_vjp(self, name: str, at: TermBack) -> None:
        """The same for one of its parameters: the sum over all rows, shaped like the parameter."""
        raise NotImplementedError

    def value_said(self, here: Here) -> TermOf:
        """The term in an equation."""
        raise NotImplementedError

    def gradient_said(self, slot: int, here: Here) -> TermOf:
        """What comes back to a source, in an equation."""
        raise NotImplementedError

    def parameter_said(self, name: str, here: Here) -> TermOf:
        """What one step adds to the gradient of a parameter, in an equation."""
        raise NotImplementedError

    def numpy_value(self, script: Script) -> str:
        """The term as a numpy expression, (B, n) or what broadcasts to it."""
        raise NotImplementedError

    def numpy_vjp(self, slot: int, gradient: str, script: Script) -> str:
        """What comes back to a source, as a numpy expression of the gradient at the node."""
        raise NotImplementedError

    def numpy_parameter_vjp(self, name: str, gradient: str, script: Script) -> str:
        """What a step adds to the gradient of a parameter, summed over the batch, as a numpy expression."""
        raise NotImplementedError

    def torch_value(self, script: Script) -> str:
        """The term as a PyTorch expression: as in numpy, unless a term says otherwise."""
        return self.numpy_value(script)


class Elementwise(Term, frozen=True):
    """A term that takes its sources, of its size, unit by unit: what comes back is the gradient times a factor."""

    def factor(self, slot: int, at: TermBack) -> Array:
        """What the gradient is multiplied by on its way to source number `slot`: (rows, n), or (n,) for all rows."""
        raise NotImplementedError

    def vjp(self, slot: int, at: TermBack) -> None:
        at.call(np.multiply, *aligned(at.gradient, self.factor(slot, at), at.out))
