"""Nodes stand in their column and row, edges lead from rim to rim around boxes, and folding keeps identity."""

from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.architectures import architectures
from explorer.drawing.drawn_graph import Geometry
from explorer.drawing.geometry import Point, Rect
from explorer.drawing.layout import layout
from explorer.drawing.places import Shape, cells
from explorer.drawing.steps import every, shortened
from explorer.graph.architecture import Architecture, Group
from explorer.graph.declaration import Activation, Bias, CrossEntropy, Given, Linear, Node, Ref, Softmax, Sum
from explorer.graph.drawn import drawn
from explorer.graph.feedback import FEEDBACKS, connect
from explorer.graph.unfold import Edge, Vertex, unfold
from tests.each import each
from tests.oracles.declarations import LSTM
from tests.session.shown import KINDS, example

every_kind = each(("architecture", "feedback"), KINDS)
FOLDS = (0.0, 0.3, 0.8, 1.0)


def laid_out(architecture: str, feedback: str | None, T: int = 4, hidden: int = 3, show_a: bool = False) -> Geometry:
    shown = example(architecture, feedback, T, hidden)
    return layout(drawn(shown.graph, optional=show_a), shown.sizes)


def boxes(geometry: Geometry) -> dict[Vertex, Rect]:
    return {vertex: geometry.node(vertex) for vertex in (*geometry.graph.vertices, *geometry.ghosts)}


def off_rim(rect: Rect, point: Point) -> float:
    """How far a point is from the rim of a box, or of the disc that fits it, whichever is nearer."""
    sides = (point.x - rect.x, rect.right - point.x, point.y - rect.y, rect.bottom - point.y)
    box = min(map(abs, sides)) if min(sides) > -1e-6 else max(-side for side in sides)
    distance = ((point.x - rect.cx) ** 2 + (point.y - rect.cy) ** 2) ** 0.5
    return min(box, abs(distance - rect.width / 2))


def inside(rect: Rect, point: Point, disc: bool = False, margin: float = 1.0) -> bool:
    if disc:
        return (point.x - rect.cx) ** 2 + (point.y - rect.cy) ** 2 < (rect.width / 2 - margin) ** 2
    return rect.x + margin < point.x < rect.right - margin and rect.y + margin < point.y < rect.bottom - margin


@every_kind
@each("show_a", [False, True])
@each(("T", "hidden"), [(1, 1), (4, 3), (3, 40)])
def test_no_two_boxes_overlap(architecture: str, feedback: str | None, show_a: bool, T: int, hidden: int) -> None:
    placed = list(boxes(laid_out(architecture, feedback, T, hidden, show_a)).items())
    for i, (vertex, a) in enumerate(placed):
        for other, b in placed[:i]:
            apart = a.right <= b.x or b.right <= a.x or a.bottom <= b.y or b.bottom <= a.y
            assert apart, f"{vertex} and {other}"


@every_kind
def test_a_column_is_a_step_and_a_row_is_as_declared(architecture: str, feedback: str | None) -> None:
    geometry = laid_out(architecture, feedback)
    for vertex in geometry.graph.vertices:
        rect, node = geometry.node(vertex), geometry.graph.node(vertex)
        assert geometry.column(vertex.t).contains(rect.cx, rect.cy)
        for other in geometry.graph.vertices:
            row = geometry.graph.node(other).row
            assert row is not None and node.row is not None
            if row > node.row:
                assert geometry.node(other).bottom < rect.y  # upward, as in the book
            elif row == node.row:
                assert geometry.node(other).cy == rect.cy


def test_equal_steps_are_equally_far_apart() -> None:
    geometry = laid_out("hidden_to_hidden", None, T=5)
    for name in ("x", "h", "y"):
        middles = [geometry.node(Vertex(name, t)).cx for t in range(1, 6)]
        assert all(b - a == pytest.approx(geometry.pitch) for a, b in pairwise(middles))


@every_kind
@each("show_a", [False, True])
@each("fold", FOLDS)
def test_edges_lead_from_rim_to_rim(architecture: str, feedback: str | None, show_a: bool, fold: float) -> None:
    geometry = laid_out(architecture, feedback, show_a=show_a)
    geometry = geometry.at(fold, front=2)
    half_way = 0 < fold < 1  # while a loop closes, its end slides behind the box from one side to the other
    for edge in geometry.graph.edges:
        if half_way and edge.lag:
            continue
        path = geometry.path(edge)
        assert off_rim(geometry.node(edge.source), path.start) < 1.5, edge
        assert off_rim(geometry.node(edge.target), path.end) < 1.5, edge


