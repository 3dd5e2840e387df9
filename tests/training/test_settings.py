"""Settings: what can be is completed, what cannot be is refused in a sentence that names it."""

import tracemalloc
from typing import Any, get_args

import msgspec
import pytest

from explorer.architectures import architectures, get_architecture
from explorer.errors import ExplorerError
from explorer.graph.architecture import Architecture
from explorer.graph.own_signal import OWN_SIGNALS
from explorer.session.document import show
from explorer.tasks import get_task, task_ids
from explorer.tasks.running_parity import RunningParity
from explorer.training import problem, validation
from explorer.training.matching import mismatch, untrainable
from explorer.training.run import Run
from explorer.training.schedules import Schedule
from explorer.training.settings import OwnOutput, RunSettings
from explorer.training.validation import check_together, memory_needed, memory_together, validated
from tests.each import each
from tests.oracles.declarations import BIDIRECTIONAL
from tests.refusals import refusal_of
from tests.settings import FOUR, a_document, changed, some_settings


def settings(**changes: object) -> RunSettings:
    plain = {"architecture": "output_to_hidden", "task": "running_parity", "feedback": "teacher_forcing"}
    return some_settings(**(plain | changes))


def test_a_run_is_named_after_its_feedback_unless_it_has_a_name() -> None:
    assert validated(settings(feedback="free_running")).name == "free_running_yhat"
    assert validated(settings(architecture="hidden_to_hidden", feedback=None)).name == "plain"
    assert validated(settings(name="mine")).name == "mine"


def test_a_run_can_be_judged_on_every_signal_of_its_own() -> None:
    assert {*get_args(OwnOutput)} == {"test", *OWN_SIGNALS}


def test_validated_settings_are_valid_and_survive_a_file() -> None:
    once = validated(settings(feedback="mixed", truncate=(2, 4), clip_norm=1.0))
    assert validated(once) == once
    assert msgspec.json.decode(msgspec.json.encode(once), type=RunSettings) == once


@each(
    ("changes", "sentence"),
    [
        ({"hidden": 0}, "'Hidden units' is 0; choose a whole number from 1 to"),
        ({"length": 10_001}, "'Length T' is 10001; choose a whole number from 1 to 10,000"),
        ({"batch": 0}, "'Batch' is 0"),
        ({"iterations": 0}, "'Iterations' is 0"),
        ({"seed": -1}, "'Seed' is -1"),
        ({"evaluate_every": -1}, "'Judge every' is -1"),
        ({"evaluation_batch": 0}, "'Sequences to judge on' is 0"),
        ({"l2": -0.1}, "'L² penalty' is -0.1"),
        ({"initial_scale": float("nan")}, "'Initial weights ×' is nan"),
        ({"learning_rate": 0.0}, "'Learning rate' is 0.0; choose a number above 0"),
        ({"learning_rate": float("inf")}, "'Learning rate' is inf"),
        ({"learning_rate": float("nan")}, "'Learning rate' is nan"),
        ({"clip_norm": 0.0}, "'Clip to norm' is 0.0; choose a number above 0"),
        ({"stop_below": -1.0}, "'Until loss <' is -1.0"),
        ({"momentum": 1.0}, "'Momentum' is 1.0; choose a number from 0 to below 1"),
        ({"hidden": 2.5}, "'Hidden units' is 2.5; choose a whole number from 1 to 1,024"),
        ({"hidden": "8"}, "Expected `int`, got `str`"),
        ({"truncate": (0, 4)}, r"'Truncated BPTT' is \(0, 4\); choose a whole number from 1 to 10,000"),
        ({"truncate": (4, 2)}, "every 4 steps to the last 2; go back at least 4"),
        ({"optimizer": "adamm"}, "no optimizer called 'adamm'; did you mean 'adam'"),
        ({"activation": "tan"}, "no activation called 'tan'; did you mean 'tanh'"),
        ({"architecture": "output_to_hiden"}, "did you mean 'output_to_hidden'"),
        ({"task": "parity"}, "There is no task called 'parity'"),
        ({"task_options": {"k": 2}}, "There is no option of the task 'running_parity' called 'k'"),
        ({"task": "delayed_echo", "task_options": {"k": 9}}, "'Delayed echo' needs at least 10 steps, not 8"),
        ({"feedback": "teacher_forced"}, "did you mean 'teacher_forcing'"),
        ({"feedback": None}, "'Output → hidden' feeds its output back: say what is fed"),
        ({"architecture": "hidden_to_hidden"}, "there is nothing that teacher forcing could replace"),
        ({"length": 10_000, "hidden": 1024}, "GB of memory"),
        (
            {"length": 500, "truncate": (1, 400)},
            "every 1 steps to the last 400 takes, at length 500, windows of 80,200",
        ),
        ({"length": 200, "batch": 4096, "truncate": (10, 190)}, "GB of memory"),
    ],
)
def test_what_cannot_be_is_refused(changes: dict[str, object], sentence: str) -> None:
    with pytest.raises(ExplorerError, match=sentence):
        validated(settings(**changes))


