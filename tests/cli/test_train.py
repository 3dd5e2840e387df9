"""`train`: one network trained in several ways, a table for people, a CSV for programs."""

import csv
import os
import re
import signal
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from explorer.architectures import get_architecture
from explorer.cli import train as command_module
from explorer.cli.train import run_settings
from explorer.files.curves import record_rows
from explorer.graph.feedback import get_feedback, why_no_feedback
from explorer.training.meaning import mixes
from explorer.training.messages import Evaluated, Evaluation, Judged, Message, Points
from explorer.training.record import Record
from explorer.training.run import Run
from explorer.training.settings import NetworkSettings, RunSettings, Schedule, TaskSettings, TrainingSettings
from tests.cli.conftest import Command, Outcome, Refusal

Settings = Callable[..., tuple[RunSettings, ...]]

PARITY = ("--architecture", "output_to_hidden", "--task", "running_parity")
PLAIN = ("--architecture", "hidden_to_hidden", "--task", "running_parity")
ECHO = ("--architecture", "hidden_to_hidden", "--task", "delayed_echo")
BRIEF = ("--iterations", "60", "--batch", "8", "--length", "5", "--hidden", "4")
WILD = (
    "--activation", "identity", "--optimizer", "sgd", "--lr", "1000", "--length", "40", "--feedback", "free_running_o",
)  # fmt: skip
"""A run that diverges."""
HEADER = "iteration,run,training_loss,open_loop_loss,closed_loop_loss,open_loop_accuracy,closed_loop_accuracy"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table(outcome: Outcome) -> dict[str, list[str]]:
    """The cells behind the name of each run."""
    assert outcome.status == 0
    _, header, *lines = outcome.out.splitlines()
    assert header.split()[:4] == ["run", "iterations", "training", "loss"]
    runs = ("plain", "free_running_yhat", "teacher_forcing")
    return {name: cells for name, *cells in map(str.split, lines) if name in runs}


class TestTable:
    """What a person reads at the end."""

    def test_both_ways_are_compared_unless_one_is_asked_for(self, command: Command) -> None:
        assert list(table(command("train", *PARITY, *BRIEF))) == ["teacher_forcing", "free_running_yhat"]
        asked = command("train", *PARITY, *BRIEF, "--feedback", "free_running")
        assert list(table(asked)) == ["free_running_yhat"]

    def test_losses_accuracies_and_speed_of_each_run(self, command: Command) -> None:
        for cells in table(command("train", *PARITY, *BRIEF)).values():
            iterations, *losses, rate = cells
            assert iterations == "60"
            assert all(re.fullmatch(pattern, cell) for pattern, cell in zip(
                [r"\d\.\d{4}", r"\d\.\d{4}", r"\d+\.\d%", r"\d\.\d{4}", r"\d+\.\d%"], losses, strict=True
            ))  # fmt: skip
            assert int(rate) > 0

    def test_it_says_what_the_numbers_mean_and_what_guessing_scores(self, command: Command) -> None:
        said = command("train", *PARITY, *BRIEF).out
        assert "fed targets" in said and "fed its own output" in said
        assert said.endswith(
            "Losses are in nats per predicted step; guessing scores 0.6931.\n"
            "Its own output is, for every run and whatever it was trained on, the arg max k̂(t) of o(t).\n"
        )

    def test_columns_stand_under_their_names(self, command: Command) -> None:
        lines = command("train", *PARITY, *BRIEF).out.splitlines()[:4]
        assert len({len(line) for line in lines}) == 1
        assert len(lines[0]) <= 100

    def test_nothing_is_drawn_where_nobody_watches(self, command: Command) -> None:
        assert command("train", *PARITY, *BRIEF).err == ""

    def test_a_run_that_diverges_is_named_with_a_remedy(self, command: Command) -> None:
        outcome = command("train", *PARITY, *BRIEF, *WILD)
        assert outcome.status == 0
        last = outcome.out.splitlines()[-1]
        assert re.fullmatch(r"'free_running_o' diverged: .*\. .*lower the learning rate.*\.", last)

    def test_a_huge_loss_stays_in_its_column(self, command: Command) -> None:
        lines = command("train", *PARITY, *BRIEF, *WILD).out.splitlines()[:3]
        assert len({len(line) for line in lines}) == 1


