"""Decide which step every reference reads, once sizes are known: lags that they choose, children in a tree."""

from msgspec.structs import replace

from explorer.errors import ExplorerError
from explorer.graph.declaration import Ref, Sizes, Source
from explorer.graph.feedback import Network
from explorer.graph.tree import Tree, balanced


def placed(network: Network, sizes: Sizes, T: int) -> Network:
    """The network with chosen lags and children resolved for T steps; the same one if it has neither.

    Raises ExplorerError where the network's tree has not T nodes.
    """
    refs = [s for node in network.nodes for s in node.operation.sources if isinstance(s, Ref)]
    if not any(ref.chosen or (ref.child is not None and not ref.steps) for ref in refs):
        return network
    tree: Tree | None = None
    if any(ref.child is not None for ref in refs):
        tree = network.tree or balanced(T)
        if len(tree) != T:
            raise ExplorerError(f"The tree has {len(tree)} nodes, but the sequence T = {T} steps; let them be as many.")

    def read(source: Source) -> Ref:
        assert isinstance(source, Ref)
        lag = sizes.get(source.chosen, source.lag)
        steps = tree.child(source.child) if tree is not None and source.child is not None else ()
        return replace(source, lag=lag, chosen="", steps=steps)

    nodes = tuple(replace(node, operation=node.operation.connected(read, network.activation)) for node in network.nodes)
    return replace(network, nodes=nodes, tree=tree)
