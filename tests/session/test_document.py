"""The same document always shows the same things, and each of its settings changes what it should and no more."""

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.architectures import architectures, get_architecture
from explorer.graph.activations import ACTIVATIONS
from explorer.graph.compute.initial import RECURRENT
from explorer.graph.feedback import FEEDBACKS
from explorer.graph.output import Target
from explorer.session.document import Shown, show
from explorer.tasks import get_task, task_ids
from explorer.training.matching import mismatch
from explorer.training.run import Run
from tests.each import each
from tests.oracles.same import assert_same
from tests.refusals import refusal_of
from tests.settings import FOUR, a_document, a_plan, changed, some_settings, task_of

START = a_document(length=6, hidden=4)
SENSIBLE = [
    pytest.param(architecture.id, task, id=f"{architecture.id}-{task}")
    for architecture in architectures().values()
    for task in task_ids()
    if not mismatch(architecture, get_task(task)) and (architecture.id in FOUR or task == task_of(architecture))
]
"""The networks of the first lessons with every task that goes with them, and the others with one."""


def same_theta(one: Shown, other: Shown) -> bool:
    return all(np.array_equal(array, other.trace.parameters[name]) for name, array in one.trace.parameters.items())


def same_sequence(one: Shown, other: Shown) -> bool:
    a, b = one.trace.batch, other.trace.batch
    return np.array_equal(a.inputs["x"], b.inputs["x"]) and np.array_equal(a.y, b.y)


def test_a_new_document_shows_one_sequence() -> None:
    shown = show(START)
    assert shown.trace.T == 6
    assert shown.trace.B == 1
    assert shown.trace.finite
    assert shown.sizes == {"n_x": 2, "n_h": 4, "n_y": 2}


@each(("architecture", "task"), SENSIBLE)
def test_the_same_document_shows_the_same(architecture: str, task: str) -> None:
    own = "sample" if get_task(task).target is Target.SYMBOLS else "yhat"
    feedback = f"free_running_{own}" if get_architecture(architecture).takes_feedback else None
    document = a_document(architecture, task, feedback=feedback)
    first = show(document)
    show(replace(document, seed=1, example=5))
    assert_same(first, show(document))


@each(("architecture", "task"), SENSIBLE)
@each("hidden", [1, 128])
def test_the_smallest_and_the_widest_are_shown(architecture: str, task: str, hidden: int) -> None:
    feedback = "teacher_forcing" if get_architecture(architecture).takes_feedback else None
    length = get_task(task).shortest_length
    shown = show(a_document(architecture, task, length=length, hidden=hidden, feedback=feedback))
    assert len(shown.trace.values[shown.network.state]) == length
    assert shown.events


@each("feedback", FEEDBACKS)
@each("architecture", [a.id for a in architectures().values() if a.takes_feedback])
def test_every_feedback_is_shown_at_train_and_at_test_time(architecture: str, feedback: str) -> None:
    document = a_document(architecture, task_of(get_architecture(architecture)), feedback=feedback)
    training, living = show(document).network.feedback, show(replace(document, test_time=True)).network.feedback
    assert training is not None and living is not None
    assert training.id == feedback
    assert not living.target
    assert living.own == (training.own or "argmax")


def test_the_seed_draws_theta_and_nothing_else() -> None:
    first, other = show(START), show(replace(START, seed=8))
    assert same_sequence(first, other)
    assert not same_theta(first, other)


def test_the_example_draws_the_sequence_and_nothing_else() -> None:
    first, other = show(START), show(replace(START, example=1))
    assert same_theta(first, other)
    assert not same_sequence(first, other)