@every_kind
@each("show_a", [False, True])
@each("hidden", [3, 40])
def test_edges_cross_no_box(architecture: str, feedback: str | None, show_a: bool, hidden: int) -> None:
    geometry = laid_out(architecture, feedback, hidden=hidden, show_a=show_a)
    placed = boxes(geometry)
    for edge in geometry.graph.edges:
        for point in geometry.path(edge).sampled(24):
            hit = [v for v, rect in placed.items() if inside(rect, point, disc=v.name in "Ly" and v.t >= 1)]
            assert not hit, f"{edge} runs through {hit}"


@every_kind
@each("fold", FOLDS)
def test_every_parameter_is_named_on_each_of_its_edges_or_boxes(
    architecture: str, feedback: str | None, fold: float
) -> None:
    geometry = laid_out(architecture, feedback).at(fold, front=2)
    named = {label.text for edge in geometry.graph.edges if (label := geometry.label(edge))}
    written = {bias for place in geometry.places.values() for bias in place.biases}
    assert named | written == {p.name for p in geometry.graph.network.architecture.parameters}
    for edge in geometry.graph.edges:
        label = geometry.label(edge)
        assert (label.text if label else None) == edge.weight
        if label:
            assert geometry.path(edge).distance(*label.at) < 0.5  # of the polyline that stands for it


@every_kind
def test_a_step_is_numbered_in_the_middle_below_all_its_boxes(architecture: str, feedback: str | None) -> None:
    geometry = laid_out(architecture, feedback)
    for t in range(1, 5):
        label = geometry.time_label(t)
        assert label.x == geometry.column(t).cx and geometry.bounds.contains(*label)
        assert all(geometry.node(vertex).bottom < label.y for vertex in geometry.vertices_at(t))


@every_kind
@each("fold", FOLDS)
def test_the_bounds_hold_everything(architecture: str, feedback: str | None, fold: float) -> None:
    geometry = laid_out(architecture, feedback).at(fold, front=1)
    shown = boxes(geometry) if fold < 1 else {v: geometry.node(v) for v in geometry.front_vertices}
    for rect in shown.values():
        assert geometry.bounds.contains(rect.x + 1e-6, rect.y)
        assert geometry.bounds.contains(rect.right - 1e-6, rect.bottom)
    for edge in geometry.front_edges:
        for point in geometry.path(edge).sampled():
            assert geometry.bounds.contains(*point)


@every_kind
def test_folding_moves_every_step_into_one(architecture: str, feedback: str | None) -> None:
    geometry = laid_out(architecture, feedback)
    for vertex in (*geometry.graph.vertices, *geometry.ghosts):
        apart, half, folded = (geometry.at(f, 1).node(vertex) for f in (0.0, 0.5, 1.0))
        assert half.cx == pytest.approx((apart.cx + folded.cx) / 2)
        assert half.cy == pytest.approx((apart.cy + folded.cy) / 2)
        assert folded == geometry.at(1.0, 1).node(Vertex(vertex.name, geometry.graph.T))


@settings(max_examples=40)
@given(
    kind=st.sampled_from(KINDS),
    T=st.one_of(st.integers(1, 40), st.sampled_from((200, 1000))),
    fold=st.floats(0, 1),
    squeeze=st.floats(0.001, 1),
    share=st.floats(0, 1),
)
def test_at_every_stage_of_folding_all_is_within_the_bounds_and_moves_evenly(
    kind: tuple[str, str | None], T: int, fold: float, squeeze: float, share: float
) -> None:
    """Evenly on the screen, where a box of the whole unfolded drawing is `squeeze` times as wide as when folded."""
    unfolded, front = drawing(*kind, T), 1 + round(share * (T - 1))
    apart, half, folded = (unfolded.at(f, front, squeeze) for f in (0.0, fold, 1.0))
    vertices = (*half.front_vertices, *half.ghosts, *half.vertices_at(1), *half.vertices_at(T))
    edges = [(edge, half.path(edge)) for edge in (*half.front_edges, *half.edges_into(1), *half.edges_into(T))]
    bounds = half.bounds
    left, right, low = bounds.x - 1e-6, bounds.right + 1e-6, bounds.bottom + 1e-6
    for rect in map(half.node, vertices):
        assert left <= rect.x and rect.right <= right and rect.y >= 0 and rect.bottom <= low
    for way in (path for _, path in (*edges, *half.alternatives)):
        assert all(left <= point.x <= right and 0 <= point.y <= low for point in way.sampled(4))
    scale = squeeze + (1 - squeeze) * fold
    for t in {1, front, T}:
        begun, done = (g.x(t) - g.bounds.cx for g in (apart, folded))
        expected = begun * squeeze * (1 - fold) + done * fold
        assert (half.x(t) - bounds.cx) * scale == pytest.approx(expected, abs=1e-6 * T * unfolded.pitch)
    assert bounds.width * scale == pytest.approx(apart.bounds.width * squeeze * (1 - fold) + folded.bounds.width * fold)


