"""Unfolding gives the edges of the book's figures, and reroutes what is fed back."""

import pytest

from explorer.architectures import get_architecture
from explorer.errors import ExplorerError
from explorer.graph.architecture import Architecture
from explorer.graph.declaration import Linear, Ref
from explorer.graph.drawn import drawn
from explorer.graph.feedback import connect, get_feedback
from explorer.graph.unfold import Edge, Graph, Vertex, unfold
from tests.each import each
from tests.oracles.declarations import BIDIRECTIONAL, ENCODER_DECODER, LAG_TWO, LSTM, X, hidden, net, output, total
from tests.oracles.examples import EVERY_NETWORK
from tests.oracles.traces import APP_NETWORKS


def unfolded(id: str, feedback: str | None = None, T: int = 3, mask: tuple[bool, ...] | None = None) -> Graph:
    network = connect(get_architecture(id), get_feedback(feedback) if feedback else None)
    return unfold(network, T, mask)


def spoken(edge: Edge) -> str:
    """An edge in a few characters: "h0 -W-> a1", with the undrawn nodes on its way in brackets, "|" for a cut."""
    through = f"[{' '.join(edge.through)}]" if edge.through else ""
    cut = "" if edge.stop is None else "|"
    ends = f"{edge.source.name}{edge.source.t}", f"{edge.target.name}{edge.target.t}"
    return f"{ends[0]} {cut}-{edge.weight or ''}{through}-> {ends[1]}"


def edges(graph: Graph) -> set[str]:
    found = [spoken(edge) for edge in graph.edges]
    assert len(set(found)) == len(found)
    return set(found)


def each_step(*patterns: str, steps: tuple[int, ...] = (1, 2, 3)) -> set[str]:
    """The patterns with {t} and {before} filled in for every step."""
    return {pattern.format(t=t, before=t - 1) for pattern in patterns for t in steps}


INPUT = "x{t} |-U[a]-> h{t}"
OUTPUT = ("h{t} -V-> o{t}", "o{t} --> yhat{t}", "yhat{t} --> L{t}", "y{t} |--> L{t}")


def test_fig_10_3() -> None:
    expected = each_step(INPUT, "h{before} -W[a]-> h{t}", *OUTPUT)
    assert edges(drawn(unfolded("hidden_to_hidden"))) == expected


def test_fig_10_5_has_its_only_output_at_the_last_step() -> None:
    expected = each_step(INPUT, "h{before} -W[a]-> h{t}") | each_step(*OUTPUT, steps=(3,))
    assert edges(drawn(unfolded("sequence_to_one"))) == expected


def test_fig_10_4() -> None:
    """The book draws the edge from o; what is fed in its caption is the output, here o itself."""
    expected = each_step(INPUT, "o{before} -W[a]-> h{t}", *OUTPUT)
    assert edges(drawn(unfolded("output_to_hidden", "free_running_o"))) == expected


def test_fig_10_6_feeds_the_target_and_lets_no_gradient_back() -> None:
    expected = each_step(INPUT, "y{before} |-W[a]-> h{t}", *OUTPUT)
    assert edges(drawn(unfolded("output_to_hidden", "teacher_forcing"))) == expected


def test_fig_10_10_reads_both_the_state_and_the_previous_output() -> None:
    expected = each_step(INPUT, "h{before} -W[a]-> h{t}", "y{before} |-R[a]-> h{t}", *OUTPUT)
    assert edges(drawn(unfolded("hidden_and_output", "teacher_forcing"))) == expected


@pytest.mark.parametrize(
    ("feedback", "edge", "first"),
    [
        ("free_running_yhat", "yhat{before} -W[a]-> h{t}", "yhat0 -W[a]-> h1"),
        ("free_running_argmax", "o{before} |-W[argmax a]-> h{t}", "o0 |-W[a]-> h1"),
        ("free_running_sample", "yhat{before} |-W[sample a]-> h{t}", "yhat0 |-W[a]-> h1"),
    ],
)
def test_a_fed_back_signal_comes_from_what_it_is_computed_of(feedback: str, edge: str, first: str) -> None:
    """Nothing is picked before the first step, where the zero state stands."""
    expected = each_step(INPUT, *OUTPUT) | each_step(edge, steps=(2, 3)) | {first}
    assert edges(drawn(unfolded("output_to_hidden", feedback))) == expected


def test_pre_activations_are_drawn_when_asked_for() -> None:
    expected = each_step("x{t} |-U-> a{t}", "h{before} -W-> a{t}", "a{t} --> h{t}", *OUTPUT)
    assert edges(drawn(unfolded("hidden_to_hidden"), optional=True)) == expected


def test_without_drawing_every_node_is_there() -> None:
    graph = unfolded("output_to_hidden", "mixed_argmax")
    expected = each_step(
        "x{t} |-U-> a{t}", "a{t} --> h{t}", *OUTPUT, "o{t} |--> argmax{t}",
        "y{t} |--> f{t}", "argmax{t} |--> f{t}",
    )  # fmt: skip
    assert edges(graph) == expected | {"f0 -W-> a1", "f1 |-W-> a2", "f2 |-W-> a3"}


