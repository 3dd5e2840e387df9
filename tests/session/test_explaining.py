"""Everything drawn of every network explains itself: by name and symbol, its formulas, and where the book has it."""

from explorer.architectures import architectures
from explorer.graph.feedback import FEEDBACKS
from explorer.graph.unfold import Vertex
from explorer.session.explaining import explain
from explorer.session.view.timetable import timetable
from tests.each import each
from tests.session.shown import example

FED = [
    *((id, "mixed_sample" if network.takes_feedback else None) for id, network in architectures().items()),
    *(("hidden_and_output", feedback) for feedback in FEEDBACKS),
]
VAGUE = ("hidden layer", "value")
"""What a node is called that neither its declaration nor its part in the network names."""


@each(("architecture", "feedback"), FED)
def test_every_node_edge_and_parameter_has_a_name_and_a_place_in_the_book(
    architecture: str, feedback: str | None
) -> None:
    shown = example(architecture, feedback, T=3, hidden=2)
    graphs = [timetable(shown, show_a, closed=closed).graph for show_a, closed in ((False, True), (True, False))]
    parameters = {parameter.name: parameter for parameter in shown.architecture.parameters}
    computed = {event.vertex for event in shown.events}
    edges = {(edge, graph.leads_along(edge)) for graph in graphs for edge in graph.edges}
    found = {thing: explain(shown, thing) for thing in (*shown.graph.vertices, *shown.graph.boundary, *parameters)}
    found |= {edge: explain(shown, edge, along) for edge, along in edges}
    for thing, said in found.items():
        assert said.name and said.name not in VAGUE and said.symbol and said.says, thing
        assert said.cited or all(formula.cited for formula in said.formulas), thing
        assert said.formulas or (isinstance(thing, Vertex) and thing not in computed), thing


def test_a_parameter_shows_where_it_is_used_and_its_gradient() -> None:
    said = explain(example("hidden_to_hidden", None), "W")
    assert said.name == "recurrent weights: hidden state → hidden state"
    assert [formula.cited for formula in said.formulas] == ["eq. 10.8 · fig. 10.3", "eq. 10.26"]


def test_a_parameter_leads_to_what_has_a_name_of_its_own() -> None:
    """W_q had been said to lead to the scores, which the query is made for."""
    said = explain(example("attention", "teacher_forcing"), "W_q")
    assert said.name == "recurrent weights: state of the decoder → query"


def test_an_edge_of_teacher_forcing_says_that_no_gradient_comes_back_over_it() -> None:
    shown = example("output_to_hidden", "teacher_forcing")
    edge = next(edge for edge in shown.graph.edges if edge.source == Vertex("y", 1) and edge.lag)
    assert "teacher forcing" in explain(shown, edge).says
