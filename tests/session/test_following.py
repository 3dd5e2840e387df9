"""The graph follows a run as it trains: it shows what it would of that iteration, and nothing edited is lost."""

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from explorer.session.commands import COMMANDS
from explorer.session.edits import InputEdit, WeightEdit
from explorer.session.following import come_back, follow, start, travel, turn, why_not
from explorer.session.session import Session
from explorer.session.training_plan import plan_runs
from explorer.training.loop import train
from explorer.training.messages import Message
from explorer.training.run import Run
from explorer.training.settings import problem_of
from tests.oracles.same import assert_same
from tests.settings import a_document, a_plan

DOCUMENT = a_document("hidden_and_output", length=4, hidden=3, plan=a_plan(iterations=12, learning_rate=0.05))
FORCED, FREE = 0, 1


@cache
def messages() -> tuple[Message, ...]:
    """What the worker says of a run of DOCUMENT with targets fed back and of its twin."""
    runs = [Run(one) for one in plan_runs(problem_of(DOCUMENT), DOCUMENT.plan)]
    return tuple(message for batch in train(runs, slice_seconds=0.0) for message in batch)


def begun(session: Session | None = None) -> Session:
    """A session whose runs begin."""
    session = session or Session(DOCUMENT)
    session.runs.start(plan_runs(problem_of(session.document), session.document.plan), origin=session.beginning)
    start(session)
    return session


def to(session: Session, iteration: int) -> None:
    """Let training come so far, and the graph follow."""
    session.runs.take(message for message in messages() if _newest(message) <= iteration)
    follow(session)


def _newest(message: Message) -> int:
    """The last iteration that it is about; 99 if it is about none."""
    last = max(getattr(message, "iterations", ()), default=99)
    return int(getattr(message, "iteration", last))


@settings(max_examples=25)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=4, unique=True).map(sorted), st.integers(0, 60), st.data())
def test_what_is_shown_is_what_travelling_there_shows(stops: list[int], cursor: int, data: st.DataObject) -> None:
    session, other = begun(), Session(DOCUMENT)
    other.runs = session.runs
    to(session, 0)
    session.move_to(cursor)
    at = session.cursor
    for stop in stops:
        run = data.draw(st.sampled_from([FORCED, FREE]))
        session.look(run=session.runs.current[run].id)
        to(session, stop)
        travel(other, session.runs.current[run].id, stop)
        assert_same(session.shown, other.shown)
        assert session.view.travel == (run, stop) and session.cursor == at
    assert not session.can_undo
    turn(session, False)
    assert_same(session.shown, Session(DOCUMENT).shown)
    turn(session, True)
    assert session.view.travel is not None and session.view.travel[1] == stops[-1]


def test_numbers_are_to_be_seen_now_and_initially_and_who_comes_back_is_where_they_were() -> None:
    session = begun()
    to(session, 3)
    seen = session.cursor
    assert seen > 0
    turn(session, False)
    assert session.cursor == seen and not session.looking
    session = begun()
    to(session, 3)
    come_back(session)
    assert session.cursor == 0 and not session.looking


def test_a_changed_input_stays_and_its_undo_does_not_stop_following() -> None:
    session = begun()
    to(session, 3)
    x = session.shown.trace.value("x", 1)
    session.edit(InputEdit(1, 1 - int(x.argmax())))
    to(session, 6)
    assert session.view.travel == (FORCED, 6) and (session.shown.trace.value("x", 1) != x).any()
    session.undo()
    assert (session.shown.trace.value("x", 1) == x).all() and session.looking
    to(session, 9)
    assert session.view.travel == (FORCED, 9)
    session.redo()
    to(session, 12)
    assert session.view.travel == (FORCED, 12) and (session.shown.trace.value("x", 1) != x).any()


def test_a_changed_weight_stops_following_and_is_what_training_would_begin_with() -> None:
    session = begun()
    to(session, 3)
    session.edit(WeightEdit("W", (0, 0), 9.0))
    to(session, 6)
    assert session.shown.trace.parameters["W"][0, 0] == 9.0 and session.weights and session.weights.iteration == 3
    assert session.beginning is not None and 9.0 in session.beginning.theta
    session.undo()
    turn(session, True)
    assert session.view.travel == (FORCED, 6)


def test_training_begins_as_if_no_run_had_been_followed_but_with_weights_that_were_gone_back_to() -> None:
    session = begun()
    to(session, 6)
    assert session.beginning is None
    session.change(length=5)
    assert session.weights is not None and session.beginning is None
    session.change(length=4)
    travel(session, FORCED, 5)
    assert session.beginning is not None and session.beginning.looked_at
    begun(session)
    assert session.beginning is not None and session.weights is not None and session.weights.iteration == 5
    to(session, 2)
    come_back(session)
    assert session.weights.iteration == 5, "that with which the run began"


