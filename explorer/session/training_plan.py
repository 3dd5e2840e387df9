"""Say what is to be trained (`Problem`) and how (`Plan`); `plan_runs` makes the settings of a fair comparison of it."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import inf
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from explorer.architectures import get_architecture
from explorer.errors import ExplorerError
from explorer.graph.compute.updates import Rule
from explorer.graph.feedback import get_feedback
from explorer.tasks import get_task
from explorer.training.settings import OwnOutput, RunSettings, Schedule, check_together, own_loop, rule_of, validated

MOST_SEEDS = 10
NO_MODE = "Nothing is chosen to train; choose at least one of the ways to feed back."

OWN_OUTPUTS = {"yhat": "soft ŷ", "o": "o", "argmax": "arg max", "sample": "samples"}
"""What a network can be fed of its own, in a word or two."""

NAMES: dict[str | None, str] = {
    "teacher_forcing": "Teacher forcing",
    **{f"free_running_{own}": f"Free running on {words}" for own, words in OWN_OUTPUTS.items()},
    **{f"mixed_{own}": f"Scheduled sampling with {words}" for own, words in OWN_OUTPUTS.items()},
    None: "Plain training",
}
"""What a run is called, by what it is fed back."""

WHY_SOFT_WINS = (
    "Soft ŷ tells all probabilities, more than the one symbol of an arg max: fed back, it can carry what the network "
    "remembers, and gradients flow through it."
)


ADAPTIVE = ("adam", "rmsprop")
"""Optimisers whose steps are as long however large the gradient is: clipping it does not help them."""

DEFAULT = RunSettings(architecture="output_to_hidden", task="running_parity")
"""What a run is like unless something else is asked for."""


class Problem(Struct, frozen=True):
    """What is learned, and by which network: the part of a document that training shares."""

    architecture: str = DEFAULT.architecture
    task: str = DEFAULT.task
    task_options: Mapping[str, int | str] = field(default_factory=dict)
    length: int = DEFAULT.length
    hidden: int = DEFAULT.hidden
    activation: str = DEFAULT.activation
    seed: int = DEFAULT.seed


class Plan(Struct, frozen=True, forbid_unknown_fields=True):
    """How it is trained. `modes` are ids of explorer.graph.feedback; a network without feedback ignores them.

    `clip_norm` None and `l2` 0 are off; `seeds` runs of each mode start from seed, seed + 1, … All runs are judged on
    one `own_output`, see RunSettings.
    """

    modes: tuple[str, ...] = ("teacher_forcing", "free_running_yhat")
    optimizer: str = DEFAULT.optimizer
    learning_rate: float = DEFAULT.learning_rate
    batch: int = DEFAULT.batch
    clip_norm: float | None = DEFAULT.clip_norm
    iterations: int = DEFAULT.iterations
    seeds: int = 1
    momentum: float = DEFAULT.momentum
    l2: float = DEFAULT.l2
    truncate: tuple[int, int] | None = DEFAULT.truncate
    evaluate_every: int = DEFAULT.evaluate_every
    schedule: Schedule = Schedule()
    stop_below: float | None = DEFAULT.stop_below
    initial_scale: float = DEFAULT.initial_scale
    own_output: OwnOutput = DEFAULT.own_output


def plan_runs(problem: Problem, plan: Plan) -> tuple[RunSettings, ...]:
    """Return validated settings, mode by mode and in each mode seed by seed, alike in all but these two.

    Raises ExplorerError for what cannot be trained, also for a plan without any mode, or of too much memory.
    """
    modes: tuple[str | None, ...] = tuple(get_feedback(mode).id for mode in plan.modes)
    if not get_architecture(problem.architecture).takes_feedback:
        modes = (None,)
    if not modes:
        raise ExplorerError(NO_MODE)
    _check_seeds(plan)
    runs = tuple(validated(_run(problem, plan, mode, place)) for mode in modes for place in range(plan.seeds))
    check_together(runs)
    return runs


@lru_cache(maxsize=1)
def check_plan(plan: Plan) -> None:
    """Raise ExplorerError for a plan that names what is not known, or has a value that cannot be.

    Whether a network can be trained by it on a task is only asked by `plan_runs`.
    """
    modes = tuple(get_feedback(mode).id for mode in plan.modes)
    for mode in modes:
        if modes.count(mode) > 1:
            raise ExplorerError(f"The mode {mode} is planned twice; name it once.")
    # The schedule is a part of the plan although no mode may be mixed now.
    for mode in (*modes, "mixed_yhat"):
        validated(_run(Problem(), plan, mode, 0))
    _check_seeds(plan)


def _check_seeds(plan: Plan) -> None:
    if not 1 <= plan.seeds <= MOST_SEEDS:
        raise ExplorerError(f"{plan.seeds} seeds at once cannot be trained; choose from 1 to {MOST_SEEDS}.")


def _run(problem: Problem, plan: Plan, mode: str | None, place: int) -> RunSettings:
    """The settings of the run in this mode from the seed at this place."""
    return RunSettings(
        name=NAMES[mode],
        architecture=problem.architecture,
        task=problem.task,
        task_options=dict(problem.task_options),
        feedback=mode,
        schedule=_schedule(plan, mode),
        activation=problem.activation,
        hidden=problem.hidden,
        length=problem.length,
        iterations=plan.iterations,
        seed=problem.seed + place,
        initial_scale=plan.initial_scale,
        **_shared(plan),
    )


def plan_rule(plan: Plan) -> Rule:
    """How a plan moves θ."""
    return rule_of(_run(Problem(), plan, None, 0))


def plan_of(settings: RunSettings) -> Plan:
    """The plan that trains as a run did, for as many iterations."""
    return Plan(
        modes=() if settings.feedback is None else (settings.feedback,),
        iterations=settings.iterations,
        schedule=settings.schedule or Schedule(),
        initial_scale=settings.initial_scale,
        **_shared(settings),
    )


def branch_runs(settings: RunSettings, iteration: int, plan: Plan) -> tuple[RunSettings, ...]:
    """Settings of runs that leave another after `iteration` updates and train on by a plan, a run for each mode.

    The plan's iterations come on top of those; seed and first weights are those of the run that is left. Raises
    ExplorerError for what cannot be trained.
    """
    modes: tuple[str | None, ...] = tuple(get_feedback(mode).id for mode in plan.modes)
    if settings.feedback is None:
        modes = (None,)
    if not modes:
        raise ExplorerError(NO_MODE)
    found = []
    for mode in modes:
        name = f"From {iteration}: {NAMES[mode]}"  # where it begins comes first, for a long name is cut at its end
        if settings.name != NAMES[mode]:
            name += f", of {settings.name}"
        fresh = replace(settings, name=name, feedback=mode, schedule=_schedule(plan, mode), **_shared(plan))
        found.append(validated(replace(fresh, iterations=iteration + plan.iterations)))
    return tuple(found)


def planned(problem: Problem, plan: Plan) -> tuple[RunSettings, ...]:
    """What `plan_runs` returns, or nothing where it raises an error."""
    try:
        return plan_runs(problem, plan)
    except ExplorerError:
        return ()


def levels(settings: Sequence[RunSettings]) -> list[tuple[float, str]]:
    """Return losses to compare with, in nats per predicted step, with their names.

    These are chance and, where it is above zero, the entropy floor; none if the runs differ in them.
    """
    if len({(one.task, tuple(sorted(one.task_options.items())), one.length) for one in settings}) != 1:
        return []
    length = settings[0].length
    task = get_task(settings[0].task, **settings[0].task_options)
    found = [(task.chance_loss(length), "chance")]
    floor = task.entropy_floor(length)
    return [*found, (floor, "floor")] if floor else found


def own_output(settings: Sequence[RunSettings]) -> str:
    """What runs are fed where they are judged on their own output, in a word or two; "" if none is, or they differ."""
    signals = {loop.own for loop in map(own_loop, settings) if loop is not None}
    return OWN_OUTPUTS[str(signals.pop())] if len(signals) == 1 else ""


def variations(settings: RunSettings) -> dict[str, RunSettings]:
    """Return what "the same again with one change" offers, by what is changed."""
    rate = settings.learning_rate
    found = {
        f"another seed ({settings.seed + 1})": replace(settings, seed=settings.seed + 1),
        f"learning rate {rate / 10:g}": replace(settings, learning_rate=rate / 10),
        f"learning rate {rate * 10:g}": replace(settings, learning_rate=rate * 10),
        f"{settings.hidden * 2} hidden units": replace(settings, hidden=settings.hidden * 2),
        f"length {settings.length * 2}": replace(settings, length=settings.length * 2),
        f"{settings.iterations * 2} iterations": replace(settings, iterations=settings.iterations * 2),
    }
    if settings.clip_norm is None:
        found["clip to norm 1"] = replace(settings, clip_norm=1.0)
    else:
        found["no clipping"] = replace(settings, clip_norm=None)
    for optimizer, title in (("sgd", "SGD"), ("adam", "Adam")):
        if settings.optimizer != optimizer:
            found[title] = replace(settings, optimizer=optimizer)
    return found


def remedied(settings: RunSettings) -> tuple[str, RunSettings]:
    """Return what to do about a divergence, in a word or two, and the settings that do it."""
    adaptive = settings.optimizer in ADAPTIVE
    if settings.clip_norm is None and not adaptive:
        return "Clip to norm 1", replace(settings, clip_norm=1.0)
    rate = min(settings.learning_rate / 10, DEFAULT.learning_rate if adaptive else inf)
    return f"Learning rate {rate:g}", replace(settings, learning_rate=rate)


def _shared(source: Plan | RunSettings) -> dict[str, Any]:
    """What a plan and the settings of each of its runs have in common, under the same names."""
    names = ("batch", "optimizer", "learning_rate", "momentum", "clip_norm", "l2", "truncate", "evaluate_every")
    return {name: getattr(source, name) for name in (*names, "stop_below", "own_output")}


def _schedule(plan: Plan, mode: str | None) -> Schedule | None:
    return plan.schedule if mode is not None and get_feedback(mode).mixed else None