class TestPlain:
    """A network without output feedback is trained the plain way, and why is said in one sentence."""

    WHY = why_no_feedback(get_architecture("hidden_to_hidden")) + "\n"

    def test_by_itself(self, command: Command) -> None:
        outcome = command("train", *PLAIN, *BRIEF)
        assert outcome.err == self.WHY
        assert list(table(outcome)) == ["plain"]

    def test_even_if_feedback_is_asked_for(self, command: Command) -> None:
        outcome = command("train", *PLAIN, *BRIEF, "--feedback", "teacher_forcing", "--feedback", "free_running")
        assert outcome.err == self.WHY
        assert list(table(outcome)) == ["plain"]

    def test_there_is_one_column_of_it(self, command: Command) -> None:
        outcome = command("train", *PLAIN, *BRIEF)
        assert "fed" not in outcome.out
        header, line = outcome.out.splitlines()[1:3]
        assert header.split() == ["run", "iterations", "training", "loss", "accuracy", "per", "second"]
        assert len(header) == len(line)
        assert len(table(outcome)["plain"]) == 5

    @pytest.mark.parametrize(
        ("task", "metric", "unit"),
        [("damped_pendulum", "MSE", "squared units of y"), ("temporal_xor", "bits", "nats")],
    )
    def test_numbers_and_bits_have_a_metric_and_a_unit_of_their_own(
        self, command: Command, task: str, metric: str, unit: str
    ) -> None:
        outcome = command("train", "--architecture", "hidden_to_hidden", "--task", task, *BRIEF)
        header, line = outcome.out.splitlines()[1:3]
        assert header.split()[4] == metric and ("%" in line) == (metric == "bits")
        assert f"Losses are in {unit} per predicted step" in outcome.out

    def test_states_can_be_carried_from_mini_batch_to_mini_batch(self, command: Command) -> None:
        words = ("train", "--architecture", "hidden_to_hidden", "--task", "next_symbol", *BRIEF)
        apart, carried = (table(command(*words, *more))["plain"] for more in ((), ("--carry-state",)))
        assert apart != carried

    def test_in_the_file_both_judgings_are_the_same(self, command: Command, tmp_path: Path) -> None:
        command("train", *PLAIN, *BRIEF, "--csv", tmp_path / "x.csv")
        for row in rows(tmp_path / "x.csv"):
            assert row["open_loop_loss"] == row["closed_loop_loss"]
            assert row["open_loop_accuracy"] == row["closed_loop_accuracy"]


