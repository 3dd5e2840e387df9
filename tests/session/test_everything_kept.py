"""Whatever is done in a session, all that it shows is there again after saving and opening, and goes on alike."""

from contextlib import suppress
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from explorer import language
from explorer.errors import ExplorerError
from explorer.session.commands import COMMANDS
from explorer.session.edits import Edit, HoldEdit, InitialEdit, InputEdit, TargetEdit, WeightEdit
from explorer.session.files import open_document, save_document
from explorer.session.following import come_back, travel
from explorer.session.runs.kept import keep_runs
from explorer.session.runs.restored import restore_runs
from explorer.session.runs.run_book import RunBook
from explorer.session.session import Session
from explorer.session.viewing import Sight
from explorer.session.weights import origin_of
from explorer.training.settings import problem_of
from tests.oracles.same import assert_same
from tests.session.runs.test_kept import assert_alike
from tests.session.runs.test_runs import trained
from tests.settings import a_document, a_plan

EDIT = WeightEdit("W", (0, 0), 2.0)
DOCUMENT = a_document(length=4, hidden=3, plan=a_plan(iterations=12, evaluate_every=4))


@cache
def runs() -> RunBook:
    """Two runs of the document."""
    return trained(DOCUMENT.plan, problem_of(DOCUMENT))


def beside_runs() -> Session:
    """A session with copies of these runs."""
    session, kept = Session(DOCUMENT), keep_runs(runs().records, runs().current)
    session.runs.hold(*restore_runs(kept.runs, kept.arrays))
    return session


steps = st.integers(1, 4)
edits: st.SearchStrategy[Edit] = st.one_of(
    st.builds(WeightEdit, st.sampled_from("UWV"), st.tuples(st.integers(0, 1), st.integers(0, 1)), st.floats(-3, 3)),
    st.builds(InputEdit, steps, st.integers(0, 1)),
    st.builds(TargetEdit, steps, st.integers(0, 1)),
    st.builds(
        HoldEdit, st.sampled_from(["h", "o"]), st.integers(1, 4), st.integers(0, 1), st.floats(-2, 2), st.booleans()
    ),
    st.builds(InitialEdit, st.sampled_from(["yhat", "h"]), st.integers(0, 1), st.floats(-2, 2)),
)
share = st.floats(0, 1)
calls = st.one_of(
    st.tuples(st.just("edit"), st.fixed_dictionaries({"edits": st.tuples(edits)})),
    st.tuples(st.just("change"), st.fixed_dictionaries({"test_time": st.booleans()})),
    st.tuples(st.just("change"), st.fixed_dictionaries({"feedback": st.sampled_from(["teacher_forcing", "mixed_o"])})),
    st.tuples(st.just("feed"), st.fixed_dictionaries({"t": steps, "target": st.booleans()})),
    st.tuples(st.just("go_to"), st.fixed_dictionaries({"cursor": st.integers(0, 90)})),
    st.tuples(st.just("select"), st.fixed_dictionaries({"thing": st.sampled_from(["W", "b", None])})),
    st.tuples(st.just("follow_gradient"), st.fixed_dictionaries({"k": steps, "t": steps})),
    st.tuples(st.just("look"), st.fixed_dictionaries({"sight": st.builds(Sight, share, share, st.floats(1, 50))})),
    st.tuples(st.just("look"), st.fixed_dictionaries({"pinned": st.sampled_from(["", "U", "c", "X"])})),
    st.tuples(
        st.just("travel"), st.fixed_dictionaries({"run": st.integers(0, 2), "iteration": st.integers(0, 12)})
    ),
    st.tuples(st.just("rename_run"), st.fixed_dictionaries({"run": st.integers(0, 1), "name": st.text(max_size=5)})),
    st.tuples(st.just("colour_run"), st.fixed_dictionaries({"run": st.integers(0, 1), "colour": st.just("#12ab9f")})),
    st.tuples(st.just("show_run"), st.fixed_dictionaries({"run": st.integers(0, 1)})),
    st.tuples(st.just("delete_run"), st.fixed_dictionaries({"run": st.integers(0, 1)})),
    *(st.tuples(st.just(id), st.just(dict[str, object]())) for id in (
        "undo", "redo", "take_edits_back", "initial_weights", "take_update", "come_back", "fold", "training", "end",
        "quiz", "reach", "show_a", "bring_runs_back", "beside_time", "beside_next", "beside_before", "alone",
    )),
)  # fmt: skip


def do(session: Session, id: str, arguments: dict[str, object]) -> None:
    """Do a command, if it can be done."""
    with suppress(ExplorerError):
        COMMANDS[id].run(session, arguments)


def assert_same_session(one: Session, other: Session) -> None:
    assert_same(one.shown, other.shown)
    assert one.view == other.view and one.looking == other.looking and one.updates == other.updates
    assert origin_of(one.document, one.weights) == origin_of(other.document, other.weights)
    assert one.document == other.document
    assert len(one.runs.records) == len(other.runs.records)
    for mine, theirs in zip(one.runs.records, other.runs.records, strict=True):
        assert_alike(mine, theirs)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(calls, max_size=12), st.lists(calls, max_size=3))
@example([("travel", {"run": 1, "iteration": 8}), ("delete_run", {"run": 1})], [("come_back", {})])
@example(
    [("take_update", {}), ("travel", {"run": 0, "iteration": 3}), ("edit", {"edits": (WeightEdit("W", (0, 0), 2.0),)})],
    [],
)
def test_all_that_is_shown_is_there_again(
    tmp_path: Path, done: list[tuple[str, dict[str, object]]], later: list[tuple[str, dict[str, object]]]
) -> None:
    session = beside_runs()
    for call in done:
        do(session, *call)
    path = tmp_path / "everything.rnnx"
    save_document(session.content, path)
    other = Session()
    other.open(open_document(path))
    assert_same_session(session, other)
    for id, arguments in later:
        if id not in ("undo", "redo", "bring_runs_back"):  # which lead back past the opening
            do(session, id, arguments)
            do(other, id, arguments)
    assert_same_session(session, other)


def test_coming_back_from_a_run_leads_to_the_weights_that_were_there_before(tmp_path: Path) -> None:
    session, path = beside_runs(), tmp_path / "along.rnnx"
    session.take_update()
    stepped = session.shown
    travel(session, 1, 8)
    save_document(session.content, path)
    other = Session()
    other.open(open_document(path))
    assert other.view.travel == (1, 8) and other.looking
    np.testing.assert_array_equal(other.shown.trace.parameters["W"], runs().records[1].weights(8)[1]["W"])  # type: ignore[index]
    come_back(other)
    assert_same(other.shown, stepped)
    assert other.view.travel is None


def test_weights_along_a_run_are_said_in_the_language_of_who_opens_them(tmp_path: Path) -> None:
    session, path, before = beside_runs(), tmp_path / "along.rnnx", language.spoken()
    travel(session, 1, 8)
    english = origin_of(session.document, session.weights)
    save_document(session.content, path)
    assert origin_of(session.document, open_document(path).weights) == english
    try:
        language.speak("de")
        opened = open_document(path)
    finally:
        language.speak(before)
    assert opened.weights is not None and opened.weights.run in opened.weights.origin
    assert opened.weights.origin.startswith("Gewichte von ") and opened.weights.origin.endswith("Iteration 8")


def test_a_run_that_is_not_there_is_not_travelled_along() -> None:
    session = Session(DOCUMENT)
    with pytest.raises(ExplorerError, match="There is no run 7; none is kept"):
        travel(session, 7, 3)
