"""An edit by hand changes the one thing it names, and nothing else."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from explorer.errors import ExplorerError
from explorer.graph.declaration import EVERY
from explorer.session.document import Document, Shown, show
from explorer.session.edits import (
    Draft,
    Edit,
    HoldEdit,
    InitialEdit,
    InputEdit,
    NumberEdit,
    TargetEdit,
    WeightEdit,
    edit_place,
)
from explorer.tasks import SymbolTask, get_task, task_ids
from tests.oracles.typed import typed
from tests.refusals import refusal_of
from tests.settings import a_document, changed

START = a_document(length=4, hidden=4)


def edited(edit: Edit, **fields: object) -> Shown:
    return show(changed(START, **fields, edits=(edit,)))


def refusal(edit: Edit, **fields: object) -> str:
    return refusal_of(edited, edit, **fields)


ONE_OUTPUT = {"architecture": "sequence_to_one", "task": "majority", "feedback": None}


class TestWeight:
    """One entry of a parameter, by row and column from 0."""

    @pytest.mark.parametrize(("name", "index"), [("W", (3, 1)), ("b", (2,)), ("V", (0, 3))])
    def test_only_this_entry_changes(self, name: str, index: tuple[int, ...]) -> None:
        before, after = show(START).trace, edited(WeightEdit(name, index, 0.75)).trace
        for key, array in before.parameters.items():
            expected = array.copy()
            if key == name:
                expected[index] = 0.75
            np.testing.assert_array_equal(after.parameters[key], expected)
        np.testing.assert_array_equal(after.batch.inputs["x"], before.batch.inputs["x"])

    def test_what_is_computed_follows(self) -> None:
        assert edited(WeightEdit("c", (0,), 2.0)).trace.loss != show(START).trace.loss

    @pytest.mark.parametrize(
        ("edit", "sentence"),
        [
            (WeightEdit("Q", (0, 0), 1.0), "There is no parameter called 'Q'; choose one of: b, W, U, c, V."),
            (WeightEdit("W", (4, 0), 1.0), "W is 4 × 2 and has no entry (4, 0); choose one inside."),
            (WeightEdit("W", (0, -1), 1.0), "W is 4 × 2 and has no entry (0, -1); choose one inside."),
            (WeightEdit("W", (0,), 1.0), "W is 4 × 2 and has no entry (0,); choose one inside."),
            (WeightEdit("b", (0, 0), 1.0), "b is 4 and has no entry (0, 0); choose one inside."),
            (WeightEdit("b", (), 1.0), "b is 4 and has no entry (); choose one inside."),
            (WeightEdit("b", (10**30,), 1.0), "and has no entry"),
            (WeightEdit("b", (0,), float("nan")), "An entry of b cannot be nan; choose a number between"),
            (WeightEdit("b", (0,), float("-inf")), "An entry of b cannot be -inf; choose a number between"),
            (WeightEdit("b", (0,), 1.1e6), "An entry of b cannot be 1100000.0; choose a number between"),
        ],
    )
    def test_what_cannot_be_is_refused(self, edit: Edit, sentence: str) -> None:
        assert sentence in refusal(edit)


class TestInput:
    """The input of one step, by its place among the task's input steps."""

    def test_only_this_input_changes(self) -> None:
        before = show(START).trace.batch
        other = 1 - int(before.inputs["x"][2, 0].argmax())
        after = edited(InputEdit(3, other)).trace.batch
        np.testing.assert_array_equal(after.inputs["x"][2, 0], np.eye(2)[other])
        np.testing.assert_array_equal(np.delete(after.inputs["x"], 2, 0), np.delete(before.inputs["x"], 2, 0))

    def test_the_targets_follow_by_the_rule_of_the_task(self) -> None:
        """Running parity: from the step on whose bit is turned over, all are."""
        before = show(START).trace.batch
        after = edited(InputEdit(3, 1 - int(before.inputs["x"][2, 0].argmax()))).trace.batch
        assert after.y[:, 0].tolist() == [*before.y[:2, 0], *(1 - before.y[2:, 0])]

    def test_inputs_need_not_be_one_hot(self) -> None:
        shown = edited(InputEdit(1, 3), task="binary_addition")
        np.testing.assert_array_equal(shown.trace.batch.inputs["x"][0, 0], [1.0, 1.0])
        assert "has 4 inputs, numbered from 0; there is no 4." in refusal(InputEdit(1, 4), task="binary_addition")

    @pytest.mark.parametrize(
        ("edit", "sentence"),
        [
            (InputEdit(0, 1), "There is no step 0 in a sequence of 4; choose one from 1 to 4."),
            (InputEdit(5, 1), "There is no step 5 in a sequence of 4; choose one from 1 to 4."),
            (InputEdit(1, 2), "'Running parity' has 2 inputs, numbered from 0; there is no 2."),
            (InputEdit(1, -1), "'Running parity' has 2 inputs, numbered from 0; there is no -1."),
        ],
    )
    def test_what_cannot_be_is_refused(self, edit: Edit, sentence: str) -> None:
        assert refusal(edit) == sentence


