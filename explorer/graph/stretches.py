"""Tell apart what a node in a tree is computed from: leaves read the sequence, inner nodes their children (fig. 10.14).

A term that reads the sequence is left out at inner nodes, and one that reads a child at leaves; others are at both.
"""

from msgspec import Struct

from explorer.graph.architecture import Nodes
from explorer.graph.declaration import Node, Ref, Sizes, Sum, Term
from explorer.graph.operations.base import Operation
from explorer.graph.refs import Source, refs_in


class Stretch(Struct, frozen=True):
    """Steps, counted from 1, and the operation by which each node is computed at all of them."""

    steps: range
    operations: dict[str, Operation]


def stretches(nodes: Nodes, together: tuple[Node, ...], T: int, sizes: Sizes) -> tuple[Stretch, ...]:
    """The steps of nodes that are computed together: all in one, or leaves and inner nodes where these differ."""
    span = together[0].span
    steps = span.steps(T, sizes)
    if all(term_steps(nodes, node, term, T, sizes) == steps for node in together for term in node.operation.terms):
        return (Stretch(steps, {node.name: node.operation for node in together}),)
    first = span.leaves(T, sizes) + 1
    return tuple(
        Stretch(part, {node.name: operation_at(nodes, node, part.start, T, sizes) for node in together})
        for part in (range(1, first), range(first, steps.stop))
        if part
    )


def operation_at(nodes: Nodes, node: Node, t: int, T: int, sizes: Sizes) -> Operation:
    """How a node is computed at step t."""
    if not in_tree(node) or not node.operation.terms:
        return node.operation
    terms = (term for term in node.operation.terms if t in term_steps(nodes, node, term, T, sizes))
    return Sum(tuple(terms))


def term_steps(nodes: Nodes, node: Node, term: Term, T: int, sizes: Sizes) -> range:
    """The steps at which a term is part of its sum."""
    steps = node.span.steps(T, sizes)
    if not in_tree(node):
        return steps
    first = node.span.leaves(T, sizes) + 1
    if any(ref.child is not None for ref in refs_in(term.sources)):
        return range(first, steps.stop)
    return range(1, first) if any(reads_sequence(nodes, source) for source in term.sources) else steps


def in_tree(node: Node) -> bool:
    """Whether the steps of a node are all nodes of a tree."""
    return node.span.tree and not node.span.single


def reads_sequence(nodes: Nodes, source: Source) -> bool:
    """Whether what is read lives at every step of a sequence, so that of a tree only the leaves can read it."""
    span = nodes.node(source.name).span if isinstance(source, Ref) else None
    return span is not None and not span.tree and not span.single
