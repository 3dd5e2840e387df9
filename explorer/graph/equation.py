"""Say what an event computes as data: factors with their TeX, shapes and numbers. Views only lay this out.

The same equation is read three ways: in symbols and with the shape under each factor (`typeset.latex`), and with
numbers (each factor's `array`). Whoever holds the operands can recompute the result.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import reduce

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from explorer.graph.arrays import Array, Index
from explorer.graph.plain import plain, plain_factor
from explorer.graph.refs import Vertex

TRANSPOSED = r"^\top"


def raised_tex(symbol: str, mark: str) -> str:
    """A symbol with a superscript more, such as W transposed."""
    return f"{{{symbol}}}{mark}" if "^" in symbol else f"{symbol}{mark}"


class Role(StrEnum):
    """What a factor is, which decides its colour."""

    PARAMETER = "parameter"
    VALUE = "value"
    TARGET = "target"
    GRADIENT = "gradient"
    DIFFERENCE = "difference"  # prediction − target, the gradient that the loss sends to the logits
    LOSS = "loss"
    DERIVATIVE = "derivative"
    CONSTANT = "constant"


class Factor(Struct, frozen=True, eq=False):
    """One symbol of an equation with the numbers it stands for here.

    `tex` holds the general step (h^{(t-1)}), `tex_here` the step at hand (h^{(3)}). `array` is what enters the
    product: a matrix already transposed where the symbol says so, a vector (n,), or a scalar (). `shape` names
    its dimensions ("n_h", "n_y"). `vertex` or `parameter` says where in the drawing it lives.
    """

    tex: str
    tex_here: str
    array: Array
    role: Role
    shape: tuple[str, ...] = ()
    vertex: Vertex | None = None
    parameter: str | None = None
    transposed: bool = False

    @property
    def turned(self) -> "Factor":
        """A matrix transposed."""
        tex, tex_here = raised_tex(self.tex, TRANSPOSED), raised_tex(self.tex_here, TRANSPOSED)
        return replace(self, tex=tex, tex_here=tex_here, array=self.array.T, shape=self.shape[::-1], transposed=True)

    @property
    def plain(self) -> str:
        """As plain text, for sentences: W, h(3), (1 − α)."""
        return plain(self.tex_here) if self.parameter else plain_factor(self.tex_here)


class Combine(StrEnum):
    """How the factors of a term are multiplied."""

    MATRIX = "matrix"  # W h
    OUTER = "outer"  # g hᵀ
    SCALE = "scale"  # a number times an array, or times the elementwise product of two
    ELEMENTWISE = "elementwise"
    SOFTMAX_JACOBIAN = "softmax_jacobian"  # ŷ ⊙ (g − ŷᵀ g)


class TermOf(Struct, frozen=True, eq=False):
    """One summand: sign, factors, how they combine, and its own result; `origin` says where a gradient comes from."""

    factors: tuple[Factor, ...]
    combine: Combine
    array: Array
    sign: int = 1
    origin: str = ""
    step: int | None = None
    """Which time step this summand belongs to, where the sum runs over time."""

    @property
    def plain(self) -> str:
        """As plain text, for sentences: W h(3)."""
        return (" ⊙ " if self.combine is Combine.ELEMENTWISE else " ").join(factor.plain for factor in self.factors)


def multiplied(combine: Combine, arrays: Sequence[Array]) -> Array:
    """What the numbers of a term's factors come to."""
    if len(arrays) == 1:
        return arrays[0]
    first, second, *others = arrays
    match combine:
        case Combine.MATRIX:
            return np.asarray(first @ second)
        case Combine.OUTER:
            return np.outer(first, second)
        case Combine.SOFTMAX_JACOBIAN:
            return np.asarray(first * (second - first @ second))
        case Combine.SCALE | Combine.ELEMENTWISE:  # pragma: no branch - there are no other ways
            return np.asarray(reduce(np.multiply, others, first * second))


def summand(*factors: Factor, combine: Combine = Combine.MATRIX, sign: int = 1, origin: str = "") -> TermOf:
    """A term of these factors, with what they come to."""
    return TermOf(factors, combine, multiplied(combine, [factor.array for factor in factors]), sign, origin)


LONGEST = 8
"""Pieces of a line by hand that are written out; a longer one is shortened in its middle."""


def shortened(pieces: list[str], between: str) -> list[str]:
    """The pieces, or the first and the last of many; `between` tells how many are left out, {n}."""
    if len(pieces) <= LONGEST:
        return pieces
    return [*pieces[: LONGEST - 2], between.format(n=len(pieces) - LONGEST + 1), pieces[-1]]


class Function(Struct, frozen=True, eq=False):
    """What is made of the sum of the terms of an equation.

    `name` is how it is called before brackets; with `subscript` the entry that it singles out stands behind them.
    `heading` is that of the derivation, where there is one. Indices are of the sum, a vector of n entries.
    """

    id: str
    name: str
    subscript: str = ""
    heading: str = ""

    def apply(self, total: Array, entry: int | None) -> Array:
        """The numbers; `entry` is the one that the equation singles out."""
        raise NotImplementedError

    def tex(self, body: str, step: str) -> str:
        """The function of `body`, at the superscript `step`."""
        raise NotImplementedError

    def entries(self, index: Index, n: int, entry: int | None) -> list[Index]:
        """The entries of the sum from which entry `index` of the result is made: all of them, mostly."""
        return [(k,) for k in range(n)]

    def by_hand(self, left: str, part: Callable[[Index], str], index: Index, n: int, entry: int | None) -> str:
        """How one entry of the result, `left`, is worked out from the entries of the sum, `part`, all as written."""
        raise NotImplementedError

    def missing(self, total: Array, entry: int | None) -> str:
        """Why these numbers do not give the result, in a sentence, where it is the computer's numbers that fail."""
        return ""


class CutPath(Struct, frozen=True):
    """A path by which no gradient comes, and why."""

    origin: str
    reason: str


class Step(Struct, frozen=True, eq=False):
    """One line of a derivation: what is done, in words and in TeX, with the numbers it yields here."""

    words: str
    tex: str
    array: Array | None = None


class Equation(Struct, frozen=True):
    """`left` = `function`( Σ `terms` ).

    `function` is None for a plain sum. `entry` is the unit that a cross-entropy or a pick singles out. With `over_time`
    the terms run over the steps from the `first` to the `last`. `source` names the equation or figure of the book;
    `caption` is one sentence about what happens; `why` says why factors are transposed, in a sentence each; `cuts`
    lists paths by which no gradient comes.
    """

    title: str
    left: Factor
    terms: tuple[TermOf, ...]
    source: str
    caption: str
    function: Function | None = None
    entry: int | None = None
    over_time: bool = False
    first: str = "1"
    last: str = r"\tau"
    why: tuple[str, ...] = ()
    cuts: tuple[CutPath, ...] = ()
    derivation: tuple[Step, ...] = ()


class Said(Struct, frozen=True):
    """How an operation says its value: what an `Equation` needs beside what every node has."""

    terms: tuple[TermOf, ...]
    caption: str
    title: str = ""
    function: Function | None = None
    entry: int | None = None
    derivation: tuple[Step, ...] = ()
