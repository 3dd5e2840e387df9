"""Say how a run is to be trained (`RunSettings`), and refuse what cannot be, in a sentence (`validated`)."""

from collections.abc import Iterable
from math import inf
from typing import Literal

import msgspec
from msgspec.structs import replace

from explorer.architectures import get_architecture
from explorer.errors import ExplorerError, suggest
from explorer.graph.architecture import Architecture
from explorer.graph.compute.optimizers import OPTIMIZERS
from explorer.graph.compute.updates import Rule
from explorer.graph.declaration import Ref
from explorer.graph.feedback import FREE_RUNNING, Feedback, feedback_needed, get_feedback, why_no_feedback
from explorer.graph.operations import ACTIVATIONS
from explorer.tasks import Task, get_task
from explorer.training.matching import for_task, untrainable
from explorer.training.truncation import window_lengths

MOST_MEMORY = 2_000_000_000
"""Bytes that runs which are trained together may take, by `memory_needed`."""

_CALL_BYTES = 10_000
"""What the prepared calls of one program take for each time step on a loop; measured, and rounded up."""

_MOST_WINDOW_STEPS = 20_000

_LIMITS: dict[str, tuple[float, float]] = {
    "hidden": (1, 1024),
    "length": (1, 10_000),
    "batch": (1, 4096),
    "iterations": (1, 10_000_000),
    "initial_scale": (0.0, 100.0),
    "seed": (0, 2**63 - 1),
    "evaluate_every": (0, 10_000_000),
    "evaluation_batch": (1, 10_000),
    "l2": (0.0, 10.0),
}
_POSITIVE = {"learning_rate": 1000.0, "clip_norm": 1e9, "stop_below": 1e9}
"""Above 0 and at most this."""


OwnOutput = Literal["test", "argmax", "yhat", "o", "sample"]


class Schedule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Scheduled sampling: how likely the target is fed back, iteration by iteration (Bengio et al. 2015).

    With i the number of iterations done: "constant": `start`. "linear": from `start` to `end` in `over`
    iterations (None: the whole run). "exponential": k^i, k < 1. "inverse_sigmoid": k / (k + exp(i/k)), k ≥ 1.
    The last two never fall below `end`. A coin is tossed for each time "step" or once for each "sequence".
    """

    kind: Literal["constant", "linear", "exponential", "inverse_sigmoid"] = "linear"
    start: float = 1.0
    end: float = 0.0
    over: int | None = None
    k: float | None = None
    coin: Literal["step", "sequence"] = "step"


class RunSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything that decides a run: the same settings give the same curves.

    `feedback` is an id of explorer.graph.feedback, None on a network that feeds nothing back; a mixed one
    goes with a `schedule`. `truncate` (k1, k2): every k1 steps, back-propagate their losses through the last
    k2. `clip_norm` None and `l2` 0 are off. `evaluate_every` counts iterations, 0 is never; `stop_below` ends
    the run once the training loss of a mini-batch, in nats per predicted step, falls below it. `own_output` is
    what is fed back where the run is judged on its own output, whatever it was fed in training, so that runs can be
    compared: what takes the place of targets at "test" time, of a softmax its arg max, or another signal of its own.
    """

    name: str = ""
    architecture: str
    task: str
    task_options: dict[str, int | str] = {}
    feedback: str | None = None
    schedule: Schedule | None = None
    activation: str = "tanh"
    hidden: int = 8
    length: int = 8
    batch: int = 32
    iterations: int = 500
    optimizer: str = "adam"
    learning_rate: float = 0.02
    momentum: float = 0.9
    clip_norm: float | None = None
    l2: float = 0.0
    truncate: tuple[int, int] | None = None
    initial_scale: float = 1.0
    seed: int = 0
    evaluate_every: int = 10
    evaluation_batch: int = 256
    stop_below: float | None = None
    own_output: OwnOutput = "test"


def own_loop(settings: RunSettings) -> Feedback | None:
    """The feedback by which a run is judged on its own output; None without output feedback."""
    task = get_task(settings.task, **settings.task_options)
    output = for_task(get_architecture(settings.architecture), task).output
    if settings.feedback is None or output is None:
        return None
    return FREE_RUNNING[output.kind.at_test if settings.own_output == "test" else settings.own_output]


def validated(settings: RunSettings) -> RunSettings:
    """Return the settings with every name known, every value possible, and the blanks filled in.

    Filled in are `name`, and the schedule of a mixed feedback. Raises ExplorerError with one sentence that
    names the first value, or pair of values, that cannot be.
    """
    try:
        settings = msgspec.convert(msgspec.to_builtins(settings), RunSettings)
    except (msgspec.ValidationError, TypeError) as error:
        raise ExplorerError(f"These run settings cannot be read: {error}.") from error
    architecture = get_architecture(settings.architecture)
    _check_numbers(settings)
    if settings.activation not in ACTIVATIONS:
        raise suggest(settings.activation, ACTIVATIONS, "activation")
    if settings.optimizer not in OPTIMIZERS:
        raise suggest(settings.optimizer, OPTIMIZERS, "optimizer")
    task = get_task(settings.task, **settings.task_options)
    impossible = untrainable(architecture, task)
    if impossible:
        raise ExplorerError(impossible)
    task.check_length(settings.length)
    settings = _with_feedback(settings, architecture)
    _check_truncation(settings, architecture)
    needed = memory_needed(settings, task)
    if needed > MOST_MEMORY:
        raise ExplorerError(
            f"A run of length {settings.length} with {settings.hidden} hidden units and batches of "
            f"{max(settings.batch, settings.evaluation_batch)} would take about {needed / 1e9:.1f} GB of "
            f"memory, and at most {MOST_MEMORY / 1e9:.0f} are allowed; make one of them smaller."
        )
    return settings


