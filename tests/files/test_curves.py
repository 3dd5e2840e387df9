"""The table of curves: one row for each run and evaluation, exact numbers, written whole or not at all."""

import csv
from pathlib import Path

import pytest

from explorer.errors import ExplorerError
from explorer.files.curves import columns, record_rows, write_curves
from explorer.training.loop import train
from explorer.training.messages import Evaluated, Points
from explorer.training.record import Record
from explorer.training.run import Run
from tests.training.small import settings, steps


def test_the_table_has_one_row_for_each_run_and_evaluation(tmp_path: Path) -> None:
    runs = [Run(settings(feedback=feedback)) for feedback in ("teacher_forcing", "free_running")]
    records = [Record("forced, with a comma"), Record("free")]
    for message in (message for batch in train(runs) for message in batch):
        if isinstance(message, Points | Evaluated):
            records[message.run].take(message)
    path = tmp_path / "curves.csv"
    write_curves(path, records)
    header = "iteration,run,training_loss,open_loop_loss,closed_loop_loss,open_loop_accuracy,closed_loop_accuracy"
    text = path.read_text(encoding="utf-8")
    assert text.startswith(header + "\n")
    rows = list(csv.DictReader(text.splitlines()))
    assert [(int(row["iteration"]), row["run"]) for row in rows] == [
        (iteration, run) for iteration in (0, 20, 40, 60) for run in ("forced, with a comma", "free")
    ]
    for index, run in enumerate(runs):
        mine = rows[index::2]
        losses = steps(Run(run.settings), 60)
        assert [float(row["training_loss"]) for row in mine] == [
            losses[0],
            losses[19],
            losses[39],
            losses[59],
        ]
        last = run.evaluate()
        assert float(mine[-1]["open_loop_loss"]) == last.open_loop.loss
        assert float(mine[-1]["closed_loop_loss"]) == last.closed_loop.loss
        assert float(mine[-1]["open_loop_accuracy"]) == last.open_loop.score
        assert float(mine[-1]["closed_loop_accuracy"]) == last.closed_loop.score


def test_runs_that_are_judged_by_different_metrics_have_columns_of_their_own(tmp_path: Path) -> None:
    runs = [Run(settings()), Run(settings(task="damped_pendulum"))]
    records = [Record(run.settings.task.id, kind=run.task.kind) for run in runs]
    for record, run in zip(records, runs, strict=True):
        record.take(Evaluated(0, 0, run.evaluate()))
    path = tmp_path / "curves.csv"
    write_curves(path, records)
    parity, pendulum = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    assert parity["open_loop_mean_squared_error"] == pendulum["closed_loop_accuracy"] == ""
    assert float(pendulum["closed_loop_mean_squared_error"]) == runs[1].evaluate().closed_loop.score


def test_a_run_without_an_update_has_no_training_loss(tmp_path: Path) -> None:
    before = Run(settings()).evaluate()
    record = Record("idle")
    record.take(Evaluated(0, 0, before))
    ((iteration, name, training_loss, *judged),) = record_rows([record])
    assert (iteration, name, training_loss) == (0, "idle", None)
    assert judged[0] == before.open_loop.loss
    path = tmp_path / "curves.csv"
    write_curves(path, [record])
    assert path.read_text().splitlines()[1].startswith("0,idle,,")


def test_runs_that_have_not_begun_leave_only_the_header(tmp_path: Path) -> None:
    path = tmp_path / "curves.csv"
    write_curves(path, [Record("run")])
    assert path.read_text().strip().split(",") == list(columns([]))


def test_a_place_that_cannot_be_written_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(ExplorerError, match="missing"):
        write_curves(tmp_path / "missing" / "curves.csv", [])
    assert list(tmp_path.iterdir()) == []
