"""Read what `--option NAME=VALUE` and files say: options of the task, and choices of the network."""

from argparse import Namespace
from collections.abc import Mapping

from explorer.architectures import get_architecture
from explorer.cli.words import SWITCHED
from explorer.errors import ExplorerError, suggest
from explorer.graph.adjustable import Adjustable, Chosen
from explorer.reading.number import read_whole, read_within
from explorer.session.document import Document
from explorer.session.fitted import fitted
from explorer.tasks import task_options
from explorer.tasks.options import Option
from explorer.training.settings import TaskSettings, changed


def network_id(options: Namespace, files: Mapping[str, str] = {}) -> str:
    """The network that is asked for, else the one that the window would open the task with."""
    if options.architecture is not None:
        return get_architecture(options.architecture).id
    before = Document()
    after = (
        before if options.task is None else fitted(before, changed(before, task=TaskSettings(options.task, {**files})))
    )
    return after.network.architecture


def task_and_choices(
    options: Namespace, files: Mapping[str, str] = {}
) -> tuple[TaskSettings | None, dict[str, Chosen]]:
    """The task that is asked for with its options, and choices of the network; ExplorerError for what neither has.

    `files`: what `read_files` has found for options of the task.
    """
    network = network_id(options, files)
    of_the_task = () if options.task is None else task_options(options.task)
    known: dict[str, Option | Adjustable] = {
        **get_architecture(network).choices,
        **{option.name: option for option in of_the_task},
    }
    of_task: dict[str, int | str] = {}
    of_network: dict[str, Chosen] = {}
    for said in options.option:
        name, equals, value = said.partition("=")
        if not equals:
            raise ExplorerError(f"--option {said!r} is not NAME=VALUE, such as k=3.")
        if name not in known:
            raise suggest(
                name, known, f"option of {network}" + (f" and of task {options.task}" if options.task else "")
            )
        if name in of_task or name in of_network:
            raise ExplorerError(f"Option {name} is given twice; leave one of them out.")
        found = known[name]
        if isinstance(found, Adjustable):
            of_network[name] = _chosen(found, value)
        else:
            of_task[name] = _whole(name, value) if found.kind == "int" else value
    for name, content in files.items():
        if name in of_task:
            raise ExplorerError(f"The {name} is given twice, by --option and by --{name}; leave one of them out.")
        of_task[name] = content
    return None if options.task is None else TaskSettings(options.task, of_task), of_network


def _whole(name: str, value: str) -> int:
    try:
        return read_whole(value)
    except ExplorerError as error:
        raise ExplorerError(f"Option {name}: {error}") from error


def _chosen(choice: Adjustable, value: str) -> Chosen:
    if not choice.switch:
        try:
            return read_within(value, choice.bounds)
        except ExplorerError as error:
            raise ExplorerError(f"Option {choice.name}: {error}") from error
    if value.lower() not in SWITCHED:
        raise ExplorerError(f"Option {choice.name} is yes or no, not {value!r}.")
    return SWITCHED[value.lower()]
