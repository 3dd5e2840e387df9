"""Decide which step every reference reads: lags, once sizes are known, and children, once the shape of a tree is."""

from collections.abc import Callable

from msgspec.structs import replace

from explorer.errors import ExplorerError
from explorer.graph.declaration import Ref, Sizes, Source
from explorer.graph.feedback import Network
from explorer.graph.tree import balanced


def placed(network: Network, sizes: Sizes) -> Network:
    """The network with chosen lags resolved; the same one if it has none."""
    if not any(ref.chosen for ref in network.refs):
        return network
    return _reading(network, lambda ref: replace(ref, lag=sizes.get(ref.chosen, ref.lag), chosen=""))


def shaped(network: Network, T: int) -> Network:
    """The network with children resolved for its tree, or a balanced one, of T leaves; the same one if it has none.

    Raises ExplorerError where its tree has not T leaves.
    """
    if not any(ref.child is not None and not ref.steps for ref in network.refs):
        return network
    tree = network.tree or balanced(T)
    if tree.leaves != T:
        raise ExplorerError(
            "The tree has {leaves} leaves, but the sequence T = {T} steps; let them be as many.",
            leaves=tree.leaves,
            T=T,
        )

    def read(ref: Ref) -> Ref:
        return ref if ref.child is None else replace(ref, steps=tree.child(ref.child))

    return replace(_reading(network, read), tree=tree)


def _reading(network: Network, resolved: Callable[[Ref], Ref]) -> Network:
    """The network with every reference replaced."""

    def read(source: Source) -> Ref:
        assert isinstance(source, Ref)
        return resolved(source)

    nodes = tuple(replace(node, operation=node.operation.connected(read, network.activation)) for node in network.nodes)
    return replace(network, nodes=nodes)
