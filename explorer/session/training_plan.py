"""Say how a problem is to be trained (`Plan`); `plan_runs` makes the settings of a fair comparison of it."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace

from explorer.errors import ExplorerError
from explorer.graph.declaration import terms_of
from explorer.graph.feedback import get_feedback, suited
from explorer.graph.output import Output, Target
from explorer.graph.own_signal import OWN_SIGNALS
from explorer.graph.uses import gradient_uses
from explorer.language import tr, trn
from explorer.training.meaning import why_not
from explorer.training.problem import architecture_of, task_of, trained_network
from explorer.training.settings import Problem, RunSettings, TrainingSettings, check_bounds
from explorer.training.validation import check_together, check_training, own_loop, validated
from explorer.wording import listed

NO_MODE = tr("Nothing is chosen to train; choose at least one of the ways to feed back.")

OWN_OUTPUTS = {signal.id: signal.short for signal in OWN_SIGNALS.values()}
"""What a network can be fed of its own, in a word or two."""

NAMES: dict[str | None, str] = {
    "teacher_forcing": tr("Teacher forcing"),
    **{f"free_running_{own}": tr("Free running on {words}", words=words) for own, words in OWN_OUTPUTS.items()},
    **{f"mixed_{own}": tr("Scheduled sampling with {words}", words=words) for own, words in OWN_OUTPUTS.items()},
    None: tr("Plain training"),
}
"""What a run is called, by what it is fed back."""


AT_ONCE = tr("Readout at once")
"""What a run is called that learns its readout so."""


def own_words(own: str, output: Output) -> str:
    """A signal of a network's own in a word or two: "soft" beside an arg max alone, and o where that is the output."""
    if own != "yhat" or "argmax" in output.kind.own:
        return OWN_OUTPUTS[own]
    return "o" if output.prediction == output.logits else "ŷ"


def mode_name(mode: str | None, output: Output | None) -> str:
    """What a run of a network that feeds this output back is called."""
    own = None if mode is None else get_feedback(mode).own
    if own is None or output is None:
        return NAMES[mode]
    return NAMES[mode].replace(OWN_OUTPUTS[own], own_words(own, output))


def usual_name(settings: RunSettings) -> str:
    """What a run is called that does not branch off another: how its readout is learned, or what is fed back."""
    return AT_ONCE if settings.training.ridge else mode_name(settings.feedback, architecture_of(settings).fed_back)


WHY_SOFT_WINS = tr(
    "Soft ŷ tells all probabilities, more than the one symbol of an arg max: fed back, it can carry what the network "
    "remembers, and gradients flow through it."
)


class Plan(Struct, frozen=True, forbid_unknown_fields=True):
    """How it is trained. `modes` are ids of explorer.graph.feedback; a network without feedback ignores them.

    `seeds` runs of each mode start from seed, seed + 1, …
    """

    modes: tuple[str, ...] = ("teacher_forcing", "free_running_yhat")
    seeds: Annotated[
        int,
        Meta(
            ge=1,
            le=10,
            title=tr("Seeds at once"),
            description=tr("Run this many seeds of each; the plot shows their median and their quartiles"),
        ),
    ] = 1
    training: TrainingSettings = TrainingSettings()


def plan_runs(problem: Problem, plan: Plan) -> tuple[RunSettings, ...]:
    """Return validated settings, mode by mode and in each mode seed by seed, alike in all but these two.

    Raises ExplorerError for what cannot be trained, also for a plan without any mode, or of too much memory.
    """
    check_plan(plan)
    architecture, training = architecture_of(problem), _meant(problem, plan)
    unnamed = (
        RunSettings(
            network=problem.network,
            task=problem.task,
            length=problem.length,
            seed=problem.seed + place,
            feedback=mode,
            training=training,
        )
        for mode in modes_of(plan, architecture.fed_back)
        for place in range(plan.seeds)
    )
    runs = tuple(validated(replace(settings, name=usual_name(settings))) for settings in unnamed)
    check_together(runs)
    return runs


def check_plan(plan: Plan) -> None:
    """Raise ExplorerError for a plan that names what is not known, or has a value that cannot be.

    Whether a network can be trained by it on a task is only asked by `plan_runs`.
    """
    check_bounds(plan)
    check_training(plan.training)
    modes = tuple(get_feedback(mode).id for mode in plan.modes)
    for mode in modes:
        if modes.count(mode) > 1:
            raise ExplorerError("The mode {mode} is planned twice; name it once.", mode=mode)


