"""Begin training with the weights of a file, and keep what was trained in one: `--from` and `--save`."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from msgspec.structs import replace

from explorer.cli.reading import is_document, session_of
from explorer.errors import ExplorerError
from explorer.files.atomic import check_writable
from explorer.files.weights.writing import write_weights
from explorer.graph.arrays import flat
from explorer.language import tr
from explorer.session.beginning import Beginning
from explorer.session.document import Document
from explorer.session.files import Opened, save_document
from explorer.session.loading import load
from explorer.session.runs.along import weights_along
from explorer.session.runs.run_book import RunBook
from explorer.session.runs.runs import named_parameters
from explorer.session.training_plan import plan_of, usual_name
from explorer.session.viewing import View
from explorer.session.weights import Weights, fit_of
from explorer.training.messages import Snapshots
from explorer.training.problem import architecture_of, sizes_of
from explorer.training.run import Run
from explorer.training.settings import SHOWN, RunSettings
from explorer.wording import listed

SUFFIXES = (".rnnx", ".npz", ".safetensors")


def beginning_with(path: Path, settings: RunSettings) -> Beginning:
    """The weights in a file, for a run to begin with; ExplorerError where they do not fit its network."""
    shapes = architecture_of(settings).shapes(sizes_of(settings))
    if is_document(path):
        found = dict(session_of(path).shown.trace.parameters)
    else:
        loading = load(path, _document([settings]))
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
        biases = not {*lacking} & {p.name for p in architecture_of(settings).without_biases().parameters}
        raise ExplorerError(
            f"{path.name} holds no {listed(lacking)}; {'give --no-biases, or ' if biases else ''}load it in the "
            "window, where the rest stays as it is, and save a .rnnx file."
        )
    if {name: array.shape for name, array in found.items()} != shapes:
        raise _other(path, settings)
    return Beginning(flat({name: found[name] for name in shapes}), 0, tr("weights of {file}", file=path.name))


def check_save(path: Path, runs: int) -> None:
    """Raise ExplorerError, before the training, where it could not be kept in this file."""
    if path.suffix.lower() not in SUFFIXES:
        raise ExplorerError(f"--save {path.name} names no kind of file that is known; choose {', '.join(SUFFIXES)}.")
    if runs > 1 and not is_document(path):
        raise ExplorerError(
            f"{path.name} holds the weights of one run; give one --feedback and one seed, or save a .rnnx file."
        )
    check_writable(path)


def saving(path: Path, runs: Sequence[Run], book: RunBook) -> Callable[[Path], object]:
    """What writes into a file, of the kind that `path` is of, what was trained.

    That is the weights of a single run alone, or a document as the window keeps it of such training. Its graph follows
    the first of those that were trained in the last way, and its plan is that by which all of them go on.
    """
    place = -len({run.settings.seed for run in runs})
    last = runs[place]
    if not is_document(path):
        return partial(
            write_weights, parameters=named_parameters(last.settings, last.theta), architecture=last.architecture
        )
    for index, (run, record) in enumerate(zip(runs, book.current, strict=True)):
        if run.iteration not in record.kept:
            book.take([Snapshots(index, np.array([run.iteration]), run.weights[np.newaxis])])
        if (standing := run.standing) is not None:
            book.take([replace(standing, run=index)])
        record.settings = replace(record.settings, name=usual_name(record.settings))
    book.stop()
    book.name()
    document = _document([run.settings for run in runs])
    id, origin = book.current[place].id, book.current[place].origin
    weights, before = weights_along(book, id, last.iteration), None
    if isinstance(origin, Beginning):
        before = Weights(named_parameters(last.settings, origin.theta), origin.said, fit_of(document))
    view = View(run=id, travel=(id, last.iteration), follow=True)
    return partial(save_document, Opened(document, weights, view, before, book.records, book.current))


def _document(settings: Sequence[RunSettings]) -> Document:
    """What runs are of, as far as it can be shown step by step, and how they are trained; fed back as in the last."""
    last = settings[-1]
    modes = tuple(dict.fromkeys(one.feedback for one in settings if one.feedback is not None))
    seeds = {one.seed for one in settings}
    return Document(
        network=last.network,
        task=last.task,
        length=int(min(last.length, SHOWN["length"])),
        seed=int(min(*seeds, SHOWN["seed"])),
        feedback=last.feedback,
        plan=replace(plan_of(last), modes=modes, seeds=len(seeds)),
    )


def _other(path: Path, settings: RunSettings) -> ExplorerError:
    return ExplorerError(
        f"The weights in {path.name} are not those of {architecture_of(settings).title} with "
        f"{settings.network.hidden} hidden units on this task; give --architecture, --task and --hidden as they were."
    )
