"""Make the fields of a file that an earlier version saved those of today's: `MIGRATIONS`, one from each version on."""

from collections.abc import Callable, Iterable
from typing import Any

from explorer.training.settings import NetworkSettings, TrainingSettings


def _take_the_rate_of_the_plan(fields: dict[str, Any]) -> None:
    """From version 0, in which the stepped update was plain descent with a rate of its own, 0.1 unless changed."""
    if fields.get("learning_rate") == 0.1:
        fields["learning_rate"] = None
    elif "learning_rate" in fields:
        fields["optimizer"] = "sgd"


def _gather_the_view(fields: dict[str, Any]) -> None:
    """From version 1, in which cursor and selection were all that was kept of how a document was looked at."""
    _gather(fields, "view", ("cursor", "selection"))


def _gather_the_settings(fields: dict[str, Any]) -> None:
    """From version 2, in which settings lay side by side: network and task, and in a plan those of the training."""
    _gather(fields, "network", NetworkSettings.__struct_fields__)
    if "task" in fields or "task_options" in fields:
        task = {"id": fields.pop("task", None), "options": fields.pop("task_options", None)}
        fields["task"] = {name: value for name, value in task.items() if value is not None}
    if isinstance(plan := fields.get("plan"), dict):
        _gather(plan, "training", TrainingSettings.__struct_fields__)


def _gather(fields: dict[str, Any], record: str, names: Iterable[str]) -> None:
    """Put these fields, as far as they are there, into a record of their own."""
    if found := {name: fields.pop(name) for name in names if name in fields}:
        fields[record] = found


def _only_more(fields: dict[str, Any]) -> None:
    """From versions 3 to 5, which had no runs and less of the view, nothing for runs to go on with, and no window."""


MIGRATIONS: tuple[Callable[[dict[str, Any]], None], ...] = (
    _take_the_rate_of_the_plan,
    _gather_the_view,
    _gather_the_settings,
    _only_more,
    _only_more,
    _only_more,
)
"""What makes the fields of a file of each version those of the next."""
