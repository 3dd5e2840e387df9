"""Commands: each does what it says it can, or refuses in a sentence; lists of them in JSON do what clicking does."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.architectures import architectures
from explorer.errors import ExplorerError
from explorer.graph.unfold import Vertex
from explorer.session.commands import COMMANDS, Call, Command, apply, named, networks
from explorer.session.document import Document, show
from explorer.session.edits import InitialEdit, InputEdit, TargetEdit, WeightEdit
from explorer.session.session import Session
from explorer.session.stepping import Grain
from explorer.session.viewing import View
from explorer.training.settings import TaskSettings
from tests.oracles.declarations import BIDIRECTIONAL, LSTM, WITHOUT_OUTPUT
from tests.refusals import refusal_of
from tests.session.shown import KINDS
from tests.settings import a_document

MORE = [BIDIRECTIONAL, LSTM, WITHOUT_OUTPUT]
steps, numbers = st.integers(-1, 6), st.floats(-2, 2) | st.just(1e9)
vertices = st.builds(Vertex, st.sampled_from(["x", "h", "o", "y", "L", "Q"]), steps)
edits = st.one_of(
    st.builds(WeightEdit, st.sampled_from(["W", "U", "b", "Q"]), st.tuples(steps, steps), numbers),
    st.builds(InputEdit, steps, steps),
    st.builds(TargetEdit, steps, steps),
    st.builds(InitialEdit, st.sampled_from(["h", "y", "o"]), steps, numbers),
)
WEIGHTS = Path(__file__).parents[2] / "data" / "weights"
changes = {
    "length": st.integers(0, 6),
    "hidden": st.integers(0, 4),
    "seed": st.integers(0, 3),
    "task": st.sampled_from(["running_parity", "majority", "next_symbol", "nonsense"]),
    "architecture": st.sampled_from([*(id for id, _ in KINDS), *(one.id for one in MORE), "nonsense"]),
    "feedback": st.sampled_from(["teacher_forcing", "mixed_yhat", "nonsense"]) | st.none(),
}
looks = {
    "cursor": st.integers(-5, 300),
    "selection": vertices | st.sampled_from(["W", "Q"]) | st.none(),
    "fold": st.floats(-1, 2),
    "grain": st.sampled_from(Grain),
    "smoothing": st.integers(-1, 9),
}
ARGUMENTS: dict[str, st.SearchStrategy[object]] = {
    "on": st.booleans(),
    "edits": st.lists(edits, max_size=3),
    "t": steps,
    "k": steps,
    "target": st.booleans(),
    "thing": looks["selection"],
    "state": st.sampled_from(["h", "c", "Q"]) | st.none(),
    "cursor": looks["cursor"],
    "id": changes["architecture"],
    "text": st.sampled_from(["101", "ab -> 1", "hell", "0.5 -1; 2", ""]) | st.text(max_size=8),
    "file": st.sampled_from([*map(str, sorted(WEIGHTS.glob("*.npz"))), "nonsense.npz"]),
    "network": changes["architecture"] | st.none(),
    "line": st.sampled_from(["rnnx4:ePk/U6QMG03Royl6eKVoAMOM9FQ", "rnnx4:ePk/", ""]),
    "run": st.integers(-1, 2),
    "iteration": st.integers(-1, 9),
    "name": st.sampled_from(["h", "a", "o", "L"]) | st.text(max_size=3),
    "unit": st.integers(-1, 3) | st.none(),
    "value": st.floats(-2, 2) | st.none(),
    "onward": st.booleans(),
    "node": st.sampled_from(["h", "o", "nobody"]),
    "example": st.integers(-1, 9) | st.none(),
    "colour": st.sampled_from(["#12ab9f", "red"]) | st.none(),
    "places": st.dictionaries(st.sampled_from(["arr_0", "arr_1"]), st.sampled_from(["", "W", "W transposed", "Q"])),
}
RECORDS = {Document: changes, View: looks}


@pytest.fixture(autouse=True)
def more_networks(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Networks of every shape belong to the app during a test: with two directions, with gates, without output."""
    for one in MORE:
        monkeypatch.setitem(architectures(), one.id, one)
    yield


def sessions() -> st.SearchStrategy[Session]:
    kinds = [*KINDS, *((one.id, None) for one in MORE)]

    def begun(kind: tuple[str, str | None], cursor: int) -> Session:
        task = "majority" if architectures()[kind[0]].one_output else "running_parity"
        session = Session(a_document(kind[0], task, length=4, hidden=3, feedback=kind[1]))
        session.move_to(cursor)
        return session

    return st.builds(begun, st.sampled_from(kinds), st.integers(0, 80))


