"""Find what can be computed for all time steps at once, and what truly has to run step by step.

A node on a cycle of the folded graph needs its own past, so its steps run one after another; every other node
is computed as soon as its sources are known for every t. Teacher forcing on fig. 10.4 breaks the only cycle,
and the schedule then holds no loop: the parallel training that section 10.2.1 promises.
"""

from functools import lru_cache

from msgspec import Struct

from explorer.errors import ExplorerError
from explorer.graph.declaration import Gather, MatrixProduct, Node, Ref
from explorer.graph.feedback import Network
from explorer.graph.refs import refs_in
from explorer.graph.stretches import in_tree, operation_at, reads_sequence
from explorer.language import tr


class Component(Struct, frozen=True):
    """Nodes computed together, in this order.

    `direction` is 0 if all steps are computed at once, +1 if one after another, −1 if from last to first.
    """

    nodes: tuple[Node, ...]
    direction: int


@lru_cache(maxsize=4)
def schedule(network: Network) -> tuple[Component, ...]:
    """The components in an order in which each finds its sources ready; those of the latest few networks are kept.

    Raises ExplorerError for a network that no order of steps can compute.
    """
    for node in network.nodes:
        _check_reads(network, node)
    return tuple(_component(network, members) for members in _strong_components(network))


def direction_of(network: Network, name: str) -> int:
    """−1 for a node whose steps are computed from the last to the first, else 1."""
    (found,) = (c.direction for c in schedule(network) if any(node.name == name for node in c.nodes))
    return -1 if found < 0 else 1


def sources(node: Node) -> tuple[Ref, ...]:
    """The sources of a node of a connected network, which are all `Ref`s."""
    refs = refs_in(node.operation.sources)
    assert len(refs) == len(node.operation.sources), f"{node.name} has an unresolved feedback source"
    return refs


def _check_reads(network: Network, node: Node) -> None:
    """Refuse what reads another segment step by step, one step at every step but in a sum, or another size."""
    for ref in refs_in(node.operation.unit_by_unit):
        size = network.node(ref.name).size
        if size != node.size:
            raise ExplorerError(
                "{node} has {size} units and takes {ref}, of {other}, unit by unit; give them one size.",
                node=node.name,
                size=node.size,
                ref=ref.name,
                other=size,
            )
    _check_matrices(network, node)
    for ref in sources(node):
        source = network.node(ref.name)
        if ref.every != isinstance(node.operation, Gather) or (ref.every and not node.span.single):
            raise ExplorerError(
                "{node} reads {ref} at one step, or at all: all steps are for a Gather, which lives once.",
                node=node.name,
                ref=ref.name,
            )
        if not (ref.every or source.span.single) and source.span.length != node.span.length:
            raise ExplorerError(
                "{node} reads {ref}, which lives in another segment of time ({length}); let it read a node that lives "
                "at the last step there.",
                node=node.name,
                ref=ref.name,
                length=source.span.length,
            )
        if ref.lag and source.span.single:
            raise ExplorerError(
                "{node} reads {ref} at a lag of {lag}, but there is one step alone; leave the lag out.",
                node=node.name,
                ref=ref.name,
                lag=ref.lag,
            )
        _check_tree(network, node, ref)
        if source.span.single and not node.span.single and not node.operation.repeats:
            raise ExplorerError(
                "{node} reads one step of {ref} at every step, which only a sum can do.", node=node.name, ref=ref.name
            )


def _check_matrices(network: Network, node: Node) -> None:
    """Refuse a matrix whose rows and columns are not those of what it is made of, or multiplied with."""
    if isinstance(node.operation, Gather):
        source = network.node(node.operation.source.name)
        size = f"{source.span.length}*{source.size}"
        if node.size != size:
            raise ExplorerError(
                "{node} gathers all steps of {source}; give it the size {size}.",
                node=node.name,
                source=source.name,
                size=size,
            )
    for term in node.operation.terms:
        if isinstance(term, MatrixProduct):
            matrix, vector = (network.node(ref.name) for ref in refs_in(term.sources))
            rows, columns = (vector.size, node.size) if term.transposed else (node.size, vector.size)
            if matrix.size != f"{rows}*{columns}" or not matrix.span.single:
                raise ExplorerError(
                    "{node} multiplies {matrix} with {vector}, which takes a matrix of size {rows}*{columns} that "
                    "lives once.",
                    node=node.name,
                    matrix=matrix.name,
                    vector=vector.name,
                    rows=rows,
                    columns=columns,
                )


