"""The command `train`: train one network in one or more ways, show progress, then a table; write the curves."""

import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
from msgspec.structs import replace
from tqdm import tqdm

from explorer.architectures import get_architecture
from explorer.cli.interrupt import noting_ctrl_c
from explorer.cli.kept_weights import beginning_with, check_save, saving
from explorer.cli.named_options import network_id, task_and_choices
from explorer.cli.options import given
from explorer.cli.own_data import read_files
from explorer.cli.rescue import write_or_rescue
from explorer.cli.schedule import schedule
from explorer.errors import ExplorerError
from explorer.files.atomic import check_writable
from explorer.files.curves import write_curves
from explorer.graph.feedback import get_feedback, why_no_feedback
from explorer.graph.metric import Metric
from explorer.reading.file import STANDARD
from explorer.session.runs.run_book import RunBook
from explorer.session.training_plan import Plan, check_plan, how_trained
from explorer.tasks import get_task
from explorer.training.loop import train as lock_step
from explorer.training.meaning import about_feedback, why_not
from explorer.training.messages import Diverged, Evaluated, Finished, Message, Points, Rate, Snapshots
from explorer.training.record import Measure, Record
from explorer.training.run import Run
from explorer.training.settings import RunSettings, changed
from explorer.training.validation import check_together, own_loop, validated

BOTH = ("teacher_forcing", "free_running_yhat")
"""What is compared unless something else is asked for."""

JUDGED = {
    "fed targets": (Measure.OPEN_LOSS, Measure.OPEN_SCORE),
    "fed its own output": (Measure.CLOSED_LOSS, Measure.CLOSED_SCORE),
}
"""What the table shows of the last judgement, in both modes."""

PLAIN = {"": JUDGED["fed targets"]}
"""And of a network that is fed nothing back: there is but one mode."""


def train(options: Namespace) -> int:
    """Train all runs in lock-step; a run that diverges stops alone and is named in the table.

    Ctrl+C ends the training, not the command: the table and the CSV of what was done are kept. The exit status is 2
    where something could not be written where it was asked for.
    """
    settings = run_settings(options)
    path = None if options.csv is None else Path(options.csv)
    if path is not None:
        check_writable(path)  # now, not after minutes of training
    save = None if options.save is None else Path(options.save)
    if save is not None:
        check_save(save, len(settings))
    origin = None if options.start is None else beginning_with(Path(options.start), settings[0])
    runs = [Run(s, None if origin is None else origin.theta) for s in settings]
    if said := how_trained(settings[0]) or about_feedback(runs[0].architecture, runs[0].task):
        print(said, file=sys.stderr)
    said_to = sys.stderr if path == STANDARD else sys.stdout  # where the CSV is, nothing else is
    book = RunBook()
    records = book.start([run.settings for run in runs], origin=origin)
    written = True
    with noting_ctrl_c() as pressed:
        rates = _trained(runs, records, pressed)
        try:
            chance = runs[0].task.chance_loss(settings[0].length)
            loop = own_loop(settings[0])
            output = runs[0].architecture.output
            signal = None if loop is None else loop.signal
            own = None if signal is None or output is None else signal.words(output)
            print(summary(records, rates, chance, own), flush=True, file=said_to)
            if pressed():
                done = max(run.iteration for run in runs)
                print(
                    f"Stopped after {done} of {settings[0].training.iterations} iterations.", flush=True, file=said_to
                )
        finally:  # also where nobody reads the table any more
            if path is not None:
                written &= write_or_rescue(path, lambda to: write_curves(to, records))
            if save is not None:  # after the CSV, for it calls the runs what the window does
                written &= write_or_rescue(save, saving(save, runs, book))
    if pressed():
        raise KeyboardInterrupt  # all is kept; the exit status is that of a program that was stopped
    return 0 if written else 2


def run_settings(options: Namespace) -> tuple[RunSettings, ...]:
    """The validated settings of every run asked for; by default teacher forcing and free running, where they apply."""
    files = read_files(options)
    architecture = get_architecture(network_id(options, files))
    task_settings, choices = task_and_choices(options, files)
    assert task_settings is not None  # the command asks for one
    task = get_task(task_settings.id, **task_settings.options)
    named = [get_feedback(name).id for name in options.feedback or []]
    if len(set(named)) < len(named):
        raise ExplorerError("The same --feedback is given twice; each run needs one of its own.")
    asked = given(options)
    if options.truncate is not None:
        asked["truncate"] = _two_steps(options.truncate)
    if options.schedule is not None:
        asked["schedule"] = schedule(options.schedule)
    usual = RunSettings(task=task_settings, length=task.default_length)
    run = changed(usual, architecture=architecture.id, choices=choices, **asked)
    # A network without output feedback is trained the plain way, and `train` says why.
    feedbacks = (options.feedback or BOTH) if architecture.takes_feedback else [None]
    for name in asked:
        why = why_not(name, architecture, run.training, feedbacks, task)
        if why and why != why_no_feedback(architecture):
            raise ExplorerError(why)
    check_plan(Plan(seeds=options.seeds))
    seeds = [run.seed + place for place in range(options.seeds)]
    runs = tuple(validated(replace(run, feedback=mode, seed=seed)) for mode in feedbacks for seed in seeds)
    check_together(runs)
    return runs