@cache
def drawing(architecture: str, feedback: str | None, T: int) -> Geometry:
    network = connect(architectures()[architecture], FEEDBACKS[feedback] if feedback else None)
    return layout(drawn(unfold(network, T)), {"n_x": 2, "n_h": 3, "n_y": 2})


@every_kind
def test_the_folded_drawing_has_a_delay_on_each_loop(architecture: str, feedback: str | None) -> None:
    folded = laid_out(architecture, feedback).at(1.0, front=3)
    loops = [edge for edge in folded.front_edges if edge.lag]
    assert loops
    for edge in folded.front_edges:
        delay = folded.delay(edge)
        assert (delay is not None) == bool(edge.lag)
        if delay:
            assert not any(inside(folded.node(v), delay) for v in folded.front_vertices)
            assert folded.path(edge).distance(*delay) < 1e-6
    assert len({folded.delay(edge) for edge in loops}) == len(loops)


def test_a_folded_drawing_shows_one_step_and_what_exists_only_at_the_end() -> None:
    folded = laid_out("sequence_to_one", None).at(1.0, front=2)
    outputs = {Vertex(name, 4) for name in ("o", "yhat", "L", "y")}
    assert set(folded.front_vertices) == {Vertex("x", 2), Vertex("h", 2)} | outputs


@every_kind
@each("front", [1, 2, 3])
def test_of_a_mixed_feedback_the_folded_drawing_has_both_loops(
    architecture: str, feedback: str | None, front: int
) -> None:
    geometry = laid_out(architecture, feedback).at(1.0, front)
    if feedback is None or not feedback.startswith("mixed"):
        assert geometry.alternatives == ()
        return
    ((other, way),) = geometry.alternatives
    (taken,) = (e for e in geometry.front_edges if e.weight == other.weight and e.lag)
    own = "o" if feedback in ("mixed_o", "mixed_argmax") else "yhat"
    assert {taken.source.name, other.source.name} == {"y", own} if taken.source.t >= 1 else other.source.name == own
    real = [
        e for e in geometry.graph.edges if e.source.name == other.source.name and e.lag and e.weight == other.weight
    ]
    assert all(e.through == other.through for e in real if e.source.t >= 1)
    apart = max(
        abs(a.x - b.x) + abs(a.y - b.y) for a, b in zip(way.sampled(), geometry.path(taken).sampled(), strict=True)
    )
    assert apart > 15
    assert geometry.bounds.contains(way.along(0.5).x, way.along(0.5).y)


def test_one_output_means_one_column_with_outputs() -> None:
    geometry = laid_out("sequence_to_one", None)
    assert [v.name for v in geometry.vertices_at(3)] == ["x", "h"]
    assert {v.name for v in geometry.vertices_at(4)} == {"x", "h", "o", "yhat", "L", "y"}


def test_what_is_fed_back_passes_its_tags_in_order() -> None:
    geometry = laid_out("hidden_and_output", "mixed_argmax")
    edge = next(e for e in geometry.graph.edges if "argmax" in e.through and e.source.t >= 1)
    assert geometry.tagged(edge) == ("argmax", "f")
    first, second = (geometry.tag(edge, name) for name in geometry.tagged(edge))
    start = geometry.path(edge).start
    assert abs(first.cy - start.y) < abs(second.cy - start.y)
    assert first.bottom <= second.y or first.right <= second.x


@each("n", [*range(1, 40), 96, 97, 128])
def test_a_strip_has_a_cell_for_every_unit_and_no_empty_row(n: int) -> None:
    rows, columns = cells(n)
    assert (rows - 1) * columns < n <= rows * columns


