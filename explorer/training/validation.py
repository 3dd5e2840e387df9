"""Refuse, in a sentence, settings of a run that cannot be: `validated`, `check_together`."""

from collections.abc import Iterable, Sequence
from math import prod

import msgspec
from msgspec.structs import replace

from explorer.errors import ExplorerError, check_known, refuse
from explorer.graph.architecture import Architecture
from explorer.graph.compute.initial import RECURRENT
from explorer.graph.compute.lanes import cores
from explorer.graph.compute.updates import Rule
from explorer.graph.feedback import FREE_RUNNING, Feedback
from explorer.graph.optimizers import OPTIMIZERS
from explorer.graph.output import Target
from explorer.graph.refs import dimension
from explorer.language import tr
from explorer.training.matching import untrainable
from explorer.training.meaning import mixes, why_not
from explorer.training.problem import architecture_of, connected, feedback_of, sizes_of, task_of
from explorer.training.readout import MOST_TOGETHER
from explorer.training.schedules import SCHEDULES
from explorer.training.settings import RunSettings, TrainingSettings, changed, check_bounds
from explorer.training.truncation import window_lengths

MOST_MEMORY = 2_000_000_000
"""Bytes that runs which are trained together may take, by `memory_needed`."""

_CALL_BYTES = 10_000
"""What the prepared calls of one program take for each time step on a loop; measured, and rounded up."""

_LIKE_THETA = 8
"""Arrays like θ of a run, its optimiser and what is sent of it."""

_MOST_WINDOW_STEPS = 20_000


def own_loop(settings: RunSettings) -> Feedback | None:
    """The feedback by which a run is judged on its own output; None without output feedback."""
    output, own = architecture_of(settings).output, settings.training.own_output
    if settings.feedback is None or output is None:
        return None
    return FREE_RUNNING[own if own in output.kind.own else output.kind.at_test]


def validated(settings: RunSettings) -> RunSettings:
    """Return the settings with every name known, every value possible, and `name` filled in.

    Raises ExplorerError with one sentence that names the first value, or pair of values, that cannot be.
    """
    check_bounds(settings)
    try:
        settings = msgspec.convert(msgspec.to_builtins(settings), RunSettings)
    except (msgspec.ValidationError, TypeError) as error:
        raise ExplorerError("These run settings cannot be read: {error}.", error=error) from error
    architecture, task = architecture_of(settings), task_of(settings)
    check_training(settings.training)
    refuse(untrainable(architecture, task))
    task.check_length(settings.length)
    feedback = feedback_of(settings)
    connected(settings, feedback)  # or it says why it cannot be
    id = feedback.id if feedback else None
    usual = id or ("plain" if settings.training.ridge is None else "at_once")
    settings = replace(settings, feedback=id, name=settings.name or usual)
    _check_windows(settings, architecture)
    _check_readout(settings, architecture)
    if settings.training.carry_state:
        refuse(why_not("carry_state", architecture, settings.training, (settings.feedback,), task))
    needed, training = memory_needed(settings), settings.training
    if needed > MOST_MEMORY:
        raise ExplorerError(
            "A run of length {length} with {hidden} hidden units and batches of {batch} would take about "
            "{gb:.1f} GB of memory, and at most {most:.0f} are allowed; make one of them smaller.",
            length=settings.length,
            hidden=settings.network.hidden,
            batch=max(training.batch, training.evaluation_batch),
            gb=needed / 1e9,
            most=MOST_MEMORY / 1e9,
        )
    return settings


def check_training(training: TrainingSettings) -> None:
    """Raise ExplorerError for a name that is not known, and for numbers within their bounds that do not go together."""
    check_known(training.optimizer, OPTIMIZERS, tr("optimizer"))
    check_known(training.initial, RECURRENT, tr("way to start W"))
    kind, k = SCHEDULES[training.schedule.kind], training.schedule.k
    if kind.k is not None and (k is None or k not in kind.k):
        raise ExplorerError(
            "The schedule is {kind}, with k = {k}; choose {bounds}, like {first:g}.",
            kind=training.schedule.kind,
            k=k,
            bounds=kind.k,
            first=kind.first_k,
        )
    if training.truncate and training.truncate[0] > training.truncate[1]:
        k1, k2 = training.truncate
        raise ExplorerError(
            "BPTT is truncated every {k1} steps to the last {k2}; go back at least {k1}, for no loss to be left out.",
            k1=k1,
            k2=k2,
        )


def check_together(settings: Sequence[RunSettings]) -> None:
    """Raise ExplorerError with one sentence if these runs, all of them at once, would take too much memory."""
    needed = memory_together(settings)
    if needed > MOST_MEMORY:
        raise ExplorerError(
            "These {runs} runs together would take about {gb:.1f} GB of memory, and at most {most:.0f} are "
            "allowed; train fewer at once, or make their length, hidden units or batches smaller.",
            runs=len(settings),
            gb=needed / 1e9,
            most=MOST_MEMORY / 1e9,
        )


