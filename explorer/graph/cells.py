"""Say which nodes are inside a cell, such as the gates of an LSTM: a closed cell is drawn as one box for all."""

from collections.abc import Collection

from explorer.graph.feedback import Network
from explorer.graph.schedule import sources


def inside_cells(network: Network) -> dict[str, str]:
    """The cell of each node that is inside one: of all that is computed for the cell's own node alone, at its steps."""
    readers: dict[str, set[str]] = {}
    for node in network.nodes:
        for source in sources(node):
            readers.setdefault(source.name, set()).add(node.name)
    cells, found = network.architecture.cells, dict[str, str]()
    for cell in cells:
        span = network.node(cell).span
        inside = {
            node.name
            for node in network.nodes
            if node.span == span and node.row is not None and not node.given and node.name not in (*cells, *found)
        }
        while outside := {name for name in inside if not readers.get(name) or readers[name] - inside - {cell}}:
            inside -= outside
        found |= {node.name: cell for node in network.nodes if node.name in inside}
    return found


def closed_cells(network: Network, drawn: Collection[str]) -> tuple[str, ...]:
    """The cells that are closed in a drawing of these nodes."""
    inside = inside_cells(network)
    opened = {cell for name, cell in inside.items() if name in drawn}
    return tuple(cell for cell in dict.fromkeys(inside.values()) if cell not in opened)
