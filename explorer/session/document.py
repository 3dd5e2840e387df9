"""Say what a learner wants to see (`Document`), and work out everything that follows from it (`show`).

A document is intent: small, immutable, easily kept for undo and written to a file. `show` is a pure function that
turns it into networks, numbers and events, so the same document always shows the same things.
"""

from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache, partial
from typing import Annotated

import numpy as np
from msgspec import Meta, Struct
from msgspec.structs import replace

from explorer.errors import ExplorerError, refuse
from explorer.graph.adjustable import Chosen
from explorer.graph.analyse.events import Event, list_events
from explorer.graph.analyse.trace import Trace
from explorer.graph.analyse.tracer import Tracer
from explorer.graph.architecture import Architecture
from explorer.graph.arrays import Array, Index
from explorer.graph.batch import Batch
from explorer.graph.compute.initial import initial_parameters
from explorer.graph.compute.updates import Moments
from explorer.graph.declaration import Sizes
from explorer.graph.equation import Equation
from explorer.graph.equations.by_event import equation_of
from explorer.graph.feedback import MIXED, Network, closed_loop, get_feedback, why_no_feedback
from explorer.graph.signature import Signal
from explorer.graph.truncated import Borders
from explorer.graph.unfold import Graph
from explorer.language import tr
from explorer.reading.bounds import Setting, declared
from explorer.session.edited import Edited, edited
from explorer.session.edits import Draft, Edit, HoldEdit, InitialEdit, check_step, reads_before_first
from explorer.session.training_plan import Plan, check_plan
from explorer.tasks import Task
from explorer.tasks.declared import Drawn
from explorer.training.matching import handing_over, mismatch, signals_of
from explorer.training.problem import architecture_of, connected, sizes_of, task_of
from explorer.training.randomness import PARAMETERS, generator
from explorer.training.settings import (
    SHOWN,
    LearningRate,
    Length,
    NetworkSettings,
    Problem,
    Seed,
    TrainingSettings,
    check_bounds,
)
from explorer.training.threads import beside_training
from explorer.training.truncation import Window, borders_of, windows_of
from explorer.training.validation import check_training, rule_of


