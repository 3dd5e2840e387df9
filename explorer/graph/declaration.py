"""Declare a recurrent network once: its nodes, and the terms each node is computed from.

Drawing, stepping order, equations and arithmetic all follow from an `Architecture`. A node is one variable of
the book (x, a, h, o, ŷ, L, y); its operation names the nodes it reads, each at a lag in time.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Ref:
    """Node `name` at step t − lag; a negative lag reads a later step, `at_last` step τ whatever t is."""

    name: str
    lag: int = 0
    at_last: bool = False


@dataclass(frozen=True)
class FedBack:
    """The fed-back signal f(t − lag): the feedback setting decides which node it is (fig. 10.6)."""

    lag: int = 1


Source = Ref | FedBack


@dataclass(frozen=True)
class Linear:
    """The term `weight` · source; the weight has shape (size of the node, size of the source)."""

    weight: str
    source: Source

    @property
    def sources(self) -> tuple[Source, ...]:
        return (self.source,)


@dataclass(frozen=True)
class Bias:
    """The term `parameter`, a vector of the node's size."""

    parameter: str

    @property
    def sources(self) -> tuple[Source, ...]:
        return ()


@dataclass(frozen=True)
class Hadamard:
    """The term left ⊙ right, an elementwise product, as in a gate."""

    left: Source
    right: Source

    @property
    def sources(self) -> tuple[Source, ...]:
        return (self.left, self.right)


Term = Linear | Bias | Hadamard


@dataclass(frozen=True)
class Given:
    """A node whose value comes from the data: x and y."""

    @property
    def sources(self) -> tuple[Source, ...]:
        return ()


@dataclass(frozen=True)
class Sum:
    """A sum of terms, as in eq. 10.8: a = b + W h(t−1) + U x(t)."""

    terms: tuple[Term, ...]

    @property
    def sources(self) -> tuple[Source, ...]:
        return tuple(source for term in self.terms for source in term.sources)


@dataclass(frozen=True)
class Activation:
    """φ(source), elementwise (eq. 10.9). `function` None means the activation that the learner has chosen."""

    source: Source
    function: str | None = None

    @property
    def sources(self) -> tuple[Source, ...]:
        return (self.source,)


@dataclass(frozen=True)
class Softmax:
    """softmax(source) over the units (eq. 10.11)."""

    source: Ref

    @property
    def sources(self) -> tuple[Source, ...]:
        return (self.source,)


@dataclass(frozen=True)
class CrossEntropy:
    """−log of the prediction's entry at the target (eq. 10.14), in nats.

    The prediction is a softmax, and value and gradient are computed from its logits: a probability that
    underflows to 0 then still has the right loss, and the gradient is ŷ − 1_y (eq. 10.18).
    """

    prediction: Ref
    target: Ref

    @property
    def sources(self) -> tuple[Source, ...]:
        return (self.prediction, self.target)


@dataclass(frozen=True)
class OneHotArgmax:
    """The one-hot vector of the largest entry of source. No gradient flows through it."""

    source: Ref

    @property
    def sources(self) -> tuple[Source, ...]:
        return (self.source,)


@dataclass(frozen=True)
class OneHotSample:
    """The one-hot vector of a symbol drawn from the probabilities in source. No gradient flows through it."""

    source: Ref

    @property
    def sources(self) -> tuple[Source, ...]:
        return (self.source,)


@dataclass(frozen=True)
class Mix:
    """The target where the mask says so, else the network's own signal: feedback decided step by step."""

    target: Ref
    own: Ref

    @property
    def sources(self) -> tuple[Source, ...]:
        return (self.target, self.own)


Operation = Given | Sum | Activation | Softmax | CrossEntropy | OneHotArgmax | OneHotSample | Mix


