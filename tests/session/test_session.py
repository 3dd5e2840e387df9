"""The model behind the window: whatever is changed can be undone, and what cannot be leaves everything as it was."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.architectures import architectures, get_architecture
from explorer.errors import ExplorerError
from explorer.graph.activations import ACTIVATIONS
from explorer.graph.feedback import FEEDBACKS
from explorer.session import state
from explorer.session.document import show
from explorer.session.edits import InitialEdit, InputEdit, TargetEdit, WeightEdit
from explorer.session.files import Opened
from explorer.session.fitted import fitted
from explorer.session.session import Session
from explorer.session.stepping import Grain
from explorer.session.training_plan import Plan
from explorer.tasks import get_task, task_ids
from explorer.training.matching import mismatch
from explorer.training.settings import TaskSettings
from tests.each import each
from tests.oracles.same import assert_same
from tests.session.shown import START, trained
from tests.settings import FOUR, a_document, a_plan

TAKEN = [id for id in task_ids() if any(not mismatch(network, get_task(id)) for network in architectures().values())]
"""Tasks that some network goes with."""

Action = Callable[[Session], None]


def actions() -> st.SearchStrategy[Action]:
    """Everything that a person can do to the document, sensible or not."""
    fields = st.one_of(
        st.fixed_dictionaries({"architecture": st.sampled_from(list(architectures()))}),
        st.fixed_dictionaries({"task": st.sampled_from(list(task_ids())).map(TaskSettings)}),
        st.fixed_dictionaries({"options": st.sampled_from([{}, {"k": 3}, {"text": "hello"}, {"text": ""}])}),
        st.fixed_dictionaries({"length": st.integers(0, 6)}),
        st.fixed_dictionaries({"hidden": st.integers(0, 4), "seed": st.integers(0, 3)}),
        st.fixed_dictionaries({"activation": st.sampled_from(list(ACTIVATIONS))}),
        st.fixed_dictionaries({"feedback": st.sampled_from([*FEEDBACKS, None])}),
        st.fixed_dictionaries({"test_time": st.booleans()}),
        st.fixed_dictionaries({"example": st.integers(-1, 3)}),
        st.fixed_dictionaries({"learning_rate": st.sampled_from([0.0, 0.1, 5.0])}),
        st.fixed_dictionaries({"plan": st.sampled_from([Plan(), a_plan(batch=0), a_plan(initial_scale=2.0)])}),
    )
    value = st.sampled_from([-1.0, 0.5, 2.0])
    edits = st.one_of(
        st.builds(WeightEdit, st.sampled_from(["W", "U", "R"]), st.tuples(st.integers(0, 3), st.integers(0, 1)), value),
        st.builds(InputEdit, st.integers(1, 5), st.integers(0, 2)),
        st.builds(TargetEdit, st.integers(1, 5), st.integers(0, 2)),
        st.builds(InitialEdit, st.sampled_from(["h", "y", "o", "argmax", "f"]), st.integers(0, 2), value),
    )

    def change(fields: dict[str, object]) -> Action:
        return lambda session: session.change(**fields)

    def edit(edit: WeightEdit) -> Action:
        return lambda session: session.edit(edit)

    def feed(t: int, target: bool) -> Action:
        return lambda session: session.feed(t, target)

    return st.one_of(
        fields.map(change),
        edits.map(edit),
        st.builds(feed, st.integers(0, 5), st.booleans()),
        st.just(lambda session: session.reset_edits()),
        st.just(lambda session: session.take_update()),
        st.just(
            lambda session: session.open(Opened(a_document("sequence_to_one", "majority", length=3, feedback=None)))
        ),
    )


def act(session: Session, action: Action) -> None:
    """Do it; if it is refused, everything must be as it was."""
    before = session.document, session.shown, session.weights, session.cursor, session.selection
    undoable = session.can_undo, session.can_redo
    try:
        action(session)
    except ExplorerError as error:
        assert str(error).endswith((".", "?"))
        after = session.document, session.shown, session.weights, session.cursor, session.selection
        assert all(mine is theirs or mine == theirs for mine, theirs in zip(before, after, strict=True))
        assert (session.can_undo, session.can_redo) == undoable


@settings(max_examples=25)
@given(st.lists(actions(), max_size=12))
def test_all_undone_is_the_start_and_all_redone_the_end(changes: list[Action]) -> None:
    session = Session(START)
    start = session.shown
    for action in changes:
        act(session, action)
    end, steps = session.shown, 0
    while session.can_undo:
        session.undo()
        steps += 1
    assert steps <= len(changes)
    assert_same(session.shown, start)
    while session.can_redo:
        session.redo()
        steps -= 1
    assert steps == 0
    assert_same(session.shown, end)


@settings(max_examples=25)
@given(st.lists(actions(), max_size=8), st.integers(0, 200), st.sampled_from(Grain))
def test_whatever_is_done_what_is_shown_is_the_document(changes: list[Action], cursor: int, grain: Grain) -> None:
    session = Session(START)
    session.move_to(cursor)
    session.step(1, grain)
    for action in changes:
        act(session, action)
        weights = session.weights
        moved = (weights.parameters, weights.moments) if weights else ()
        assert_same(session.shown, show(session.document, *moved))
        assert 0 <= session.cursor <= len(session.shown.events)


@given(st.lists(st.sampled_from(["edit", "undo", "redo"]), max_size=30))
@settings(max_examples=30)
def test_undo_and_redo_walk_along_one_line(words: list[str]) -> None:
    session = Session(START)
    line, at = [session.document], 0
    for i, word in enumerate(words):
        match word:
            case "edit":
                session.edit(WeightEdit("b", (0,), float(i + 1)))
                line, at = [*line[: at + 1], session.document], at + 1
            case "undo":
                session.undo()
                at = max(0, at - 1)
            case _:
                session.redo()
                at = min(len(line) - 1, at + 1)
        assert session.document == line[at]
        assert (session.can_undo, session.can_redo) == (at > 0, at < len(line) - 1)


class TestChange:
    """Settings, and what no longer goes with them."""

    @each("task", TAKEN)
    @each("architecture", FOUR)
    def test_every_choice_is_met_and_the_rest_adapts(self, architecture: str, task: str) -> None:
        session = Session(START)
        session.change(architecture=architecture)
        assert session.document.network.architecture == architecture
        session.change(task=TaskSettings(task))
        assert session.document.task.id == task
        session.change(architecture=architecture)
        assert session.document.network.architecture == architecture
        document = session.document
        assert mismatch(get_architecture(document.network.architecture), get_task(document.task.id)) is None
        assert (document.feedback is not None) == get_architecture(document.network.architecture).takes_feedback

    @each("feedback", FEEDBACKS)
    @each("architecture", FOUR)
    def test_a_feedback_is_taken_where_there_is_one(self, architecture: str, feedback: str) -> None:
        session = Session(START)
        session.change(architecture=architecture)
        session.change(feedback=feedback)
        takes = get_architecture(architecture).takes_feedback
        assert session.document.feedback == (feedback if takes else None)

    def test_a_feedback_survives_a_change_of_network(self) -> None:
        session = Session(START)
        session.change(feedback="free_running_o")
        session.change(architecture="hidden_and_output")
        assert session.document.feedback == "free_running_o"

    def test_a_task_keeps_the_network_if_it_can_learn_it(self) -> None:
        session = Session(START)
        session.change(task=TaskSettings("binary_addition"))
        assert session.document.network.architecture == START.network.architecture
        session.change(task=TaskSettings("majority"))
        assert session.document.network.architecture == "sequence_to_one"

    def test_a_network_keeps_the_task_if_it_can_learn_it(self) -> None:
        session = Session(START)
        session.change(task=TaskSettings("binary_addition"))
        session.change(architecture="hidden_to_hidden")
        assert session.document.task.id == "binary_addition"
        session.change(architecture="sequence_to_one")
        assert get_task(session.document.task.id).one_output

    def test_a_sequence_grows_to_what_the_task_needs_and_no_longer(self) -> None:
        session = Session(START)
        session.change(task=TaskSettings("delayed_echo", {"k": 2}))
        assert session.document.length == 4
        session.change(options={"k": 7})
        assert session.document.length == 8

    def test_options_belong_to_their_task(self) -> None:
        session = Session(START)
        session.change(task=TaskSettings("delayed_echo", {"k": 2}))
        session.change(task=TaskSettings("running_parity"))
        assert session.document.task.options == {}

    def test_both_can_be_changed_at_once(self) -> None:
        session = Session(START)
        session.change(architecture="sequence_to_one", task=TaskSettings("first_symbol_recall"), length=5)
        assert (session.document.task.id, session.document.length) == ("first_symbol_recall", 5)

    def test_what_is_asked_for_at_once_and_cannot_be_is_refused(self) -> None:
        session = Session(START)
        with pytest.raises(ExplorerError, match="asks for one output"):
            session.change(architecture="hidden_to_hidden", task=TaskSettings("majority"))
        assert session.document == START

    def test_no_change_is_no_step_for_undo(self) -> None:
        session = Session(START)
        session.change(length=START.length, hidden=START.network.hidden)
        session.change(feedback=START.feedback)
        assert not session.can_undo

    def test_the_initial_state_of_a_signal_goes_when_it_is_no_longer_fed(self) -> None:
        session = Session(START)
        session.change(feedback="free_running_o")
        session.edit(InitialEdit("o", 0, 1.0))
        session.change(feedback="teacher_forcing")
        assert session.document.edits == ()
        session.undo()
        assert session.document.edits == (InitialEdit("o", 0, 1.0),)

    def test_fitting_touches_nothing_that_fits(self) -> None:
        assert fitted(START, START) == START


class TestEdits:
    """By hand, one or many."""

    def test_a_later_edit_of_the_same_thing_replaces_the_earlier(self) -> None:
        session = Session(START)
        session.edit(WeightEdit("b", (0,), 1.0))
        session.edit(InputEdit(2, 1))
        session.edit(WeightEdit("b", (0,), 2.0))
        assert session.document.edits == (InputEdit(2, 1), WeightEdit("b", (0,), 2.0))
        assert session.shown.trace.parameters["b"][0] == 2.0

    def test_many_edits_are_one_step_for_undo_and_all_or_none(self) -> None:
        session = Session(START)
        with pytest.raises(ExplorerError, match="W is 3 × 2 and has no entry"):
            session.edit_all([WeightEdit("W", (0, 0), 1.0), WeightEdit("W", (9, 0), 1.0)])
        assert not session.can_undo
        session.edit_all([WeightEdit("W", (0, 0), 1.0), WeightEdit("W", (1, 0), 1.0)])
        session.undo()
        assert session.document == START

    def test_all_are_taken_back_at_once(self) -> None:
        session = Session(START)
        session.edit(InputEdit(2, 1))
        session.feed(1, False)
        session.reset_edits()
        assert (session.document.edits, session.document.fed_target) == ((), ())
        session.undo()
        assert session.document.edits == (InputEdit(2, 1),)


class TestFeed:
    """What the next step is fed, decided where it is drawn."""

    @pytest.mark.parametrize(
        ("feedback", "mixed", "others"),
        [
            ("teacher_forcing", "mixed_yhat", True),
            ("free_running_yhat", "mixed_yhat", False),
            ("free_running_argmax", "mixed_argmax", False),
        ],
    )
    def test_the_other_steps_stay_as_they_were(self, feedback: str, mixed: str, others: bool) -> None:
        session = Session(START)
        session.change(feedback=feedback)
        session.feed(2, not others)
        assert session.document.feedback == mixed
        assert session.document.fed_target == (others, not others, others, others)

    def test_a_mix_is_changed_step_by_step(self) -> None:
        session = Session(START)
        session.change(feedback="mixed_o", fed_target=(False,))
        session.feed(3, False)
        assert (session.document.feedback, session.document.fed_target) == ("mixed_o", (False, True, False, True))

    def test_at_test_time_there_is_no_target_so_training_time_is_shown(self) -> None:
        session = Session(START)
        session.change(test_time=True)
        session.feed(2, False)
        assert not session.document.test_time
        assert session.document.fed_target == (True, False, True, True)

    @pytest.mark.parametrize("t", [0, 5, -1])
    def test_no_such_step(self, t: int) -> None:
        with pytest.raises(ExplorerError, match=f"There is no step {t} in a sequence of 4"):
            Session(START).feed(t, True)

    def test_a_network_that_feeds_nothing_back_says_why(self) -> None:
        session = Session(START)
        session.change(architecture="hidden_to_hidden")
        with pytest.raises(ExplorerError, match="does not feed its output back"):
            session.feed(1, True)


def test_how_training_is_planned_is_a_part_of_the_document_that_leaves_edits_alone() -> None:
    session = Session(a_document(length=2, hidden=2, edits=(WeightEdit("b", (0,), 0.5),)))
    shown = session.shown
    session.change(plan=a_plan(modes=("teacher_forcing",), batch=4))
    assert session.document.edits and np.array_equal(session.shown.trace.parameters["W"], shown.trace.parameters["W"])
    assert session.shown.trace is shown.trace, "nothing is computed again"
    session.undo()
    assert session.document.plan == Plan() and session.shown.document == session.document
    with pytest.raises(ExplorerError, match="'Batch' is 0"):
        session.change(plan=a_plan(batch=0))
    assert session.document.plan == Plan()


def test_initial_weights_on_another_scale_are_shown_on_it_but_for_those_set_by_hand() -> None:
    session = Session(a_document(length=2, hidden=2))
    before = session.shown.trace.parameters["W"].copy()
    session.edit_all((WeightEdit("W", (0, 0), 0.5), InputEdit(1, 1)))
    session.change(plan=a_plan(initial_scale=3.0))
    assert session.document.edits == (WeightEdit("W", (0, 0), 0.5), InputEdit(1, 1))
    before[0, 0] = 0.5 / 3.0
    np.testing.assert_allclose(session.shown.trace.parameters["W"], 3.0 * before)


def test_trained_weights_know_no_scale() -> None:
    session = Session(a_document(length=2, hidden=2))
    session.use_weights(trained(session))
    session.edit(WeightEdit("W", (0, 0), 0.5))
    session.change(plan=a_plan(initial_scale=3.0))
    assert session.document.edits and session.shown.trace.parameters["W"][0, 0] == 0.5


def test_undo_has_a_limit_and_keeps_the_latest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "MOST_UNDO", 20)
    session = Session(a_document(length=1, hidden=1))
    for i in range(20 + 5):
        session.edit(WeightEdit("b", (0,), float(i)))
    steps = 0
    while session.can_undo:
        session.undo()
        steps += 1
    assert steps == 20 - 1
    assert session.document.edits == (WeightEdit("b", (0,), 5.0),)


def test_a_change_after_an_undo_takes_the_place_of_what_was_undone() -> None:
    session = Session(START)
    session.change(seed=1)
    session.undo()
    session.change(seed=2)
    assert not session.can_redo
    session.redo()
    assert session.document.seed == 2


def test_opening_can_be_undone() -> None:
    session = Session(START)
    session.open(Opened(a_document(length=2)))
    assert session.shown.trace.T == 2
    session.undo()
    assert session.document == START


def test_opening_what_makes_no_sense_leaves_what_is_shown() -> None:
    session = Session(START)
    shown = session.shown
    with pytest.raises(ExplorerError):
        session.open(Opened(a_document(task="majority")))
    assert session.shown is shown
    assert session.document == START
