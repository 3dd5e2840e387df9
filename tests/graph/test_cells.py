"""What is inside a cell, and what a drawing shows of it while it is closed."""

import pytest
from msgspec.structs import replace

from explorer.architectures import architectures
from explorer.errors import ExplorerError
from explorer.graph.architecture import Architecture
from explorer.graph.cells import closed_cells, inside_cells
from explorer.graph.drawn import drawn
from explorer.graph.feedback import FREE_RUNNING, connect
from explorer.graph.unfold import Graph, Vertex, unfold

DEEP_STEP = replace(architectures()["deep_transition"], cells=("h",))
FED_CELL = replace(architectures()["hidden_and_output"], cells=("h",))
WITH_CELLS = (*(network for network in architectures().values() if network.cells), DEEP_STEP, FED_CELL)
LIKE = {"stacked_lstm": "deep_stacked", "lstm_to_one": "sequence_to_one"}
every_cell = pytest.mark.parametrize("network", WITH_CELLS, ids=[network.id for network in WITH_CELLS])


def whole(architecture: Architecture) -> Graph:
    return unfold(connect(architecture, FREE_RUNNING["yhat"] if architecture.takes_feedback else None), 4)


def pairs(graph: Graph) -> set[tuple[Vertex, Vertex]]:
    return {(edge.source, edge.target) for edge in graph.edges}


@pytest.mark.parametrize(
    ("id", "inside"),
    [
        ("lstm", {"g", "f", "v", "q", "s", "tanh_s", "a_g", "a_f", "a_v", "a_q"}),
        ("gru", {*"rumvk", "a_r", "a_u", "a_v"}),
        ("gru_book", {*"rupvk", "a_r", "a_u", "a_v"}),
    ],
)
def test_gates_and_what_they_are_made_of_are_inside(id: str, inside: set[str]) -> None:
    assert inside_cells(connect(architectures()[id])) == dict.fromkeys(inside, "h")


@every_cell
def test_a_closed_cell_reads_like_the_state_of_a_plain_network(network: Architecture) -> None:
    plain = "hidden_and_output" if network.takes_feedback else "hidden_to_hidden"
    closed, like = drawn(whole(network), closed=True), drawn(whole(architectures()[LIKE.get(network.id, plain)]))
    assert pairs(closed) == pairs(like)
    assert (set(closed.vertices), closed.boundary) == (set(like.vertices), like.boundary)
    assert closed_cells(closed.network, {vertex.name for vertex in closed.vertices}) == network.cells
    assert not closed_cells(closed.network, {vertex.name for vertex in drawn(whole(network), optional=True).vertices})


@every_cell
@pytest.mark.parametrize("closed", [False, True])
def test_every_edge_between_what_is_drawn_apart_is_drawn(network: Architecture, closed: bool) -> None:
    graph = whole(network)
    shown = drawn(graph, optional=True, closed=closed)
    there = {vertex.name for vertex in shown.vertices}
    along = {edge for leading in shown.edges for edge in shown.leads_along(leading)}
    assert along <= set(graph.edges)
    for edge in set(graph.edges) - along:
        assert not {edge.source.name, edge.target.name} <= there


def test_layers_that_others_read_are_in_no_cell() -> None:
    stacked = architectures()["deep_stacked"]
    assert inside_cells(connect(replace(stacked, cells=("h1", "h2")))) == {"a1": "h1", "a2": "h2"}


def test_a_cell_that_is_no_node_is_said() -> None:
    with pytest.raises(ExplorerError, match="hh"):
        connect(replace(DEEP_STEP, cells=("hh",)))