def modes_of(plan: Plan, output: Output | None) -> tuple[str | None, ...]:
    """What each run is fed back, None if nothing is; for a signal that this output does not have, its prediction."""
    if output is None:
        return (None,)
    if not plan.modes:
        raise ExplorerError(NO_MODE)
    return tuple(dict.fromkeys(suited(get_feedback(mode), output).id for mode in plan.modes))


def plan_of(settings: RunSettings) -> Plan:
    """The plan that trains as a run did, for as many iterations."""
    return Plan(modes=() if settings.feedback is None else (settings.feedback,), training=settings.training)


def branch_runs(settings: RunSettings, iteration: int, plan: Plan) -> tuple[RunSettings, ...]:
    """Settings of runs that leave another after `iteration` updates and train on by a plan, a run for each mode.

    The plan's iterations come on top of those; seed and first weights are those of the run that is left. Raises
    ExplorerError for what cannot be trained.
    """
    found, output = [], architecture_of(settings).fed_back
    for mode in modes_of(plan, output):
        usual = mode_name(mode, output)
        name = tr(
            "From {iteration}: {usual}", iteration=iteration, usual=usual
        )  # where it begins comes first, for a long name is cut at its end
        if settings.name != usual:
            name += tr(", of {settings}", settings=settings.name)
        training = replace(
            _meant(settings, plan),
            iterations=iteration + plan.training.iterations,
            initial_scale=settings.training.initial_scale,
            initial=settings.training.initial,
            evaluation_batch=settings.training.evaluation_batch,
        )
        found.append(validated(replace(settings, name=name, feedback=mode, training=training)))
    return tuple(found)


def _meant(problem: Problem, plan: Plan) -> TrainingSettings:
    """How it is trained, without what the plan, made for another network or task, means nothing by."""
    architecture, training = architecture_of(problem), plan.training
    if why_not("carry_state", architecture, training, plan.modes, task_of(problem)):
        training = replace(training, carry_state=False)
    if why_not("ridge", architecture, training, plan.modes):
        training = replace(training, ridge=None)
    return training if training.ridge is None else replace(training, truncate=None)


def planned(problem: Problem, plan: Plan) -> tuple[RunSettings, ...]:
    """What `plan_runs` returns, or nothing where it raises an error."""
    try:
        return plan_runs(problem, plan)
    except ExplorerError:
        return ()


def levels(settings: Sequence[RunSettings]) -> list[tuple[float, str]]:
    """Return losses to compare with, per predicted step, with their names.

    These are chance and, where it is above zero, the entropy floor; none if the runs differ in them.
    """
    if not settings or any((one.task, one.length) != (settings[0].task, settings[0].length) for one in settings):
        return []
    length, task = settings[0].length, task_of(settings[0])
    found = [(task.chance_loss(length), tr("chance"))]
    floor = task.entropy_floor(length)
    return [*found, (floor, tr("floor"))] if floor else found


def unit(settings: Sequence[RunSettings]) -> str | None:
    """What the losses of runs are counted in; None if they differ in that, or there are none."""
    units = {task_of(one).kind.unit for one in settings}
    return units.pop() if len(units) == 1 else None


def own_output(settings: Sequence[RunSettings]) -> str:
    """What runs are fed where they are judged on their own output, in a word or two; "" if none is, or they differ."""
    loops = ((own_loop(one), architecture_of(one).output) for one in settings)
    signals = {own_words(str(loop.own), output) for loop, output in loops if loop is not None and output is not None}
    return signals.pop() if len(signals) == 1 else ""


def how_trained(settings: RunSettings) -> str:
    """What is out of the usual about how a run trains, in a sentence; "" if nothing is."""
    if behind := _behind_thresholds(settings):
        return trn(
            "{names} stays as it is: no gradient flows back through threshold units.",
            "{names} stay as they are: no gradient flows back through threshold units.",
            len(behind),
            names=listed(behind),
        )
    if settings.training.ridge is None:
        return ""
    read = tr("V and c are learned at once from all sequences so far, with what they read as it is")
    if task_of(settings).target is Target.NUMBERS:
        return tr("{read}: by ridge regression, which is exact.", read=read)
    return tr(
        "{read}: the loss has one minimum but no closed form, so Newton's method goes there, each step a weighted "
        "ridge regression.",
        read=read,
    )


def _behind_thresholds(settings: RunSettings) -> list[str]:
    """The parameters that no gradient moves, as nothing comes back through the units that they lead to."""
    network = trained_network(settings)
    if not any(node.operation.phi is not None and node.operation.phi.flat for node in network.nodes):
        return []
    reached = gradient_uses(network)
    moved = {name for node, term in terms_of(network.nodes) if node.name in reached for name in term.parameters}
    trained = [parameter.name for parameter in network.architecture.parameters if parameter.trained]
    return [name for name in trained if name not in moved]
