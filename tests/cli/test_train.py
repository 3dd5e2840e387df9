"""`train`: one network trained in several ways, a table for people, a CSV for programs."""

import re
from pathlib import Path

import numpy as np
import pytest

from explorer.architectures import get_architecture
from explorer.cli import train as command_module
from explorer.files.curves import record_rows
from explorer.graph.feedback import why_no_feedback
from explorer.training.messages import Evaluated, Evaluation, Judged, Points
from explorer.training.record import Record
from tests.cli.conftest import Command
from tests.cli.training import BRIEF, HEADER, PARITY, PLAIN, WILD, rows, table


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

    def test_without_evaluation_there_is_a_row_for_each_update(self, command: Command, tmp_path: Path) -> None:
        outcome = command("train", *PARITY, *BRIEF, "--evaluate-every", "0", "--csv", tmp_path / "x.csv")
        _, *rows = (tmp_path / "x.csv").read_text().splitlines()
        updates = range(1, len(rows) // 2 + 1)
        assert [row.split(",")[:2] for row in rows] == [
            [str(i), mode] for i in updates for mode in ("teacher_forcing", "free_running_yhat")
        ]
        assert all(float(row.split(",")[2]) > 0 and row.endswith(",,,,") for row in rows)
        assert all(cells[2:6] == ["-"] * 4 for cells in table(outcome).values())

    def test_a_run_that_diverges_keeps_the_rows_it_has(self, command: Command, tmp_path: Path) -> None:
        command("train", *PARITY, *BRIEF, *WILD, "--feedback", "teacher_forcing", "--csv", tmp_path / "x.csv")
        found = [(row["iteration"], row["run"]) for row in rows(tmp_path / "x.csv")]
        forced = [(str(iteration), "teacher_forcing") for iteration in (0, 10, 20, 30)]
        assert found == [("0", "free_running_o"), *forced]


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