def extended(settings: RunSettings, iterations: int) -> RunSettings:
    """The settings with so many iterations, for going on as if there had been so many from the beginning.

    A schedule over the whole run is not stretched.
    """
    schedule, before = settings.training.schedule, settings.training.iterations
    if mixes(settings.feedback) and "over" in SCHEDULES[schedule.kind].parts and schedule.over is None:
        settings = changed(settings, over=before)
    return changed(settings, iterations=iterations)


def rule_of(training: TrainingSettings) -> Rule:
    """How training moves θ."""
    return Rule(
        training.optimizer,
        training.learning_rate,
        training.momentum,
        training.clip_norm,
        training.l2,
        training.clip_value,
    )


def memory_needed(settings: RunSettings) -> int:
    """Return roughly how many bytes one run takes: the arrays and prepared calls for training and for judging."""
    training, task = settings.training, task_of(settings)
    judges = 1 if settings.feedback is None else 2
    # Judging leaves the half that is meant for gradients untouched, and so out of memory.
    numbers = steps = 0.0
    for T, B in task.shapes(settings.length, training.batch):
        row = _row(settings, T)
        numbers += row * T * B
        steps += T
        if training.truncate:
            windows = sum(window_lengths(T, *training.truncate, task.one_output))
            numbers += row * B * windows
            steps += windows
    for T, B in task.shapes(settings.length, training.evaluation_batch):
        numbers += _row(settings, T) * judges * T * B / 2
        steps += judges * T
    tree = any(node.span.tree for node in architecture_of(settings).nodes)  # which has twice as many nodes as leaves
    return round((8 * numbers + _CALL_BYTES * steps) * (2 if tree else 1))


def _row(settings: RunSettings, T: int) -> int:
    """Roughly how many numbers a step of one sequence takes; what has a unit for each of T steps counts by itself."""
    task, nodes = task_of(settings), architecture_of(settings).nodes
    sizes, lengths = sizes_of(settings, T), {node.span.length for node in nodes}
    over_time = sum(dimension(node.size, sizes) for node in nodes if node.size in lengths)
    return 2 * task.n_x + 4 * settings.network.hidden + 5 * task.n_y + 8 + 3 * over_time


def memory_together(settings: Iterable[RunSettings]) -> int:
    """Return roughly how many bytes these runs take at once.

    Those that differ in their seed alone share programs in a process (`shared_program`), and each core has one process.
    The programs in which some of them are computed side by side are small (`side_by_side`).
    """
    alike = [replace(one, name="", seed=0) for one in settings]
    return sum(
        memory_needed(one) if alike[:place].count(one) < cores() else _own_bytes(one) for place, one in enumerate(alike)
    )


def _own_bytes(settings: RunSettings) -> int:
    """What a run takes that shares its programs: θ with all that is flat like it, and what it is judged on."""
    task, theta = task_of(settings), architecture_of(settings).shapes(sizes_of(settings))
    judged = sum(T * B for T, B in task.shapes(settings.length, settings.training.evaluation_batch))
    return 8 * (_LIKE_THETA * sum(map(prod, theta.values())) + judged * (task.n_x + task.n_y + 2))


def _check_readout(settings: RunSettings, architecture: Architecture) -> None:
    """Refuse to learn at once what cannot be, and what would take too long."""
    if settings.training.ridge is None:
        return
    refuse(why_not("ridge", architecture, settings.training, (settings.feedback,)))
    task, hidden = task_of(settings), settings.network.hidden
    together = task.n_y * (hidden + 1)
    if task.target is Target.SYMBOLS and together > MOST_TOGETHER:
        raise ExplorerError(
            "A softmax over {n_y} symbols of {hidden} hidden units has a readout of {together:,} numbers, and "
            "at most {most:,} are found at once; choose fewer hidden units, or learn by gradient.",
            n_y=task.n_y,
            hidden=hidden,
            together=together,
            most=MOST_TOGETHER,
        )


def _check_windows(settings: RunSettings, architecture: Architecture) -> None:
    """Refuse truncation that cannot be, and what would take seconds to prepare: a program for each length of window."""
    if settings.training.truncate is None:
        return
    refuse(why_not("truncate", architecture, settings.training, (settings.feedback,)))
    k1, k2 = settings.training.truncate
    lengths = [T for T, _ in task_of(settings).shapes(settings.length, settings.training.batch)]
    steps = sum(sum(window_lengths(T, k1, k2, architecture.one_output)) for T in lengths)
    if steps > _MOST_WINDOW_STEPS:
        raise ExplorerError(
            "BPTT truncated every {k1} steps to the last {k2} takes, at length {length}, windows of {steps:,} "
            "steps in all, and at most {most:,} are allowed; go back less far or less often.",
            k1=k1,
            k2=k2,
            length=max(lengths),
            steps=steps,
            most=_MOST_WINDOW_STEPS,
        )
