"""Find elementwise functions whose gradients need not be written: gates, which one product reads.

What comes back to the source of such a function is the gradient at its reader times two numbers that are known before:
what the product multiplies by, and the slope. These are multiplied for a whole block of steps at once, which leaves one
call for each step instead of two.
"""

from msgspec import Struct

from explorer.graph.declaration import Node, Ref
from explorer.graph.feedback import Network
from explorer.graph.stretches import in_tree
from explorer.graph.terms.base import Elementwise
from explorer.graph.uses import Uses


class Relay(Struct, frozen=True):
    """The one reader of a function: source number `slot` of its `term`."""

    consumer: Node
    term: Elementwise
    slot: int


def relays(network: Network, uses: Uses) -> dict[str, Relay]:
    """The reader of each function of this kind, at the same steps."""
    found: dict[str, Relay] = {}
    for name, by in uses.of.items():
        node = network.node(name)
        if node.operation.slope is None or len(by) != 1 or in_tree(node):
            continue
        (use,) = by
        if isinstance(use.term, Elementwise) and use.source == Ref(name) and use.consumer.span == node.span:
            found[name] = Relay(use.consumer, use.term, use.slot)
    return found