@pytest.mark.parametrize(
    ("schedule", "sentence"),
    [
        (Schedule(start=1.5), "'Schedule from' is 1.5; choose a number from 0 to 1"),
        (Schedule(end=-0.5), "'Schedule down to' is -0.5"),
        (Schedule(over=0), "'Schedule over' is 0; choose a whole number from 1"),
        (Schedule("exponential"), "schedule is exponential, with k = None"),
        (Schedule("exponential", k=1.0), "k = 1.0; choose a number above 0 and below 1"),
        (Schedule("inverse_sigmoid", k=0.5), "k = 0.5; choose a number of at least 1, like 50"),
        (Schedule("inverse_sigmoid", k=float("inf")), "k = inf; choose a number of at least 1"),
        (Schedule("stepwise"), "'kind' is stepwise; choose constant, linear, exponential or inverse_sigmoid."),
        (Schedule("exponential", k=float("nan")), "'k' is nan; choose a number."),
    ],
)
def test_impossible_schedules_are_refused(schedule: Schedule, sentence: str) -> None:
    with pytest.raises(ExplorerError, match=sentence):
        validated(settings(feedback="mixed", schedule=schedule))


def test_an_unknown_setting_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="`speed`"):
        msgspec.convert({"length": 3, "speed": 3}, RunSettings)


def test_back_propagation_from_later_steps_is_not_truncated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validation, "architecture_of", lambda _: BIDIRECTIONAL)
    plain = settings(architecture="hidden_to_hidden", feedback=None)
    assert validated(plain).training.truncate is None
    with pytest.raises(ExplorerError, match="is not one chain forward in time"):
        validated(changed(plain, truncate=(1, 2)))


@each("architecture", architectures())
@each("task", task_ids())
def test_a_network_and_a_task_that_are_apart_are_refused_and_told_why(architecture: str, task: str) -> None:
    net, sequences = get_architecture(architecture), get_task(task)
    sentence = untrainable(net, sequences)
    feedback = "teacher_forcing" if net.takes_feedback else None
    asked = settings(architecture=architecture, task=task, feedback=feedback)
    if sentence is None:
        validated(asked)
    else:
        assert refusal_of(validated, asked) == sentence


def test_runs_that_fit_one_by_one_are_refused_if_they_do_not_fit_together() -> None:
    long = validated(settings(length=1000, hidden=32))
    check_together([long] * 3)
    with pytest.raises(ExplorerError, match=r"These 12 runs together would take about \d\.\d GB"):
        check_together([changed(long, batch=32 + more) for more in range(12)])


@pytest.mark.parametrize(
    "changes",
    [
        {"length": 1000, "hidden": 1, "batch": 1, "evaluation_batch": 1},
        {
            "architecture": "attention",
            "task": "reversal",
            "length": 100,
            "hidden": 2,
            "batch": 64,
            "evaluation_batch": 1,
        },
    ],
    ids=["many calls", "a unit for each step, at each step"],
)
def test_the_memory_that_is_foretold_covers_what_is_taken(changes: dict[str, Any]) -> None:
    asked = validated(settings(feedback="free_running_yhat", **changes))
    tracemalloc.start()
    try:
        Run(asked).evaluate()
        taken = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    foretold = memory_needed(asked)
    assert taken <= foretold <= 5 * taken


def test_what_more_seeds_take_in_one_process_is_foretold_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validation, "cores", lambda: 1)
    seeds = [validated(settings(length=300, hidden=8, batch=2, seed=seed)) for seed in range(6)]
    runs, taken = [], []
    tracemalloc.start()
    try:
        for seed in seeds:
            runs.append(Run(seed))
            runs[-1].evaluate()
            taken.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
    more, foretold = taken[-1] - taken[0], memory_together(seeds) - memory_needed(seeds[0])
    assert more <= foretold <= 5 * more


class Ones(RunningParity):
    """A task as somebody might add it, with a single output unit."""

    output_symbols = ("1",)


@pytest.mark.parametrize(
    "net", [get_architecture(id) for id in FOUR if id != "sequence_to_one"], ids=lambda net: net.id
)
def test_a_task_with_one_output_unit_says_that_its_softmax_is_always_1(
    net: Architecture, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "A softmax of one unit is always 1" in str(mismatch(net, Ones()))
    monkeypatch.setattr(problem, "_task", lambda *_: Ones())
    feedback = "teacher_forcing" if net.takes_feedback else None
    with pytest.raises(ExplorerError, match=r"use two units \(n_y = 2\)"):
        validated(settings(architecture=net.id, feedback=feedback))
    with pytest.raises(ExplorerError, match=r"use two units \(n_y = 2\)"):
        show(a_document(net.id, feedback=feedback))
