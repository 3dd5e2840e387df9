"""Call things by the terms of the field: a node by the part it plays, a parameter by what it leads from and to."""

from collections.abc import Iterable

from explorer.graph.declaration import Node, Ref, terms_of
from explorer.graph.feedback import Network
from explorer.graph.refs import refs_in
from explorer.language import tr


def node_called(network: Network, node: Node) -> str:
    """What a node is: what its declaration calls it, else the part it plays."""
    output = network.output
    if node.called:
        return node.called
    if output is not None and node.name == output.target:
        return tr("target")
    if node.given:
        return tr("input")
    if output is not None and node.name == output.loss:
        return tr("loss")
    if output is not None and node.name == output.prediction:
        return tr("prediction")
    if output is not None and node.name == output.logits:
        return output.kind.logits_called
    if node.name in network.architecture.states:
        return tr("hidden state")
    if node.optional:
        return tr("pre-activation")
    return tr("hidden layer") if node.size == network.node(network.state).size else tr("value")


def parameter_called(network: Network, name: str) -> str:
    """What a parameter is: a bias of something, or weights from one thing to another."""
    to: list[str] = []
    of: list[str] = []
    bias, recurrent = False, name in network.architecture.state_matrices
    for node, term in terms_of(network.nodes):
        if name in term.parameters:
            bias = bias or name == term.bias
            to.append(_short(network, _made_for(network, node)))
            of += [_short(network, network.node(ref.name)) for ref in refs_in(term.sources)]
    if bias or not of:
        return tr("bias: {target}", target=_one(to))
    if len(network.architecture.parameter(name).dimensions) == 1:
        return tr("a weight for each unit: {source} → {target}", source=_one(of), target=_one(to))
    if recurrent:
        return tr("recurrent weights: {source} → {target}", source=_one(of), target=_one(to))
    return tr("weights: {source} → {target}", source=_one(of), target=_one(to))


def _made_for(network: Network, node: Node) -> Node:
    """The node that a sum without a name of its own is made for, where one alone reads it: h for pre-activation a."""
    readers = [other for other in network.nodes if Ref(node.name) in other.operation.sources]
    return readers[0] if node.optional and not node.called and len(readers) == 1 else node


def _short(network: Network, node: Node) -> str:
    return node_called(network, node).partition(",")[0]


def _one(names: Iterable[str]) -> str:
    return next(iter(dict.fromkeys(names)))