def node(name: str, operation: object, row: float, shift: float = 0.0, size: str = "n_h") -> Node:
    return Node(name, size, operation, name, row=row, shift=shift)  # type: ignore[arg-type]


def outputs(*terms: Linear) -> tuple[Node, ...]:
    return (
        node("o", Sum((Bias("c"), *terms)), 4, size="n_y"),
        node("yhat", Softmax(Ref("o")), 5, size="n_y"),
        node("L", CrossEntropy(Ref("yhat"), Ref("y")), 6, size="1"),
        node("y", Given(), 6, 0.42, size="n_y"),
    )


BIDIRECTIONAL = Architecture(
    "bidirectional", "", "", "10.11", "", Group.BOTH_DIRECTIONS,
    nodes=(
        node("x", Given(), 0, size="n_x"),
        node("a", Sum((Bias("b"), Linear("W", Ref("h", lag=1)), Linear("U", Ref("x")))), 1, -0.4),
        node("h", Activation(Ref("a"), "tanh"), 2, -0.4),
        node("e", Sum((Bias("d"), Linear("M", Ref("g", lag=-1)), Linear("N", Ref("x")))), 1, 0.4),
        node("g", Activation(Ref("e"), "tanh"), 3, 0.4),
        *outputs(Linear("V", Ref("h")), Linear("Q", Ref("g"))),
    ),
)  # fmt: skip
SKIPPING = Architecture(
    "skipping", "", "", "10.7", "", Group.LONG_MEMORY,
    nodes=(
        node("x", Given(), 0, size="n_x"),
        node("h", Sum((Bias("b"), Linear("W", Ref("h", lag=1)), Linear("Z", Ref("h", lag=3)))), 2),
        *outputs(Linear("V", Ref("h")), Linear("D", Ref("x"))),
    ),
)  # fmt: skip


@pytest.mark.parametrize("architecture", [BIDIRECTIONAL, SKIPPING], ids=lambda a: a.id)
@pytest.mark.parametrize("fold", [0.0, 1.0])
@pytest.mark.parametrize("T", [5, 40])
def test_networks_still_to_come_can_be_drawn(architecture: Architecture, fold: float, T: int) -> None:
    steps = every(T) if fold else shortened(T, 20)
    geometry = layout(unfold(connect(architecture), T), {"n_x": 2, "n_h": 4, "n_y": 2}, fold, front=3, steps=steps)
    edges: tuple[Edge, ...] = geometry.graph.edges if fold == 0 else geometry.front_edges
    for edge in edges:
        path = geometry.path(edge)
        assert off_rim(geometry.node(edge.source), path.start) < 1.5, edge
        assert off_rim(geometry.node(edge.target), path.end) < 1.5, edge
        assert all(geometry.bounds.contains(*point) for point in path.sampled()), edge
    if fold == 0:
        placed = list(boxes(geometry).values())
        assert all(a.right <= b.x or b.right <= a.x or a.bottom <= b.y or b.bottom <= a.y
                   for i, a in enumerate(placed) for b in placed[:i])  # fmt: skip


def test_what_runs_backward_in_time_starts_at_the_right() -> None:
    geometry = layout(unfold(connect(BIDIRECTIONAL), 3), {"n_x": 2, "n_h": 4, "n_y": 2})
    last = max(place.rect.right for place in geometry.places.values()) + geometry.x(3)
    assert geometry.node(Vertex("g", 4)).x > last - 40
    assert geometry.node(Vertex("h", 0)).right < geometry.node(Vertex("a", 1)).x


def test_targets_stand_beside_the_loss() -> None:
    geometry = laid_out("output_to_hidden", "teacher_forcing")
    loss, target = geometry.places["L"], geometry.places["y"]
    assert target.shape is Shape.TARGET and target.rect.cy == loss.rect.cy and target.rect.x > loss.rect.right


def test_names_are_as_wide_as_there_is_room_for_where_columns_are_squeezed() -> None:
    """A chain has much of it, gates have little: their names go first when a whole sequence is to be seen."""
    least = []
    for network in (architectures()["hidden_to_hidden"], LSTM):
        geometry = layout(drawn(unfold(connect(network), 6)), {"n_x": 2, "n_h": 8, "n_y": 2})
        least.append(min(label.room for edge in geometry.graph.edges if (label := geometry.label(edge)) is not None))
    chain, gates = least
    assert chain > 2 * gates >= 2.0
