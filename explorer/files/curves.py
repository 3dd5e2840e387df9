"""Write the curves of runs as one CSV table: a row for each run and evaluation, or update if none is judged."""

from collections.abc import Sequence
from csv import writer
from io import StringIO
from pathlib import Path

from explorer.files.atomic import write_atomically
from explorer.graph.metric import ACCURACY, Metric
from explorer.training.record import Measure, Record

FIRST = ("iteration", "run", "training_loss", "open_loop_loss", "closed_loop_loss")
"""The columns before those of metrics."""

JUDGED = (Measure.OPEN_LOSS, Measure.CLOSED_LOSS, Measure.OPEN_SCORE, Measure.CLOSED_SCORE)

Row = tuple[int | float | str | None, ...]
"""One entry for each column."""


def columns(records: Sequence[Record]) -> tuple[str, ...]:
    """What the entries of a row are: two for each metric by which some of these runs are judged."""
    return *FIRST, *(f"{mode}_loop_{metric.id}" for metric in _metrics(records) for mode in ("open", "closed"))


def _metrics(records: Sequence[Record]) -> list[Metric]:
    found = {record.kind.metric.id: record.kind.metric for record in records}
    return list(found.values()) or [ACCURACY]


def record_rows(records: Sequence[Record]) -> list[Row]:
    """Return a row for each run and evaluation, by iteration, and within it in the order of the runs.

    Of a run that is never judged, a row for each update. Losses are per predicted step, in their unit; None stands for
    a metric by which a run is not judged. The training loss of iteration i is that of its mini-batch, just before
    update i; where a run begins and there has been none, that of the first mini-batch, which is measured with the same
    weights. It is None for a run that has made no update, and for what is so long ago that it is not kept singly.
    """
    rows: list[tuple[int, int, Row]] = []
    metrics = _metrics(records)
    for place, record in enumerate(records):
        iterations: list[int] = record.curve(Measure.OPEN_LOSS)[0].astype(int).tolist()
        curves: list[list[float | None]] = [record.curve(measure)[1].tolist() for measure in JUDGED]
        if not iterations:
            iterations = list(range(record.start + 1, record.start + 1 + len(record.training)))
            curves = [[None] * len(iterations) for _ in JUDGED]
        for iteration, *judged in zip(iterations, *curves, strict=True):
            training_loss = record.training.at(max(iteration, record.start + 1))
            # + 0.0: the loss of a certain prediction, −log 1, is −0.0, which would be shown with its sign.
            training_loss = None if training_loss is None else training_loss + 0.0
            losses, scores = [None if one is None else one + 0.0 for one in judged[:2]], judged[2:]
            own = [score if metric is record.kind.metric else None for metric in metrics for score in scores]
            rows.append((iteration, place, (iteration, record.name, training_loss, *losses, *own)))
    return [row for _, _, row in sorted(rows, key=lambda entry: entry[:2])]


def curves_csv(records: Sequence[Record]) -> str:
    """The rows under a line of columns; a number reads back as exactly itself."""
    text = StringIO()
    table = writer(text, lineterminator="\n")
    table.writerow(columns(records))
    table.writerows(record_rows(records))
    return text.getvalue()


def write_curves(path: str | Path, records: Sequence[Record]) -> None:
    """Write the table whole or not at all; ExplorerError with the path and the reason if that cannot be done."""
    write_atomically(Path(path), curves_csv(records))
