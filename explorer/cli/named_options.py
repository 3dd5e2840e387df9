"""Read what `--option NAME=VALUE` and `--text FILE` say: options of the task, and choices of the network."""

from argparse import Namespace
from pathlib import Path

from explorer.architectures import get_architecture
from explorer.errors import ExplorerError, suggest
from explorer.graph.adjustable import Adjustable, Chosen
from explorer.reading.number import read_within
from explorer.tasks import task_options
from explorer.tasks.options import Option
from explorer.tasks.text_file import read_text
from explorer.training.settings import TaskSettings

SWITCHED = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}
"""What can be said of a choice that is yes or no."""


def task_and_choices(options: Namespace) -> tuple[TaskSettings, dict[str, Chosen]]:
    """The task with its options, and the choices of the network; ExplorerError for what neither of them has."""
    choices = get_architecture(options.architecture).choices
    known: dict[str, Option | Adjustable] = {
        **choices,
        **{option.name: option for option in task_options(options.task)},
    }
    of_task: dict[str, int | str] = {}
    of_network: dict[str, Chosen] = {}
    for said in options.option:
        name, equals, value = said.partition("=")
        if not equals:
            raise ExplorerError(f"--option {said!r} is not NAME=VALUE, such as k=3.")
        if name not in known:
            raise suggest(name, known, f"option of {options.architecture} and of task {options.task}")
        if name in of_task or name in of_network:
            raise ExplorerError(f"Option {name} is given twice; leave one of them out.")
        found = known[name]
        if isinstance(found, Adjustable):
            of_network[name] = _chosen(found, value)
        else:
            of_task[name] = _whole(name, value) if found.kind == "int" else value
    if options.text is not None:
        if "text" not in known:
            raise ExplorerError(f"Task {options.task} learns no text; --text goes with next_symbol.")
        if "text" in of_task:
            raise ExplorerError("The text is given twice, by --option and by --text; leave one of them out.")
        of_task["text"] = read_text(Path(options.text))
    return TaskSettings(options.task, of_task), of_network


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
