"""Declare a recurrent network once: its nodes, and the terms each node is computed from.

Drawing, stepping order, equations and arithmetic all follow from an `Architecture`. A node is one variable of
the book (x, a, h, o, ŷ, L, y); its operation names the nodes it reads, each at a lag in time.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from explorer.graph.refs import FedBack as FedBack
from explorer.graph.refs import Ref as Ref
from explorer.graph.refs import Source as Source


class Linear(Struct, frozen=True):
    """The term `weight` · source; the weight has shape (size of the node, size of the source).

    `cited`: where the book has the gradient of the weight, "eq. 10.26" say; `symbol`: its TeX, if that is not its name.
    """

    weight: str
    source: Source
    cited: str = ""
    symbol: str = ""

    @property
    def sources(self) -> tuple[Source, ...]:
        return (self.source,)

    @property
    def parameters(self) -> tuple[str, ...]:
        return (self.weight,)


class Bias(Struct, frozen=True):
    """The term `parameter`, a vector of the node's size; `cited` and `symbol` as for a weight."""

    parameter: str
    cited: str = ""
    symbol: str = ""

    @property
    def sources(self) -> tuple[Source, ...]:
        return ()

    @property
    def parameters(self) -> tuple[str, ...]:
        return (self.parameter,)


class Hadamard(Struct, frozen=True):
    """The term left ⊙ right, an elementwise product, as in a gate."""

    left: Source
    right: Source

    @property
    def sources(self) -> tuple[Source, ...]:
        return (self.left, self.right)

    @property
    def parameters(self) -> tuple[str, ...]:
        return ()


class Scaled(Struct, frozen=True):
    """The term parameter ⊙ source, with a vector of the node's size, as in a leaky unit (section 10.9.2).

    With `complement` it is (1 − parameter) ⊙ source. `cited` and `symbol` as for a weight.
    """

    parameter: str
    source: Source
    complement: bool = False
    cited: str = ""
    symbol: str = ""

    @property
    def sources(self) -> tuple[Source, ...]:
        return (self.source,)

    @property
    def parameters(self) -> tuple[str, ...]:
        return (self.parameter,)


Term = Linear | Bias | Hadamard | Scaled


class Given(Struct, frozen=True):
    """A node whose value comes from the data: x and y."""

    @property
    def sources(self) -> tuple[Source, ...]:
        return ()


class Sum(Struct, frozen=True):
    """A sum of terms, as in eq. 10.8: a = b + W h(t−1) + U x(t)."""

    terms: tuple[Term, ...]

    @property
    def sources(self) -> tuple[Source, ...]:
        return tuple(source for term in self.terms for source in term.sources)


class Activation(Struct, frozen=True):
    """φ(source), elementwise (eq. 10.9). `function` None means the activation that the learner has chosen."""

    source: Source
    function: str | None = None

    @property
    def sources(self) -> tuple[Source, ...]:
        return (self.source,)


class Softmax(Struct, frozen=True):
    """softmax(source) over the units (eq. 10.11)."""

    source: Ref

    @property
    def sources(self) -> tuple[Source, ...]:
        return (self.source,)


class CrossEntropy(Struct, frozen=True):
    """−log of the prediction's entry at the target (eq. 10.14), in nats.

    The prediction is a softmax, and value and gradient are computed from its logits: a probability that
    underflows to 0 then still has the right loss, and the gradient is ŷ − 1_y (eq. 10.18).
    """

    prediction: Ref
    target: Ref

    @property
    def sources(self) -> tuple[Source, ...]:
        return (self.prediction, self.target)


class BinaryCrossEntropy(Struct, frozen=True):
    """Σ_i −log of the probability that the prediction gives to y_i, 0 or 1 (section 6.2.2.2), in nats.

    The prediction is a sigmoid, and value and gradient are computed from its logits; the gradient is ŷ − y.
    """

    prediction: Ref
    target: Ref

    @property
    def sources(self) -> tuple[Source, ...]:
        return (self.prediction, self.target)


class SquaredError(Struct, frozen=True):
    """½ ‖y − o‖², the −log likelihood of a Gaussian of unit variance, but for a constant (section 6.2.2.1).

    The prediction is o itself, a linear function of the state; the gradient is o − y.
    """

    prediction: Ref
    target: Ref

    @property
    def sources(self) -> tuple[Source, ...]:
        return (self.prediction, self.target)


class OneHotArgmax(Struct, frozen=True):
    """The one-hot vector of the largest entry of source. No gradient flows through it."""

    source: Ref

    @property
    def sources(self) -> tuple[Source, ...]:
        return (self.source,)


class OneHotSample(Struct, frozen=True):
    """The one-hot vector of a symbol drawn from the probabilities in source. No gradient flows through it."""

    source: Ref

    @property
    def sources(self) -> tuple[Source, ...]:
        return (self.source,)


class Mix(Struct, frozen=True):
    """The target where the mask says so, else the network's own signal: feedback decided step by step."""

    target: Ref
    own: Ref

    @property
    def sources(self) -> tuple[Source, ...]:
        return (self.target, self.own)


Loss = CrossEntropy | BinaryCrossEntropy | SquaredError
Operation = Given | Sum | Activation | Softmax | Loss | OneHotArgmax | OneHotSample | Mix


class Span(Struct, frozen=True):
    """Where in time a node lives: at every step of a segment, or with `last` at its last alone.

    `length` names the number of steps: "T", or that of a segment of its own, such as "T_x" for an encoder; a case
    gives it among the sizes, and it is T if it is not given. "1" is once, without time. Steps are counted from 1
    within their segment.
    """

    length: str = "T"
    last: bool = False

    def steps(self, T: int, sizes: "Sizes") -> range:
        """The steps, counted from 1."""
        end = 1 if self.length == "1" else sizes.get(self.length, T)
        return range(end if self.last else 1, end + 1)

    def count(self, T: int, sizes: "Sizes") -> int:
        """The number of steps."""
        return 1 if self.single else sizes.get(self.length, T)

    @property
    def single(self) -> bool:
        """Whether it is one step, whatever the lengths."""
        return self.last or self.length == "1"


EVERY, LAST, ONCE = Span(), Span(last=True), Span("1")


class Cited(Struct, frozen=True):
    """Where the book has a node: how it is computed, and its gradient, as `gradient_alone` where that comes from the
    loss of the same step only. What is left out has the citation of the network's figure; `with_figure` names that
    beside the value as well, where it tells which sources there are.
    """

    value: str = ""
    gradient: str = ""
    gradient_alone: str = ""
    with_figure: bool = False


class Node(Struct, frozen=True):
    """One variable of the network.

    `size` is a dimension name ("n_x", "n_h", "n_y") or "1". `row` is the row of the drawing, from 0 at the
    bottom, None for a node that is not drawn by itself (`shift`: sideways, in columns); `symbol` is its TeX.
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

    @property
    def last_only(self) -> bool:
        """Whether it exists at the last step alone (fig. 10.5)."""
        return self.span.last


Sizes = dict[str, int]
"""Dimension name ("n_x", "n_h", "n_y") → number of units."""


def dimension(name: str, sizes: Sizes) -> int:
    """The number of units that a dimension name stands for."""
    return 1 if name == "1" else sizes[name]


def terms_of(nodes: Iterable[Node]) -> Iterator[tuple[Node, Term]]:
    """Every term of every sum, with its node."""
    for node in nodes:
        if isinstance(node.operation, Sum):
            for term in node.operation.terms:
                yield node, term
