"""`train` is ended by Ctrl+C: what was done is kept."""

import signal
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from explorer.cli import train as command_module
from explorer.training.messages import Message
from explorer.training.run import Run
from tests.cli.conftest import Command
from tests.cli.training import BRIEF, PARITY, PLAIN, rows, table


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
        kept = rows(tmp_path / "x.csv")
        assert kept and not any(row["open_loop_loss"] for row in kept)

    def test_a_table_that_nobody_reads_does_not_lose_the_curves(
        self, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def closed(*_: object) -> str:
            raise BrokenPipeError

        monkeypatch.setattr(command_module, "summary", closed)
        monkeypatch.setattr("explorer.cli._discard_output", lambda: None)
        assert command("train", *PARITY, *BRIEF, "--csv", tmp_path / "x.csv").status == 141
        assert rows(tmp_path / "x.csv")[-1]["iteration"] == "60"
