"""A setting means something exactly where it changes what is computed or judged; else a sentence says why not."""

import numpy as np
import pytest

from explorer.architectures import get_architecture
from explorer.graph.architecture import Architecture
from explorer.tasks import get_task
from explorer.training.meaning import about_feedback, why_not
from explorer.training.run import Run
from explorer.training.schedules import Schedule
from explorer.training.settings import TrainingSettings
from tests.each import each
from tests.oracles.declarations import BIDIRECTIONAL, LSTM
from tests.settings import changed
from tests.training.small import settings, steps

FED, PLAIN = get_architecture("output_to_hidden"), get_architecture("hidden_to_hidden")
MIXED = {"feedback": "mixed_o"}
DECAYING = Schedule("exponential", k=0.5)


@each(
    ("run", "setting", "value"),
    [
        ({"optimizer": "momentum"}, "momentum", 0.1),
        ({"optimizer": "sgd"}, "momentum", 0.1),
        (MIXED, "schedule", Schedule("constant", start=0.0)),
        ({}, "schedule", Schedule("constant", start=0.0)),
        (MIXED, "end", 1.0),
        ({**MIXED, "schedule": Schedule("constant")}, "end", 0.5),
        ({**MIXED, "schedule": DECAYING}, "k", 0.9),
        (MIXED, "k", 0.9),
        ({**MIXED, "schedule": DECAYING}, "over", 3),
        ({}, "own_output", "o"),
        ({"architecture": "hidden_to_hidden", "feedback": None}, "own_output", "o"),
        ({}, "activation", "relu"),
        ({"length": 9}, "truncate", (2, 2)),
        ({}, "lag", 2),
        ({"architecture": "skip_in_time", "feedback": None}, "lag", 2),
    ],
)
def test_what_means_something_changes_what_comes_out_and_nothing_else_does(
    run: dict[str, object], setting: str, value: object
) -> None:
    one = settings(**run, learning_rate=0.5)
    network = get_architecture(one.network.architecture)
    runs = [Run(one), Run(changed(one, **{setting: value}))]
    for run in runs:
        steps(run, 6)
    judged = [(run.theta, run.evaluate().closed_loop.loss) for run in runs]
    alike = np.array_equal(judged[0][0], judged[1][0]) and judged[0][1] == judged[1][1]
    assert bool(why_not(setting, network, one.training, (one.feedback,))) == alike


@pytest.mark.parametrize(
    ("setting", "architecture", "why"),
    [
        ("truncate", BIDIRECTIONAL, "is not one chain forward in time"),
        ("activation", LSTM, "names all of its activations itself"),
        ("modes", PLAIN, "does not feed its output back"),
        ("schedule", PLAIN, "does not feed its output back"),
        ("schedule", FED, "none is asked for"),
        ("batch", PLAIN, ""),
        ("evaluation_batch", PLAIN, ""),
    ],
)
def test_a_sentence_says_why_not(setting: str, architecture: Architecture, why: str) -> None:
    said = why_not(setting, architecture, TrainingSettings(), ("teacher_forcing",))
    assert why in said and bool(said) == bool(why)


def test_what_is_never_judged_needs_nothing_to_be_judged_on() -> None:
    said = why_not("evaluation_batch", PLAIN, TrainingSettings(evaluate_every=0), ("teacher_forcing",))
    assert "never judged" in said


@pytest.mark.parametrize(
    ("network", "task", "said"),
    [
        ("output_to_hidden", "running_parity", ""),
        ("hidden_to_hidden", "running_parity", "does not feed its output back into the next step"),
        (
            "hidden_to_hidden",
            "next_symbol",
            "there is nothing that teacher forcing could change. Autoregressive, without",
        ),
        ("lstm", "next_symbol", "In 'Next symbol' x(t) is y(t − 1), the truth, in training and when it is judged"),
        ("output_to_hidden", "next_symbol", "fed its targets, 'Output → hidden' is told the same twice"),
        ("autoregressive", "next_symbol", "Before the first step that is y(0), which the data give."),
        ("bidirectional", "next_symbol", "reads x(t + 1) too: it is told what it is asked for."),
        ("dynamical_system", "next_symbol", "has no output, so there is nothing to feed back"),
    ],
)
def test_what_teacher_forcing_means_for_a_network_on_a_task_is_said(network: str, task: str, said: str) -> None:
    told = about_feedback(get_architecture(network), get_task(task))
    assert said in told and bool(said) == bool(told)
