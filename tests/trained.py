"""Train runs to their end without a worker: `trained(plan_runs(problem, plan))`."""

from collections.abc import Sequence

from explorer.session.runs.run_book import RunBook
from explorer.training.loop import train
from explorer.training.run import Run
from explorer.training.settings import RunSettings


def trained(settings: Sequence[RunSettings]) -> RunBook:
    """A book that holds these runs with all that they told."""
    book = RunBook()
    book.start(settings)
    for messages in train([Run(one) for one in settings]):
        book.take(messages)
    return book
