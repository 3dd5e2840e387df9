"""Take the weights that a run had along the way: `weights_along`; and say of those in a file where they are from."""

from collections.abc import Iterable

from msgspec.structs import replace

from explorer.errors import ExplorerError
from explorer.language import tr
from explorer.session.runs.run_book import RunBook
from explorer.session.runs.runs import RunRecord
from explorer.session.weights import Weights, fit_of


def weights_along(book: RunBook, run: int, iteration: int) -> Weights:
    """The weights of a run, by its id, at the kept iteration nearest to this; ExplorerError if there are none."""
    record = book.find(run)
    found = record.weights(iteration)
    if found is None:
        raise ExplorerError("No weights of {record} are kept; train it further.", record=record.name)
    kept, parameters = found
    origin = _origin(record, kept)
    return Weights(parameters, origin, fit_of(record.settings), record.edits, kept, run=record.name)


def said_anew(weights: Weights, runs: Iterable[RunRecord], at: tuple[int, int]) -> Weights:
    """Weights from a file, along the run and at the iteration `at`, said in the language of this window."""
    record = next((run for run in runs if run.id == at[0]), None)
    if record is None or weights.iteration != at[1]:
        return weights
    return replace(weights, origin=_origin(record, at[1]), run=record.name)


def _origin(record: RunRecord, iteration: int) -> str:
    return tr("weights of {record}, iteration {kept:,}", record=record.name, kept=iteration)
