"""Put right what no longer goes together in a document of which some settings were changed."""

from collections.abc import Collection

from msgspec.structs import replace

from explorer.architectures import architectures, get_architecture
from explorer.errors import ExplorerError
from explorer.graph.feedback import FEEDBACKS, get_feedback, suited
from explorer.session.document import Document
from explorer.tasks import get_task, task_ids
from explorer.training.matching import mismatch, untrainable
from explorer.training.meaning import shows
from explorer.training.problem import architecture_of, task_of
from explorer.training.settings import TaskSettings, changed


def fitted(before: Document, document: Document, asked: Collection[str] = ()) -> Document:
    """The document with what does not go with its changes put right, as far as that has not been changed itself.

    `asked` names settings that were asked for, also where they are as before.
    """
    choices = get_architecture(document.network.architecture).choices
    kept = {name: value for name, value in document.network.choices.items() if name in choices}
    document = _with_its_output(before, changed(document, choices=kept))
    task = task_of(document)
    if mismatch(architecture_of(document), task):
        if document.task == before.task:
            document = replace(document, task=TaskSettings(_first_task(document)))
        elif document.network.architecture == before.network.architecture:
            document = changed(document, architecture=_first_network(document))
    elif _opens(before, document, asked) and not shows(architecture_of(document), task):
        document = changed(document, architecture=task.opens_with)
    document = _with_its_sequence(before, document)
    own = task_of(document).length_of(document.example)
    if own is not None:
        task = task_of(document)
        own = task.typed_length(task.typed(document.typed), own) if document.typed else own
        document = replace(document, length=own)
    if document.length == before.length:
        document = replace(document, length=max(document.length, task_of(document).shortest_length))
    if not architecture_of(document).takes_feedback:
        document = replace(document, feedback=None)
    elif document.feedback is None:
        document = replace(document, feedback=next(iter(FEEDBACKS)))
    elif document.feedback == before.feedback:
        output = architecture_of(document).output
        assert output is not None  # or nothing could be fed back
        document = replace(document, feedback=suited(get_feedback(document.feedback), output).id)
    return document


def _opens(before: Document, document: Document, asked: Collection[str]) -> bool:
    """Whether a task was chosen that is best met with a network of its own, and no network was."""
    if document.task.id == before.task.id or {"network", "architecture"} & {*asked} or not task_of(document).opens_with:
        return False
    return document.network.architecture == before.network.architecture


def _with_its_output(before: Document, document: Document) -> Document:
    """Other data whose targets are of another kind are put out as these are, not as was chosen for those before."""
    here, there = document.task.options, before.task.options
    if "output" not in here or here.get("data") == there.get("data") or here["output"] != there.get("output"):
        return document
    if task_of(document).target_kind is task_of(before).target_kind:
        return document
    options = {name: value for name, value in here.items() if name != "output"}
    return replace(document, task=replace(document.task, options=options))


def _with_its_sequence(before: Document, document: Document) -> Document:
    """A sequence newly typed brings its length; another example takes its place; another task may not know it.

    Of other data the first sequence is shown.
    """
    data = document.task.options.get("data")
    if data not in (None, before.task.options.get("data")) and document.example == before.example:
        document = replace(document, example=0)
    if not document.typed:
        return document
    task = task_of(document)
    if document.typed != before.typed:
        return replace(document, length=task.typed_length(task.typed(document.typed), document.length))
    if document.example != before.example:
        return replace(document, typed="")
    try:
        task.typed(document.typed)
    except ExplorerError:
        return replace(document, typed="")
    return document


def _first_network(document: Document) -> str:
    task = task_of(document)
    if task.opens_with:
        return task.opens_with
    found = next((id for id, network in architectures().items() if not untrainable(network, task)), None)
    if found is None:
        raise ExplorerError(
            "No network goes with '{task}'. {mismatch}",
            task=task.title,
            mismatch=mismatch(architecture_of(document), task),
        )
    return found


def _first_task(document: Document) -> str:
    """That which opens with the network, else the first that goes with it."""
    architecture = architecture_of(document)
    best_first = sorted(task_ids(), key=lambda id: get_task(id).opens_with != architecture.id)
    found = next((id for id in best_first if not mismatch(architecture, get_task(id))), None)
    if found is None:
        raise ExplorerError(
            "No task goes with {architecture}. {mismatch}",
            architecture=architecture.title,
            mismatch=mismatch(architecture, get_task(task_ids()[0])),
        )
    return found