class TestTarget:
    """The target of one step, by its place among the output symbols."""

    def test_only_this_target_changes(self) -> None:
        before = show(START).trace.batch
        other = 1 - int(before.y[1, 0])
        after = edited(TargetEdit(2, other)).trace.batch
        assert after.y[1, 0] == other
        np.testing.assert_array_equal(np.delete(after.y, 1, 0), np.delete(before.y, 1, 0))
        np.testing.assert_array_equal(after.inputs["x"], before.inputs["x"])

    def test_a_forced_network_is_fed_the_new_target(self) -> None:
        other = 1 - int(show(START).trace.batch.y[1, 0])
        np.testing.assert_array_equal(edited(TargetEdit(2, other)).trace.value("y", 2), np.eye(2)[other])

    def test_the_only_target_stands_at_the_last_step(self) -> None:
        other = 1 - int(show(changed(START, **ONE_OUTPUT)).trace.batch.y[0, 0])
        assert edited(TargetEdit(4, other), **ONE_OUTPUT).trace.batch.y.tolist() == [[other]]
        assert refusal(TargetEdit(3, 0), **ONE_OUTPUT) == "There is one target, at the end, and none at t = 3."

    @pytest.mark.parametrize(
        ("edit", "sentence"),
        [
            (TargetEdit(0, 1), "There is no step 0 in a sequence of 4; choose one from 1 to 4."),
            (TargetEdit(5, 1), "There is no step 5 in a sequence of 4; choose one from 1 to 4."),
            (TargetEdit(1, 2), "'Running parity' has 2 output symbols, numbered from 0; there is no 2."),
            (TargetEdit(1, -1), "'Running parity' has 2 output symbols, numbered from 0; there is no -1."),
        ],
    )
    def test_what_cannot_be_is_refused(self, edit: Edit, sentence: str) -> None:
        assert refusal(edit) == sentence


class TestInitial:
    """One unit of a state before the first step."""

    def test_the_state_before_the_first_step_is_set(self) -> None:
        shown = show(changed(
            START, architecture="hidden_to_hidden", feedback=None,
            edits=(InitialEdit("h", 1, 0.5), InitialEdit("h", 3, -2.0)),
        ))  # fmt: skip
        np.testing.assert_array_equal(shown.trace.value("h", 0), [0.0, 0.5, 0.0, -2.0])

    def test_so_is_what_is_fed_back_first(self) -> None:
        shown = edited(InitialEdit("y", 1, 1.0))
        trace = shown.trace
        first = trace.parameters["W"][:, 1] + trace.parameters["U"] @ trace.value("x", 1)
        np.testing.assert_allclose(trace.value("a", 1), first, atol=1e-15)

    @pytest.mark.parametrize(
        ("edit", "sentence"),
        [
            (InitialEdit("z", 0, 1.0), "There is no node called 'z'; choose one of: x, a, h, o, yhat, L, y."),
            (InitialEdit("h", 0, 1.0), "Nothing reads h before the first step, so it has no initial state to set."),
            (InitialEdit("x", 0, 1.0), "Nothing reads x before the first step, so it has no initial state to set."),
            (InitialEdit("y", 2, 1.0), "y has 2 units, numbered from 0; there is no 2."),
            (InitialEdit("y", -1, 1.0), "y has 2 units, numbered from 0; there is no -1."),
            (InitialEdit("y", 0, float("nan")), "The initial state of y cannot be nan"),
        ],
    )
    def test_what_cannot_be_is_refused(self, edit: Edit, sentence: str) -> None:
        assert sentence in refusal(edit)