@pytest.mark.parametrize(
    "fields",
    [
        {"hidden": 9},
        {"activation": "relu"},
        {"feedback": "free_running_o"},
        {"architecture": "hidden_and_output"},
        {"learning_rate": 0.5},
        {"test_time": True},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_the_example_is_the_same_sequence_whatever_learns_it(fields: dict[str, object]) -> None:
    assert same_sequence(show(START), show(changed(START, **fields)))


@each("activation", ACTIVATIONS)
@each("feedback", FEEDBACKS)
def test_no_choice_but_the_seed_draws_other_weights(activation: str, feedback: str) -> None:
    assert same_theta(show(START), show(changed(START, activation=activation, feedback=feedback)))


@pytest.mark.parametrize("initial", RECURRENT)
@pytest.mark.parametrize("biases", [True, False])
def test_the_weights_are_those_that_training_starts_from(initial: str, biases: bool) -> None:
    document = changed(START, architecture="hidden_and_output", initial=initial, biases=biases)
    shown = show(document)
    settings = some_settings(length=6, seed=7, initial=initial, feedback="teacher_forcing")
    run = Run(changed(settings, network=document.network))
    assert ("b" in shown.trace.parameters) == biases
    for name, array in shown.trace.parameters.items():
        np.testing.assert_array_equal(array, run.parameters[name])


def test_given_weights_take_the_place_of_the_seeds() -> None:
    theta = {name: array + 1.0 for name, array in show(START).trace.parameters.items()}
    shown = show(START, theta)
    for name, array in theta.items():
        np.testing.assert_array_equal(shown.trace.parameters[name], array)


@pytest.mark.parametrize(("planned", "optimizer"), [("sgd", None), ("adam", "sgd")])
@pytest.mark.parametrize("rate", [None, 0.25])
def test_the_update_is_that_of_the_plan_unless_it_is_said_otherwise(
    planned: str, optimizer: str | None, rate: float | None
) -> None:
    plan = a_plan(optimizer=planned, learning_rate=0.5)
    trace = show(changed(START, plan=plan, optimizer=optimizer, learning_rate=rate)).trace
    for name, after in trace.parameters_after.items():
        step = (rate or 0.5) * trace.parameter_gradients[name]
        np.testing.assert_allclose(after, trace.parameters[name] - step, atol=1e-15)


class TestMix:
    """`fed_target[t − 1]` says whether step t + 1 is fed the target y(t)."""

    def fed(self, *fed_target: bool) -> list[str]:
        shown = show(replace(START, length=4, feedback="mixed_yhat", fed_target=fed_target))
        sources = {edge.target.t: edge.source.name for edge in shown.graph.edges if edge.target.name == "f"}
        return [sources[t] for t in (1, 2, 3)]

    def test_each_step_is_decided(self) -> None:
        assert self.fed(True, False, True, False) == ["y", "yhat", "y"]

    def test_missing_entries_feed_the_target_and_more_than_there_are_steps_are_left(self) -> None:
        assert self.fed() == ["y", "y", "y"]
        assert self.fed(False) == ["yhat", "y", "y"]
        assert self.fed(*[False] * 50) == ["yhat", "yhat", "yhat"]

    def test_other_feedback_does_not_look_at_it(self) -> None:
        plain = show(START)
        marked = show(replace(START, fed_target=(False,) * 6))
        assert marked.trace.loss == plain.trace.loss
        assert marked.graph == plain.graph


@each(
    ("fields", "sentence"),
    [
        ({"architecture": "output"}, "There is no architecture called 'output'"),
        ({"task": "parity"}, "There is no task called 'parity'; did you mean 'running_parity'?"),
        ({"task_options": {"k": 3}}, "There is no option of the task 'running_parity' called 'k'"),
        ({"task_options": {"id": "x"}}, "There is no option of the task 'running_parity' called 'id'"),
        ({"task": "delayed_echo", "task_options": {"k": 0}}, "choose a whole number from 1 to 100."),
        ({"task": "delayed_echo", "length": 2}, "'Delayed echo' needs at least 3 steps, not 2; make"),
        ({"task": "majority"}, "asks for one output after the last step, but 'Output → hidden' gives one at"),
        ({"architecture": "sequence_to_one"}, "asks for an output at every step, but 'Sequence → one' gives only one"),
        ({"feedback": None}, "'Output → hidden' feeds its output back: say what is fed"),
        ({"feedback": ""}, "There is no feedback called ''"),
        ({"feedback": "teacher"}, "There is no feedback called 'teacher'; did you mean 'teacher_forcing'?"),
        ({"architecture": "hidden_to_hidden"}, "'Hidden → hidden' does not feed its output back"),
        ({"activation": "swish"}, "There is no activation called 'swish'"),
        ({"length": 0}, "'Length T' is 0; choose a whole number from 1 to 1,000."),
        ({"length": 1001}, "'Length T' is 1001; choose a whole number from 1 to 1,000."),
        ({"length": 10**9}, "'Length T' is 1000000000; choose a whole number from 1 to 1,000."),
        ({"hidden": 0}, "'Hidden units' is 0; choose a whole number from 1 to 128."),
        ({"hidden": 10**9}, "'Hidden units' is 1000000000; choose a whole number from 1 to 128."),
        ({"optimizer": "adamm"}, "There is no optimizer called 'adamm'; did you mean 'adam'?"),
        ({"learning_rate": 0.0}, "'Learning rate' is 0.0; choose a number above 0, up to 1,000."),
        ({"learning_rate": float("nan")}, "'Learning rate' is nan; choose a number above 0, up to 1,000."),
        ({"learning_rate": float("inf")}, "'Learning rate' is inf; choose a number above 0, up to 1,000."),
        ({"seed": -1}, "'Seed' is -1; choose a whole number from 0 to 2,147,483,647."),
        ({"seed": 2**63}, "'Seed' is 9223372036854775808; choose a whole number from 0 to"),
        ({"example": -1}, "'Example' is -1; choose a whole number from 0 to 2,147,483,647."),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_in_a_sentence(fields: dict[str, object], sentence: str) -> None:
    assert sentence in refusal_of(show, changed(START, **fields))


def test_the_largest_that_the_limits_allow_is_shown() -> None:
    text = "".join(chr(0x4E00 + i) for i in range(256))
    largest = changed(START, task="next_symbol", task_options={"text": text}, length=1000, hidden=128)
    shown = show(changed(largest, architecture="hidden_to_hidden", feedback=None))
    assert shown.trace.finite
    arrays = [*shown.trace.values.values(), *shown.trace.gradients.values()]
    arrays += [kept.array for parts in shown.trace.contributions.values() for kept in parts]
    assert sum(array.nbytes for array in arrays) < 100e6
