"""Put right what no longer goes together in a document of which some settings were changed."""

from msgspec.structs import replace

from explorer.architectures import architectures, get_architecture
from explorer.errors import ExplorerError
from explorer.graph.feedback import FEEDBACKS
from explorer.session.document import Document
from explorer.tasks import get_task, task_ids
from explorer.training.matching import mismatch


def fitted(document: Document, changed: set[str]) -> Document:
    """The document with what does not go with its changed fields put right."""
    architecture = get_architecture(document.architecture)
    if "task" in changed:
        options = document.task_options if "task_options" in changed else {}
        task = get_task(document.task, **options)
        if "architecture" not in changed and mismatch(architecture, task):
            document = replace(document, architecture=_first_network(task_id=document.task, options=options))
            architecture = get_architecture(document.architecture)
        length = document.length if "length" in changed else max(document.length, task.shortest_length)
        document = replace(document, task_options=options, length=length)
    elif mismatch(architecture, get_task(document.task, **document.task_options)):
        document = replace(document, task=_first_task(document.architecture), task_options={})
    if "length" not in changed:
        task = get_task(document.task, **document.task_options)
        document = replace(document, length=max(document.length, task.shortest_length))
    if not architecture.takes_feedback:
        document = replace(document, feedback=None)
    elif document.feedback is None:
        document = replace(document, feedback=next(iter(FEEDBACKS)))
    return document


def _first_task(id: str) -> str:
    architecture = get_architecture(id)
    found = next((task for task in task_ids() if not mismatch(architecture, get_task(task))), None)
    if found is None:
        why = mismatch(architecture, get_task(task_ids()[0]))
        raise ExplorerError(f"No task goes with {architecture.title}. {why}")
    return found


def _first_network(task_id: str, options: dict[str, int | str]) -> str:
    task = get_task(task_id, **options)
    return next(id for id, architecture in architectures().items() if not mismatch(architecture, task))
