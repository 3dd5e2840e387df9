"""Say why a setting changes nothing beside what else is chosen: `why_not`, which forms, names and commands all ask."""

from collections.abc import Callable, Collection

from msgspec import Struct

from explorer.architectures import architectures
from explorer.graph.architecture import Architecture
from explorer.graph.declaration import Node, Ref
from explorer.graph.feedback import get_feedback, why_no_feedback
from explorer.graph.optimizers import OPTIMIZERS
from explorer.language import tr
from explorer.tasks import Task, get_task, task_ids
from explorer.training.readout import is_convex, readout_of
from explorer.training.schedules import SCHEDULES
from explorer.training.settings import TrainingSettings
from explorer.wording import either, listed

Modes = Collection[str | None]
"""Ids of what is fed back while training, None for nothing: of one run, or of several that are planned."""


def why_not(
    setting: str, architecture: Architecture, training: TrainingSettings, modes: Modes, task: Task | None = None
) -> str:
    """Why a setting, by its name, changes nothing for a network that is trained so, in one sentence; "" if it may.

    `task`: what it is trained on, for settings that depend on that.
    """
    beside = _Beside(architecture, training, modes, task)
    return next(filter(None, (reason(beside) for reason in _REASONS.get(setting, ()))), "")


def mixes(mode: str | None) -> bool:
    """Whether a feedback, by its id, feeds the target at some steps only, so that there is a schedule for it."""
    return mode is not None and get_feedback(mode).mixed


def reads_later_steps(architecture: Architecture) -> bool:
    """Whether some node depends on a step after its own, so that nothing can run before all x are known."""
    read = [(node, source) for node in architecture.nodes for source in node.operation.sources]
    return bool(architecture.lengths) or any(
        source.lag < 0 or (isinstance(source, Ref) and _of_another_time(architecture, node, source))
        for node, source in read
    )


def _of_another_time(architecture: Architecture, node: Node, source: Ref) -> bool:
    """Whether what is read stands at the last step, whatever the own is, or where a tree says so."""
    ends = architecture.node(source.name).span.last and not node.span.last
    return source.child is not None or ends


def about_feedback(architecture: Architecture, task: Task) -> str:
    """What teacher forcing means for a network on a task, in a sentence; "" where it is what it is everywhere.

    Where x(t) is y(t − 1), as in a text, a network that reads x is told the truth whatever is fed back.
    """
    if architecture.output is None or not task.inputs_are_previous_targets:
        return "" if architecture.takes_feedback else why_no_feedback(architecture)
    if not architecture.inputs:
        return tr(
            "What is fed back is all that it reads: the data's past in training, its own afterwards. Before "
            "the first step that is y(0), which the data give."
        )
    title, here = architecture.title, tr("In '{task}' x(t) is y(t − 1)", task=task.title)
    if reads_later_steps(architecture):
        return tr("{here}, and '{title}' reads x(t + 1) too: it is told what it is asked for.", here=here, title=title)
    other = next(a.title for a in architectures().values() if a.takes_feedback and not a.inputs)
    if architecture.takes_feedback:
        return tr(
            "{here}: fed its targets, '{title}' is told the same twice, and fed its own output it is still told by x.",
            here=here,
            title=title,
        )
    return tr(
        "{here}, the truth, in training and when it is judged: there is nothing that teacher forcing could "
        "change. {other}, without x, is the network to compare with its own output.",
        here=here,
        other=other,
    )


def shows(architecture: Architecture, task: Task) -> bool:
    """Whether a network shows what a task is about: told neither the same twice, nor what it is asked for."""
    if not task.inputs_are_previous_targets or not architecture.inputs:
        return True
    return not architecture.takes_feedback and not reads_later_steps(architecture)


class _Beside(Struct, frozen=True):
    """What else is chosen."""

    architecture: Architecture
    training: TrainingSettings
    modes: Modes
    task: Task | None


def _unless(possible: Callable[[_Beside], object], why: str) -> Callable[[_Beside], str]:
    """This sentence about a network of that {title}, unless what makes the setting possible is there."""
    return lambda beside: "" if possible(beside) else why.format(title=beside.architecture.title)