@given(st.data())
def test_targets_are_those_of_the_rule_but_where_they_were_set_by_hand(data: st.DataObject) -> None:
    tasks = [task for task in map(get_task, task_ids()) if isinstance(task, SymbolTask) and task.input_span == EVERY]
    tasks = [task for task in tasks if task.rows(4) == 4 + task.lookahead]  # what steps alone tell
    task = data.draw(st.sampled_from(tasks))
    network = {"architecture": "sequence_to_one", "feedback": None} if task.one_output else {}
    document = changed(START, task=task.id, **network)
    steps = data.draw(st.dictionaries(st.integers(1, 4), st.integers(0, len(task.input_steps) - 1)))
    where = st.just(4) if task.one_output else st.integers(1, 4)
    symbols = data.draw(st.dictionaries(where, st.integers(0, task.n_y - 1)))
    edits = [*itertools.starmap(InputEdit, steps.items()), *itertools.starmap(TargetEdit, symbols.items())]
    batch = show(replace(document, edits=tuple(data.draw(st.permutations(edits))))).trace.batch
    read = [task.describe_input(x) for x in batch.inputs["x"][:, 0]]
    assert all(read[t - 1] == task.input_steps[step] for t, step in steps.items())
    # What comes after the last input, where a task looks ahead, is seen in the last target alone.
    ruled = typed(task, [*read, *[task.input_steps[0]] * task.lookahead]).y[:, 0]
    for row, y in enumerate(batch.y[:, 0]):
        t = row + 1 if len(ruled) > 1 else 4
        if t in symbols:
            assert y == symbols[t]
        elif t < 4 or not task.lookahead:
            assert y == ruled[row]


@pytest.mark.parametrize("edit", [WeightEdit("W", (0, 0), 9.0), InputEdit(1, 1), TargetEdit(1, 1)])
def test_what_is_edited_is_a_copy(edit: Edit) -> None:
    shown = show(START)
    draft = Draft(shown.trace.parameters, np.zeros((4, 1), np.intp), 4)
    kept = {name: array.copy() for name, array in draft.parameters.items()}
    edit.applied(draft, shown.task, shown.network, shown.sizes)
    for name, array in kept.items():
        np.testing.assert_array_equal(draft.parameters[name], array)
    assert not draft.drawn.any() and not draft.targets


PLACES = [
    WeightEdit("W", (0, 0), 1.0), WeightEdit("W", (0, 1), 1.0), WeightEdit("U", (0, 0), 1.0),
    InputEdit(1, 0), InputEdit(2, 0), TargetEdit(1, 0), TargetEdit(2, 0),
    InitialEdit("h", 0, 1.0), InitialEdit("h", 1, 1.0), InitialEdit("o", 0, 1.0),
    NumberEdit("x", 1, 0, 1.0), NumberEdit("x", 1, 1, 1.0), NumberEdit("x", 2, 0, 1.0), NumberEdit("y", 1, 0, 1.0),
    HoldEdit("h", 1, 0, 1.0), HoldEdit("h", 1, 1, 1.0), HoldEdit("h", 2, 0, 1.0), HoldEdit("a", 1, 0, 1.0),
]  # fmt: skip


