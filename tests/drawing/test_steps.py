"""Of a long sequence the middle is left out; what is drawn of it stays whole, in order, and joined to what is not."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.drawing.drawn_graph import Geometry
from explorer.drawing.layout import layout
from explorer.drawing.steps import LONGEST, Steps, every, shortened
from explorer.graph.drawn import drawn
from tests.each import each
from tests.session.shown import KINDS, example


@pytest.mark.parametrize(
    ("T", "about", "columns"),
    [
        (LONGEST, None, range(1, LONGEST + 1)),
        (40, None, [1, 2, 3, "⋯", 40]),
        (40, 1, [1, 2, 3, "⋯", 40]),
        (40, 5, [1, 2, 3, 4, 5, 6, "⋯", 40]),
        (40, 6, [1, 2, 3, 4, 5, 6, 7, "⋯", 40]),  # one step alone is not left out
        (40, 20, [1, 2, 3, "⋯", 19, 20, 21, "⋯", 40]),
        (40, 39, [1, 2, 3, "⋯", 38, 39, 40]),
    ],
)
def test_the_first_steps_the_last_and_those_about_one_are_drawn(T: int, about: int | None, columns: object) -> None:
    steps = shortened(T, about)
    within = map(steps.within, range(len(steps.starts)))
    assert [column[0] if len(column) == 1 else "⋯" for column in within] == list(columns)  # type: ignore[call-overload]


@given(st.integers(1, 1000), st.integers(1, 1000), st.booleans())
def test_every_step_is_in_one_column_in_order(T: int, about: int, whole: bool) -> None:
    steps = every(T) if whole else shortened(T, min(about, T))
    columns = [steps.within(c) for c in range(len(steps.starts))]
    assert [t for column in columns for t in column] == list(range(1, T + 1))
    assert all(t in columns[steps.column(t)] for t in range(1, T + 1))
    assert [c for c, column in enumerate(columns) if len(column) > 1] == list(steps.gaps)
    assert {t for t in range(1, T + 1) if not steps.drawn(t)} == {t for gap in steps.gaps for t in columns[gap]}
    beyond = [steps.column(t) for t in (-1, 0, 1, T, T + 1, T + 2)]
    assert beyond == [-2, -1, 0, len(columns) - 1, len(columns), len(columns) + 1]
    assert all(map(steps.drawn, (-1, 0, 1, T, T + 1)))
    assert whole or len(columns) <= LONGEST


def both(architecture: str, feedback: str | None, T: int, about: int) -> tuple[Geometry, Geometry]:
    shown = example(architecture, feedback, T)
    graph = drawn(shown.graph)
    return layout(graph, shown.sizes), layout(graph, shown.sizes, steps=shortened(T, about))


@each(("architecture", "feedback"), KINDS)
def test_a_step_that_is_drawn_looks_as_it_does_among_all(architecture: str, feedback: str | None) -> None:
    whole, short = both(architecture, feedback, 40, 20)
    assert short.bounds.width < whole.bounds.width / 3 and short.height == whole.height
    for t in (1, 3, 19, 20, 21, 40):
        assert short.vertices_at(t) == whole.vertices_at(t) and short.edges_into(t) == whole.edges_into(t)
        right = short.x(t) - whole.x(t)
        for vertex in whole.vertices_at(t):
            assert short.node(vertex).x == pytest.approx(whole.node(vertex).x + right)
        for edge in whole.edges_into(t):
            for here, there in zip(short.path(edge).points, whole.path(edge).points, strict=True):
                assert (here.x, here.y) == pytest.approx((there.x + right, there.y))
    assert short.ghosts == whole.ghosts
    assert all(b - a == short.pitch for a, b in pairwise(short.x(t) for t in (1, 2, 3, 4, 19, 20, 21, 22, 40)))


@each(("architecture", "feedback"), KINDS)
def test_what_is_left_out_is_dots_between_arrows(architecture: str, feedback: str | None) -> None:
    _, short = both(architecture, feedback, 40, 20)
    for t in (*range(4, 19), *range(22, 40)):
        assert short.vertices_at(t) == ()
    kinds = {(edge.source.name, edge.weight) for edge in short.edges_into(20) if edge.lag}
    for border in (4, 19, 22, 40):  # into what is left out, and out of it
        into = short.edges_into(border)
        assert {e.weight for e in into if e.lag} == {weight for _, weight in kinds}
    dots = short.ellipses
    assert {dot.x for dot in dots} == {short.x(4), short.x(22)}
    rows = {place.rect.cy for place in short.places.values() if not place.last_only}
    assert {dot.y for dot in dots} == rows | {short.time_label(1).y}
    for dot in dots:
        assert short.bounds.contains(*dot)
        assert not any(short.node(v).contains(*dot) for v in short.graph.vertices)


def test_nothing_is_left_out_of_a_short_or_a_whole_drawing() -> None:
    graph = drawn(example("hidden_to_hidden", None, 40).graph)
    whole = layout(graph, {"n_x": 2, "n_h": 3, "n_y": 2})
    assert whole.ellipses == () and whole.graph == graph and isinstance(whole.steps, Steps)