class TestCsv:
    """One row for each run and evaluation."""

    def test_its_header_and_its_rows(self, command: Command, tmp_path: Path) -> None:
        path = tmp_path / "curves.csv"
        outcome = command("train", *PARITY, *BRIEF, "--evaluate-every", "25", "--csv", path)
        assert path.read_text(encoding="utf-8").splitlines()[0] == HEADER
        found = rows(path)
        assert [(row["iteration"], row["run"]) for row in found] == [
            (iteration, run)
            for iteration in ("0", "25", "50", "60")
            for run in ("teacher_forcing", "free_running_yhat")
        ]
        for row in found:
            assert 0 < float(row["training_loss"]) < 10
            assert 0 < float(row["open_loop_loss"]) < 10 and 0 < float(row["closed_loop_loss"]) < 10
            assert 0 <= float(row["open_loop_accuracy"]) <= 1 and 0 <= float(row["closed_loop_accuracy"]) <= 1
        for name, cells in table(outcome).items():
            last = found[-2] if name == "teacher_forcing" else found[-1]
            assert cells[1:6:2] == [f"{float(last['training_loss']):.4f}"] + [
                f"{float(last[mode]):.1%}" for mode in ("open_loop_accuracy", "closed_loop_accuracy")
            ]

    def test_twin_runs_start_from_the_same_weights_and_batches(self, command: Command, tmp_path: Path) -> None:
        command("train", *PARITY, *BRIEF, "--csv", tmp_path / "x.csv")
        forced, free = rows(tmp_path / "x.csv")[:2]
        assert forced["open_loop_loss"] == free["open_loop_loss"]

    def test_the_same_seed_gives_the_same_file_and_another_seed_another(self, command: Command, tmp_path: Path) -> None:
        for name, seed in (("first", "1"), ("again", "1"), ("other", "2")):
            command("train", *PARITY, *BRIEF, "--seed", seed, "--csv", tmp_path / name)
        first, again, other = ((tmp_path / name).read_bytes() for name in ("first", "again", "other"))
        assert first == again != other

    def test_a_run_is_the_same_alone_and_beside_another(self, command: Command, tmp_path: Path) -> None:
        command("train", *PARITY, *BRIEF, "--csv", tmp_path / "both")
        command("train", *PARITY, *BRIEF, "--feedback", "free_running", "--csv", tmp_path / "alone")
        both = [row for row in rows(tmp_path / "both") if row["run"] == "free_running_yhat"]
        assert both == rows(tmp_path / "alone")

    def test_without_evaluation_there_are_no_rows(self, command: Command, tmp_path: Path) -> None:
        outcome = command("train", *PARITY, *BRIEF, "--evaluate-every", "0", "--csv", tmp_path / "x.csv")
        assert (tmp_path / "x.csv").read_text() == HEADER + "\n"
        assert all(cells[2:6] == ["-"] * 4 for cells in table(outcome).values())

    def test_a_run_that_diverges_keeps_the_rows_it_has(self, command: Command, tmp_path: Path) -> None:
        command("train", *PARITY, *BRIEF, *WILD, "--feedback", "teacher_forcing", "--csv", tmp_path / "x.csv")
        found = [(row["iteration"], row["run"]) for row in rows(tmp_path / "x.csv")]
        forced = [(str(iteration), "teacher_forcing") for iteration in (0, 10, 20, 30)]
        assert found == [("0", "free_running_o"), *forced]


