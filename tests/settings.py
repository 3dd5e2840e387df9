"""Write settings flat, as on the command line: `a_document("gru", "delayed_echo", task_options={"k": 2}, hidden=3)`."""

from typing import Any, TypeVar

from msgspec import Struct

from explorer.graph.architecture import Architecture
from explorer.session.document import Document
from explorer.session.training_plan import Plan
from explorer.tasks import get_task, task_ids
from explorer.training import settings
from explorer.training.matching import mismatch
from explorer.training.settings import Problem, RunSettings, TaskSettings

S = TypeVar("S", bound=Struct)


def changed(tree: S, **fields: Any) -> S:
    """The settings with these changed, wherever they stand; `task` and `task_options` may be given one by one."""
    if isinstance(fields.get("task"), str) or "task_options" in fields:
        assert isinstance(tree, Problem)
        id, options = fields.get("task", tree.task.id), fields.pop("task_options", {} if "task" in fields else None)
        fields["task"] = TaskSettings(id, tree.task.options if options is None else options)
    return settings.changed(tree, **fields)


FOUR = ("hidden_to_hidden", "output_to_hidden", "sequence_to_one", "hidden_and_output")
"""The networks of the first lessons, for tests of what does not differ from network to network."""


def task_of(architecture: Architecture) -> str:
    """The first task that goes with a network, if one does."""
    return next((id for id in task_ids() if mismatch(architecture, get_task(id)) is None), "running_parity")


def a_problem(architecture: str = "output_to_hidden", task: str = "running_parity", **fields: Any) -> Problem:
    return changed(Problem(), architecture=architecture, task=task, **fields)


def a_document(architecture: str = "output_to_hidden", task: str = "running_parity", **fields: Any) -> Document:
    return changed(Document(), architecture=architecture, task=task, **fields)


def some_settings(architecture: str = "output_to_hidden", task: str = "running_parity", **fields: Any) -> RunSettings:
    return changed(RunSettings(), architecture=architecture, task=task, **fields)


def a_plan(modes: tuple[str, ...] = Plan().modes, **fields: Any) -> Plan:
    return changed(Plan(modes), **fields)


def flat(tree: Struct) -> dict[str, Any]:
    """Every setting by its name; of two of one name the one nearer to the root."""
    found: dict[str, Any] = {}
    for name in tree.__struct_fields__:
        value = getattr(tree, name)
        found = (flat(value) | found) if isinstance(value, Struct) else found | {name: value}
    return found


def differing(one: Struct, other: Struct) -> set[str]:
    """The names of the settings in which two differ."""
    return {name for name, value in flat(one).items() if value != flat(other)[name]}