def _check_tree(network: Network, node: Node, ref: Ref) -> None:
    """Refuse what no tree has: children outside, lags inside, and a sequence or children that all of its nodes read."""
    source, children = network.node(ref.name), ref.child is not None
    if children and not (in_tree(node) and in_tree(source)):
        other = node if not in_tree(node) else source
        raise ExplorerError(
            "{node} reads a child of {ref}, but {other} lives in no tree; give it such a span.",
            node=node.name,
            ref=ref.name,
            other=other.name,
        )
    if in_tree(source) and not node.span.tree:
        raise ExplorerError(
            "{node} reads {ref}, whose steps are the nodes of a tree; let it live in the tree.",
            node=node.name,
            ref=ref.name,
        )
    if ref.lag and node.span.tree:
        raise ExplorerError(
            "{node} reads {ref} at a lag of {lag}, but its steps are the nodes of a tree; let it read a child.",
            node=node.name,
            ref=ref.name,
            lag=ref.lag,
        )
    if in_tree(node) and not node.operation.terms and (children or reads_sequence(network, ref)):
        what = (
            tr("a child of {ref}, which leaves have not", ref=ref.name)
            if children
            else tr("{ref}, which only leaves have", ref=ref.name)
        )
        raise ExplorerError("{node} reads {what}; only a sum can do without it there.", node=node.name, what=what)
    for term in node.operation.terms if children else ():
        if ref in term.sources and any(reads_sequence(network, other) for other in term.sources):
            raise ExplorerError(
                "{node} multiplies a child of {ref} by what leaves read; no node has both.",
                node=node.name,
                ref=ref.name,
            )
    if in_tree(node) and node.operation.terms:
        for where, t in ((tr("at leaves"), 1), (tr("at inner nodes"), 3)):
            if not operation_at(network, node, t, 2, {}).terms:
                raise ExplorerError(
                    "{node} would be a sum of nothing {where}; add a bias.", node=node.name, where=where
                )


def _component(network: Network, members: list[str]) -> Component:
    inner = [(name, ref) for name in members for ref in sources(network.node(name)) if ref.name in members]
    if not inner:
        return Component((network.node(members[0]),), 0)
    if len({network.node(name).span.single for name in members}) > 1:
        raise ExplorerError("{members}: what lives at one step alone cannot recur.", members=", ".join(members))
    directions = [ref.direction for _, ref in inner]
    if min(directions) < 0 < max(directions):
        raise ExplorerError(
            "{members} depend on both their past and their future: no order computes them.", members=", ".join(members)
        )
    same_step = {name: [ref.name for owner, ref in inner if owner == name and not ref.direction] for name in members}
    ordered: list[str] = []
    while len(ordered) < len(members):
        ready = [n for n in members if n not in ordered and all(s in ordered for s in same_step[n])]
        if not ready:
            raise ExplorerError("{members} depend on themselves within one time step.", members=", ".join(members))
        ordered.append(ready[0])
    return Component(tuple(map(network.node, ordered)), -1 if min(directions) < 0 else 1)


def _strong_components(network: Network) -> list[list[str]]:
    """Tarjan's algorithm on the folded graph: strongly connected components, sources first."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(name: str) -> None:
        index[name] = low[name] = len(index)
        stack.append(name)
        for ref in sources(network.node(name)):
            if ref.name not in index:
                visit(ref.name)
                low[name] = min(low[name], low[ref.name])
            elif ref.name in stack:
                low[name] = min(low[name], index[ref.name])
        if low[name] == index[name]:
            at = stack.index(name)
            members = stack[at:]
            del stack[at:]
            found.append([node.name for node in network.nodes if node.name in members])

    for node in network.nodes:
        if node.name not in index:
            visit(node.name)
    return found
