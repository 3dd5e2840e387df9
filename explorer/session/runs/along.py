"""Take the weights that a run had along the way: `weights_along`."""

from explorer.errors import ExplorerError
from explorer.language import tr
from explorer.session.runs.run_book import RunBook
from explorer.session.weights import Weights, fit_of


def weights_along(book: RunBook, run: int, iteration: int) -> Weights:
    """The weights of a run, by its id, at the kept iteration nearest to this; ExplorerError if there are none."""
    record = book.find(run)
    found = record.weights(iteration)
    if found is None:
        raise ExplorerError("No weights of {record} are kept; train it further.", record=record.name)
    kept, parameters = found
    origin = tr("weights of {record}, iteration {kept:,}", record=record.name, kept=kept)
    return Weights(parameters, origin, fit_of(record.settings), record.edits, kept, run=record.name)
