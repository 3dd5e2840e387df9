"""What an operation or a term is given when it is computed, differentiated, said, or written as source code.

Operations know nothing of networks, memory or traces: the compilers, the equations and the exporters hand them these.
Arrays are (rows, n), a row for every step and sequence; what is the same at every step is read as the rows of one
step, (B, n), and `aligned` sets it beside the others.
"""

from collections.abc import Callable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from explorer.graph.arrays import Array
from explorer.graph.equation import Factor
from explorer.graph.refs import Ref, Source, Vertex


class Both(Protocol):
    """Some steps of a node while calls are prepared, in either direction."""

    def call(self, function: Callable[..., object], *arguments: object) -> None:
        """Prepare this call as the next."""

    def read(self, source: Source) -> Array:
        """What the node reads at these steps."""

    def parameter(self, name: str) -> Array:
        """An entry of θ, which moves from run to run but stays in its place.

        Several networks may be computed side by side: a vector then is (B, n), a row for each sequence, and a matrix
        has one more axis, so that it is for `product` alone.
        """

    def product(self, rows: Array, matrix: Array, out: Array) -> None:
        """Prepare `out` = `rows` · `matrix`, a weight or what is `transposed` of one."""

    def complement(self, parameter: str) -> Array:
        """1 − parameter, brought up to date once in each run."""

    def symbols(self, source: Source) -> NDArray[np.intp] | None:
        """Of a source known to be one-hot, which entry is 1 in each row (n where there is none); None of others."""

    def ones(self, n: int) -> Array:
        """A vector of ones: a product with it adds up rows, several times as fast as numpy's sum."""

    def scratch(self, rows: int, n: int) -> Array:
        """Room for what nobody needs afterwards."""


class Rows(Both, Protocol):
    """Some steps of a node, forward: `out` is where its value goes.

    Where it is `quick`, exponentials may be taken as they come: whoever runs the calls looks at `normaliser`
    afterwards, and runs others if it is out of hand. The terms of a sum find in `fresh` whether nothing stands in `out`
    yet, and in `biases` the parameters that are still to be added.
    """

    out: Array
    quick: bool
    fresh: bool
    biases: list[str]

    def room(self, rows: int) -> Array:
        """Where a term of a sum may write so many rows: `out` itself if it can."""

    def put(self, array: Array) -> None:
        """Write a term to `out`, or add it to what stands there."""

    def transposed(self, weight: str) -> Array:
        """A copy of Wᵀ, made once in each run: products are up to half as fast again if it is in this order."""

    def look_up(self, weight: str, bias: str | None, symbols: NDArray[np.intp], out: Array) -> None:
        """Prepare W x (+ b) for one-hot x: for each symbol a row of Wᵀ, many times as fast as the product."""

    @property
    def sums(self) -> Array:
        """(rows, 1 or n): room for Σ exp(o), in every column."""

    @property
    def normaliser(self) -> Array:
        """(rows,): room for log Σ exp(o), which the loss takes up."""

    @property
    def logits(self) -> Array:
        """The logits of the output."""

    @property
    def uniform(self) -> Array:
        """(rows,): numbers in [0, 1) to sample with."""

    @property
    def mask(self) -> Array:
        """(rows, 1): 1 where a mixed feedback feeds the target, 0 where it feeds the network's own signal."""

    @property
    def target_index(self) -> NDArray[np.intp]:
        """Where the target's entry stands in the prediction at these steps, flattened, if targets are symbols."""


class TermBack(Both, Protocol):
    """Some steps of a node, backward: its `gradient`, and `out`, where what comes back to one source goes."""

    gradient: Array
    out: Array

    def outer(self, gradient: Array, source: Source) -> None:
        """Prepare `out` = Σ gradient(row) source(row)ᵀ; the gradient may be another than the node's own."""

    def total(self, rows: Array) -> None:
        """Prepare `out` = Σ of these rows."""


class BackRows(TermBack, Protocol):
    """The same for an operation that is no sum."""

    @property
    def mask(self) -> Array:
        """(rows, 1): 1 where a mixed feedback feeds the target, 0 where it feeds the network's own signal."""

    @property
    def target_index(self) -> NDArray[np.intp]:
        """Where the target's entry stands in the prediction at these steps, flattened, if targets are symbols."""

    @property
    def value(self) -> Array:
        """The node's own value."""

    @property
    def slope(self) -> Array:
        """The derivative of an elementwise operation, on a cycle worked out for a whole block of steps beforehand.

        Where the gradient at its reader stands for its own (`compute.relays`), times what that reader multiplies it by.
        """

    @property
    def weighted(self) -> bool:
        """Whether the gradient at a loss need not be 1."""


class Here(Protocol):
    """One node of a trace at one step, in symbols and numbers.

    In an equation of a gradient everything is written relative to the step of the source that it comes back to.
    """

    t: int
    back_to: int
    """The step of the source that a gradient comes back to."""
    origin: str
    """Where a gradient comes from, in words."""
    is_probability: bool
    """Whether it is the prediction, and a distribution of targets."""

    def value(self, source: Source) -> Factor:
        """What the node reads."""

    def every(self, source: Source) -> Factor:
        """What is read at all steps, as a matrix with a row for each."""

    def itself(self) -> Factor:
        """The node's own value."""

    def gradient(self) -> Factor:
        """The gradient at the node."""

    def parameter(self, name: str, transposed: bool = False) -> Factor:
        """An entry of θ."""

    def weight(self) -> Factor | None:
        """w(t), by which a loss counts; None where the batch has no loss weights."""

    def plain(self, what: Source | Vertex | None = None) -> str:
        """The node, what it reads, or any other, as plain text: h(3)."""

    def fed(self, target: Source, own: Source) -> Source:
        """Which of both a mixed feedback feeds."""

    @property
    def logits(self) -> Ref:
        """The logits of the output."""


class Script(Protocol):
    """How a written program calls what a node reads: expressions of arrays (B, n), one step at a time."""

    back_to: str
    """The step of the source that a gradient comes back to, where all of its steps are read."""
    mask: str
    """(B, 1), 1 where a mixed feedback feeds the target."""
    uniform: str
    """(B, 1), numbers in [0, 1)."""
    logits: str

    def read(self, source: Source) -> str:
        """What the node reads."""

    def every(self, source: Source) -> str:
        """What is read at all steps: a list, in their order."""

    def parameter(self, name: str) -> str:
        """An entry of θ."""

    def helper(self, source: str) -> str:
        """Have this function defined before what calls it; its name. Numpy and PyTorch have helpers of their own."""


def aligned(*arrays: Array) -> tuple[Array, ...]:
    """Views in which what is the same at every step, (B, n), stands beside what is not: (steps, B, n).

    A vector, which is the same in every row, stays as it is.
    """
    rows = {len(array) for array in arrays if array.ndim > 1}
    if len(rows) == 1:
        return arrays
    return tuple(array if array.ndim == 1 else array.reshape(-1, min(rows), array.shape[1]) for array in arrays)