class TestPerStepMix:
    """What is fed back is decided step by step: mask[t − 1] for what step t + 1 is fed."""

    def fed(self, mask: tuple[bool, ...] | None, feedback: str = "mixed_yhat") -> set[str]:
        graph = drawn(unfolded("output_to_hidden", feedback, mask=mask))
        return {e for e in edges(graph) if "W" in e and not e.endswith("h1")}

    def test_each_step_is_fed_from_one_side(self) -> None:
        assert self.fed((True, False, True)) == {"y1 |-W[f a]-> h2", "yhat2 -W[f a]-> h3"}
        assert self.fed((False, True, True)) == {"yhat1 -W[f a]-> h2", "y2 |-W[f a]-> h3"}

    def test_a_pick_on_the_way_is_named_and_cuts(self) -> None:
        assert self.fed((False, True, True), "mixed_argmax") == {"o1 |-W[argmax f a]-> h2", "y2 |-W[f a]-> h3"}

    def test_undecided_both_sides_are_drawn(self) -> None:
        both = {"y1 |-W[f a]-> h2", "yhat1 -W[f a]-> h2", "y2 |-W[f a]-> h3", "yhat2 -W[f a]-> h3"}
        assert self.fed(None) == both

    def test_the_last_entry_feeds_nothing(self) -> None:
        assert self.fed((True, True, True)) == self.fed((True, True, False))


def names(vertices: tuple[Vertex, ...]) -> list[str]:
    return [f"{v.name}{v.t}" for v in vertices]


@pytest.mark.parametrize(
    ("id", "feedback", "read"),
    [
        ("hidden_to_hidden", None, ["h0"]),
        ("output_to_hidden", "teacher_forcing", ["y0"]),
        ("output_to_hidden", "free_running_yhat", ["yhat0"]),
        ("hidden_and_output", "free_running_o", ["h0", "o0"]),
    ],
)
def test_the_boundary_is_what_is_read_before_the_first_step(id: str, feedback: str | None, read: list[str]) -> None:
    assert names(unfolded(id, feedback).boundary) == names(drawn(unfolded(id, feedback)).boundary) == read


def test_an_undrawn_initial_state_is_drawn_where_its_node_would_read() -> None:
    graph = unfolded("output_to_hidden", "free_running_argmax")
    assert names(graph.boundary) == ["argmax0"]
    assert names(drawn(graph).boundary) == ["o0"]


@each(("architecture", "feedback"), EVERY_NETWORK)
def test_every_vertex_follows_what_it_is_computed_from(architecture: Architecture, feedback: str | None) -> None:
    network = connect(architecture, get_feedback(feedback) if feedback else None)
    graph = unfold(network, 4)
    steps = sum(node.span.count(4, {}) for node in network.nodes)
    place = {vertex: i for i, vertex in enumerate(graph.vertices)}
    assert len(place) == len(graph.vertices) == steps
    for edge in graph.edges:
        assert edge.source in graph.boundary or place[edge.source] < place[edge.target]


@each(("architecture", "feedback"), APP_NETWORKS)
def test_drawing_loses_no_influence(architecture: Architecture, feedback: str | None) -> None:
    """A drawn vertex depends on the same drawn vertices as before, whatever lies undrawn in between."""
    whole = unfold(connect(architecture, get_feedback(feedback) if feedback else None), 3)
    seen = drawn(whole)
    for vertex in seen.vertices:
        assert ancestors(seen, vertex) == ancestors(whole, vertex) & set(seen.vertices)


def ancestors(graph: Graph, vertex: Vertex) -> set[Vertex]:
    found: set[Vertex] = set()
    frontier = [vertex]
    while frontier:
        reader = frontier.pop()
        before = {edge.source for edge in graph.edges if edge.target == reader} & set(graph.vertices)
        frontier += before - found
        found |= before
    return found


def test_one_step_has_no_edge_through_time_but_from_its_boundary() -> None:
    graph = drawn(unfolded("hidden_to_hidden", T=1))
    assert [spoken(edge) for edge in graph.edges if edge.lag] == ["h0 -W[a]-> h1"]


def test_what_chapter_10_still_holds_unfolds_too() -> None:
    backward = unfold(connect(BIDIRECTIONAL), 3)
    assert {"g2 -W_g-> a_g1", "g3 -W_g-> a_g2", "g4 -W_g-> a_g3"} <= edges(backward)
    assert names(backward.boundary) == ["g4", "h0"]
    assert {"h0 -Z-> a2", "h1 -Z-> a3"} <= edges(unfold(connect(LAG_TWO), 3))
    assert names(unfold(connect(LAG_TWO), 3).boundary) == ["h-1", "h0"]
    context = edges(unfold(connect(ENCODER_DECODER, get_feedback("teacher_forcing")), 3))
    assert {"C3 -K-> a_h1", "C3 -K-> a_h2", "C3 -K-> a_h3", "e3 -P-> C3"} <= context
    assert {"f1 --> s1", "s0 --> s1", "g1 --> s1", "v1 --> s1"} <= edges(unfold(connect(LSTM), 3))


def test_a_network_that_no_order_computes_is_refused() -> None:
    circle = net(
        "circle",
        X,
        hidden("p", total(Linear("A", Ref("q")))),
        hidden("q", total(Linear("B", Ref("p")), Linear("U", Ref("x")))),
        *output(Linear("V", Ref("q"))),
    )
    with pytest.raises(ExplorerError, match=r"depend on themselves within one time step\.$"):
        unfold(connect(circle), 3)
