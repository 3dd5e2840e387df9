"""Every given thing and every parameter can be changed by hand; what is computed says why it cannot."""

import numpy as np
import pytest

from explorer.errors import ExplorerError
from explorer.graph.declaration import Given, Mix
from explorer.graph.unfold import Vertex
from explorer.session.editable import Numbers, SymbolChoice, editable
from explorer.session.edits import HoldEdit
from explorer.session.session import Session
from tests.session.shown import KINDS, example
from tests.settings import a_document


@pytest.fixture(params=KINDS, ids=str)
def session(request: pytest.FixtureRequest) -> Session:
    """A session on every architecture with every feedback."""
    return Session(example(*request.param).document)


def given(session: Session) -> list[Vertex]:
    graph = session.shown.graph
    return [vertex for vertex in graph.vertices if isinstance(graph.node(vertex).operation, Given)]


def test_every_symbol_can_be_chosen_for_every_input_and_target(session: Session) -> None:
    for vertex in given(session):
        choice = editable(session.shown, vertex).content
        assert isinstance(choice, SymbolChoice)
        for place in range(len(choice.symbols)):
            session.edit(choice.edit(place))
            now = editable(session.shown, vertex).content
            assert isinstance(now, SymbolChoice) and now.chosen == place
        assert vertex in session.shown.edited.vertices


def test_every_entry_of_every_parameter_can_be_set(session: Session) -> None:
    for name, array in session.shown.trace.parameters.items():
        numbers = editable(session.shown, name).content
        assert isinstance(numbers, Numbers)
        assert numbers.array.shape == (len(numbers.row_names), len(numbers.column_names))
        np.testing.assert_array_equal(numbers.array.reshape(array.shape), array)
        last = tuple(n - 1 for n in numbers.array.shape)
        session.edit(numbers.edit(*last, 0.25))
        now = editable(session.shown, name).content
        assert isinstance(now, Numbers) and now.array[last] == 0.25 and now.edited == {last}


def test_every_initial_state_can_be_set_unit_by_unit(session: Session) -> None:
    assert session.shown.graph.boundary
    for vertex in session.shown.graph.boundary:
        numbers = editable(session.shown, vertex).content
        assert isinstance(numbers, Numbers)
        session.edit(numbers.edit(1, 0, -0.5))
        now = editable(session.shown, vertex).content
        assert isinstance(now, Numbers) and now.array[1, 0] == -0.5 and now.edited == {(1, 0)}
        assert session.shown.trace.value(vertex.name, vertex.t)[1] == -0.5


def test_what_is_computed_can_be_held_but_for_the_loss(session: Session) -> None:
    for vertex in session.shown.graph.vertices:
        if vertex.name in ("a", "h"):
            state = editable(session.shown, vertex)
            assert isinstance(state.content, Numbers) and state.holding is not None and state.holding.vertex == vertex
            assert state.content.edit(1, 0, 0.5) == HoldEdit(vertex.name, vertex.t, 1, 0.5)
    with pytest.raises(ExplorerError, match="hold a state or an output instead"):
        editable(session.shown, next(v for v in session.shown.graph.vertices if v.name == "L"))


def test_nothing_selected_says_what_to_select() -> None:
    with pytest.raises(ExplorerError, match="Select an input, a target, an initial state or a parameter first"):
        editable(Session().shown, None)


@pytest.mark.parametrize(
    ("thing", "sentence"),
    [("Z", "There is no parameter"), (Vertex("h", 7), "There is no h"), (Vertex("z", 1), "There is no z")],
)
def test_what_is_not_there_is_said_not_to_be(thing: Vertex | str, sentence: str) -> None:
    with pytest.raises(ExplorerError, match=sentence):
        editable(Session().shown, thing)


def test_the_target_offers_what_the_next_step_is_fed_and_agrees_with_the_graph(session: Session) -> None:
    shown = session.shown
    if shown.network.feedback is None:
        assert all(editable(shown, vertex).feeding is None for vertex in given(session))
        return
    for t in range(1, shown.trace.T):
        feeding = editable(shown, Vertex("y", t)).feeding
        assert feeding is not None and feeding.t == t
        mixed = shown.network.feedback.mixed
        into = [e for e in shown.graph.edges if (e.target == Vertex("f", t) if mixed else e.lag)]
        assert feeding.target == (Vertex("y", t) in {edge.source for edge in into})
    assert editable(shown, Vertex("y", shown.trace.T)).feeding is None


def test_flipping_what_is_fed_reroutes_the_edge(session: Session) -> None:
    if session.shown.network.feedback is None:
        return
    before = editable(session.shown, Vertex("y", 2)).feeding
    assert before is not None
    session.feed(2, not before.target)
    after = editable(session.shown, Vertex("y", 2)).feeding
    assert after is not None and after.target != before.target
    switch = editable(session.shown, Vertex("f", 2))
    assert switch.switch and switch.feeding == after
    assert isinstance(session.shown.network.node("f").operation, Mix)
    assert before.names[0] == "target y(2)" and "(2)" in before.names[1]


@pytest.mark.parametrize(
    ("feedback", "own"), [("teacher_forcing", "yhat"), ("mixed_o", "o"), ("mixed_argmax", "argmax")]
)
def test_the_own_signal_offers_the_choice_too(feedback: str, own: str) -> None:
    shown = example("output_to_hidden", feedback)
    target = editable(shown, Vertex("y", 3))
    mine = editable(shown, Vertex(own, 3)) if own in shown.trace.values else None
    assert mine is not None and mine.feeding == target.feeding and not mine.switch
    assert (mine.content is None) == (own == "yhat"), "what the loss is not computed from can be held as well"


def test_at_test_time_the_network_is_fed_its_own_signal() -> None:
    shown = Session(a_document(test_time=True)).shown
    feeding = editable(shown, Vertex("y", 2)).feeding
    assert feeding is not None and not feeding.target and feeding.names[1].startswith("arg max")
