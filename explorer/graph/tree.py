"""Describe the shape of a tree whose nodes are visited in post-order, so that it can be a clock (fig. 10.14)."""

from msgspec import Struct

from explorer.errors import ExplorerError


class Tree(Struct, frozen=True):
    """Of each node, in post-order, the steps of its children, counted from 1: (), (), (1, 2) is a root of two leaves.

    Raises ExplorerError for what is no tree in post-order.
    """

    children: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        waiting: list[int] = []
        for step, children in enumerate(self.children, 1):
            ready = tuple(waiting[len(waiting) - len(children) :]) if children else ()
            if children != ready:
                said = "none" if not children else " and ".join(map(str, children))
                raise ExplorerError(
                    f"Node {step} of the tree cannot have {said} for its children: in post-order they are the last "
                    "nodes before it that have no parent yet, from left to right."
                )
            del waiting[len(waiting) - len(children) :]
            waiting.append(step)
        if len(waiting) != 1:
            named = " and ".join(map(str, waiting)) or "none"
            raise ExplorerError(f"A tree has one root, its last node; without a parent here are {named}.")

    def __len__(self) -> int:
        return len(self.children)

    def child(self, number: int) -> tuple[int, ...]:
        """Of each node the step of this child, counted from 0; 0 where there is none."""
        return tuple(children[number] if number < len(children) else 0 for children in self.children)


def balanced(nodes: int) -> Tree:
    """A tree of so many nodes, each of at most two children whose sizes differ by one at most."""
    children: list[tuple[int, ...]] = []

    def grow(size: int) -> int:
        left = size // 2
        parts = [part for part in (left, size - 1 - left) if part]
        children.append(tuple([grow(part) for part in parts]))
        return len(children)

    grow(nodes)
    return Tree(tuple(children))
