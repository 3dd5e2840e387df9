"""The view is what the events done so far say it is, at every cursor of every network, and knows what changed."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from msgspec.structs import replace

from explorer.graph.analyse.events import Event, Kind
from explorer.graph.declaration import Given
from explorer.graph.equations.by_event import equation_of
from explorer.graph.unfold import Edge, Vertex
from explorer.session.document import Shown, show
from explorer.session.edits import HoldEdit, InitialEdit, InputEdit, TargetEdit, WeightEdit
from explorer.session.view.difference import difference
from explorer.session.view.timetable import timetable
from explorer.session.view.view_state import ViewState, view_state
from explorer.session.viewing import View
from tests.each import each
from tests.oracles.declarations import BIDIRECTIONAL
from tests.session.shown import KINDS, declared, example

every_kind = each(("architecture", "feedback"), KINDS)
both = each("show_a", [False, True])


def views(shown: Shown, show_a: bool = False) -> Iterator[ViewState]:
    for cursor in range(len(shown.events) + 1):
        yield view_state(shown, View(cursor, show_a=show_a))


def done(shown: Shown, cursor: int, kind: Kind) -> set[Vertex | None]:
    return {event.vertex for event in shown.events[:cursor] if event.kind is kind}


@every_kind
@both
def test_what_is_revealed_is_what_has_been_computed(architecture: str, feedback: str | None, show_a: bool) -> None:
    shown = example(architecture, feedback)
    given = {v for v in shown.graph.vertices if isinstance(shown.graph.node(v).operation, Given)}
    for view in views(shown, show_a):
        everything = {*shown.graph.vertices, *shown.graph.boundary, *view.timetable.graph.boundary}
        before = everything - set(shown.graph.vertices)
        assert {v for v in everything if view.value_known(v)} == given | before | done(shown, view.cursor, Kind.VALUE)
        assert {v for v in everything if view.gradient_known(v)} == done(shown, view.cursor, Kind.GRADIENT)


@every_kind
def test_stepping_back_restores_exactly(architecture: str, feedback: str | None) -> None:
    shown = example(architecture, feedback)
    forth = list(views(shown))
    back = [view_state(shown, View(cursor)) for cursor in reversed(range(len(shown.events) + 1))]
    assert back[::-1] == forth
    assert len({view.caption for view in forth}) == len(forth)  # so equality is not for free


@every_kind
@both
def test_the_operands_are_those_of_the_equation(architecture: str, feedback: str | None, show_a: bool) -> None:
    shown = example(architecture, feedback)
    for view in views(shown, show_a):
        if view.event is None:
            assert not view.values and not view.gradients
            continue
        factors = [f for term in equation_of(shown.trace, view.event).terms for f in term.factors]
        assert view.values | view.gradients == {f.vertex for f in factors if f.vertex}
        standing = {view.timetable.stands_for(vertex) for vertex in view.values | view.gradients}
        assert all(view.vertex(v).operand == (v in standing) for v in view.timetable.graph.vertices)
        assert all(view.value_known(vertex) for vertex in view.values)
        assert all(view.gradient_known(vertex) for vertex in view.gradients)


@every_kind
@both
def test_the_current_node_is_drawn(architecture: str, feedback: str | None, show_a: bool) -> None:
    shown = example(architecture, feedback)
    for view in views(shown, show_a):
        if view.event is None or view.event.vertex is None:
            assert view.current is None
            continue
        vertex, graph = view.event.vertex, view.timetable.graph
        tags = {Vertex(name, edge.source.t) for edge in graph.edges for name in edge.through}
        drawn = {*graph.vertices, *graph.boundary}
        assert view.current in drawn | tags
        if vertex in drawn:
            assert view.current == vertex
        assert view.current.t == vertex.t and view.column == vertex.t


def test_a_pre_activation_that_is_not_drawn_is_shown_at_its_state() -> None:
    shown = example("hidden_to_hidden", None)
    first = shown.events.index(Event(shown.events[0].phase, Kind.VALUE, "a", 2)) + 1
    assert view_state(shown, View(first)).current == Vertex("h", 2)
    assert view_state(shown, View(first, show_a=True)).current == Vertex("a", 2)


@every_kind
@both
def test_values_arrive_over_the_edges_from_the_operands(architecture: str, feedback: str | None, show_a: bool) -> None:
    shown = example(architecture, feedback)
    for view in views(shown, show_a):
        if view.event is None or view.event.kind is not Kind.VALUE:
            assert not view.forward_now
            continue
        assert view.event.vertex is not None
        host = view.timetable.host
        here = host(view.event.vertex)
        # The data of an initial state may be drawn in the place of what it stands for.
        wanted = {host(vertex) for vertex in view.values} - {here}
        arrived = {edge.source for edge in view.forward_now} - {here}
        if view.timetable.stands_for(view.event.vertex) == here:
            assert {edge.target for edge in view.forward_now} <= {here}
        assert {v for v in wanted if v.t >= 1} <= arrived
        unread = {v for v in arrived if v.t >= 1} - wanted
        assert unread <= {Vertex("y", view.event.t or 0)}  # a loss reads its target as an index, not as a factor


@every_kind
@both
def test_gradients_come_back_from_where_they_are_read(architecture: str, feedback: str | None, show_a: bool) -> None:
    shown = example(architecture, feedback)
    for view in views(shown, show_a):
        if view.event is None or view.event.kind is not Kind.GRADIENT:
            assert not view.backward_now
            continue
        vertex = view.event.vertex
        assert vertex is not None
        host = view.timetable.host
        uses = [contribution.use for contribution in shown.trace.reaching(vertex.name, vertex.t)]
        steps = [shown.graph.T if use.consumer.last_only else vertex.t + use.source.lag for use in uses]
        readers = {Vertex(use.consumer.name, t) for use, t in zip(uses, steps, strict=True)}
        ends = {host(reader) for reader in readers} - {host(vertex)}
        assert all(edge.stop is None for edge in view.backward_now)
        reached = {edge.target for edge in view.backward_now}
        assert ends <= reached
        assert {edge.source for edge in view.backward_now} <= {host(vertex), *reached}


def fed_back(view: ViewState) -> list[Edge]:
    """The edges of fed-back signals that were computed within the sequence."""
    return [e for e in view.timetable.graph.edges if e.lag and e.source.name in ("y", "yhat", "o") and e.source.t >= 1]


@pytest.mark.parametrize("architecture", ["output_to_hidden", "hidden_and_output"])
@pytest.mark.parametrize(
    ("feedback", "cut"),
    [
        ("teacher_forcing", True),
        ("free_running_yhat", False),
        ("free_running_o", False),
        ("free_running_argmax", True),
        ("free_running_sample", True),
    ],
)
def test_where_the_gradient_is_cut(architecture: str, feedback: str, cut: bool) -> None:
    shown = example(architecture, feedback)
    view = view_state(shown, View(len(shown.events)))
    edges = fed_back(view)
    assert len(edges) == 3
    for edge in edges:
        assert (view.edge(edge).cut, view.edge(edge).backward) == (cut, not cut)


@pytest.mark.parametrize("own", ["yhat", "o"])
def test_a_mixed_feedback_is_cut_where_the_target_is_fed(own: str) -> None:
    shown = example("hidden_and_output", f"mixed_{own}")
    view = view_state(shown, View(len(shown.events)))
    assert {edge.source.t: view.edge(edge).cut for edge in fed_back(view)} == {1: True, 2: False, 3: True}


@every_kind
def test_a_cut_shows_only_once_the_gradient_would_cross_it(architecture: str, feedback: str | None) -> None:
    shown = example(architecture, feedback)
    for view in views(shown):
        for edge in view.timetable.graph.edges:
            if view.edge(edge).cut:
                assert view.gradient_known(edge.target)


@every_kind
@both
def test_the_difference_leaves_out_only_what_looks_the_same(
    architecture: str, feedback: str | None, show_a: bool
) -> None:
    shown = example(architecture, feedback)
    seen = list(views(shown, show_a))
    leaps = [(0, len(seen) - 1), (3, len(seen) // 2), (len(seen) // 2, 2)]
    pairs = [*pairwise(seen), *((seen[a], seen[b]) for a, b in leaps)]
    for old, new in pairs:
        changed = difference(old, new)
        assert changed == difference(new, old)
        graph = new.timetable.graph
        for vertex in (*graph.vertices, *graph.boundary):
            if old.vertex(vertex) != new.vertex(vertex):
                assert vertex.t in changed
        for edge in graph.edges:
            if old.edge(edge) != new.edge(edge):
                assert {edge.source.t, edge.target.t} <= changed


def test_a_step_in_a_long_sequence_changes_few_columns() -> None:
    shown = example("hidden_and_output", "free_running_yhat", T=30)
    sizes = [len(difference(view_state(shown, View(c)), view_state(shown, View(c + 1)))) for c in range(60, 90)]
    assert max(sizes) <= 4


def test_the_same_view_differs_in_nothing() -> None:
    shown = example("output_to_hidden", "teacher_forcing")
    assert difference(view_state(shown, View(9)), view_state(shown, View(9))) == frozenset()


def test_another_document_differs_everywhere() -> None:
    one, other = example("hidden_to_hidden", None), example("output_to_hidden", "teacher_forcing")
    assert {1, 2, 3, 4} <= difference(view_state(one, View(5)), view_state(other, View(5)))
    assert {1, 2, 3, 4} <= difference(None, view_state(one, View(5)))


def test_selecting_changes_the_columns_of_both_selections() -> None:
    shown = example("hidden_to_hidden", None)
    old, new = (view_state(shown, View(5, Vertex("h", t))) for t in (1, 3))
    assert difference(old, new) == {1, 3}
    assert old.vertex(Vertex("h", 1)).selected and not new.vertex(Vertex("h", 1)).selected


def test_a_parameter_under_the_pointer_lights_all_its_copies() -> None:
    shown = example("hidden_to_hidden", None)
    view = view_state(shown, View(5), hover="W")
    lit = [edge for edge in view.timetable.graph.edges if view.edge(edge).lit]
    assert [(e.source, e.target) for e in lit] == [(Vertex("h", t - 1), Vertex("h", t)) for t in range(1, 5)]
    assert {1, 2, 3, 4} <= difference(view_state(shown, View(5)), view)


def test_what_is_under_the_pointer_outshines_what_is_selected() -> None:
    shown = example("hidden_to_hidden", None)
    assert view_state(shown, View(5, selection="U"), hover="W").picked_parameter == "W"
    assert view_state(shown, View(5, selection="U")).picked_parameter == "U"
    assert view_state(shown, View(5, selection="U"), hover=Vertex("h", 1)).picked_parameter == "U"
    assert view_state(shown, View(5, selection=Vertex("h", 1))).picked_parameter is None


@every_kind
def test_slow_motion_dims_all_but_what_is_computed_now(architecture: str, feedback: str | None) -> None:
    shown = example(architecture, feedback)
    for cursor in range(len(shown.events) + 1):
        view = view_state(shown, View(cursor, slow_motion=True))
        bright = {v for v in view.timetable.graph.vertices if not view.vertex(v).dimmed}
        if cursor == 0:
            assert bright == set(view.timetable.graph.vertices)
            continue
        now = {view.current, *map(view.timetable.stands_for, view.values | view.gradients)}
        assert bright == {v for v in now if v in view.timetable.graph.vertices}
        undimmed = {edge for edge in view.timetable.graph.edges if not view.edge(edge).dimmed}
        assert undimmed == view.forward_now | view.backward_now


@every_kind
def test_every_event_is_said_in_a_numbered_sentence(architecture: str, feedback: str | None) -> None:
    shown = example(architecture, feedback)
    count = len(shown.events)
    for view in views(shown):
        if view.event is None:
            assert str(count) in view.caption
        else:
            assert view.caption.startswith(f"Event {view.cursor} of {count} · ")
            assert view.caption.endswith(equation_of(shown.trace, view.event).caption)


@every_kind
def test_rows_of_times_agree_with_single_ones(architecture: str, feedback: str | None) -> None:
    shown = example(architecture, feedback)
    table = timetable(shown)
    for name in {vertex.name for vertex in table.graph.vertices}:
        for gradient, single in ((False, table.value_at), (True, table.gradient_at)):
            never = len(shown.events) + 1
            wanted = [single.get(Vertex(name, t), never) for t in range(1, 5)]
            assert table.steps_of(name, gradient).tolist() == wanted


def test_a_timetable_is_made_once() -> None:
    shown = example("hidden_to_hidden", None)
    assert timetable(shown) is timetable(shown)
    assert timetable(shown, optional=True) is not timetable(shown)


@every_kind
def test_what_was_changed_by_hand_says_so(architecture: str, feedback: str | None) -> None:
    plain = example(architecture, feedback)
    initial = next(iter(plain.trace.initial))
    edits = (InputEdit(2, 0), TargetEdit(4, 1), InitialEdit(initial, 0, 0.5), WeightEdit("W", (0, 1), 3.0))
    edited = show(replace(plain.document, edits=edits))
    for shown, marked in ((plain, False), (edited, True)):
        view = view_state(shown, View())
        changed = {Vertex("x", 2), Vertex("y", 4), Vertex(initial, 0)}
        assert {v for v in (*shown.graph.vertices, *shown.graph.boundary) if view.vertex(v).edited} == (
            changed if marked else set()
        )
        assert [view.edited_parameter(name) for name in ("W", "U")] == [marked, False]


def lit(shown: Shown, k: int, t: int) -> set[str]:
    """The vertices on the path from L(k) back to h(t)."""
    view = view_state(shown, View(0, path=(k, t, "h")))
    assert view.path is not None
    assert {v for v in view.timetable.graph.vertices if view.vertex(v).on_path} == view.path.vertices
    assert {e for e in view.timetable.graph.edges if view.edge(e).on_path} == view.path.edges
    return {f"{vertex.name}{vertex.t}" for vertex in view.path.vertices}


def test_a_path_lights_up_from_the_loss_back_to_the_state() -> None:
    one_step = {"L3", "yhat3", "o3", "h3"}
    assert lit(example("hidden_to_hidden", None), 3, 1) == one_step | {"h2", "h1"}  # fig. 10.3
    between = {"h2", "o2", "yhat2", "h1", "o1", "yhat1"}
    assert lit(example("output_to_hidden", "free_running_yhat"), 3, 1) == one_step | between  # fig. 10.4
    assert lit(example("output_to_hidden", "teacher_forcing"), 3, 1) == one_step  # fig. 10.6
    assert lit(example("sequence_to_one", None), 4, 2) == {"L4", "yhat4", "o4", "h4", "h3", "h2"}  # fig. 10.5
    assert lit(example("hidden_and_output", "free_running_yhat"), 3, 1) == one_step | between  # fig. 10.10
    assert lit(example("hidden_and_output", "teacher_forcing"), 3, 1) == one_step | {"h2", "h1"}


@every_kind
@both
def test_with_a_path_all_else_is_dimmed(architecture: str, feedback: str | None, show_a: bool) -> None:
    shown = example(architecture, feedback)
    for cursor in (0, len(shown.events)):
        view = view_state(shown, View(cursor, show_a=show_a, path=(4, 3, "h")))
        graph = view.timetable.graph
        assert all(view.vertex(v).dimmed != view.vertex(v).on_path for v in (*graph.vertices, *graph.boundary))
        assert all(view.edge(e).dimmed != view.edge(e).on_path for e in graph.edges)
        assert {Vertex("L", 4), Vertex("o", 4), Vertex("h", 4)} <= view.path.vertices if view.path else False
        assert view.front == 4


def test_a_path_changes_every_column_and_one_beyond_the_sequence_is_none() -> None:
    shown = example("hidden_to_hidden", None)
    plain, lit = view_state(shown, View(5)), view_state(shown, View(5, path=(3, 1, "h")))
    assert difference(plain, lit) == difference(lit, plain) == frozenset(range(6))
    assert difference(lit, view_state(shown, View(5, path=(3, 1, "h")))) == frozenset()
    for k, t in ((5, 1), (3, 4), (3, 0)):
        assert replace(view_state(shown, View(5, path=(k, t, "h"))), view=View(5)) == plain


def test_the_path_to_a_state_that_runs_backward_in_time_lights_up_too(monkeypatch: pytest.MonkeyPatch) -> None:
    nodes = tuple(replace(node, row=row) for row, node in enumerate(BIDIRECTIONAL.nodes))
    shown = declared(monkeypatch, replace(BIDIRECTIONAL, nodes=nodes))
    view = view_state(shown, View(0, path=(2, 4, "g")))
    assert view.path is not None and {v.t for v in view.path.vertices if v.name == "g"} == {2, 3, 4}
    assert view.front == 2
    assert view_state(shown, View(0, path=(3, 2, "g"))).path is None


@pytest.mark.parametrize("edit", [WeightEdit("W", (0, 1), 0.5), InputEdit(2, 1), InitialEdit("h", 0, 0.5)])
def test_numbers_that_change_leave_the_graph_the_one_that_is_laid_out(
    edit: WeightEdit | InputEdit | InitialEdit,
) -> None:
    document = example("hidden_to_hidden", None).document
    assert timetable(show(replace(document, edits=(edit,)))) is timetable(show(document))


def test_an_event_has_one_equation_however_often_it_is_asked_for() -> None:
    shown = example("hidden_to_hidden", None)
    assert shown.equation(shown.events[3]) is shown.equation(shown.events[3])


def test_a_closed_cell_is_marked_where_something_inside_is_held() -> None:
    """Open, what is held is marked itself. What is held of a signal that only test time has waits for that."""
    plain = example("lstm", None)
    shown = show(replace(plain.document, edits=(HoldEdit("f", 3, 0, 1.0),)))
    closed, opened = (view_state(shown, View(open_cells=on)) for on in (False, True))
    for view, place in ((closed, Vertex("h", 3)), (opened, Vertex("f", 3))):
        marked = {v for v in view.timetable.graph.vertices if view.vertex(v).held}
        assert marked == {place} == set(view.edited_places) and view.edits_of(place) == (Vertex("f", 3),)
    fed = example("output_to_hidden", "free_running_argmax").document
    waiting = replace(fed, feedback="teacher_forcing", edits=(HoldEdit("argmax", 2, 0, 0.5),))
    assert not any(view_state(show(waiting), View()).vertex(v).held for v in show(waiting).graph.vertices)
    tested = show(replace(waiting, test_time=True))
    assert tested.edited.held == {Vertex("argmax", 2)} and tested.trace.value("argmax", 2)[0] == 0.5


def test_of_a_tree_what_is_above_the_leaves_looks_different_too() -> None:
    shown = example("recursive_tree", None)
    plain, dimmed = (view_state(shown, View(30, slow_motion=on)) for on in (False, True))
    assert {vertex.t for vertex in shown.graph.vertices} <= difference(plain, dimmed)