_NOTHING_MIXED = _unless(
    lambda beside: any(map(mixes, beside.modes)),
    tr("A schedule is about a mixed feedback, and none is asked for; add scheduled sampling (feedback mixed)."),
)
_NOT_TO_TRUNCATE = _unless(
    lambda beside: not reads_later_steps(beside.architecture),
    tr("'{title}' is not one chain forward in time, so back-propagation cannot be truncated there; leave it whole."),
)
_NOTHING_TO_CARRY = _unless(
    lambda beside: not reads_later_steps(beside.architecture),
    tr("'{title}' is not one chain forward in time, so no state can be carried over; begin with zeros."),
)
_NOTHING_TO_ACTIVATE = _unless(
    lambda beside: any(node.operation.chosen for node in beside.architecture.nodes),
    tr("'{title}' names all of its activations itself, so there is none to choose."),
)
_NOTHING_SKIPS = _unless(
    lambda beside: beside.architecture.lags,
    tr("'{title}' has no connection that skips steps, so there is no lag to choose."),
)
_NO_STATE_MATRIX = _unless(
    lambda beside: beside.architecture.state_matrices,
    tr("'{title}' has no matrix of its own from a state to the next, so there is no start of it to choose."),
)

_NEVER_JUDGED = _unless(
    lambda beside: beside.training.evaluate_every,
    tr("Runs that are never judged need no sequences to judge on; judge every 10 iterations, say."),
)


def _nothing_fed_back(beside: _Beside) -> str:
    return "" if beside.architecture.takes_feedback else why_no_feedback(beside.architecture)


def _no_part(name: str) -> Callable[[_Beside], str]:
    def reason(beside: _Beside) -> str:
        kind = beside.training.schedule.kind
        if name in SCHEDULES[kind].parts:
            return ""
        return tr("A schedule that is {kind} has no {name}.", kind=kind, name=name)

    return reason


def _no_momentum(beside: _Beside) -> str:
    optimizer = OPTIMIZERS[beside.training.optimizer]
    if optimizer.takes_momentum:
        return ""
    return tr("{optimizer} has no momentum of its own to set; choose Momentum.", optimizer=optimizer.title)


def _not_in_order(beside: _Beside) -> str:
    if beside.task is None or beside.task.in_order:
        return ""
    fitting = either([tr("'{title}'", title=task.title) for task in map(get_task, task_ids()) if task.in_order])
    return tr(
        "The mini-batches of '{task}' do not follow each other, so no state can be carried over; choose "
        "{fitting}, or begin with zeros.",
        task=beside.task.title,
        fitting=fitting,
    )


def _more_than_a_readout(beside: _Beside) -> str:
    architecture = beside.architecture
    if architecture.output is not None and not is_convex(architecture.output.kind):
        return tr(
            "The loss of '{output}' may have several minima, so its readout cannot be learned at once; choose another "
            "output, or train by gradients.",
            output=architecture.output.kind.title,
        )
    if readout_of(architecture) is None:
        trained = [parameter.name for parameter in architecture.parameters if parameter.trained]
        return tr(
            "'{architecture}' learns {trained}; only a readout of states that stay as they are can be learned at "
            "once, as in an echo state network.",
            architecture=architecture.title,
            trained=listed(trained) if trained else tr("nothing"),
        )
    return ""


def _learned_at_once(beside: _Beside) -> str:
    if beside.training.ridge is None or _more_than_a_readout(beside):
        return ""
    return tr("The readout is learned at once, so no gradient moves it; leave λ out to learn it by gradient.")


_REASONS: dict[str, tuple[Callable[[_Beside], str], ...]] = {
    "activation": (_NOTHING_TO_ACTIVATE,),
    "lag": (_NOTHING_SKIPS,),
    "initial": (_NO_STATE_MATRIX,),
    "feedback": (_nothing_fed_back,),
    "modes": (_nothing_fed_back,),
    "own_output": (_nothing_fed_back,),
    "schedule": (_nothing_fed_back, _NOTHING_MIXED),
    **{part: (_no_part(part),) for part in ("start", "end", "over", "k")},
    "momentum": (_no_momentum, _learned_at_once),
    **{name: (_learned_at_once,) for name in ("optimizer", "learning_rate", "clip_norm", "clip_value", "l2")},
    "ridge": (_more_than_a_readout,),
    "truncate": (_NOT_TO_TRUNCATE, _learned_at_once),
    "evaluation_batch": (_NEVER_JUDGED,),
    "carry_state": (_NOTHING_TO_CARRY, _not_in_order),
}
"""What can keep each setting from meaning anything; those that always mean something are not here."""
