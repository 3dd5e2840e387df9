"""Describe the shape of a binary tree over a sequence, so that its nodes can be a clock (fig. 10.14, section 10.6)."""

from functools import cached_property

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.errors import ExplorerError


class Tree(Struct, frozen=True, dict=True):
    """Of each inner node the steps of its two children: ((1, 2), (4, 3)) joins leaves 1 and 2, and these to leaf 3.

    Steps 1 … T are the leaves, from left to right, and inner nodes follow, each after its children, so that the last
    step, 2T − 1, is the root. Raises ExplorerError for what is no such tree.
    """

    inner: tuple[tuple[int, int], ...]

    def __post_init__(self) -> None:
        leaves = len(self.inner) + 1
        begins, ends = ({step: step for step in range(1, leaves + 1)} for _ in range(2))
        waiting = set(begins)
        for step, (left, right) in enumerate(self.inner, leaves + 1):
            if not {left, right} <= waiting or ends[left] + 1 != begins[right]:
                raise ExplorerError(
                    "Node {step} of the tree cannot join {left} and {right}: a node joins two nodes before it that "
                    "stand side by side and have no parent yet, where the leaves are 1 to {leaves}.",
                    step=step,
                    left=left,
                    right=right,
                    leaves=leaves,
                )
            begins[step], ends[step] = begins[left], ends[right]
            waiting = waiting - {left, right} | {step}

    @property
    def leaves(self) -> int:
        """T, the number of leaves."""
        return len(self.inner) + 1

    def __len__(self) -> int:
        return 2 * self.leaves - 1

    def children(self, step: int) -> tuple[int, ...]:
        """The steps of the two children of a node; none of a leaf."""
        return self.inner[step - self.leaves - 1] if step > self.leaves else ()

    def child(self, number: int) -> tuple[int, ...]:
        """Of each node the step of this child, counted from 0; 0 of a leaf, which has none."""
        return (0,) * self.leaves + tuple(pair[number] for pair in self.inner)

    @cached_property
    def parents(self) -> dict[int, int]:
        """The step of the parent of each node but the root."""
        return {child: step for step, pair in enumerate(self.inner, self.leaves + 1) for child in pair}


def trees_of(closings: NDArray[np.intp]) -> NDArray[np.intp]:
    """The trees of B bracketed expressions over T leaves each, as the children of their inner nodes, (2, T − 1, B).

    `closings` (T, B) counts the brackets that close after each leaf: ((1 2) 3) is 0, 1, 1. Inner nodes are numbered in
    the order in which their brackets close.
    """
    T, B = closings.shape
    children: list[int] = []
    for column in closings.T.tolist():
        waiting: list[int] = []
        step = T
        for leaf, closing in enumerate(column, 1):
            waiting.append(leaf)
            for _ in range(closing):
                right = waiting.pop()
                children += waiting[-1], right
                step += 1
                waiting[-1] = step
    return np.array(children, np.intp).reshape(B, T - 1, 2).transpose(2, 1, 0)


def balanced(leaves: int) -> Tree:
    """The tree over so many leaves in which the two parts that a node joins differ by one leaf at most."""
    inner: list[tuple[int, int]] = []

    def grow(first: int, count: int) -> int:
        if count == 1:
            return first
        left = grow(first, count // 2)
        inner.append((left, grow(first + count // 2, count - count // 2)))
        return leaves + len(inner)

    grow(1, leaves)
    return Tree(tuple(inner))
