"""From which cursor on each part of the drawing is known, and what can never be."""

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.architectures import architectures
from explorer.graph.analyse.events import Kind
from explorer.graph.declaration import Bias, FedBack, Linear, Node, OneHotArgmax, Ref, Sum
from explorer.graph.unfold import Edge, Vertex
from explorer.session.view.timetable import timetable
from tests.each import each
from tests.oracles.declarations import ENCODER_DECODER
from tests.session.shown import KINDS, declared, example


@each(("architecture", "feedback"), KINDS)
@each("kind", [Kind.VALUE, Kind.GRADIENT])
def test_a_step_of_a_node_is_known_from_its_event_on(architecture: str, feedback: str | None, kind: Kind) -> None:
    shown = example(architecture, feedback)
    times = timetable(shown)
    for name in {vertex.name for vertex in times.graph.vertices} - {"x", "y"}:
        found = times.steps_of(name, gradient=kind is Kind.GRADIENT)
        for t, cursor in enumerate(found.tolist(), 1):
            done = [e.vertex for e in shown.events[:cursor] if e.kind is kind]
            if cursor > len(shown.events):
                assert Vertex(name, t) not in done
            else:
                assert done[-1] == Vertex(name, t)
        np.testing.assert_array_equal(times.steps_of(name, gradient=kind is Kind.GRADIENT), found)


def test_what_is_given_is_known_from_the_start_and_never_gets_a_gradient() -> None:
    shown = example("hidden_to_hidden", None)
    assert timetable(shown).steps_of("x").tolist() == [0] * 4
    assert timetable(shown).steps_of("x", gradient=True).tolist() == [len(shown.events) + 1] * 4


def test_what_only_a_pick_reads_has_no_gradient_that_could_be_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    fig_10_4 = architectures()["output_to_hidden"]
    summed = Sum((Bias("b"), Linear("K", Ref("k")), Linear("U", Ref("x"))))
    picking = replace(
        fig_10_4,
        id="picking_by_what_is_fed",
        nodes=(
            Node("s", "n_h", Sum((Bias("d"), Linear("W", FedBack()))), "s", row=0.5, shift=-0.4),
            Node("k", "n_h", OneHotArgmax(Ref("s")), "k", row=1, shift=-0.4),
            *(replace(node, operation=summed) if node.name == "a" else node for node in fig_10_4.nodes),
        ),
    )
    times = timetable(declared(monkeypatch, picking, "teacher_forcing"))
    assert {edge.target.name for edge in times.graph.edges if edge.lag} == {"s"}
    assert not times.cut_at
    assert timetable(example("output_to_hidden", "teacher_forcing")).cut_at, "where what is fed is not picked by"


def test_it_turns_out_that_nothing_comes_back_once_all_on_the_way_have_their_gradients() -> None:
    times = timetable(example("output_to_hidden", "teacher_forcing"))
    for edge, cursor in times.cut_at.items():
        assert edge.through == ("a",) and cursor == times.gradient_at[Vertex("a", edge.target.t)]
        assert cursor > times.gradient_at[edge.target]


def test_a_gradient_comes_back_to_a_context_from_every_step_that_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    nodes = tuple(replace(node, row=row, optional=False) for row, node in enumerate(ENCODER_DECODER.nodes))
    times = timetable(declared(monkeypatch, replace(ENCODER_DECODER, nodes=nodes), "teacher_forcing"))
    arrows = {(edge.source.t, edge.target.t) for edge in times.backward_at if edge.target.name == "a_h"}
    assert {(source, target) for source, target in arrows if source == 4} >= {(4, 1), (4, 2), (4, 3), (4, 4)}


def test_what_happens_inside_a_closed_cell_is_shown_at_it() -> None:
    shown = example("lstm", None)
    closed, cells = timetable(shown, closed=True), {Vertex("h", t) for t in range(1, 5)}
    assert {closed.host(Vertex(name, t)) for name in ("a_g", "f", "s", "h") for t in range(1, 5)} == cells

    def led(edges: tuple[Edge, ...]) -> set[tuple[str, int, str | None]]:
        assert {edge.target.name for edge in edges} <= {"h"}
        return {(edge.source.name, edge.source.t, edge.weight) for edge in edges}

    assert led(closed.forward_edges(Vertex("a_f", 2))) == {("x", 2, "U_f"), ("h", 1, "W_f")}
    assert led(closed.forward_edges(Vertex("s", 2))) == {("h", 1, None)}
    assert not closed.forward_edges(Vertex("tanh_s", 2))
    assert led(closed.gradient_edges(Vertex("s", 2))) == {("h", 2, None)}, "from s(3); that from tanh_s(2) stays inside"
    way = closed.path(4, 1, "s")
    assert way is not None and {vertex.name for vertex in way.vertices} == {"h", "o", "L", "yhat"}
