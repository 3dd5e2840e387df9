"""Find in a network what a word of the field means there: `lit`, by names such as "states" or "fed back"."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from explorer.errors import check_known
from explorer.graph.declaration import (
    Activation,
    Bias,
    FedBack,
    Hadamard,
    MatrixProduct,
    Node,
    Scaled,
    Softmax,
    Term,
    terms_of,
)
from explorer.graph.operations.base import DATA
from explorer.graph.refs import refs_in
from explorer.graph.unfold import Vertex
from explorer.language import tr
from explorer.session.document import Shown

Thing = Vertex | str
"""A node at a step, or a parameter by its name."""
Things = Iterable[Thing]


def lit(shown: Shown, names: Iterable[str]) -> tuple[Thing, ...]:
    """All that any of these names means in what is shown, each once; none if the network has nothing of it.

    Raises ExplorerError for a name that is not in `LIGHTS`.
    """
    found: dict[Thing, None] = {}
    for name in names:
        check_known(name, LIGHTS, tr("kind of thing in a network"))
        found |= dict.fromkeys(LIGHTS[name](shown))
    return tuple(found)


def _steps(shown: Shown, names: Iterable[str | None]) -> list[Thing]:
    """These nodes at each of their steps."""
    wanted = {*names}
    return [vertex for vertex in shown.graph.vertices if vertex.name in wanted]


def _nodes(which: Callable[[Node], bool]) -> Callable[[Shown], Things]:
    return lambda shown: _steps(shown, (node.name for node in shown.network.nodes if which(node)))


def _output(part: str) -> Callable[[Shown], Things]:
    """A node of the output by the part that it plays there."""
    return lambda shown: _steps(shown, [getattr(shown.network.output, part, None)])


def _weights(which: Callable[[Node, Term], bool]) -> Callable[[Shown], Things]:
    """The parameters of terms, as they are declared."""
    return lambda shown: [
        name for node, term in terms_of(shown.architecture.nodes) if which(node, term) for name in term.parameters
    ]


def _gates(shown: Shown) -> Things:
    """The sigmoid units that multiply something, unit by unit."""
    factors = {
        ref.name
        for _, term in terms_of(shown.network.nodes)
        if isinstance(term, Hadamard)
        for ref in refs_in(term.sources)
    }
    units = ((node.name, node.operation) for node in shown.network.nodes if node.name in factors)
    return _steps(shown, (name for name, unit in units if isinstance(unit, Activation) and unit.function == "sigmoid"))


def _kept(shown: Shown, read_out: bool, gates: bool) -> Things:
    """The states that read themselves of the step before through a gate, or these gates.

    `read_out`: those that the output reads, as in a GRU; else those inside a cell, as in an LSTM.
    """
    found: list[str] = []
    for node, term in terms_of(shown.network.nodes):
        if isinstance(term, Hadamard):
            names = [ref.name for ref in refs_in(term.sources)]
            if node.name in names and (node.name in shown.network.output_states) == read_out:
                found += [name for name in names if (name != node.name) == gates]
    return _steps(shown, found)


def _context(shown: Shown) -> Things:
    """What is there once, and read at every step."""
    once = {node.name for node in shown.network.nodes if node.span.single and not node.span.tree}
    readers = (node for node in shown.network.nodes if not node.span.single)
    return _steps(shown, (ref.name for node in readers for ref in refs_in(node.operation.sources) if ref.name in once))


def _attention(shown: Shown) -> Things:
    """The weights by which all steps of another sequence are read: a softmax that is not the output's."""
    output = shown.network.output
    judged = {output.prediction} if output else set()
    nodes = (node for node in shown.network.nodes if isinstance(node.operation, Softmax) and node.name not in judged)
    return _steps(shown, (node.name for node in nodes))


def _fed(shown: Shown) -> Things:
    """The signal that is fed back, and the weights by which it is read."""
    connected = {node.name: node for node in shown.network.nodes}
    weights: list[Thing] = []
    signals: list[str] = []
    for node in shown.architecture.nodes:
        for before, term in zip(node.operation.terms, connected[node.name].operation.terms, strict=True):
            if any(isinstance(source, FedBack) for source in before.sources):
                weights += before.parameters
                signals += [ref.name for ref in refs_in(term.sources)]
    return [*_steps(shown, signals), *weights]


def _cut(shown: Shown) -> Things:
    """What is read at another step, and has no gradient from there."""
    return [edge.source for edge in shown.graph.edges if edge.stop not in (None, DATA) and edge.lag]


def _layers(shown: Shown) -> Things:
    """The hidden layers between the input of a step and its output, where there are several."""
    nodes = shown.architecture.nodes
    if shown.architecture.cells or any(
        isinstance(term, Hadamard | Scaled | MatrixProduct) for _, term in terms_of(nodes)
    ):
        return ()
    size = shown.architecture.node(shown.architecture.state).size
    hidden = {n.name: n for n in nodes if n.size == size and not (n.optional or n.given or n.span.single)}
    pairs = ((name, ref) for name, node in hidden.items() for ref in _through(nodes, node) if ref in hidden)
    return _steps(shown, (name for pair in pairs for name in pair))


def _through(nodes: Iterable[Node], node: Node) -> set[str]:
    """What a node is computed from at its own step, its pre-activation passed over."""
    by_name = {one.name: one for one in nodes}
    found: set[str] = set()
    for ref in refs_in(node.operation.sources):
        if not ref.direction:
            source = by_name[ref.name]
            found |= _through(nodes, source) if source.optional else {ref.name}
    return found


def _of_parameters(trained: bool | None = None) -> Callable[[Shown], Things]:
    return lambda shown: [
        p.name for p in shown.architecture.parameters if trained is None or bool(p.trained) == trained
    ]


LIGHTS: Mapping[str, Callable[[Shown], Things]] = {
    "inputs": lambda shown: _steps(shown, shown.network.inputs),
    "targets": _output("target"),
    "logits": _output("logits"),
    "predictions": _output("prediction"),
    "losses": _output("loss"),
    "single losses": lambda shown: _output("loss")(shown) if shown.architecture.one_output else (),
    "states": lambda shown: _steps(shown, shown.architecture.states),
    "initial states": lambda shown: shown.graph.boundary,
    "pre-activations": _nodes(lambda node: node.optional),
    "gates": _gates,
    "cell states": partial(_kept, read_out=False, gates=False),
    "forget gates": partial(_kept, read_out=False, gates=True),
    "update gates": partial(_kept, read_out=True, gates=True),
    "states back in time": lambda shown: _steps(shown, (ref.name for ref in shown.network.refs if ref.direction < 0)),
    "encoder": _nodes(lambda node: node.span.length not in ("T", "1") and not node.given and not node.span.single),
    "context": _context,
    "attention weights": _attention,
    "layers": _layers,
    "nodes of a tree": _nodes(lambda node: node.span.tree and not node.given),
    "fed back": _fed,
    "cut": _cut,
    "reached": lambda shown: filter(shown.trace.flow.reached, shown.graph.vertices),
    "recurrent weights": lambda shown: shown.architecture.state_matrices,
    "biases": _weights(lambda _, term: isinstance(term, Bias)),
    "long connections": _weights(lambda _, term: any(ref.chosen or abs(ref.lag) > 1 for ref in refs_in(term.sources))),
    "shares of the past": _weights(lambda _, term: isinstance(term, Scaled)),
    "parameters": _of_parameters(),
    "trained": _of_parameters(trained=True),
    "kept as drawn": _of_parameters(trained=False),
}
"""What can light up: each is a function that finds it in a network that is shown."""
