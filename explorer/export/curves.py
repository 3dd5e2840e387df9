"""Write the curves of runs as one CSV table: a row for each run and evaluation."""

from collections.abc import Iterable
from csv import writer
from io import StringIO
from pathlib import Path

import numpy as np

from explorer.export.files import write_atomically
from explorer.training.record import JUDGED, Record

COLUMNS = ("iteration", "run", "training_loss", *JUDGED)

Row = tuple[int, str, float | None, float, float, float, float]
"""One entry for each of COLUMNS."""


def record_rows(records: Iterable[Record]) -> list[Row]:
    """Return a row for each run and evaluation, by iteration, and within it in the order of the runs.

    Losses are in nats per predicted step. The training loss of iteration i is that of its mini-batch, just before
    update i; at iteration 0, where there has been none, that of the first mini-batch, which is measured with the
    same weights; None for a run that has made no update.
    """
    rows: list[tuple[int, int, Row]] = []
    for place, record in enumerate(records):
        updates, losses = record.training_loss.T
        for iteration, *judged in record.judged.tolist():
            at = int(np.searchsorted(updates, iteration))
            training_loss = float(losses[at]) if at < len(updates) and updates[at] <= iteration + 1 else None
            row = (int(iteration), record.name, training_loss, *judged)
            rows.append((int(iteration), place, row))
    return [row for _, _, row in sorted(rows, key=lambda entry: entry[:2])]


def write_curves(path: str | Path, rows: Iterable[Row]) -> None:
    """Write the rows under a line of COLUMNS, whole or not at all; a number reads back as exactly itself.

    Raises ExplorerError with the path and the reason if that cannot be done.
    """
    text = StringIO()
    table = writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows(rows)
    write_atomically(Path(path), text.getvalue())
