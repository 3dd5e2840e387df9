"""The model behind the window: whatever is changed can be undone, and what cannot be leaves everything as it was."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from explorer.architectures import architectures, get_architecture
from explorer.errors import ExplorerError
from explorer.graph.activations import ACTIVATIONS
from explorer.graph.analyse.events import Event, Kind, Phase
from explorer.graph.feedback import FEEDBACKS
from explorer.graph.unfold import Vertex
from explorer.session.document import show
from explorer.session.edits import InitialEdit, InputEdit, TargetEdit, WeightEdit
from explorer.session.files import Opened
from explorer.session.fitted import fitted
from explorer.session.session import Session
from explorer.session.state import MOST_UNDO
from explorer.session.stepping import Grain
from explorer.session.training_plan import Plan
from explorer.session.viewing import View
from explorer.session.weights import Weights, fit_of
from explorer.tasks import get_task, task_ids
from explorer.training.matching import mismatch
from explorer.training.settings import TaskSettings
from tests.oracles.same import assert_same
from tests.settings import FOUR, a_document, a_plan

START = a_document(length=4, hidden=3)


def trained(session: Session, plus: float = 1.0) -> Weights:
    """Weights that fit what is shown, and differ from it."""
    parameters = {name: array + plus for name, array in session.shown.trace.parameters.items()}
    return Weights(parameters, "a test", fit_of(session.document))


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
        st.just(lambda session: session.open(a_document("sequence_to_one", "majority", length=3, feedback=None))),
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


@settings(max_examples=40)
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


@settings(max_examples=40)
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

    @pytest.mark.parametrize("task", TAKEN)
    @pytest.mark.parametrize("architecture", FOUR)
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

    @pytest.mark.parametrize("feedback", FEEDBACKS)
    @pytest.mark.parametrize("architecture", FOUR)
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


class TestWeights:
    """Trained weights in the place of the seed's."""

    def test_they_are_shown_until_the_seeds_are_wanted_again(self) -> None:
        session = Session(START)
        weights = trained(session)
        session.use_weights(weights)
        assert session.weights is weights
        np.testing.assert_array_equal(session.shown.trace.parameters["W"], weights.parameters["W"])
        session.use_weights(None)
        assert session.weights is None
        assert_same(session.shown, show(START))

    def test_one_set_takes_the_place_of_another(self) -> None:
        session = Session(START)
        session.use_weights(trained(session, 1.0))
        second = trained(session, 2.0)
        session.use_weights(second)
        assert session.weights is second

    def test_an_edit_is_made_in_them(self) -> None:
        session = Session(START)
        weights = trained(session)
        session.use_weights(weights)
        session.edit(WeightEdit("W", (0, 0), 9.0))
        expected = weights.parameters["W"].copy()
        expected[0, 0] = 9.0
        np.testing.assert_array_equal(session.shown.trace.parameters["W"], expected)
        session.undo()
        np.testing.assert_array_equal(session.shown.trace.parameters["W"], weights.parameters["W"])

    @pytest.mark.parametrize("fields", [{"length": 6}, {"example": 3}, {"feedback": "free_running_o"}])
    def test_they_stay_where_they_fit(self, fields: dict[str, object]) -> None:
        session = Session(START)
        weights = trained(session)
        session.use_weights(weights)
        session.change(**fields)
        assert session.weights is weights

    @pytest.mark.parametrize("fields", [{"seed": 8}, {"plan": a_plan(initial_scale=3.0)}])
    def test_a_choice_of_initial_weights_is_not_ignored_in_silence(self, fields: dict[str, object]) -> None:
        session = Session(START)
        weights = trained(session)
        session.use_weights(weights)
        said = session.change(**fields)
        assert (
            said == f"The graph still shows {weights.said}; what was changed is for initial weights and for training."
        )
        assert Session(START).change(**fields) == ""

    @pytest.mark.parametrize(
        "fields", [{"hidden": 5}, {"architecture": "hidden_and_output"}, {"task": TaskSettings("next_symbol")}]
    )
    def test_they_go_where_they_do_not(self, fields: dict[str, object]) -> None:
        session = Session(START)
        session.use_weights(trained(session))
        session.change(**fields)
        assert session.weights is None

    def test_those_of_another_network_are_refused(self) -> None:
        session = Session(START)
        weights = trained(session)
        session.change(hidden=5)
        with pytest.raises(ExplorerError, match="were trained for another network or task"):
            session.use_weights(weights)