def test_edits_of_weights_that_a_run_began_with_are_not_made_again_in_it() -> None:
    session = Session(DOCUMENT)
    session.edit(WeightEdit("W", (0, 0), 9.0))
    edited = session.shown
    begun(session)
    to(session, 6)
    trained = session.runs.current[FORCED].weights(6)
    assert trained is not None and session.beginning is not None
    np.testing.assert_array_equal(session.shown.trace.parameters["W"], trained[1]["W"])
    turn(session, False)
    assert_same(session.shown, edited)


def test_weights_from_elsewhere_stop_following_and_stay() -> None:
    session = begun()
    to(session, 3)
    assert session.view.follow
    session.take_weights(Session(DOCUMENT).shown.trace.parameters, "weights of a file", session.document)
    assert not session.view.follow
    to(session, 6)
    assert session.weights is not None and session.weights.origin == "weights of a file"


def test_another_seed_shows_its_initial_weights() -> None:
    session = begun()
    to(session, 6)
    assert session.change(seed=8) == ""
    assert session.weights is None and not session.view.follow


@pytest.mark.parametrize("fields", [{}, {"hidden": 4}])
def test_where_no_run_fits_there_is_none_to_follow(fields: dict[str, object]) -> None:
    session = begun() if fields else Session(DOCUMENT)
    session.change(**fields)
    to(session, 6)
    assert not session.looking and why_not(session) == "There is no run of this network to follow."


LOOKS: tuple[Callable[[Session, int], object], ...] = (
    lambda session, n: travel(session, FORCED, (0, 3, 12)[n]),
    lambda session, n: travel(session, FREE, (3, 0, 12)[n]),
    lambda session, n: come_back(session),
    lambda session, n: turn(session, on=n > 0),
    lambda session, n: session.use_weights(None),
)
CHANGES: tuple[Callable[[Session, int], object], ...] = (
    lambda session, n: session.edit(InputEdit(1, n % 2)),
    lambda session, n: session.edit(WeightEdit("W", (0, 0), float(n))),
    lambda session, n: session.change(length=4 + n),
    lambda session, n: session.change(seed=n),
    lambda session, n: session.take_update(),
    lambda session, n: session.take_weights({"W": np.full((3, 3), n / 9)}, "weights of a file", session.document),
    lambda session, n: session.undo(),
    lambda session, n: session.redo(),
)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(LOOKS + CHANGES), st.integers(0, 2)), min_size=2, max_size=8))
@example([(LOOKS[0], 2), (CHANGES[0], 1), (LOOKS[2], 0)])
@example([(LOOKS[3], 1), (CHANGES[3], 0)])
def test_however_one_looks_meanwhile_redo_brings_back_what_undo_left_and_the_other_way_round(
    done: list[tuple[Callable[[Session, int], object], int]],
) -> None:
    def seen() -> tuple[object, ...]:
        theta = {name: array.tobytes() for name, array in session.shown.trace.parameters.items()}
        return session.document, session.looking, session.view.travel, theta

    session = begun()
    to(session, 12)
    turn(session, False)
    for change, n in done:
        change(session, n)
        here = seen()
        for there, back in ((session.undo, session.redo), (session.redo, session.undo)):
            if session.can_undo if there == session.undo else session.can_redo:
                there()
                back()
                assert seen() == here


def test_who_came_back_is_not_led_to_the_run_again_by_the_undo_of_an_edit() -> None:
    session = begun()
    to(session, 12)
    session.edit(InputEdit(1, 1))
    come_back(session)
    session.undo()
    assert not session.looking
    assert_same(session.shown, Session(DOCUMENT).shown)


def test_one_goes_along_a_run_by_the_weights_that_are_kept() -> None:
    assert COMMANDS["earlier"].why_not(Session(DOCUMENT))
    session = begun()
    to(session, 12)
    run = session.runs.current[FORCED]
    COMMANDS["earlier"].run(session)
    assert session.view.travel == (run.id, run.kept[-2]) and not session.view.follow
    for _ in run.kept:
        COMMANDS["earlier"].run(session)
    assert session.view.travel == (run.id, run.kept[0])
    COMMANDS["later"].run(session)
    assert session.view.travel == (run.id, run.kept[1])
    COMMANDS["come_back"].run(session)
    assert not session.looking


def test_who_takes_an_update_and_goes_back_is_along_the_run_again() -> None:
    session = begun()
    to(session, 8)
    travel(session, FORCED, 4)
    session.take_update()
    assert session.view.travel is None
    session.undo()
    assert session.looking and session.view.travel == (FORCED, 4)