def check_together(settings: Iterable[RunSettings]) -> None:
    """Raise ExplorerError with one sentence if these runs, all of them at once, would take too much memory."""
    needed = [memory_needed(one, get_task(one.task, **one.task_options)) for one in settings]
    if sum(needed) > MOST_MEMORY:
        raise ExplorerError(
            f"These {len(needed)} runs together would take about {sum(needed) / 1e9:.1f} GB of memory, and at most "
            f"{MOST_MEMORY / 1e9:.0f} are allowed; train fewer at once, or make their length, hidden units or "
            "batches smaller."
        )


def extended(settings: RunSettings, iterations: int) -> RunSettings:
    """The settings of a run that goes on to so many iterations; a schedule over the whole run is not stretched."""
    schedule = settings.schedule
    if schedule is not None and schedule.kind == "linear" and schedule.over is None:
        schedule = replace(schedule, over=settings.iterations)
    return replace(settings, iterations=iterations, schedule=schedule)


def rule_of(settings: RunSettings) -> Rule:
    """How a run moves θ."""
    return Rule(settings.optimizer, settings.learning_rate, settings.momentum, settings.clip_norm, settings.l2)


def reads_later_steps(architecture: Architecture) -> bool:
    """Return whether some node depends on a step after its own, so that nothing can run before all x are known."""
    read = [source for node in architecture.nodes for source in node.operation.sources]
    return any(source.lag < 0 or (isinstance(source, Ref) and source.at_last) for source in read)


def memory_needed(settings: RunSettings, task: Task) -> int:
    """Return roughly how many bytes one run takes: the arrays and prepared calls for training and for judging."""
    judges = 1 if settings.feedback is None else 2
    row = 2 * task.n_x + 4 * settings.hidden + 5 * task.n_y + 8
    # Judging leaves the half that is meant for gradients untouched, and so out of memory.
    rows = settings.length * (settings.batch + judges * settings.evaluation_batch / 2)
    steps = settings.length * (1 + judges)
    if settings.truncate:
        windows = sum(window_lengths(settings.length, *settings.truncate, task.one_output))
        rows += settings.batch * windows
        steps += windows
    return round(8 * row * rows) + _CALL_BYTES * steps


def _check_numbers(settings: RunSettings) -> None:
    for name, (lowest, highest) in _LIMITS.items():
        value = getattr(settings, name)
        if not lowest <= value <= highest:
            kind = "whole number" if isinstance(lowest, int) else "number"
            raise ExplorerError(f"{name} is {value}; choose a {kind} from {lowest:,} to {highest:,}.")
    for name, highest in _POSITIVE.items():
        value = getattr(settings, name)
        if value is not None and not 0.0 < value <= highest:
            raise ExplorerError(f"{name} is {value}; choose a number above 0, up to {highest:,g}.")
    if not 0.0 <= settings.momentum < 1.0:
        raise ExplorerError(f"momentum is {settings.momentum}; choose a number from 0 to below 1.")


def _with_feedback(settings: RunSettings, architecture: Architecture) -> RunSettings:
    feedback = None if settings.feedback is None else get_feedback(settings.feedback)
    if feedback is not None and not architecture.takes_feedback:
        raise ExplorerError(why_no_feedback(architecture))
    if feedback is None and architecture.takes_feedback:
        raise ExplorerError(feedback_needed(architecture))
    schedule = settings.schedule
    if feedback is not None and feedback.mixed:
        schedule = schedule or Schedule()
        _check_schedule(schedule)
    elif schedule is not None:
        raise ExplorerError(
            f"A schedule mixes targets with the network's own output, but feedback is {settings.feedback}; "
            "choose a mixed feedback such as mixed_yhat, or leave the schedule out."
        )
    id = feedback.id if feedback else None
    return replace(settings, feedback=id, schedule=schedule, name=settings.name or id or "plain")


def _check_schedule(schedule: Schedule) -> None:
    for name in ("start", "end"):
        value = getattr(schedule, name)
        if not 0.0 <= value <= 1.0:
            raise ExplorerError(f"The schedule's {name} is {value}; choose a probability from 0 to 1.")
    if schedule.over is not None and schedule.over < 1:
        raise ExplorerError(f"The schedule's over is {schedule.over}; choose at least 1 iteration.")
    k = schedule.k
    if schedule.kind == "exponential" and (k is None or not 0.0 < k < 1.0):
        raise ExplorerError(f"An exponential schedule has k = {k}; choose a number above 0 and below 1, like 0.99.")
    if schedule.kind == "inverse_sigmoid" and not (k is not None and 1.0 <= k < inf):
        raise ExplorerError(f"An inverse_sigmoid schedule has k = {k}; choose a number of at least 1, like 100.")


def _check_truncation(settings: RunSettings, architecture: Architecture) -> None:
    """Refuse what cannot be, and what would take seconds to prepare: a program for each length of window."""
    if settings.truncate is None:
        return
    k1, k2 = settings.truncate
    if not 1 <= k1 <= k2:
        raise ExplorerError(
            f"truncate is ({k1}, {k2}); k1 must be at least 1 and k2 at least k1, for no loss to be left out."
        )
    if reads_later_steps(architecture):
        raise ExplorerError(
            f"{architecture.title} also reads later steps, so back-propagation cannot be truncated there; "
            "leave truncate out."
        )
    steps = sum(window_lengths(settings.length, k1, k2, architecture.one_output))
    if steps > _MOST_WINDOW_STEPS:
        raise ExplorerError(
            f"truncate is ({k1}, {k2}), which at length {settings.length} takes windows of {steps:,} steps in all, and "
            f"at most {_MOST_WINDOW_STEPS:,} are allowed; choose a larger k1 or a smaller k2."
        )
