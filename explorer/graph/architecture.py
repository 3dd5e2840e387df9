"""Declare a network as a whole, and ask which of its nodes play the book's parts."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from explorer.errors import ExplorerError, check_known, suggest
from explorer.graph.adjustable import Adjustable, Chosen, choices_in, decided, number
from explorer.graph.declaration import (
    FedBack,
    Hadamard,
    Node,
    ParameterStart,
    Ref,
    Sizes,
    Source,
    Sum,
    dimension,
    terms_of,
)
from explorer.graph.output import Output, OutputKind, Target, output_of, with_output
from explorer.graph.refs import factors, refs_in
from explorer.graph.signature import Signal, Signature
from explorer.graph.stacked import Stacked
from explorer.graph.terms.base import Parameter as Parameter
from explorer.language import tr
from explorer.wording import by_size, in_book


class Group(StrEnum):
    """What networks have in common, by which they are offered, in this order (the patterns of section 10.2 first)."""

    STATE_ONLY = tr("state only")
    OUTPUT_EACH_STEP = tr("output each step")
    OWN_PAST = tr("own past as input")
    ONE_OUTPUT = tr("one output")
    ONE_INPUT = tr("one input")
    BOTH_DIRECTIONS = tr("both directions")
    TWO_SEQUENCES = tr("two sequences")
    DEEP = tr("deep")
    LONG_MEMORY = tr("long memory")
    TREES = tr("trees")


class Nodes(Struct, frozen=True, kw_only=True, dict=True):
    """What can be asked of the nodes of any network: which is of a name or kind, and which play the book's parts."""

    nodes: tuple[Node, ...]

    def node(self, name: str) -> Node:
        """The node of this name; ExplorerError if none has it, or two have one name."""
        if name not in self._by_name:
            raise suggest(name, self._by_name, tr("node"))
        return self._by_name[name]

    @cached_property
    def _by_name(self) -> dict[str, Node]:
        found: dict[str, Node] = {}
        for node in self.nodes:
            if found.setdefault(node.name, node) is not node:
                raise ExplorerError("Two nodes are called {node}; give each a name of its own.", node=node.name)
        return found

    @cached_property
    def output(self) -> Output | None:
        """Which nodes play o, ŷ, y and L, and what that makes the output; None for a network without one."""
        return output_of(self.nodes)

    @property
    def logits(self) -> str | None:
        """The name of the node that plays o."""
        return None if self.output is None else self.output.logits

    @property
    def target(self) -> str | None:
        """The name of the node that plays y, which the prediction is compared with."""
        return None if self.output is None else self.output.target

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of the given nodes that are not the target, such as x; none without an input (fig. 10.1)."""
        given = (node.name for node in self.nodes if node.given)
        return tuple(name for name in given if name != self.target)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The names of the numbers of units that the network is made of, such as n_x and n_h."""
        names = (name for node in self.nodes for name in factors(node.size))
        return tuple(name for name in dict.fromkeys(names) if name not in self.lengths)

    @property
    def lengths(self) -> tuple[str, ...]:
        """The names of the numbers of steps of segments of their own, such as T_x; T itself is not among them."""
        return tuple(dict.fromkeys(node.span.length for node in self.nodes if node.span.length not in ("T", "1")))

    def with_lengths(self, sizes: Sizes, T: int) -> Sizes:
        """The sizes with these lengths: T, where they are not given."""
        return {**sizes, **{length: sizes.get(length, T) for length in self.lengths}}

    @property
    def switched(self) -> bool:
        """Whether some node takes one of two sources at each step, as a mask says."""
        return any(node.operation.switched for node in self.nodes)

    @cached_property
    def draws(self) -> bool:
        """Whether some node needs random numbers."""
        return any(node.operation.draws for node in self.nodes)

    @cached_property
    def refs(self) -> tuple[Ref, ...]:
        """Every read of a node by another, or by itself at another step."""
        return refs_in(source for node in self.nodes for source in node.operation.sources)

    @property
    def lags(self) -> tuple[str, ...]:
        """The names of the sizes that choose a lag, such as d."""
        return tuple(dict.fromkeys(ref.chosen for ref in self.refs if ref.chosen))

    @cached_property
    def signature(self) -> Signature:
        """What the network takes, by its given nodes, and what it gives, by its output."""
        inputs = tuple(Signal(name, self.node(name).span) for name in self.inputs)
        if self.output is None:
            return Signature(inputs, None)
        return Signature(inputs, Signal(self.output.target, self.node(self.output.target).span))

    @property
    def output_states(self) -> tuple[str, ...]:
        """The names of the nodes that the logits are a linear function of: h."""
        terms = (term for node, term in terms_of(self.nodes) if node.name == self.logits)
        return tuple(dict.fromkeys(ref.name for term in terms for ref in refs_in(term.sources)))

    @cached_property
    def state(self) -> str:
        """The name of the node that stands for the state: what the logits are read from, else what is read at a lag."""
        lagged = (ref.name for ref in self.refs if ref.direction)
        return next(iter((*self.output_states, *lagged, self.nodes[0].name)))


