"""Name a toy sequence task and get it: `task_ids`, `get_task`, `task_options`; each task is one file in here.

>>> import numpy as np
>>> task = get_task("delayed_echo", k=3)
>>> batch = task.batch(np.random.default_rng(1), T=12, B=32)
>>> batch.inputs["x"].shape, task.output_symbols
((12, 32, 2), ('a', 'b', '–'))
"""

from functools import cache
from types import ModuleType

from explorer.errors import ExplorerError, check_distinct, check_known
from explorer.language import tr
from explorer.registry import file_of, modules_of
from explorer.tasks.base import Task
from explorer.tasks.facts import Fact
from explorer.tasks.knowledge import all_known
from explorer.tasks.number_task import NumberTask
from explorer.tasks.options import Option
from explorer.tasks.symbol_task import SymbolTask
from explorer.tasks.text_file import read_text

__all__ = [
    "Fact",
    "NumberTask",
    "Option",
    "SymbolTask",
    "Task",
    "all_known",
    "get_task",
    "read_text",
    "task_ids",
    "task_options",
]


@cache
def _tasks() -> dict[str, type[Task]]:
    """Every class that a module of this package calls TASK, by id, in the order learners should meet them."""
    modules = tuple(modules_of(__name__, __path__))
    for module in modules:
        _check_named(module)
    found: list[type[Task]] = [module.TASK for module in modules if hasattr(module, "TASK")]
    check_distinct((task.id for task in found), tr("task"))
    return {task.id: task for task in sorted(found, key=lambda task: (task.order, task.id))}


def _check_named(module: ModuleType) -> None:
    """Raise ExplorerError for a module that has a task in it, with an id, and does not call it TASK."""
    own = (thing for thing in vars(module).values() if isinstance(thing, type) and thing.__module__ == module.__name__)
    tasks = [thing.__name__ for thing in own if issubclass(thing, Task) and "id" in vars(thing)]
    named = getattr(module, "TASK", None)
    if tasks and not (isinstance(named, type) and issubclass(named, Task)):
        raise ExplorerError(
            "{file} has the task {tasks} in it but no TASK; end it with TASK = {tasks}.",
            file=file_of(module),
            tasks=tasks[-1],
        )


def task_ids() -> tuple[str, ...]:
    """Return the ids of all tasks, easiest first."""
    return tuple(_tasks())


def task_options(id: str) -> tuple[Option, ...]:
    """Return what can be chosen about the task called `id`; ExplorerError if there is none of that name."""
    return _named(id).options()


def get_task(id: str, /, **options: int | str) -> Task:
    """Return the task called `id`; options that are not given keep their default.

    `get_task(task.id, **task.settings())` is `task` again. Raises ExplorerError for an unknown task or option
    (the nearest name is suggested) and for a value outside an option's limits.
    """
    task = _named(id)
    if not options:
        return _usual(task)
    known = [option.name for option in task.options()]
    for name in options:
        check_known(name, known, tr("option of the task '{id}'", id=id))
    return task(**options)


@cache
def _usual(task: type[Task]) -> Task:
    """A task with the options that it has by itself: whatever looks through all tasks asks for these."""
    return task()


def _named(id: str) -> type[Task]:
    check_known(id, task_ids(), tr("task"))
    return _tasks()[id]