class Document(Problem, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is looked at: a network on a task, one example sequence, and the edits made by hand.

    `feedback` is an id of explorer.graph.feedback, None for a network that takes none. With a mixed feedback
    `fed_target[t − 1]` says whether step t + 1 is fed the target y(t) (missing entries: yes).
    """

    length: Length = 6
    seed: Seed = 7
    example: Annotated[
        int, Meta(ge=0, le=2**31 - 1, title=tr("Example"), description=tr("Another sequence of the same task"))
    ] = 0
    typed: str = ""
    """A sequence that was typed, see `Task.typed`, of which its steps are instead of the example's; "" if none was."""
    feedback: str | None = "teacher_forcing"
    fed_target: tuple[bool, ...] = ()
    window: Annotated[int, Meta(ge=1)] | None = None
    """Of truncated BPTT in windows that overlap, which is shown with its cut, from 1; None: BPTT is whole."""
    optimizer: str | None = None
    learning_rate: LearningRate | None = None
    """What moves θ in the update that is stepped through, and with which η; None: as the plan trains."""
    edits: tuple[Edit, ...] = ()
    test_time: bool = False
    """Show the network as it lives after training, on its own output (fig. 10.6, right)."""
    plan: Plan = Plan()
    """How it is trained; of what is shown here, the scale of the initial weights, the borders of truncated BPTT and the
    update depend on it."""


class Shown(Struct, frozen=True, eq=False, dict=True):
    """What a document leads to. `graph` holds every node; `trace` is of one sequence (B = 1)."""

    document: Document
    architecture: Architecture
    task: Task
    network: Network
    sizes: Sizes
    graph: Graph
    trace: Trace
    events: tuple[Event, ...]
    theta: Mapping[str, Array] | None
    """The weights before any edit, where they are not the initial ones of the seed."""
    draft: Draft
    """What the numbers were computed from."""
    window: Window | None = None
    """The one of several windows whose losses alone count, and whose cut is shown."""

    @cached_property
    def written(self) -> str:
        """The sequence as it can be typed, with its targets where some do not follow the rule of the task."""
        targets = self.draft.batch(self.task).y if self.draft.targets else None
        return self.task.written(self.draft.drawn, targets)

    @cached_property
    def signals(self) -> Mapping[str, Signal]:
        """What the task gives to each given node, by the node's name: of which kind, and what its units are called."""
        return signals_of(self.architecture, self.task)

    def labels(self, dimension: str) -> tuple[str, ...]:
        """What the units along a dimension are called: as the task labels them, () where they stand for nothing."""
        nodes = self.network.node
        return next((signal.units for name, signal in self.signals.items() if nodes(name).size == dimension), ())

    def said(self, name: str, value: Array) -> str:
        """The value (n,) of a given node as a person writes it."""
        if name == self.network.target:
            return self.task.describe_target(value)
        return self.task.describe_input(value)

    @cached_property
    def edited(self) -> Edited:
        """What has been changed by hand."""
        return edited(self.document, self.document.edits)

    @cached_property
    def equation(self) -> Callable[[Event], Equation]:
        """Gives the equation that an event carries out, with its numbers; the latest are kept."""
        return lru_cache(maxsize=16)(partial(equation_of, self.trace))


def shown_setting(name: str) -> Setting:
    """What a form of a document's settings must know of one."""
    setting = declared(Document)[name]
    return replace(setting, bounds=replace(setting.bounds, high=SHOWN.get(name, setting.bounds.high)))


def show(document: Document, theta: Mapping[str, Array] | None = None, moments: Moments | None = None) -> Shown:
    """Everything there is to see of a document, for the initial weights of its seed or for `theta`.

    `moments`: what the optimiser remembers of the updates that led to θ. Raises ExplorerError, in one sentence, for a
    document that makes no sense.
    """
    before = _unedited(document, theta)
    draft, task, network, sizes = before.draft, before.task, before.network, before.sizes
    for edit in document.edits:
        if not _waits(edit, document, network):
            draft = edit.applied(draft, task, network, sizes)
    batch = handing_over(network.architecture, task)(draft.batch(task))
    batch = replace(batch, mask=before.mask, uniform=before.uniform)
    if (window := window_shown(document)) is not None:
        batch = replace(batch, loss_weights=_counted(window, batch))
    weighted, held = batch.loss_weights is not None, frozenset(batch.held)
    tracer = tracer_of(network, tuple(sizes.items()), document.length, weighted, held, borders_shown(document))
    with beside_training(document.length * document.network.hidden**2):
        trace = tracer.trace(draft.parameters, batch, rule_of(stepped(document)), moments)
    graph = trace.graph
    events = list_events(graph, trace)
    return Shown(document, network.architecture, task, network, sizes, graph, trace, events, theta, draft, window)


def stepped(document: Document) -> TrainingSettings:
    """How the update that is stepped through moves θ: as the plan trains, if nothing else is said."""
    chosen = {"optimizer": document.optimizer, "learning_rate": document.learning_rate}
    return replace(document.plan.training, **{name: value for name, value in chosen.items() if value is not None})


def borders_shown(document: Document) -> Borders:
    """Where BPTT is truncated that is stepped through: as the plan trains, or where the window shown begins."""
    if (window := window_shown(document)) is not None:
        return (window.start,) if window.start else ()
    return borders_of(architecture_of(document), document.plan.training, document.length) or ()


def window_shown(document: Document) -> Window | None:
    """The window whose part of the gradient is shown alone: the one chosen, or the last, of those that overlap."""
    if document.window is None:
        return None
    found = windows_of(architecture_of(document), document.plan.training, document.length)
    return found[min(document.window, len(found)) - 1] if found else None


def _counted(window: Window, batch: Batch) -> Array:
    """The loss weights (T, B) by which the fresh losses of a window count, and no others."""
    weights = np.zeros(batch.y.shape[:2])
    fresh = slice(window.fresh, window.stop)
    weights[fresh] = 1.0 if batch.loss_weights is None else batch.loss_weights[fresh]
    return weights


def fed(document: Document, t: int, target: bool) -> Document:
    """The document in which step t + 1 is fed the target y(t), or the network's own signal, as if mixed by hand.

    It shows training time, as a network on its own has no targets to be fed. Raises ExplorerError if nothing is fed.
    """
    if document.feedback is None:
        raise ExplorerError(why_no_feedback(architecture_of(document)))
    check_step(t, document.length)
    feedback = get_feedback(document.feedback)
    mask = list(document.fed_target[: document.length]) if feedback.mixed else []
    mask += [feedback.target] * (document.length - len(mask))
    mask[t - 1] = target
    mixed = MIXED[feedback.own or "yhat"].id
    return replace(document, feedback=mixed, fed_target=tuple(mask), test_time=False)


def network_of(document: Document) -> Network:
    """The network of a document, with the feedback of training or of test time."""
    feedback = get_feedback(document.feedback) if document.feedback is not None else None
    if document.test_time:
        feedback = closed_loop(feedback, architecture_of(document).output)
    return connected(document, feedback)


def means_something(document: Document) -> Callable[[Edit], bool]:
    """Return what tells whether an edit can be made in a document, at training or at test time.

    Raises ExplorerError for a document that makes no sense.
    """
    before = _unedited(document, None)

    def applies(edit: Edit) -> bool:
        try:
            edit.applied(before.draft, before.task, before.network, before.sizes)
        except ExplorerError:
            return _waits(edit, document, before.network)
        return True

    return applies


def _waits(edit: Edit, document: Document, network: Network) -> bool:
    """Whether it is about a signal that is fed back at test time only, or in training only: its start, or a hold."""
    if not isinstance(edit, InitialEdit | HoldEdit) or document.feedback is None:
        return False
    other = network_of(replace(document, test_time=not document.test_time))
    if isinstance(edit, HoldEdit):
        here, there = ({node.name for node in found.nodes} for found in (network, other))
        return edit.name in there - here
    return not reads_before_first(network, edit.name) and reads_before_first(other, edit.name)


class _Unedited(Struct, frozen=True, eq=False):
    """What a document leads to before its edits are made."""

    task: Task
    network: Network
    sizes: Sizes
    draft: Draft
    mask: Array | None
    uniform: Array | None


def _unedited(document: Document, theta: Mapping[str, Array] | None) -> _Unedited:
    architecture, task = architecture_of(document), task_of(document)
    _check(document, architecture, task)
    network, sizes = network_of(document), sizes_of(document)
    parameters = dict(theta) if theta is not None else seeded_parameters(document, architecture, sizes)
    mask, uniform = _chance(document, network)
    drawn, targets = _sequence(document, task)
    return _Unedited(task, network, sizes, Draft(parameters, drawn, document.length, targets), mask, uniform)


def seeding(document: Document) -> tuple[int, float, str, Mapping[str, Chosen]]:
    """What the initial weights of a network follow from: seed, scale, and what is chosen about them."""
    training = document.plan.training
    return document.seed, training.initial_scale, training.initial, document.network.choices


def seeded_parameters(document: Document, architecture: Architecture, sizes: Sizes) -> dict[str, Array]:
    """The initial θ of a document's seed: the same in the window, in training and without a window."""
    seed, scale, recurrent, _ = seeding(document)
    return initial_parameters(architecture, sizes, generator(seed, PARAMETERS), scale, recurrent)


@lru_cache(maxsize=2)
def tracer_of(
    network: Network,
    sizes: tuple[tuple[str, int], ...],
    T: int,
    weighted: bool,
    held: frozenset[str] = frozenset(),
    borders: Borders = (),
) -> Tracer:
    """A compiled tracer is kept, so that an edit only runs it again."""
    return Tracer(network, dict(sizes), T, weighted=weighted, held=held, borders=borders)


def _sequence(document: Document, task: Task) -> tuple[Drawn, dict[Index, float]]:
    """The example sequence, and those of its targets that are given: by index into y.

    It is number `example` of the sequences of this task, whatever the other settings, with what was typed written over
    its beginning: all of it, unless the length has been changed since.
    """
    if not document.typed:
        return task.example(document.example, document.length), {}
    typed = task.typed(document.typed)
    if typed.drawn is not None and task.is_whole(typed.drawn, document.length):
        drawn = typed.drawn[: task.rows(document.length)]
    else:
        drawn = task.example(document.example, document.length)
        if typed.drawn is not None:
            task.write_over(drawn, typed.drawn)
    if typed.targets is None:
        return drawn, {}
    steps = 1 if task.one_output else document.length
    return drawn, {index: float(value) for index, value in np.ndenumerate(typed.targets[:steps])}


def _chance(document: Document, network: Network) -> tuple[Array | None, Array | None]:
    """Which steps are fed their target, and numbers to sample by, both (T, 1); None where the network needs none."""
    T = document.length
    mask = uniform = None
    if network.switched:
        fed = document.fed_target[:T]
        mask = np.array([*fed, *[True] * (T - len(fed))], float).reshape(-1, 1)
    if network.draws:
        uniform = chances(document.example, T)
    return mask, uniform


def chances(example: int, T: int) -> Array:
    """The numbers (T, 1) by which symbols are drawn that are fed back in an example, whatever it is of."""
    return np.random.default_rng([example, 2]).random((T, 1))


def _check(document: Document, architecture: Architecture, task: Task) -> None:
    refuse(mismatch(architecture, task))
    check_bounds(document, SHOWN)
    task.check_length(document.length)
    check_plan(document.plan)
    check_training(stepped(document))


FIRST = Document(network=NetworkSettings("hidden_to_hidden"), feedback=None, length=4, example=1)
"""What a new window opens with: the plain network of fig. 10.3 on a task whose steps are soon walked."""
