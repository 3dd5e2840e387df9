"""Say what an event computes as data: factors with their TeX, shapes and numbers. Views only lay this out.

The same equation is read three ways: in symbols and with the shape under each factor (`typeset.latex`), and with
numbers (each factor's `array`). Whoever holds the operands can recompute the result.
"""

from enum import StrEnum

from msgspec import Struct

from explorer.graph.arrays import Array
from explorer.graph.refs import Vertex


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


class Combine(StrEnum):
    """How the factors of a term are multiplied."""

    MATRIX = "matrix"  # W h
    OUTER = "outer"  # g hᵀ
    SCALE = "scale"  # a number times an array
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

    `function` is None for a plain sum, else the id of an elementwise function, "softmax", "argmax", "sample" or
    "choice", or a loss: "cross_entropy", "binary_cross_entropy" (Σ ζ(z) of the sum z) or "squared_error" (½ ‖z‖²).
    `entry` is the unit that a cross-entropy or a pick singles out. With `over_time` the terms
    run over the time steps. `source` names the equation or figure of the book; `caption` is one sentence about what
    happens; `why` says why a factor is transposed, where one is; `cuts` lists paths by which no gradient comes.
    """

    title: str
    left: Factor
    terms: tuple[TermOf, ...]
    source: str
    caption: str
    function: str | None = None
    entry: int | None = None
    over_time: bool = False
    why: str = ""
    cuts: tuple[CutPath, ...] = ()
    derivation: tuple[Step, ...] = ()
