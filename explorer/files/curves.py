"""Write the curves of runs as one CSV table: a row for each run and evaluation."""

from collections.abc import Iterable
from csv import writer
from io import StringIO
from pathlib import Path

from explorer.files.atomic import write_atomically
from explorer.training.record import Measure, Record

JUDGED = {
    "open_loop_loss": Measure.OPEN_LOSS,
    "closed_loop_loss": Measure.CLOSED_LOSS,
    "open_loop_accuracy": Measure.OPEN_ACCURACY,
    "closed_loop_accuracy": Measure.CLOSED_ACCURACY,
}
"""The columns of what is judged."""

COLUMNS = ("iteration", "run", "training_loss", *JUDGED)

Row = tuple[int, str, float | None, float, float, float, float]
"""One entry for each of COLUMNS."""


def record_rows(records: Iterable[Record]) -> list[Row]:
    """Return a row for each run and evaluation, by iteration, and within it in the order of the runs.

    Losses are in nats per predicted step. The training loss of iteration i is that of its mini-batch, just before
    update i; where a run begins and there has been none, that of the first mini-batch, which is measured with the
    same weights. None for a run that has made no update, and for what is so long ago that it is not kept singly.
    """
    rows: list[tuple[int, int, Row]] = []
    for place, record in enumerate(records):
        iterations = record.curve(Measure.OPEN_LOSS)[0].astype(int).tolist()
        curves = (record.curve(measure)[1].tolist() for measure in JUDGED.values())
        for iteration, *judged in zip(iterations, *curves, strict=True):
            training_loss = record.training.at(max(iteration, record.start + 1))
            # + 0.0: the loss of a certain prediction, −log 1, is −0.0, which would be shown with its sign.
            training_loss = None if training_loss is None else training_loss + 0.0
            rows.append((iteration, place, (iteration, record.name, training_loss, *(one + 0.0 for one in judged))))
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
