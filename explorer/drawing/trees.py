"""Stand the nodes of a tree in columns: leaves side by side, all others midway above their children (fig. 10.14)."""

from collections.abc import Sequence

from explorer.graph.tree import Tree

SLOPE = 0.25
"""How high an edge climbs at least, for each unit that it leads aside."""


def columns(tree: Tree) -> tuple[float, ...]:
    """The column of each node, counted from 0: those of leaves, and the middle between its children for all others."""
    found = [float(leaf) for leaf in range(tree.leaves)]
    for left, right in tree.inner:
        found.append((found[left - 1] + found[right - 1]) / 2)
    return tuple(found)


def in_order(tree: Tree) -> tuple[float, ...]:
    """A column of its own for each node, between those of its left and those of its right part, for lines beside it."""
    found = [0.0] * len(tree)
    order: list[int] = []

    def visit(step: int) -> None:
        children = tree.children(step)
        if children:
            visit(children[0])
        order.append(step)
        if children:
            visit(children[1])

    visit(len(tree))
    for column, step in enumerate(order):
        found[step - 1] = float(column)
    return tuple(found)


def levels(tree: Tree) -> tuple[int, ...]:
    """The level of each node: leaves are on 0, all others one above the higher of their children."""
    found = [0] * tree.leaves
    for left, right in tree.inner:
        found.append(1 + max(found[left - 1], found[right - 1]))
    return tuple(found)


def lifts(tree: Tree, stood: Sequence[float], height: float, gap: float, column: float) -> tuple[float, ...]:
    """How far each node stands above the leaves: by levels, `gap` apart or more where edges lead far aside.

    `stood` are their columns, `column` wide; `height` is that of a node's boxes.
    """
    on = levels(tree)
    gaps = [gap] * max(on)
    for parent, pair in enumerate(tree.inner, tree.leaves):
        aside = max(abs(stood[child - 1] - stood[parent]) for child in pair) * column
        gaps[on[parent] - 1] = max(gaps[on[parent] - 1], SLOPE * aside)
    return tuple(sum(height + gaps[level] for level in range(own)) for own in on)