class TestCursor:
    """It stays at the same event as far as that is there."""

    def at(self, session: Session, kind: Kind, name: str, t: int) -> None:
        """Put the cursor on this event."""
        places = [i for i, e in enumerate(session.shown.events, 1) if (e.kind, e.name, e.t) == (kind, name, t)]
        session.move_to(places[0])

    def test_it_begins_before_the_first_event(self) -> None:
        session = Session(START)
        assert (session.cursor, session.event) == (0, None)

    def test_it_never_leaves_the_events(self) -> None:
        session = Session(START)
        session.move_to(10**6)
        assert session.cursor == len(session.shown.events)
        session.step(1, Grain.NODE)
        assert session.cursor == len(session.shown.events)
        session.move_to(-5)
        session.step(-1, Grain.PHASE)
        assert session.cursor == 0

    def test_a_change_of_numbers_leaves_it(self) -> None:
        session = Session(START)
        session.move_to(17)
        event = session.event
        session.change(seed=8)
        session.edit(WeightEdit("b", (0,), 1.0))
        assert (session.cursor, session.event) == (17, event)

    def test_it_follows_its_event_into_a_longer_sequence(self) -> None:
        session = Session(START)
        self.at(session, Kind.GRADIENT, "h", 2)
        session.change(length=6)
        assert session.event == Event(Phase.BACKWARD, Kind.GRADIENT, "h", 2)

    def test_at_the_end_it_stays_at_the_end(self) -> None:
        session = Session(START)
        session.move_to(len(session.shown.events))
        session.change(length=6)
        assert session.cursor == len(session.shown.events)

    def test_an_event_that_is_gone_takes_it_back_to_the_start(self) -> None:
        session = Session(START)
        self.at(session, Kind.VALUE, "h", 4)
        session.change(length=3)
        assert session.cursor == 0

    def test_undo_is_no_step_in_time(self) -> None:
        session = Session(START)
        session.edit(InputEdit(1, 1))
        session.move_to(9)
        session.undo()
        assert session.cursor == 9


class TestSelection:
    """What is picked out stays picked out while it is there."""

    @pytest.mark.parametrize("picked", [Vertex("h", 2), Vertex("y", 0), "W"])
    def test_it_stays(self, picked: Vertex | str) -> None:
        session = Session(START)
        session.look(selection=picked)
        session.change(seed=3)
        session.edit(InputEdit(1, 1))
        session.undo()
        assert session.selection == picked

    @pytest.mark.parametrize(
        ("picked", "fields"),
        [
            (Vertex("h", 4), {"length": 3}),
            (Vertex("o", 2), {"architecture": "sequence_to_one"}),
            (Vertex("f", 2), {"feedback": "teacher_forcing"}),
            ("R", {"architecture": "output_to_hidden"}),
            (Vertex("h", 0), {"architecture": "output_to_hidden"}),
        ],
    )
    def test_it_goes_with_what_is_gone(self, picked: Vertex | str, fields: dict[str, object]) -> None:
        session = Session(a_document("hidden_and_output", length=4, hidden=3, feedback="mixed_o"))
        session.look(selection=picked)
        session.change(**fields)
        assert session.selection is None


class TestLooking:
    """How a document is looked at is one record beside it, of which undo knows nothing."""

    def test_looking_changes_neither_the_document_nor_what_undo_leads_back_to(self) -> None:
        session = Session(START)
        session.change(seed=3)
        session.look(fold=1.0, show_a=True, quiz=True, card="example")
        session.undo()
        assert session.document == START
        assert session.view == View(fold=1.0, show_a=True, quiz=True, card="example")

    @pytest.mark.parametrize(
        "fields", [{"selection": Vertex("h", 99)}, {"selection": "Q"}, {"path": (99, 1, "h")}, {"path": (2, 1, "x")}]
    )
    def test_what_is_not_there_cannot_be_picked_out(self, fields: dict[str, object]) -> None:
        session = Session(START)
        session.look(cursor=5)
        with pytest.raises(ExplorerError, match=r"in what is shown; .*\.$"):
            session.look(cursor=9, **fields)
        assert session.view == View(cursor=5)

    def test_the_way_of_a_gradient_is_picked_out_until_the_cursor_moves_or_its_steps_are_gone(self) -> None:
        session = Session(a_document("hidden_to_hidden", feedback=None, length=5))
        session.look(path=(5, 2, "h"))
        session.change(seed=3)
        assert session.view.path == (5, 2, "h")
        session.change(length=4)
        assert session.view.path is None
        session.look(path=(4, 1, "h"))
        session.step(1)
        assert session.view.path is None and session.cursor == 1

    def test_a_document_opens_with_its_own_view_as_far_as_that_means_something(self) -> None:
        session = Session(START)
        view = View(10**6, Vertex("h", 99), path=(9, 9, "h"), fold=1.0, settings=False)
        session.open(Opened(replace(START, length=2), view=view))
        last = len(session.shown.events)
        assert session.view == View(last, fold=1.0, settings=False)


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


def test_undo_has_a_limit_and_keeps_the_latest() -> None:
    session = Session(a_document(length=1, hidden=1))
    for i in range(MOST_UNDO + 5):
        session.edit(WeightEdit("b", (0,), float(i)))
    steps = 0
    while session.can_undo:
        session.undo()
        steps += 1
    assert steps == MOST_UNDO - 1
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
    session.open(a_document(length=2))
    assert session.shown.trace.T == 2
    session.undo()
    assert session.document == START


def test_opening_what_makes_no_sense_leaves_what_is_shown() -> None:
    session = Session(START)
    shown = session.shown
    with pytest.raises(ExplorerError):
        session.open(a_document(task="majority"))
    assert session.shown is shown
    assert session.document == START