@dataclass(frozen=True)
class Node:
    """One variable of the network.

    `size` is a dimension name ("n_x", "n_h", "n_y") or "1". `row` is the row of the drawing, from 0 at the
    bottom, None for a node that is not drawn by itself (`shift`: sideways, in columns); `symbol` is its TeX.
    A node with `last_only` exists at t = τ alone (fig. 10.5).
    """

    name: str
    size: str
    operation: Operation
    symbol: str
    row: float | None = None
    shift: float = 0.0
    last_only: bool = False
    optional: bool = False
    """Drawn only when the learner asks for it, as the pre-activations a are."""


@dataclass(frozen=True)
class Parameter:
    """One entry of θ: its name and the names of its dimensions, (rows, columns) or (entries,)."""

    name: str
    dimensions: tuple[str, ...]

    def shape(self, sizes: "Sizes") -> tuple[int, ...]:
        return tuple(dimension(name, sizes) for name in self.dimensions)


Sizes = dict[str, int]
"""Dimension name ("n_x", "n_h", "n_y") → number of units."""


def dimension(name: str, sizes: Sizes) -> int:
    """The number of units that a dimension name stands for."""
    return 1 if name == "1" else sizes[name]


class Nodes:
    """What can be asked of the nodes of any network: which is of a name or kind, and which play the book's parts."""

    nodes: tuple[Node, ...]

    def node(self, name: str) -> Node:
        return self._by_name[name]

    @cached_property
    def _by_name(self) -> dict[str, Node]:
        return {node.name: node for node in self.nodes}

    def find(self, kind: type) -> Node:
        """The one node whose operation is of this kind, such as `Softmax` or `CrossEntropy`."""
        return next(node for node in self.nodes if isinstance(node.operation, kind))

    @property
    def logits(self) -> str:
        """The name of the node that the softmax is taken of: o."""
        softmax = self.find(Softmax).operation
        assert isinstance(softmax, Softmax)
        return softmax.source.name

    @property
    def target(self) -> str:
        """The name of the node that the prediction is compared with: y."""
        loss = self.find(CrossEntropy).operation
        assert isinstance(loss, CrossEntropy)
        return loss.target.name

    @property
    def input(self) -> str:
        """The name of the given node that is not the target: x."""
        (name,) = (n.name for n in self.nodes if isinstance(n.operation, Given) and n.name != self.target)
        return name

    @property
    def output_states(self) -> tuple[str, ...]:
        """The names of the nodes that the logits are a linear function of: h."""
        read = (t.source for node, t in terms_of(self.nodes) if node.name == self.logits and isinstance(t, Linear))
        return tuple(dict.fromkeys(source.name for source in read if isinstance(source, Ref)))


@dataclass(frozen=True)
class Architecture(Nodes):
    """A recurrent network, folded: what the book's left-hand drawings show.

    `figure` is its figure in the book, `lesson` the one sentence that it teaches.
    """

    id: str
    title: str
    subtitle: str
    figure: str
    lesson: str
    nodes: tuple[Node, ...]

    @property
    def takes_feedback(self) -> bool:
        """Whether the output flows back, so that teacher forcing applies at all (section 10.2.1)."""
        return any(isinstance(s, FedBack) for node in self.nodes for s in node.operation.sources)

    @property
    def one_output(self) -> bool:
        """Whether there is one output, at the end, for the whole sequence (fig. 10.5)."""
        return self.find(CrossEntropy).last_only

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """θ in the order of first use. A fed-back signal has the size of the prediction."""
        found: dict[str, Parameter] = {}
        for node, term in terms_of(self.nodes):
            if isinstance(term, Linear):
                dims: tuple[str, ...] = (node.size, self.size_of(term.source))
                found.setdefault(term.weight, Parameter(term.weight, dims))
            elif isinstance(term, Bias):
                found.setdefault(term.parameter, Parameter(term.parameter, (node.size,)))
        return tuple(found.values())

    def size_of(self, source: Source) -> str:
        return self.find(Softmax).size if isinstance(source, FedBack) else self.node(source.name).size


def terms_of(nodes: Iterable[Node]) -> Iterator[tuple[Node, Term]]:
    """Every term of every sum, with its node."""
    for node in nodes:
        if isinstance(node.operation, Sum):
            for term in node.operation.terms:
                yield node, term
