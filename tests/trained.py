"""Train runs without a worker: to their end, `trained(plan_runs(problem, plan))`, or from stop to stop."""

from collections.abc import Sequence

from explorer.session.runs.run_book import RunBook
from explorer.session.runs.runs import RunRecord
from explorer.training.loop import train
from explorer.training.run import Run
from explorer.training.settings import RunSettings
from tests.training.small import snapshot


def trained(settings: Sequence[RunSettings]) -> RunBook:
    """A book that holds these runs with all that they told."""
    book = RunBook()
    book.start(settings)
    for messages in train([Run(one) for one in settings]):
        book.take(messages)
    return book


def kept(run: Run, *stops: int) -> RunRecord:
    """The run, trained up to each stop, with the weights at all of them kept."""
    record = RunRecord(0, run.settings)
    for stop in stops:
        go_on(run, record, stop)
    return record


def go_on(run: Run, record: RunRecord, stop: int) -> None:
    """Train a run on up to an iteration, and keep its weights there."""
    while run.iteration < stop:
        run.step()
    record.iteration = stop
    record.take(snapshot(0, stop, run.theta))
