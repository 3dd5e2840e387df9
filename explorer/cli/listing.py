"""The command `list`: what there is to choose from, for people and as JSON."""

import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from itertools import groupby

import msgspec

from explorer.architectures import by_group, own_mistakes
from explorer.cli.parsers import one_line
from explorer.graph.activations import ACTIVATIONS
from explorer.graph.architecture import Architecture
from explorer.graph.feedback import FEEDBACKS, FREE_RUNNING, SHORT_NAMES
from explorer.graph.output import OUTPUTS, OutputKind
from explorer.language import tr
from explorer.tasks import Task, get_task, task_ids
from explorer.training.matching import untrainable
from explorer.wording import in_book

Entry = Mapping[str, object]
Group = Sequence[Entry]
HEADINGS = {
    "architectures": tr("Architectures"),
    "tasks": tr("Tasks"),
    "activations": tr("Activations"),
    "feedback": tr("Feedback"),
    "outputs": tr("Outputs"),
}


def listing(options: Namespace) -> int:
    """Print architectures, tasks, activations, feedback modes and outputs.

    On standard error, what is wrong with networks of one's own that are left out.
    """
    for mistake in own_mistakes():
        print(one_line(f"rnn-explorer: {mistake}"), file=sys.stderr)
    groups = everything()
    if options.json:
        # As bytes: JSON is UTF-8, whatever the terminal speaks.
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(groups), indent=2) + b"\n")
        return 0
    for title, entries in groups.items():
        print(HEADINGS[title])
        width = max(len(str(entry["id"])) for entry in entries)
        for group, grouped in groupby(entries, lambda entry: entry.get("group")):
            if group is not None:
                print(f"  {group}")
            for entry in grouped:
                print(f"{'  ' if group is None else '    '}{entry['id']!s:{width}}  {entry['about']}".rstrip())
        print()
    return 0


def everything() -> dict[str, Group]:
    """All names a command takes, each with a sentence about it."""
    return {
        "architectures": [_of_architecture(each) for found in by_group().values() for each in found],
        "tasks": [_of_task(id, get_task(id)) for id in task_ids()],
        "activations": [{"id": id, "about": f"h(t) = {id}(a(t))"} for id in ACTIVATIONS],
        "feedback": [
            *[{"id": f.id, "about": tr("feeds back the {signal}", signal=f.title)} for f in FEEDBACKS.values()],
            *[{"id": short, "about": tr("short for {full}", full=full)} for short, full in SHORT_NAMES.items()],
        ],
        "outputs": [_of_output(id, kind) for id, kind in OUTPUTS.items()],
    }


def _of_architecture(a: Architecture) -> Entry:
    return {
        "id": a.id,
        "about": f"{a.cited}: {a.lesson}" if a.cited else a.lesson,
        "figure": a.figure,
        "group": a.group,
        "takes_feedback": a.takes_feedback,
        "output": None if a.output is None else a.output.kind.id,
        "parameters": [p.name for p in a.parameters],
        "options": [{"name": c.name, "default": c.default, "help": c.help} for c in a.choices.values()],
        "tasks": [id for id in task_ids() if not untrainable(a, get_task(id))],
    }


def _of_task(id: str, task: Task) -> Entry:
    return {
        "id": id,
        "about": task.lesson,
        "networks": task.networks,
        "one_output": task.one_output,
        "n_x": task.n_x,
        "n_y": task.n_y,
        "inputs": task.input_kind,
        "input_units": task.input_units,
        "targets": task.target,
        "output_units": task.output_units,
        "default_length": task.default_length,
        "chance_loss": task.chance_loss(task.default_length),
        "options": [{"name": o.name, "kind": o.kind, "default": o.default, "help": o.help} for o in task.options()],
    }


def _of_output(id: str, kind: OutputKind) -> Entry:
    return {
        "id": id,
        "about": tr(
            "{title}, {cited}: targets are {targets}, loss in {unit}; the targets of a task decide, and a case can ask "
            "for it",
            title=kind.title,
            cited=in_book(kind.loss_cited),
            targets=kind.target.called,
            unit=kind.unit,
        ),
        "targets": kind.target,
        "unit": kind.unit,
        "metric": kind.metric.title.lower(),
        "feedback": [FREE_RUNNING[own].id for own in kind.own],
    }