def _two_steps(text: str) -> tuple[int, int]:
    first, comma, second = text.partition(",")
    try:
        if comma:
            return int(first), int(second)
    except ValueError:
        pass
    raise ExplorerError(f"--truncate {text!r} is not K1,K2, two numbers of steps such as 10,20.")


def _trained(runs: Sequence[Run], records: Sequence[Record], stop: Callable[[], bool]) -> tuple[float, ...]:
    """Train to the end, or until `stop` or Ctrl+C, noting everything, with a bar on standard error.

    Returns the iterations per second of each run, by its own computing time; nothing if that was too short to tell.
    """
    rates: tuple[float, ...] = ()

    def note(messages: Iterable[Message]) -> None:
        nonlocal rates
        for message in messages:
            match message:
                case Points() | Evaluated() | Diverged() | Snapshots() | Finished():
                    records[message.run].take(message)
                case Rate(_, found):
                    rates = found

    # disable=None: a bar only where somebody watches it, not in a log file
    bar = tqdm(total=runs[0].settings.training.iterations, unit="it", file=sys.stderr, disable=None)
    with bar, suppress(KeyboardInterrupt):  # the latter for whom `stop` is not quick enough
        for messages in lock_step(runs):
            note(messages)
            bar.update(max(0, max(run.iteration for run in runs) - bar.n))
            if stop():
                note(_judged(runs))
                break
    return rates


def _judged(runs: Sequence[Run]) -> Iterator[Evaluated]:
    """The last judgement of runs that were stopped on the way, as they would have had it at their end."""
    with np.errstate(all="ignore"):
        for index, run in enumerate(runs):
            every = run.settings.training.evaluate_every
            judged = run.iteration == run.settings.training.iterations or (every and run.iteration % every == 0)
            if every and not judged and not run.diverged:
                yield Evaluated(index, run.iteration, run.evaluate())


def summary(records: Sequence[Record], rates: Sequence[float], chance: float, own: str | None) -> str:
    """The final state of each run as a table, and what went wrong in a sentence.

    rates: iterations per second of each run, empty if not known. chance: the loss of guessing, per predicted
    step. own: what a network judged on its own output is fed; None if nothing is fed back.
    """
    judged, kind = JUDGED if own else PLAIN, records[0].kind
    width = max(len(record.name) for record in records)

    def line(name: str, iterations: str, training: str, modes: Iterable[str], rate: str) -> str:
        return "  ".join((f"{name:{width}}", f"{iterations:>10}", f"{training:>8}", *modes, f"{rate:>10}"))

    names = (f"{name:>18}" for name in judged)
    headings = (f"{'loss':>8}  {kind.metric.short:>8}" for _ in judged)
    lines = [line("", "", "", names, "iterations"), line("run", "iterations", "training", headings, "per second")]
    for place, record in enumerate(records):
        updates = len(record.training)
        modes = (
            f"{_loss(record.latest(loss)):>8}  {_score(record.latest(score), kind.metric):>8}"
            for loss, score in judged.values()
        )
        training = _loss(record.training.at(updates))
        lines.append(line(record.name, str(updates), training, modes, f"{rates[place]:.0f}" if rates else "-"))
    lines.append(f"Losses are in {kind.unit} per predicted step; guessing scores {chance:.4f}.")
    if own:
        lines.append(f"Its own output is, for every run and whatever it was trained on, the {own}.")
    diverged = [record.divergence for record in records if record.divergence]
    return "\n".join([*lines, *(f"{divergence.sentence} {divergence.remedy}" for divergence in diverged)])


def _score(value: float | None, metric: Metric) -> str:
    return "-" if value is None else metric.written(value)


def _loss(value: float | None) -> str:
    """A loss with four decimals, or two figures of what would overflow its column; never −0."""
    if value is None:
        return "-"
    return f"{round(value, 4) + 0.0:.4f}" if value < 1000 else f"{value:.1e}"
