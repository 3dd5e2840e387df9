"""Compute what needs no order of steps block by block: every node at the steps of one block, then at those of the next.

Of a cycle, what it reads from outside is computed so, and then its own steps one by one, before the next block. The
arrays of all T·B rows need not fit into the processor's cache; those of a block do, so that each call finds there what
the one before it wrote.
"""

from collections.abc import Iterable

from explorer.graph.schedule import Component, sources

_BYTES = 262_144
"""Of the widest node in a block: arrays of more do not stay in a cache, and of fewer calls weigh."""


def steps_in_block(of_step: int) -> int:
    """The number of steps in one block, if the widest node has so many bytes at each."""
    return max(1, _BYTES // of_step)


def merged(components: Iterable[Component]) -> list[Component]:
    """The components, neighbours in one where their nodes can be computed together, block after block."""
    found: list[Component] = []
    for component in components:
        if found and _go_together(found[-1], component):
            found[-1] = Component((*found[-1].nodes, *component.nodes), 0)
        else:
            found.append(component)
    return found


def _go_together(before: Component, component: Component) -> bool:
    """Whether both need no order of steps, live at the same ones, and no node reads one of another step."""
    if before.direction or component.direction or before.nodes[0].span != component.nodes[0].span:
        return False
    names = {node.name for node in before.nodes}
    read = [ref for node in component.nodes for ref in sources(node) if ref.name in names]
    return all(ref.lag == 0 and ref.child is None for ref in read)
