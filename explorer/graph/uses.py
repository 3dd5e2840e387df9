"""List where each node's value goes: the uses over which its gradient comes back.

Back-propagation adds up, at each node, one contribution per use: eq. 10.20 has two, from h(t+1) and o(t).
"""

from enum import StrEnum

from msgspec import Struct

from explorer.graph.declaration import (
    Bias,
    BinaryCrossEntropy,
    CrossEntropy,
    Hadamard,
    Linear,
    Mix,
    Node,
    OneHotArgmax,
    OneHotSample,
    Operation,
    Ref,
    Scaled,
    SquaredError,
    Sum,
    Term,
    terms_of,
)
from explorer.graph.feedback import Network
from explorer.graph.schedule import sources


class Stop(StrEnum):
    """Why no gradient comes back from a node to one of its sources."""

    DATA = "data"
    """What is given, or made of nothing else, depends on no parameter."""
    TARGET = "target"
    """The target is fed in place of the network's own output (fig. 10.6)."""
    ARG_MAX = "arg max"
    """A small change does not change which entry is largest."""
    SAMPLE = "sample"
    """No gradient flows through a random choice."""


def stop_at(operation: Operation, source: Ref) -> Stop | None:
    """What keeps this operation from passing a gradient to one of its sources."""
    match operation:
        case OneHotArgmax():
            return Stop.ARG_MAX
        case OneHotSample():
            return Stop.SAMPLE
        case Mix(target) if source == target:
            return Stop.TARGET
        case CrossEntropy() | BinaryCrossEntropy() | SquaredError() if source == operation.target:
            return Stop.DATA
    return None


class Use(Struct, frozen=True):
    """`consumer` reads `source` (at a lag), in its sum's `term` if it is a sum.

    For the loss, `source` is the logits, not the prediction: it differentiates straight to them (eq. 10.18).
    """

    consumer: Node
    source: Ref
    term: Term | None = None


class Uses(Struct, frozen=True):
    """Of every node: the uses that carry a gradient back to it. Nodes that receive none are absent."""

    of: dict[str, tuple[Use, ...]]

    def __contains__(self, name: str) -> bool:
        return name in self.of


def gradient_uses(network: Network) -> Uses:
    """The uses that carry a gradient, found backward from the loss; none in a network without one.

    Only nodes that depend on θ receive one: not the data, nor what is picked one-hot.
    """
    if network.output is None:
        return Uses({})
    loss = network.node(network.output.loss)
    learnable = _learnable(network)
    received: dict[str, list[Use]] = {loss.name: []}
    frontier = [loss]
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
    match consumer.operation:
        case Sum(terms):
            uses = []
            for term in terms:
                match term:
                    case Linear(_, Ref() as source) | Scaled(_, Ref() as source):
                        uses.append(Use(consumer, source, term))
                    case Hadamard(Ref() as left, Ref() as right):
                        # The right factor's use names the swapped term: the other factor stands second.
                        uses.append(Use(consumer, left, term))
                        uses.append(Use(consumer, right, Hadamard(right, left)))
        case CrossEntropy() | BinaryCrossEntropy() | SquaredError():
            assert network.output is not None
            uses = [Use(consumer, Ref(network.output.logits))]
        case operation:
            uses = [Use(consumer, source) for source in sources(consumer) if stop_at(operation, source) is None]
    return uses


def _learnable(network: Network) -> set[str]:
    """The nodes whose value changes smoothly with some parameter."""
    found = {node.name for node, term in terms_of(network.nodes) if isinstance(term, Linear | Bias | Scaled)}
    growing = True
    while growing:
        reached = {n.name for n in network.nodes if any(u.source.name in found for u in _differentiable(network, n))}
        growing = not reached <= found
        found |= reached
    return found
