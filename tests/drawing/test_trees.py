"""A tree is drawn as one: leaves lowest, every node between its children and above both; folded, it has two loops."""

import pytest
from msgspec.structs import replace

from explorer.drawing.drawn_graph import Geometry
from explorer.drawing.layout import layout
from explorer.drawing.trees import columns, levels
from explorer.graph.drawn import drawn
from explorer.graph.feedback import connect
from explorer.graph.tree import Tree, balanced
from explorer.graph.unfold import Vertex, unfold
from tests.oracles.declarations import RECURSIVE

LEFT_HEAVY = Tree(((), (), (1, 2), (), (3, 4)))
TREES = (balanced(1), balanced(7), balanced(12), LEFT_HEAVY, Tree(((), (1,), (), (2, 3))))
every_tree = pytest.mark.parametrize("tree", TREES, ids=lambda tree: str(len(tree)))


def laid_out(tree: Tree) -> Geometry:
    network = replace(connect(RECURSIVE), tree=tree)
    return layout(drawn(unfold(network, len(tree))), {"n_x": 2, "n_h": 3, "n_y": 2})


@every_tree
def test_a_node_stands_between_its_children_and_above_them(tree: Tree) -> None:
    geometry = laid_out(tree)
    leaves = {geometry.node(Vertex("h", t)).cy for t, children in enumerate(tree.children, 1) if not children}
    assert len(leaves) == 1
    for t, children in enumerate(tree.children, 1):
        own = geometry.node(Vertex("h", t))
        for child in (geometry.node(Vertex("h", c)) for c in children):
            assert own.bottom < child.y and own.cy < min(leaves)
        if len(children) == 2:
            left, right = (geometry.node(Vertex("h", c)).cx for c in children)
            assert left < own.cx < right
    assert len({geometry.node(Vertex("h", t)).cx for t in range(1, len(tree) + 1)}) == len(tree)


def test_columns_are_in_order_and_levels_count_from_the_leaves() -> None:
    assert columns(LEFT_HEAVY) == (0, 2, 1, 4, 3)
    assert levels(LEFT_HEAVY) == (0, 0, 1, 0, 2)


def test_folded_it_has_a_loop_for_each_child_and_says_no_number_of_steps() -> None:
    folded = laid_out(balanced(7)).at(1.0, front=1)
    loops = [edge for edge in folded.front_edges if folded.delayed(edge)]
    assert {edge.weight for edge in loops} == {"W", "R"}
    left, right = sorted(folded.delay(edge).x - folded.node(Vertex("h", 1)).cx for edge in loops)  # type: ignore[union-attr]
    assert left < 0 < right
    assert {folded.steps_of(edge) for edge in loops} == {1}


def test_absent_children_are_not_drawn() -> None:
    geometry = laid_out(balanced(7))
    assert geometry.ghosts == () and all(edge.source.t >= 1 for edge in geometry.graph.edges)


def test_it_folds_down_to_where_its_leaves_stand() -> None:
    apart, folded = (laid_out(balanced(7)).at(fold, front=1).bounds for fold in (0.0, 1.0))
    assert folded.bottom == pytest.approx(apart.bottom) and folded.height < apart.height / 2
    for vertex in laid_out(balanced(7)).at(1.0, front=1).front_vertices:
        assert folded.contains(*laid_out(balanced(7)).at(1.0, front=1).node(vertex)[:2])
