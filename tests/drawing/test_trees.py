"""A tree is drawn as in fig. 10.14: leaves lowest, every node midway above its children; folded, it has two loops."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from explorer.architectures import get_architecture
from explorer.drawing.drawn_graph import Geometry
from explorer.drawing.geometry import beside_back
from explorer.drawing.layout import layout
from explorer.drawing.trees import columns, levels
from explorer.graph.architecture import Architecture
from explorer.graph.drawn import drawn
from explorer.graph.feedback import connect
from explorer.graph.tree import Tree, balanced
from explorer.graph.unfold import Vertex, unfold
from tests.oracles.declarations import TREE_LSTM
from tests.oracles.examples import joined

NETWORK = get_architecture("recursive_tree")


def laid_out(tree: Tree, architecture: Architecture = NETWORK, optional: bool = False) -> Geometry:
    network = replace(connect(architecture), tree=tree)
    return layout(drawn(unfold(network, tree.leaves), optional), {"n_x": 2, "n_h": 3, "n_y": 2})


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """Any tree of up to 16 leaves, by the brackets that close after each."""
    closings: list[int] = []
    parts = 0
    for _ in range(draw(st.integers(1, 15))):
        closings.append(draw(st.integers(0, max(parts, 0))) if parts > 0 else 0)
        parts += 1 - closings[-1]
    return joined(*closings, parts)


@settings(max_examples=25, deadline=None)
@given(trees(), st.booleans())
def test_a_node_stands_midway_above_its_children_and_no_box_or_line_is_in_its_way(tree: Tree, optional: bool) -> None:
    geometry = laid_out(tree, optional=optional)
    boxes = {vertex: geometry.node(vertex) for vertex in geometry.graph.vertices}
    for step in range(tree.leaves + 1, len(tree) + 1):
        own, (left, right) = boxes[Vertex("h", step)], (boxes[Vertex("h", child)] for child in tree.children(step))
        assert own.cx == pytest.approx((left.cx + right.cx) / 2) and left.cx < right.cx
        assert own.bottom < min(left.y, right.y)
    assert len({boxes[Vertex("h", leaf)].cy for leaf in range(1, tree.leaves + 1)}) == 1
    for one, other in combinations(boxes.values(), 2):
        assert one.right <= other.x or other.right <= one.x or one.bottom <= other.y or other.bottom <= one.y
    for edge in geometry.graph.edges:
        others = [box for vertex, box in boxes.items() if vertex not in (edge.source, edge.target)]
        for point in geometry.path(edge).sampled(40):
            assert not any(box.contains(*point) for box in others), edge


def test_columns_are_between_those_of_children_and_levels_count_from_the_leaves() -> None:
    tree = joined(0, 1, 1)  # ((1 2) 3)
    assert columns(tree) == (0.0, 1.0, 2.0, 0.5, 1.25)
    assert levels(tree) == (0, 0, 0, 1, 2)


def test_inputs_stand_below_leaves_alone_and_the_output_above_the_root() -> None:
    geometry = laid_out(balanced(4))
    standing = {index: [v.name for v in geometry.vertices_at(index)] for index in range(1, 8)}
    assert standing == {t: ["x", "h"] for t in range(1, 5)} | {5: ["h"], 6: ["h"], 7: ["h", "o", "yhat", "L", "y"]}


def test_a_gradient_comes_back_beside_its_edge_from_side_to_side() -> None:
    geometry = laid_out(balanced(8))
    for edge in (e for e in geometry.graph.edges if e.lag):
        path, (child, parent) = geometry.path(edge), map(geometry.node, (edge.source, edge.target))
        back = beside_back(path, geometry.gradient_side(edge), 5.0)
        assert back.start.y == pytest.approx(parent.bottom) and parent.x < back.start.x < parent.right
        assert tuple(back.points)[-1].y == pytest.approx(child.y) and child.x < tuple(back.points)[-1].x < child.right


def test_folded_it_has_a_loop_for_each_child_the_first_on_the_left_and_no_square_for_no_time_passes() -> None:
    for front in (1, 5):
        folded = laid_out(balanced(4)).at(1.0, front)
        at_h = folded.node(Vertex("h", 1)).cx
        loops = {edge.weight: folded.path(edge).along(0.5) for edge in folded.front_edges if folded.delayed(edge)}
        assert loops["U"].x < at_h < loops["W"].x
        assert not any(folded.delay(edge) for edge in folded.front_edges)
        assert {edge.weight for edge in folded.front_edges} >= {"V", "U", "W", "Q"}


def test_it_folds_down_to_where_its_leaves_stand() -> None:
    apart, folded = (laid_out(balanced(7)).at(fold, front=1).bounds for fold in (0.0, 1.0))
    assert folded.bottom == pytest.approx(apart.bottom) and folded.height < apart.height
    for vertex in laid_out(balanced(7)).at(1.0, front=1).front_vertices:
        assert folded.contains(*laid_out(balanced(7)).at(1.0, front=1).node(vertex)[:2])


def test_gates_stand_one_above_the_other_in_each_node() -> None:
    geometry = laid_out(joined(0, 1, 1), TREE_LSTM)
    boxes = [geometry.node(Vertex(name, 4)) for name in ("s", "h")]
    assert boxes[0].cx == boxes[1].cx and boxes[0].y > boxes[1].bottom
