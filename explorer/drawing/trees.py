"""Stand the nodes of a tree in columns: each between its children, and higher than both (fig. 10.14)."""

from explorer.graph.tree import Tree


def columns(tree: Tree) -> tuple[int, ...]:
    """The column of each node, counted from 0: its first child's subtree is left of it, all others are right of it."""
    found = [0] * len(tree)
    order: list[int] = []

    def visit(step: int) -> None:
        first, *others = tree.children[step - 1] or (0,)
        if first:
            visit(first)
        order.append(step)
        for other in others:
            visit(other)

    visit(len(tree))
    for column, step in enumerate(order):
        found[step - 1] = column
    return tuple(found)


def levels(tree: Tree) -> tuple[int, ...]:
    """How high each node stands: leaves at 0, all others one above the highest of their children."""
    found: list[int] = []
    for children in tree.children:
        found.append(1 + max((found[child - 1] for child in children), default=-1))
    return tuple(found)