@st.composite
def calls(draw: st.DrawFn) -> Call:
    """A command with arguments that may mean something."""
    command = draw(st.sampled_from(list(every().values())))
    if command.takes is not None:
        name = draw(st.sampled_from(list(RECORDS[command.takes])))
        return Call(command.id, {name: draw(RECORDS[command.takes][name])})
    wanted = [name for name in command.arguments if name in command.needs or draw(st.booleans())]
    return Call(command.id, {name: draw(ARGUMENTS[name]) for name in wanted})


def every() -> dict[str, Command]:
    return COMMANDS | named(networks())


def state_of(session: Session) -> tuple[object, ...]:
    return session.document, session.weights, session.view, session.can_undo, session.can_redo


def assert_sensible(session: Session) -> None:
    """Everything that is shown follows from the document and the weights, and the view is one that a file can hold."""
    moved = (session.weights.parameters, session.weights.moments) if session.weights else ()
    assert show(session.shown.document, *moved).trace.loss == pytest.approx(session.shown.trace.loss, nan_ok=True)
    assert 0 <= session.cursor <= len(session.shown.events)
    session.look()
    view = msgspec.json.decode(msgspec.json.encode(session.view), type=View)
    assert view == session.view


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sessions(), st.lists(calls(), max_size=8))
def test_a_command_leaves_a_sensible_state_or_refuses_in_a_sentence_and_changes_nothing(
    session: Session, done: list[Call]
) -> None:
    for call in done:
        before, shown, command = state_of(session), session.shown, every()[call.id]
        why_not = command.why_not(session)
        try:
            command.run(session, call.arguments)
        except ExplorerError as error:
            assert state_of(session) == before and session.shown is shown
            assert str(error).endswith((".", "?")) and "\n" not in str(error)
            assert not why_not or str(error) == why_not
        else:
            assert not why_not, "what cannot be done is refused"
            assert_sensible(session)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sessions(), st.data())
def test_what_needs_no_arguments_and_can_be_done_is_done(session: Session, data: st.DataObject) -> None:
    possible = [c for c in every().values() if not c.needs and c.takes is None and not c.why_not(session)]
    data.draw(st.sampled_from(possible)).run(session)
    assert_sensible(session)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sessions(), st.lists(calls(), max_size=6))
def test_a_list_in_json_leads_to_the_same_as_one_command_after_another(session: Session, done: list[Call]) -> None:
    other = Session(session.document)
    other.look(cursor=session.cursor)
    kept = []
    for call in done:
        try:
            every()[call.id].run(session, call.arguments)
            kept.append(call)
        except ExplorerError:
            continue
    written = msgspec.json.encode(kept)
    apply(every(), msgspec.json.decode(written, type=list[Call]), other)
    assert (other.document, other.view) == (session.document, session.view)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (Call("foldd"), "There is no command called 'foldd'; did you mean 'fold'?"),
        (Call("go_to"), "The command go_to needs its argument cursor; give it."),
        (
            Call("go_to", {"cursor": "3"}),
            "The command go_to cannot take its argument cursor: it is text, not a whole number.",
        ),
        (
            Call("change", {"lenght": 3}),
            "There is no argument of the command change called 'lenght'; did you mean 'length'?",
        ),
        (Call("change", {"hidden": 0}), "The command change cannot take its argument hidden: it is not at least 1."),
        (Call("undo"), "Nothing has been changed yet, so there is nothing to undo."),
    ],
)
def test_what_cannot_be_read_or_done_is_said(call: Call, said: str) -> None:
    assert refusal_of(apply, COMMANDS, [call], Session()) == said


def test_a_network_without_output_has_no_update_to_take_and_says_so() -> None:
    session = Session(a_document(WITHOUT_OUTPUT.id, length=3, feedback=None))
    session.move_to(10**6)
    assert "has no output and so no loss" in COMMANDS["take_update"].why_not(session)


def test_the_reach_of_gradients_comes_into_sight_and_gives_way_to_what_was_there() -> None:
    session = Session()
    session.look(card="example", training=False)
    before = session.view
    COMMANDS["reach"].run(session)
    assert (session.view.card, session.view.training, session.view.curves) == ("reach", True, True)
    COMMANDS["reach"].run(session)
    assert session.view == before


def test_a_setting_is_changed_by_its_name_wherever_it_stands() -> None:
    session = Session()
    task = {"id": "delayed_echo", "options": {"k": 3}}
    apply(COMMANDS, [Call("change", {"hidden": 3, "task": task, "batch": 5}), Call("change", {"options": {}})], session)
    document = session.document
    assert (document.network.hidden, document.plan.training.batch) == (3, 5)
    assert document.task == TaskSettings("delayed_echo")


@pytest.mark.parametrize(("fold", "after"), [(0.0, 1.0), (0.4, 1.0), (0.6, 0.0), (1.0, 0.0)])
def test_less_than_half_folded_counts_as_unfolded(fold: float, after: float) -> None:
    session = Session()
    session.look(fold=fold)
    COMMANDS["fold"].run(session)
    assert session.view.fold == after
