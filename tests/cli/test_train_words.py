"""The words of `train` become the settings of its runs."""

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

import pytest

from explorer.cli.train import run_settings
from explorer.graph.feedback import get_feedback
from explorer.training.meaning import mixes
from explorer.training.schedules import Schedule
from explorer.training.settings import NetworkSettings, RunSettings, TaskSettings, TrainingSettings
from tests.cli.conftest import Command, Refusal
from tests.cli.training import BRIEF, ECHO, PARITY, rows

Settings = Callable[..., tuple[RunSettings, ...]]


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, command: Command) -> Settings:
    """Run the command up to its settings and return them."""

    def of(*words: str | Path) -> tuple[RunSettings, ...]:
        found: list[tuple[RunSettings, ...]] = []

        def note(options: Namespace) -> None:
            found.append(run_settings(options))
            raise KeyboardInterrupt

        monkeypatch.setattr("explorer.cli.train.run_settings", note)
        command("train", *words)
        (one,) = found
        return one

    return of


def test_w_begins_as_asked_and_biases_can_be_left_out(settings: Settings) -> None:
    words = ("--architecture", "hidden_to_hidden", "--task", "running_parity", "--initial", "identity", "--no-biases")
    (run,) = settings(*words)
    assert (run.training.initial, run.network.biases) == ("identity", False)


class TestSchedule:
    """How likely the target is fed in scheduled sampling, iteration by iteration."""

    MIXED = (*PARITY, "--feedback", "teacher_forcing", "--feedback", "mixed_argmax")

    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ("linear", Schedule("linear")),
            ("linear:start=0.9,end=0.1,over=300", Schedule("linear", start=0.9, end=0.1, over=300)),
            ("linear:start=9/10,end=1e-1,over=300", Schedule("linear", start=0.9, end=0.1, over=300)),
            ("constant:start=0.25,coin=sequence", Schedule("constant", start=0.25, coin="sequence")),
            ("exponential", Schedule("exponential", k=0.99)),
            ("exponential:k=0.5", Schedule("exponential", k=0.5)),
            ("inverse_sigmoid:k=80,end=0.2", Schedule("inverse_sigmoid", k=80.0, end=0.2)),
        ],
    )
    def test_it_arrives_at_the_mixed_feedback_alone(self, settings: Settings, written: str, meant: Schedule) -> None:
        runs = settings(*self.MIXED, "--schedule", written)
        assert [(run.training.schedule, mixes(run.feedback)) for run in runs] == [(meant, False), (meant, True)]

    def test_it_changes_the_training(self, command: Command, tmp_path: Path) -> None:
        for name, end in (("never", "constant:start=1"), ("always", "constant:start=0")):
            command("train", *self.MIXED, *BRIEF, "--schedule", end, "--csv", tmp_path / name)
        never, always = (rows(tmp_path / name) for name in ("never", "always"))
        assert [row["training_loss"] for row in never[::2]] == [row["training_loss"] for row in always[::2]]
        assert [row["training_loss"] for row in never[1::2]] != [row["training_loss"] for row in always[1::2]]

    @pytest.mark.parametrize(
        ("written", "reason"),
        [
            ("linar", "There is no schedule called 'linar'; did you mean 'linear'?"),
            ("linear:k=3", "There is no part of a schedule that is linear called 'k'"),
            ("linear:end", "'end', which is not NAME=VALUE"),
            ("linear:end=low", "The schedule's end must be a number, not 'low'."),
            ("linear:over=1.5", "The schedule's over must be a whole number, not '1.5'."),
            ("linear:end=2", "'Schedule down to' is 2.0; choose a number from 0 to 1."),
            ("constant:start=nan", "'Schedule from' is nan; choose a number from 0 to 1"),
            ("constant:coin=toss", "There is no coin of a schedule called 'toss'"),
            (
                "exponential:k=2",
                "with k = 2.0; choose a number above 0 and below 1, like 0.99.",
            ),
        ],
    )
    def test_what_cannot_be_is_refused_in_one_line(self, refusal: Refusal, written: str, reason: str) -> None:
        assert reason in refusal("train", *self.MIXED, "--schedule", written)

    def test_it_needs_a_mixed_feedback(self, refusal: Refusal) -> None:
        assert "add scheduled sampling (feedback mixed)." in refusal("train", *PARITY, "--schedule", "linear")


class TestSettings:
    """The words of the command line become the settings of the runs."""

    def test_every_word_arrives(self, settings: Settings) -> None:
        words = (
            "--feedback", "mixed_o", "--activation", "relu", "--hidden", "5", "--length", "7", "--batch", "3",
            "--iterations", "11", "--optimizer", "sgd", "--lr", "0.5", "--clip", "2", "--seed", "9",
            "--evaluate-every", "4",
        )  # fmt: skip
        (run,) = settings(*PARITY, *words)
        assert run.network == NetworkSettings("output_to_hidden", 5, "relu")
        assert (run.task, run.length, run.seed, run.feedback) == (TaskSettings("running_parity"), 7, 9, "mixed_o")
        assert run.training == TrainingSettings(
            batch=3, iterations=11, optimizer="sgd", learning_rate=0.5, clip_norm=2.0, evaluate_every=4
        )

    def test_a_text_brings_its_alphabet_and_its_length(self, settings: Settings, tmp_path: Path) -> None:
        (tmp_path / "text.txt").write_text("abcabd", encoding="utf-8")
        words = ("--architecture", "hidden_to_hidden", "--task", "next_symbol", "--text", tmp_path / "text.txt")
        (run,) = settings(*words)
        assert run.task.options == {"text": "abcabd"}
        assert run.length == 12

    def test_a_network_that_is_not_named_is_the_one_that_the_window_opens_the_task_with(
        self, settings: Settings
    ) -> None:
        assert {run.network.architecture for run in settings("--task", "next_symbol")} == {"autoregressive"}
        assert {run.network.architecture for run in settings("--task", "running_parity")} == {"output_to_hidden"}
        assert {run.network.architecture for run in settings("--task", "majority")} == {"sequence_to_one"}

    def test_an_option_of_the_task_arrives(self, settings: Settings) -> None:
        (run,) = settings(*ECHO, "--option", "k=3", "--option", "symbols=4")
        assert run.task.options == {"k": 3, "symbols": 4}

    def test_a_readout_may_be_learned_at_once(self, settings: Settings) -> None:
        (run,) = settings("--architecture", "echo_state", "--task", "damped_pendulum", "--ridge", "0.1")
        assert (run.name, run.training.ridge) == ("at_once", 0.1)

    def test_a_choice_of_the_network_arrives(self, settings: Settings) -> None:
        words = ("--architecture", "echo_state", "--task", "delayed_echo")
        (run,) = settings(*words, "--option", "radius=1.2", "--option", "k=3")
        assert run.network.choices == {"radius": 1.2} and run.task.options == {"k": 3}
        words = ("--architecture", "leaky", "--task", "delayed_echo")
        (run,) = settings(*words, "--option", "learned=no", "--option", "alpha=0,9")
        assert run.network.choices == {"learned": False, "alpha": 0.9}

    def test_a_text_may_be_typed(self, settings: Settings) -> None:
        words = ("--architecture", "hidden_to_hidden", "--task", "next_symbol", "--option", "text=a=b")
        (run,) = settings(*words)
        assert run.task.options == {"text": "a=b"}

    def test_a_run_is_called_by_what_it_is_fed_even_if_that_was_asked_for_in_short(self, settings: Settings) -> None:
        (run,) = settings(*PARITY, "--feedback", "free_running")
        assert run.name == run.feedback == get_feedback("free_running").id
