"""Find the loops of a written program: the nodes that one loop over the steps of a segment can compute together."""

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from explorer.graph.declaration import Node
from explorer.graph.feedback import Network
from explorer.graph.schedule import schedule, sources
from explorer.graph.stretches import stretches


class Block(Struct, frozen=True):
    """Nodes computed in this order: at one step alone, or in a loop from the first step to the last, or back (−1)."""

    nodes: tuple[Node, ...]
    direction: int
    inner: bool | None = None
    """Whether it is of the inner nodes of a tree alone, or of its leaves; None: of all steps."""

    @property
    def single(self) -> bool:
        return self.nodes[0].span.single

    @property
    def length(self) -> str:
        """The name of the number of steps; in a tree, of leaves."""
        return self.nodes[0].span.length

    @property
    def steps(self) -> str:
        """The range of its steps."""
        length = self.length
        first = f"{length} + 1" if self.inner else "1"
        tree = self.nodes[0].span.tree and self.inner is not False
        return f"range({first}, {f'2 * {length}' if tree else f'{length} + 1'})"


def blocks(network: Network) -> tuple[Block, ...]:
    """The computed nodes of a network, in as few loops as there can be without changing their order."""
    found: list[Block] = []
    for component in schedule(network):
        nodes = tuple(node for node in component.nodes if not node.given)
        if not nodes:
            continue
        together = _together(found[-1], nodes, component.direction) if found else None
        if together is None:
            found.append(Block(nodes, component.direction))
        else:
            found[-1] = together
    return tuple(part for block in found for part in _parts(network, Block(block.nodes, block.direction or 1)))


def _parts(network: Network, block: Block) -> tuple[Block, ...]:
    """The same, with what leaves and inner nodes of a tree are computed from apart where these differ."""
    parts = stretches(network, block.nodes, 2, {})
    if len(parts) == 1:
        return (block,)
    return tuple(
        Block(tuple(replace(n, operation=part.operations[n.name]) for n in block.nodes), block.direction, bool(inner))
        for inner, part in enumerate(parts)
    )


def _together(block: Block, nodes: tuple[Node, ...], direction: int) -> Block | None:
    """One loop for both; None where these nodes have other steps, or read a step that the loop has not come to yet."""
    if nodes[0].span.single or block.nodes[0].span != nodes[0].span:
        return None
    directions = {block.direction, direction, *_directions(block, nodes)} - {0}
    return Block((*block.nodes, *nodes), directions.pop() if directions else 0) if len(directions) < 2 else None


def _directions(block: Block, nodes: Iterable[Node]) -> set[int]:
    """Whether the nodes of a block are read at earlier or later steps."""
    names = {node.name for node in block.nodes}
    return {ref.direction for node in nodes for ref in sources(node) if ref.name in names}
