"""The command `train`: train one network in one or more ways, show progress, then a table; write the curves."""

import sys
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from tqdm import tqdm

from explorer.architectures import get_architecture
from explorer.errors import ExplorerError, suggest
from explorer.export.curves import curve_rows, write_curves
from explorer.graph.feedback import get_feedback, why_no_feedback
from explorer.tasks import Task, get_task, task_options
from explorer.tasks.text_file import read_text
from explorer.training.loop import train as lock_step
from explorer.training.messages import Diverged, Evaluated, Message, Points, Rate
from explorer.training.run import Run
from explorer.training.settings import RunSettings, validated


def train(options: Namespace) -> int:
    """Train all runs in lock-step; a run that diverges stops alone and is named in the table."""
    settings = run_settings(options)
    runs = [Run(s) for s in settings]
    architecture = get_architecture(options.architecture)
    if not architecture.takes_feedback:
        print(why_no_feedback(architecture), file=sys.stderr)
    messages = list(_with_progress(runs, options.iterations))
    names = [s.name for s in settings]
    if options.csv:
        write_curves(Path(options.csv), curve_rows(names, messages))
    print(summary(names, runs[0].task, options.length or settings[0].length, messages))
    return 0


def run_settings(options: Namespace) -> tuple[RunSettings, ...]:
    """The validated settings of every run asked for; by default teacher forcing and free running, where they apply."""
    architecture = get_architecture(options.architecture)
    task_settings = _task_settings(options)
    task = get_task(options.task, **task_settings)
    feedbacks: list[str | None] = list(options.feedback or [])
    if not feedbacks:
        feedbacks = ["teacher_forcing", "free_running"] if architecture.takes_feedback else [None]
    if len(set(feedbacks)) < len(feedbacks):
        raise ExplorerError("The same --feedback is given twice; each run needs one of its own.")
    for feedback in feedbacks:
        if feedback is not None:
            get_feedback(feedback)
    return tuple(
        validated(
            RunSettings(
                name=feedback or "plain",
                architecture=architecture.id,
                task=task.id,
                task_options=task_settings,
                feedback=feedback,
                activation=options.activation,
                hidden=options.hidden,
                length=task.default_length if options.length is None else options.length,
                batch=options.batch,
                iterations=options.iterations,
                optimizer=options.optimizer,
                learning_rate=options.lr,
                clip_norm=options.clip,
                seed=options.seed,
                evaluate_every=options.evaluate_every,
            )
        )
        for feedback in feedbacks
    )


def _task_settings(options: Namespace) -> dict[str, int | str]:
    known = {option.name: option for option in task_options(options.task)}
    found: dict[str, int | str] = {}
    for given in options.option:
        name, equals, value = given.partition("=")
        if not equals:
            raise ExplorerError(f"--option {given!r} is not NAME=VALUE, such as k=3.")
        if name not in known:
            raise suggest(name, known, f"option of task {options.task}")
        if known[name].kind == "int":
            try:
                found[name] = int(value)
            except ValueError as error:
                raise ExplorerError(f"Option {name} must be a whole number, not {value!r}.") from error
        else:
            found[name] = value
    if options.text is not None:
        if "text" not in known:
            raise ExplorerError(f"Task {options.task} learns no text; --text goes with next_symbol.")
        found["text"] = read_text(Path(options.text))
    return found


def _with_progress(runs: list[Run], iterations: int) -> Iterable[Message]:
    """All messages of the training, with a bar on standard error that counts iterations."""
    with tqdm(total=iterations, unit="it", file=sys.stderr, disable=None) as bar:
        for messages in lock_step(runs):
            done = max((int(m.iterations[-1]) for m in messages if isinstance(m, Points)), default=bar.n)
            bar.update(max(0, done - bar.n))
            yield from messages


def summary(names: list[str], task: Task, length: int, messages: Iterable[Message]) -> str:
    """The final state of each run as a table, and what went wrong in a sentence."""
    last: dict[int, Evaluated] = {}
    points: dict[int, Points] = {}
    diverged: dict[int, Diverged] = {}
    rates: tuple[float, ...] = ()
    for message in messages:
        match message:
            case Evaluated(run):
                last[run] = message
            case Points(run):
                points[run] = message
            case Diverged(run):
                diverged[run] = message
            case Rate(_, rates):
                pass
    width = max(len(name) for name in ["run", *names])
    header = f"{'run':{width}}  iterations  training loss  " + (
        "fed targets: loss  accuracy  own output: loss  accuracy  iterations/s"
    )
    lines = [header]
    for run, name in enumerate(names):
        done = int(points[run].iterations[-1]) if run in points else 0
        training = f"{points[run].training_loss[-1]:.4f}" if run in points else "-"
        row = f"{name:{width}}  {done:10d}  {training:>13}  "
        if run in last:
            judged = last[run].evaluation
            row += f"{judged.open_loop.loss:17.4f}  {judged.open_loop.accuracy:8.1%}  "
            row += f"{judged.closed_loop.loss:16.4f}  {judged.closed_loop.accuracy:8.1%}  "
        else:
            row += f"{'-':>17}  {'-':>8}  {'-':>16}  {'-':>8}  "
        row += f"{rates[run]:12.0f}" if run < len(rates) else f"{'-':>12}"
        lines.append(row)
    lines.append(f"Losses are in nats per predicted step; guessing scores {task.chance_loss(length):.4f}.")
    lines += [f"{names[run]}: {d.divergence.sentence} {d.divergence.remedy}" for run, d in diverged.items()]
    return "\n".join(lines)


