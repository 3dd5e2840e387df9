"""Begin training with the weights of a file, and keep what was trained in one: `--from` and `--save`."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from explorer.cli.reading import is_document, session_of
from explorer.errors import ExplorerError
from explorer.files.atomic import check_writable
from explorer.files.weights.writing import write_weights
from explorer.graph.arrays import Array
from explorer.session.document import Document
from explorer.session.files import Opened, save_document
from explorer.session.loading import load
from explorer.session.runs.run_book import RunBook
from explorer.session.runs.runs import named_parameters
from explorer.session.training_plan import plan_of
from explorer.session.weights import Weights, fit_of
from explorer.training.messages import Snapshot
from explorer.training.problem import architecture_of, sizes_of
from explorer.training.run import Run
from explorer.training.settings import SHOWN, RunSettings
from explorer.wording import listed

SUFFIXES = (".rnnx", ".npz", ".safetensors")


def first_theta(path: Path, settings: RunSettings) -> Array:
    """The weights in a file, flat, for a run; ExplorerError where they do not fit its network."""
    shapes = architecture_of(settings).shapes(sizes_of(settings))
    if is_document(path):
        found = dict(session_of(path).shown.trace.parameters)
    else:
        loading = load(path, _document(settings))
        network, asked = loading.document.network, settings.network
        if loading.document.task != settings.task:
            raise _other(path, settings)
        if (network.architecture, network.hidden) != (asked.architecture, asked.hidden):
            raise ExplorerError(
                f"The weights in {path.name} go into {loading.architecture.title} with {network.hidden} hidden units; "
                f"give --architecture {network.architecture} --hidden {network.hidden}."
            )
        try:
            found = loading.parameters
        except ExplorerError as error:
            raise ExplorerError(f"In {path.name}: {error} Load it in the window, and save a .rnnx file.") from error
    if lacking := [name for name in shapes if name not in found]:
        raise ExplorerError(
            f"{path.name} holds no {listed(lacking)}; load it in the window, where the rest stays as it is, and save a "
            ".rnnx file."
        )
    if {name: array.shape for name, array in found.items()} != shapes:
        raise _other(path, settings)
    return np.concatenate([found[name].reshape(-1) for name in shapes])


def check_save(path: Path, runs: int) -> None:
    """Raise ExplorerError, before the training, where it could not be kept in this file."""
    if path.suffix.lower() not in SUFFIXES:
        raise ExplorerError(f"--save {path.name} names no kind of file that is known; choose {', '.join(SUFFIXES)}.")
    if runs > 1 and not is_document(path):
        raise ExplorerError(f"{path.name} holds the weights of one run; give one --feedback, or save a .rnnx file.")
    check_writable(path)


def save_runs(path: Path, runs: Sequence[Run], book: RunBook) -> None:
    """Write what was trained: a document with all runs, which shows the weights of the last, or its weights alone."""
    last = runs[-1]
    if not is_document(path):
        write_weights(path, named_parameters(last.settings, last.theta), last.architecture)
        return
    for index, (run, record) in enumerate(zip(runs, book.current, strict=True)):
        if run.iteration not in record.kept:
            book.take([Snapshot(index, run.iteration, run.theta.copy())])
    book.stop()
    document = _document(last.settings)
    origin = f"{last.settings.name}, iteration {last.iteration:,}"
    weights = Weights(named_parameters(last.settings, last.theta), origin, fit_of(document), iteration=last.iteration)
    save_document(Opened(document, weights, runs=book.records, current=book.current), path)


def _document(settings: RunSettings) -> Document:
    """What a run is of, as far as it can be shown step by step."""
    return Document(
        network=settings.network,
        task=settings.task,
        length=int(min(settings.length, SHOWN["length"])),
        seed=int(min(settings.seed, SHOWN["seed"])),
        feedback=settings.feedback,
        plan=plan_of(settings),
    )


def _other(path: Path, settings: RunSettings) -> ExplorerError:
    return ExplorerError(
        f"The weights in {path.name} are not those of {architecture_of(settings).title} with "
        f"{settings.network.hidden} hidden units on this task; give --architecture, --task and --hidden as they were."
    )