@pytest.fixture
def untrained(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail if anything is trained."""

    def never(_: object) -> None:
        raise AssertionError("training has begun")

    monkeypatch.setattr(command_module, "lock_step", never)
    yield


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


def test_a_start_of_w_that_is_not_known_is_refused(refusal: Refusal) -> None:
    words = ("--architecture", "hidden_to_hidden", "--task", "running_parity", "--initial", "unity")
    assert "There is no way to start W called 'unity'; did you mean 'identity'?" in refusal("train", *words)


class TestSchedule:
    """How likely the target is fed in scheduled sampling, iteration by iteration."""

    MIXED = (*PARITY, "--feedback", "teacher_forcing", "--feedback", "mixed_argmax")

    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ("linear", Schedule("linear")),
            ("linear:start=0.9,end=0.1,over=300", Schedule("linear", start=0.9, end=0.1, over=300)),
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


@pytest.mark.usefixtures("untrained")
class TestRefusals:
    """Every mistake gets one line, before anything is trained."""

    @pytest.mark.parametrize(
        ("words", "reason"),
        [
            (("--feedback", "teacher"), "There is no feedback called 'teacher'; did you mean 'teacher_forcing'?"),
            (("--activation", "tahn"), "There is no activation called 'tahn'; did you mean 'tanh'?"),
            (("--optimizer", "adm"), "There is no optimizer called 'adm'; did you mean 'adam'?"),
            (("--hidden", "0"), "'Hidden units' is 0; choose a whole number from 1 to 1,024."),
            (("--hidden", "-3"), "'Hidden units' is -3; choose a whole number from 1 to 1,024."),
            (("--hidden", "1000000"), "'Hidden units' is 1000000; choose a whole number from 1 to 1,024."),
            (("--hidden", "many"), "Argument --hidden: invalid int value: 'many'."),
            (("--hidden", "2.5"), "Argument --hidden: invalid int value: '2.5'."),
            (("--hidden", ""), "Argument --hidden: invalid int value: ''."),
            (("--length", "0"), "'Length T' is 0; choose a whole number from 1 to 10,000."),
            (("--length", "1000000000"), "'Length T' is 1000000000; choose a whole number from 1 to 10,000."),
            (("--batch", "0"), "'Batch' is 0; choose a whole number from 1 to 4,096."),
            (("--iterations", "0"), "'Iterations' is 0; choose a whole number from 1 to 10,000,000."),
            (("--iterations", "-1"), "'Iterations' is -1; choose a whole number from 1 to 10,000,000."),
            (("--iterations", "9" * 30), "choose a whole number from 1 to 10,000,000."),
            (("--lr", "0"), "'Learning rate' is 0.0; choose a number above 0, up to 1,000."),
            (("--lr", "-0.1"), "'Learning rate' is -0.1; choose a number above 0, up to 1,000."),
            (("--lr", "nan"), "'Learning rate' is nan; choose a number above 0, up to 1,000."),
            (("--lr", "inf"), "'Learning rate' is inf; choose a number above 0, up to 1,000."),
            (("--lr", "fast"), "Argument --lr: invalid float value: 'fast'."),
            (("--clip", "0"), "'Clip to norm' is 0.0; choose a number above 0"),
            (("--clip", "nan"), "'Clip to norm' is nan; choose a number above 0"),
            (("--seed", "-1"), "'Seed' is -1; choose a whole number from 0 to"),
            (("--seed", "1e3"), "Argument --seed: invalid int value: '1e3'."),
            (("--seed", "9" * 30), "choose a whole number from 0 to 9,223,372,036,854,775,807."),
            (("--evaluate-every", "-1"), "'Judge every' is -1; choose a whole number from 0 to 10,000,000."),
            (("--length", "10000", "--hidden", "1024", "--batch", "4096"), "GB of memory, and at most 2 are allowed"),
            (("--feedback", "free_running", "--feedback", "free_running"), "The same --feedback is given twice"),
            (("--feedback", "free_running", "--feedback", "free_running_yhat"), "The same --feedback is given twice"),
            (("--option", "k"), "--option 'k' is not NAME=VALUE, such as k=3."),
            (("--option", "k=3"), "There is no option of output_to_hidden and of task running_parity called 'k'"),
            (("--text", "x.txt"), "Task running_parity learns no text; --text goes with next_symbol."),
            (("--initial", "identity"), "Output → hidden has no matrix of its own from a state to the next"),
            (("--carry-state",), "The mini-batches of 'Running parity' do not follow each other, so no state can be"),
            (("--hiden", "8"), "There is no option of rnn-explorer train called '--hiden'; did you mean '--hidden'?"),
        ],
    )
    def test_of_an_argument(self, refusal: Refusal, words: tuple[str, ...], reason: str) -> None:
        assert reason in refusal("train", *PARITY, *words)

    @pytest.mark.parametrize(
        ("architecture", "task", "reason"),
        [
            ("output_hidden", "running_parity", "'output_hidden'; did you mean 'output_to_hidden'?"),
            ("output_to_hidden", "parity", "There is no task called 'parity'; did you mean 'running_parity'?"),
            ("output_to_hidden", "majority", "asks for one output after the last step, but Output → hidden gives one"),
            ("sequence_to_one", "running_parity", "asks for an output at every step, but Sequence → one gives only"),
            ("hidden_to_hidden", "", "There is no task called ''; choose one of: running_parity, "),
        ],
    )  # fmt: skip
    def test_of_a_network_or_a_task(self, refusal: Refusal, architecture: str, task: str, reason: str) -> None:
        assert reason in refusal("train", "--architecture", architecture, "--task", task)

    def test_of_an_unknown_feedback_on_a_network_that_takes_none(self, refusal: Refusal) -> None:
        assert "There is no feedback called 'teacher'" in refusal("train", *PLAIN, "--feedback", "teacher")

    def test_of_half_a_command(self, refusal: Refusal) -> None:
        assert "Say what is to be learned: by --task ID, --data FILE or --text FILE." in refusal("train")

    @pytest.mark.parametrize("value", ["0", "101", "three", "2.5", ""])
    def test_of_an_option_of_the_task(self, refusal: Refusal, value: str) -> None:
        assert "whole number" in refusal("train", *ECHO, "--option", f"k={value}")

    @pytest.mark.parametrize(
        ("said", "reason"),
        [
            ("alpha=2", "Option alpha: “2” cannot be used here; write a number from 0 to 1."),
            ("alpha=much", "Option alpha: "),
            ("learned=maybe", "Option learned is yes or no, not 'maybe'."),
            ("radius=1", "There is no option of leaky and of task delayed_echo called 'radius'"),
        ],
    )
    def test_of_a_choice_of_the_network(self, refusal: Refusal, said: str, reason: str) -> None:
        words = ("--architecture", "leaky", "--task", "delayed_echo")
        assert reason in refusal("train", *words, "--option", said)

    def test_of_an_option_that_is_given_twice(self, refusal: Refusal, tmp_path: Path) -> None:
        assert "Option k is given twice" in refusal("train", *ECHO, "--option", "k=2", "--option", "k=3")
        words = ("--architecture", "hidden_to_hidden", "--task", "next_symbol", "--option", "text=abc")
        (tmp_path / "a.txt").write_text("ab")
        assert "The text is given twice" in refusal("train", *words, "--text", tmp_path / "a.txt")

    @pytest.mark.parametrize("name", ["missing/curves.csv", "", "file/curves.csv"])
    def test_of_a_place_where_no_table_can_be_written(self, refusal: Refusal, tmp_path: Path, name: str) -> None:
        (tmp_path / "file").touch()
        assert f"{tmp_path / name} cannot be written: " in refusal("train", *PARITY, "--csv", tmp_path / name)
        assert [path.name for path in tmp_path.iterdir()] == ["file"]

    def test_of_no_name_for_the_table(self, refusal: Refusal) -> None:
        assert "cannot be written: Is a directory." in refusal("train", *PARITY, "--csv", "")

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (None, "There is no file '{path}'; check its name and folder."),
            (b"", "'{path}' is empty; give at least two different characters."),
            (b"aaa", "'{path}' holds no character but 'a', so there is nothing to predict"),
            (b"caf\xe9", "'{path}' is not UTF-8 text: byte 4 (0xE9) does not fit"),
            (
                "".join(map(chr, range(0x20000, 0x20000 + 100_000))).encode(),
                "'{path}' holds 100,000 different characters, of which the 255 most frequent make less than half of it",
            ),
        ],
    )
    def test_of_a_text(self, refusal: Refusal, tmp_path: Path, content: bytes | None, reason: str) -> None:
        path = tmp_path / "text.txt"
        if content is not None:
            path.write_bytes(content)
        words = ("--architecture", "hidden_to_hidden", "--task", "next_symbol", "--text", path)
        assert reason.format(path=path) in refusal("train", *words)


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


@pytest.mark.parametrize("value", [-0.0, -1e-17, -4e-5])
def test_a_loss_is_never_minus_zero(value: float) -> None:
    record = Record("sure")
    record.take(Points(0, np.array([1]), np.array([value])))
    judged = Judged(value, 1.0, 1.0, np.array([value]), np.array([0.0]))
    record.take(Evaluated(0, 1, Evaluation(judged, judged, None)))
    said = command_module.summary([record], (), 0.5, "arg max")
    assert "-0" not in said and said.count("0.0000") == 3
    if value == 0:
        assert "-0.0" not in str(record_rows([record]))


def test_a_disk_that_fills_during_training_still_shows_the_table(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    outcome = command("train", *PARITY, *BRIEF, "--csv", tmp_path / "x.csv")
    assert outcome.status == 2
    assert "guessing scores" in outcome.out
    assert outcome.err == (
        f"rnn-explorer: {tmp_path / 'x.csv'} cannot be written: No space left on device. Choose another place.\n"
    )
    assert list(tmp_path.iterdir()) == []


def pressing(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """Let Ctrl+C be pressed while training is under way, after so many slices, of one update of one run each."""
    slices = command_module.lock_step

    def pressed(runs: Sequence[Run]) -> Iterator[list[Message]]:
        for number, messages in enumerate(slices(runs, slice_seconds=0)):
            if number == after:
                signal.raise_signal(signal.SIGINT)
            yield messages

    monkeypatch.setattr(command_module, "lock_step", pressed)


@pytest.fixture
def _as_in_a_terminal() -> Iterator[None]:
    """Where the tests run in the background, Ctrl+C may be ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    assert signal.signal(signal.SIGINT, before) is signal.default_int_handler, "it is given back"


@pytest.mark.usefixtures("_as_in_a_terminal")
class TestCtrlC:
    """It ends the training, and the table and the CSV of what was done are kept."""

    @pytest.mark.parametrize("words", [PARITY, PLAIN])
    @pytest.mark.parametrize("after", [2, 7, 25, 50])
    def test_what_was_done_is_kept(
        self, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], after: int
    ) -> None:
        csv_words = ("--evaluate-every", "25", "--csv")
        command("train", *words, *BRIEF, *csv_words, tmp_path / "whole")
        pressing(monkeypatch, after)
        outcome = command("train", *words, *BRIEF, *csv_words, tmp_path / "part")
        assert outcome.status == 130
        assert outcome.err.endswith("rnn-explorer: stopped.\n")
        done = table(replace(outcome, status=0))
        last = max(int(cells[0]) for cells in done.values())
        assert 0 < last < 60
        assert outcome.out.endswith(f"Stopped after {last} of 60 iterations.\n")
        part, whole = rows(tmp_path / "part"), rows(tmp_path / "whole")
        for name, cells in done.items():
            mine = [row for row in part if row["run"] == name]
            # What was judged on the way is what it would have been, and the end is judged as well.
            due = {row["iteration"]: row for row in whole if row["run"] == name and row["iteration"] != "60"}
            assert [row for row in mine if row["iteration"] in due] == [
                row for iteration, row in due.items() if int(iteration) <= int(cells[0])
            ]
            assert mine[-1]["iteration"] == cells[0]
            assert cells[1] == f"{float(mine[-1]['training_loss']):.4f}"

    def test_pressed_again_it_waits_for_nothing_more_and_still_keeps_all(
        self, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def impatient(_: Run) -> None:
            signal.raise_signal(signal.SIGINT)

        pressing(monkeypatch, after=30)
        monkeypatch.setattr(command_module, "_judged", lambda runs: map(impatient, runs))
        outcome = command("train", *PARITY, *BRIEF, "--csv", tmp_path / "x.csv")
        assert outcome.status == 130
        assert "Stopped after " in outcome.out and len(rows(tmp_path / "x.csv")) >= 2

    def test_without_judging_nothing_is_judged(
        self, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pressing(monkeypatch, after=10)
        outcome = command("train", *PARITY, *BRIEF, "--evaluate-every", "0", "--csv", tmp_path / "x.csv")
        assert outcome.status == 130
        assert (tmp_path / "x.csv").read_text() == HEADER + "\n"

    def test_a_table_that_nobody_reads_does_not_lose_the_curves(
        self, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def closed(*_: object) -> str:
            raise BrokenPipeError

        monkeypatch.setattr(command_module, "summary", closed)
        monkeypatch.setattr("explorer.cli._discard_output", lambda: None)
        assert command("train", *PARITY, *BRIEF, "--csv", tmp_path / "x.csv").status == 141
        assert rows(tmp_path / "x.csv")[-1]["iteration"] == "60"


@pytest.mark.usefixtures("untrained")
@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no full device")
def test_a_table_that_cannot_be_written_is_found_out_before_the_training(refusal: Refusal) -> None:
    assert "/dev/full cannot be written: No space left on device." in refusal("train", *PARITY, "--csv", "/dev/full")