class Architecture(Nodes, frozen=True):
    """A recurrent network, folded: what the book's left-hand drawings show.

    `figure` is its figure in the book, "10.13a" say, or "" if it has none; `lesson` the one sentence that it teaches,
    `group` the networks that it is offered with. `starts` names the parameters that start in a way of their own, or are
    not trained. `stacks` are the arrays in which PyTorch keeps the parameters of such a network, by its names for them;
    where it has no such network but Keras has, they are `keras_stacks`, by the names that PyTorch would have for them.
    `cells` names nodes that others are computed for and nothing else, as its gates are for the h of an LSTM: with them
    each makes a cell, which a learner opens and closes. With `circuit`, what the figure is about is the folded graph
    beside the unfolded one, and the drawing begins with both.
    """

    id: str
    title: str
    subtitle: str
    figure: str
    lesson: str
    group: Group
    starts: tuple[ParameterStart, ...] = ()
    stacks: tuple[Stacked, ...] = ()
    keras_stacks: tuple[Stacked, ...] = ()
    cells: tuple[str, ...] = ()
    circuit: bool = False

    @property
    def cited(self) -> str:
        """How to refer to its figure: "fig. 10.13a"; "" if it has none, and what begins with a word as it stands."""
        figure = self.figure.strip()
        return in_book(f"fig. {figure}" if figure[:1].isdecimal() else figure)

    @property
    def title_and_figure(self) -> str:
        """The title, with the figure in brackets if it has one."""
        return f"{self.title} ({self.cited})" if self.cited else self.title

    @property
    def takes_feedback(self) -> bool:
        """Whether the output flows back, so that teacher forcing applies at all (section 10.2.1)."""
        return any(isinstance(s, FedBack) for node in self.nodes for s in node.operation.sources)

    @property
    def fed_back(self) -> Output | None:
        """The output where it flows back, else None."""
        return self.output if self.takes_feedback else None

    @cached_property
    def states(self) -> tuple[str, ...]:
        """The names of the recurrent states: the one that the logits read, and what else is read of another step."""
        computed = (ref.name for ref in self.refs if ref.direction and not self.node(ref.name).given)
        return tuple(dict.fromkeys((self.state, *computed)))

    @property
    def one_output(self) -> bool:
        """Whether there is one output, at the end, for the whole sequence (fig. 10.5)."""
        return self.output is not None and self.output.last_only

    def with_output(self, kind: OutputKind) -> "Architecture":
        """The same network with another output on its logits; ExplorerError for a network without one."""
        if self.output is None:
            raise ExplorerError("'{title}' has no output, so none can be chosen; leave output out.", title=self.title)
        return self if self.output.kind == kind else replace(self, nodes=with_output(self.nodes, kind))

    @property
    def choices(self) -> Mapping[str, Adjustable]:
        """What is left to the learner, by name, in the order of the declaration."""
        return {choice.name: choice for start in self.starts for choice in choices_in(start)}

    def decided(self, values: Mapping[str, Chosen]) -> "Architecture":
        """The same network with these choices made; ExplorerError for one that it does not have or cannot be so."""
        for name, value in values.items():
            check_known(name, self.choices, tr("choice of {title}", title=self.title))
            self.choices[name].check(value, self.title)
        return replace(self, starts=tuple(decided(start, values) for start in self.starts)) if values else self

    def without_biases(self) -> "Architecture":
        """The same network without the biases of its sums, but where a sum is nothing else."""

        def bare(node: Node) -> Node:
            left = tuple(term for term in node.operation.terms if term.bias is None)
            return replace(node, operation=Sum(left)) if left else node

        nodes = tuple(map(bare, self.nodes))
        named = {name for _, term in terms_of(nodes) for name in term.parameters}
        return replace(self, nodes=nodes, starts=tuple(start for start in self.starts if start.parameter in named))

    @property
    def state_matrices(self) -> tuple[str, ...]:
        """The square matrices by which a state is read at another step, but for those that start in their own way.

        Such a state may have been multiplied by a gate before.
        """
        gated = {node.name for node in self.nodes if _is_gated_past(node)}
        read = {
            term.weight
            for _, term in terms_of(self.nodes)
            if any(ref.direction or ref.name in gated for ref in refs_in(term.sources))
        }
        square = (p for p in self.parameters if len(p.dimensions) == 2 and p.dimensions[0] == p.dimensions[1])
        return tuple(p.name for p in square if p.name in read and p.initial is None)

    def parameter(self, name: str) -> Parameter:
        """The entry of θ of this name."""
        return next(parameter for parameter in self.parameters if parameter.name == name)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """θ in the order of first use. A fed-back signal has the size of the prediction."""
        found: dict[str, Parameter] = {}
        for node, term in terms_of(self.nodes):
            for parameter in term.declared(node.size, self.size_of):
                known = found.setdefault(parameter.name, parameter)
                if known.dimensions != parameter.dimensions:
                    shapes = " and ".join(by_size(p.dimensions) for p in (known, parameter))
                    raise ExplorerError(
                        "{parameter} would be {shapes} at once, the latter in {node}; give each a parameter of its "
                        "own.",
                        parameter=parameter.name,
                        shapes=shapes,
                        node=node.name,
                    )
                if parameter.cited and not known.cited:
                    found[parameter.name] = replace(known, cited=parameter.cited)
        for start in self.starts:
            check_known(start.parameter, found, tr("parameter of {id}", id=self.id))
            trained = bool(number(start.trained))
            found[start.parameter] = replace(found[start.parameter], initial=start.initial, trained=trained)
        return tuple(found.values())

    def shapes(self, sizes: Sizes) -> dict[str, tuple[int, ...]]:
        """The shape of every parameter by its name, in the order of `parameters`."""
        return {parameter.name: parameter.shape(sizes) for parameter in self.parameters}

    def size_of(self, source: Source) -> str:
        if isinstance(source, Ref):
            return self.node(source.name).size
        assert self.output is not None, f"{self.id} feeds back an output that it does not have"
        return self.output.size


def _is_gated_past(node: Node) -> bool:
    """Whether a node is a product, unit by unit, with what is read at another step, and nothing more: r ⊙ h(t−1)."""
    return any(
        node.operation == Sum((term,))
        and isinstance(term, Hadamard)
        and any(ref.direction for ref in refs_in(term.sources))
        for term in node.operation.terms
    )


def softmax_of_one(network: Nodes, sizes: Sizes) -> str | None:
    """Why a network whose softmax has one unit learns nothing, in one sentence, or None if it has more."""
    output = network.output
    if output is None or output.kind.target is not Target.SYMBOLS or dimension(output.size, sizes) > 1:
        return None
    return tr(
        "A softmax of one unit is always 1, whatever its input, so the loss and every gradient would be 0; use two "
        "units (n_y = 2), one for each of the classes 0 and 1, or another output: sigmoid for a bit, linear for a "
        "real number."
    )