def test_edits_of_different_things_stand_side_by_side() -> None:
    assert len({edit_place(edit) for edit in PLACES}) == len(PLACES)


def test_an_edit_of_the_same_thing_has_the_same_place_whatever_its_value() -> None:
    assert edit_place(WeightEdit("W", (0, 0), 1.0)) == edit_place(WeightEdit("W", (0, 0), 2.0))
    assert edit_place(InputEdit(1, 0)) == edit_place(InputEdit(1, 1))
    assert edit_place(TargetEdit(1, 0)) == edit_place(TargetEdit(1, 1))
    assert edit_place(InitialEdit("h", 0, 1.0)) == edit_place(InitialEdit("h", 0, 2.0))


PENDULUM = a_document("hidden_to_hidden", "damped_pendulum", length=4, hidden=3, feedback=None)
BITS = changed(PENDULUM, task="temporal_xor")


def batch_of(document: Document, *edits: Edit) -> tuple[list[float], list[float]]:
    batch = show(replace(document, edits=edits)).trace.batch
    return batch.inputs["x"].ravel().tolist(), batch.y.ravel().tolist()


def test_a_number_that_is_set_is_read_and_the_targets_follow_by_the_rule() -> None:
    (x, y), (pushed, swung) = batch_of(PENDULUM), batch_of(PENDULUM, NumberEdit("x", 2, 0, 3.0))
    assert pushed == [x[0], 3.0, *x[2:]]
    assert swung == get_task("damped_pendulum").targets(np.array(pushed)[:, None, None]).ravel().tolist()
    assert swung[0] == y[0] and swung[1:] != y[1:]
    assert batch_of(PENDULUM, NumberEdit("y", 4, 0, -0.5)) == (x, [*y[:3], -0.5])


def test_a_bit_that_is_set_is_the_target_before_it() -> None:
    (x, y) = batch_of(BITS)
    flipped = 1.0 - x[2]
    assert batch_of(BITS, NumberEdit("x", 3, 0, flipped)) == ([*x[:2], flipped, x[3]], [y[0], flipped, *y[2:]])


@pytest.mark.parametrize(
    ("document", "edit", "sentence"),
    [
        (PENDULUM, NumberEdit("z", 1, 0, 1.0), "There is no input or target called 'z'"),
        (PENDULUM, NumberEdit("h", 1, 0, 1.0), "There is no input or target called 'h'"),
        (PENDULUM, NumberEdit("x", 5, 0, 1.0), "There is no step 5 in a sequence of 4"),
        (PENDULUM, NumberEdit("y", 0, 0, 1.0), "There is no step 0 in a sequence of 4"),
        (PENDULUM, NumberEdit("x", 1, 1, 1.0), r"x\(1\) has 1 unit, numbered from 0; there is no 1"),
        (PENDULUM, NumberEdit("x", 1, 0, float("nan")), r"x\(1\) cannot be nan; choose a number between"),
        (BITS, NumberEdit("y", 1, 0, 0.5), r"y\(1\) is made of bits, so it cannot be 0.5; choose 0 or 1"),
        (START, NumberEdit("x", 1, 0, 1.0), r"x\(1\) is a symbol; choose another of the symbols of 'Running parity'"),
        (PENDULUM, InputEdit(1, 0), "reads no symbols that could be set"),
        (PENDULUM, TargetEdit(1, 0), "The targets of 'Damped pendulum' are numbers; there are no symbols to set"),
        (
            changed(PENDULUM, architecture="sequence_to_one", task="adding_problem"),
            NumberEdit("y", 3, 0, 1.0),
            "There is one target, at the end, and none at t = 3",
        ),
    ],
)
def test_a_number_that_cannot_be_set_is_refused(document: Document, edit: Edit, sentence: str) -> None:
    with pytest.raises(ExplorerError, match=sentence):
        show(replace(document, edits=(edit,)))
