"""Declare a recurrent network once: its nodes, and the terms each node is computed from.

Drawing, stepping order, equations and arithmetic all follow from an `Architecture`. A node is one variable of
the book (x, a, h, o, ŷ, L, y); its operation names the nodes it reads, each at a lag in time.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from explorer.graph.adjustable import Adjustable as Adjustable
from explorer.graph.initial import Constant as Constant
from explorer.graph.initial import Identity as Identity
from explorer.graph.initial import Initial as Initial
from explorer.graph.initial import Orthogonal as Orthogonal
from explorer.graph.initial import SpectralRadius as SpectralRadius
from explorer.graph.initial import Uniform as Uniform
from explorer.graph.operations.activation import Activation as Activation
from explorer.graph.operations.argmax import OneHotArgmax as OneHotArgmax
from explorer.graph.operations.base import Operation as Operation
from explorer.graph.operations.binary_cross_entropy import BinaryCrossEntropy as BinaryCrossEntropy
from explorer.graph.operations.cross_entropy import CrossEntropy as CrossEntropy
from explorer.graph.operations.gather import Gather as Gather
from explorer.graph.operations.given import Given as Given
from explorer.graph.operations.loss import Loss as Loss
from explorer.graph.operations.mix import Mix as Mix
from explorer.graph.operations.sample import OneHotSample as OneHotSample
from explorer.graph.operations.sigmoid_squared_error import SigmoidSquaredError as SigmoidSquaredError
from explorer.graph.operations.softmax import Softmax as Softmax
from explorer.graph.operations.squared_error import SquaredError as SquaredError
from explorer.graph.operations.sum import Sum as Sum
from explorer.graph.refs import FedBack as FedBack
from explorer.graph.refs import Ref as Ref
from explorer.graph.refs import Sizes as Sizes
from explorer.graph.refs import Source as Source
from explorer.graph.refs import dimension as dimension
from explorer.graph.terms.base import Term as Term
from explorer.graph.terms.bias import Bias as Bias
from explorer.graph.terms.hadamard import Hadamard as Hadamard
from explorer.graph.terms.linear import Linear as Linear
from explorer.graph.terms.matrix_product import MatrixProduct as MatrixProduct
from explorer.graph.terms.scaled import Scaled as Scaled


class Span(Struct, frozen=True):
    """Where in time a node lives: at every step of a segment, or with `last` at its last alone.

    `length` names the number of steps: "T", or that of a segment of its own, such as "T_x" for an encoder; a case
    gives it among the sizes, and it is T if it is not given. "1" is once, without time. Steps are counted from 1
    within their segment. With `tree` they are the nodes of a binary tree whose leaves are these steps, and inner nodes
    follow, the root last (see `Tree`); a reference to a child takes the place of one to an earlier step.
    """

    length: str = "T"
    last: bool = False
    tree: bool = False

    def steps(self, T: int, sizes: Sizes) -> range:
        """The steps, counted from 1."""
        end = self._end(T, sizes)
        return range(end if self.last else 1, end + 1)

    def count(self, T: int, sizes: Sizes) -> int:
        """The number of steps."""
        return 1 if self.single else self._end(T, sizes)

    def leaves(self, T: int, sizes: Sizes) -> int:
        """The number of steps of the segment: in a tree its leaves."""
        return 1 if self.length == "1" else sizes.get(self.length, T)

    def _end(self, T: int, sizes: Sizes) -> int:
        leaves = self.leaves(T, sizes)
        return 2 * leaves - 1 if self.tree else leaves

    @property
    def single(self) -> bool:
        """Whether it is one step, whatever the lengths."""
        return self.last or self.length == "1"

    @property
    def timeless(self) -> bool:
        """Whether its one step has no number: what is there once, or at the root of a tree alone."""
        return self.length == "1" or (self.tree and self.last)


EVERY, LAST, ONCE, TREE = Span(), Span(last=True), Span("1"), Span(tree=True)


class Cited(Struct, frozen=True):
    """Where the book has a node: how it is computed, and its gradient, as `gradient_alone` where that comes back from
    nodes of the same step only. What is left out has the citation of the network's figure; `with_figure` names that
    beside the value as well, where it tells which sources there are.
    """

    value: str = ""
    gradient: str = ""
    gradient_alone: str = ""
    with_figure: bool = False


class Node(Struct, frozen=True):
    """One variable of the network.

    `size` is a dimension name ("n_x", "n_h", "n_y", or the length of a segment, "T_x"), "1", or of a matrix the product
    of two: "T_x*n_h" has T_x rows, one after another in its vector of units. `row` is the row of the drawing, from 0 at
    the bottom, None for a node that is not drawn by itself (`shift`: sideways, in columns); `symbol` is its TeX.
    """

    name: str
    size: str
    operation: Operation
    symbol: str
    row: float | None = None
    shift: float = 0.0
    span: Span = EVERY
    optional: bool = False
    """Drawn only when the learner asks for it, as the pre-activations a are."""
    cited: Cited = Cited()
    called: str = ""
    """What it is in the terms of the field, such as "forget gate", where its part in the network does not tell."""

    @property
    def given(self) -> bool:
        """Whether its value comes from the data."""
        return self.operation.given

    @property
    def last_only(self) -> bool:
        """Whether it exists at the last step alone (fig. 10.5)."""
        return self.span.last


class ParameterStart(Struct, frozen=True):
    """How a parameter starts, if not as all do, and whether training moves it at all.

    A parameter that is not trained is a constant of the network, as most are in an echo state network (section 10.8).
    A number in `initial`, and `trained`, can be left to the learner.
    """

    parameter: str
    initial: Initial | None = None
    trained: bool | Adjustable = True


def terms_of(nodes: Iterable[Node]) -> Iterator[tuple[Node, Term]]:
    """Every term of every sum, with its node."""
    for node in nodes:
        for term in node.operation.terms:
            yield node, term
