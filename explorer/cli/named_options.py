"""Read what `--option NAME=VALUE` and a file of text say: options of the task, and choices of the network."""

from argparse import Namespace
from pathlib import Path

from explorer.architectures import get_architecture
from explorer.errors import ExplorerError, suggest
from explorer.graph.adjustable import Adjustable, Chosen
from explorer.reading.number import read_within
from explorer.session.document import Document
from explorer.session.fitted import fitted
from explorer.tasks import task_options
from explorer.tasks.options import Option
from explorer.tasks.text_file import read_text
from explorer.training.settings import TaskSettings, changed

SWITCHED = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}
"""What can be said of a choice that is yes or no."""


def network_id(options: Namespace) -> str:
    """The network that is asked for, else the one that the window would open the task with."""
    if options.architecture is not None:
        return get_architecture(options.architecture).id
    before = Document()
    after = before if options.task is None else fitted(before, changed(before, task=TaskSettings(options.task)))
    return after.network.architecture


def task_and_choices(options: Namespace, text: str | None = None) -> tuple[TaskSettings | None, dict[str, Chosen]]:
    """The task that is asked for with its options, and choices of the network; ExplorerError for what neither has.

    `text`: the name of a file with the text that the task is to learn.
    """
    network = network_id(options)
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
    if text is not None:
        if "text" not in known:
            raise ExplorerError(f"Task {options.task} learns no text; --text goes with next_symbol.")
        if "text" in of_task:
            raise ExplorerError("The text is given twice, by --option and by --text; leave one of them out.")
        of_task["text"] = read_text(Path(text))
    return None if options.task is None else TaskSettings(options.task, of_task), of_network


def _whole(name: str, value: str) -> int:
    try:
        return int(value)
    except ValueError as error:
        raise ExplorerError(f"Option {name} must be a whole number, not {value!r}.") from error


def _chosen(choice: Adjustable, value: str) -> Chosen:
    if not choice.switch:
        try:
            return read_within(value, choice.bounds)
        except ExplorerError as error:
            raise ExplorerError(f"Option {choice.name}: {error}") from error
    if value.lower() not in SWITCHED:
        raise ExplorerError(f"Option {choice.name} is yes or no, not {value!r}.")
    return SWITCHED[value.lower()]
