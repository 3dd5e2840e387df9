"""List where each node's value goes: the uses over which its gradient comes back.

Back-propagation adds up, at each node, one contribution per use: eq. 10.20 has two, from h(t+1) and o(t).
"""

from msgspec import Struct

from explorer.graph.declaration import Node, Ref, Term, terms_of
from explorer.graph.feedback import Network


class Use(Struct, frozen=True):
    """`consumer` reads `source` (at a lag): as source number `slot` of its sum's `term`, or of itself if it is no sum.

    For the loss, `source` is the logits, not the prediction: it differentiates straight to them (eq. 10.18).
    """

    consumer: Node
    source: Ref
    term: Term | None = None
    slot: int = 0


class Uses(Struct, frozen=True):
    """Of every node: the uses that carry a gradient back to it. Nodes that receive none are absent."""

    of: dict[str, tuple[Use, ...]]

    def __contains__(self, name: str) -> bool:
        return name in self.of


def gradient_uses(network: Network, root: str | None = None) -> Uses:
    """The uses that carry a gradient, found backward from the loss; none in a network without one.

    With `root` they carry that of another node instead. Only nodes that depend on θ receive one: not the data, nor what
    is picked one-hot.
    """
    if root is None:
        if network.output is None:
            return Uses({})
        root = network.output.loss
    first = network.node(root)
    learnable = _learnable(network)
    received: dict[str, list[Use]] = {first.name: []}
    frontier = [first]
    while frontier:
        consumer = frontier.pop(0)
        for use in _differentiable(network, consumer):
            name = use.source.name
            if name not in learnable:
                continue
            if name not in received:
                received[name] = []
                frontier.append(network.node(name))
            received[name].append(use)
    return Uses({node.name: tuple(received[node.name]) for node in network.nodes if node.name in received})


def _differentiable(network: Network, consumer: Node) -> list[Use]:
    """The sources to which this consumer passes a gradient, in declared order."""
    if network.output is not None and consumer.name == network.output.loss:
        return [Use(consumer, Ref(network.output.logits))]
    uses = consumer.operation.uses()
    return [Use(consumer, source, term, slot) for source, term, slot in uses if isinstance(source, Ref)]


def _learnable(network: Network) -> set[str]:
    """The nodes whose value changes smoothly with some parameter."""
    found = {node.name for node, term in terms_of(network.nodes) if term.parameters}
    growing = True
    while growing:
        reached = {n.name for n in network.nodes if any(u.source.name in found for u in _differentiable(network, n))}
        growing = not reached <= found
        found |= reached
    return found
