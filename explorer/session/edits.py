"""Change one thing by hand, where it is drawn: a weight, an input, a target, an initial state, what is computed."""

from collections.abc import Iterable, Mapping

import msgspec
import numpy as np
from msgspec import Struct, field
from msgspec.structs import replace

from explorer.errors import ExplorerError, check_known, refuse, suggest
from explorer.graph.arrays import Array, Index, has_entry
from explorer.graph.batch import Batch
from explorer.graph.declaration import Gather, Sizes, Softmax, dimension
from explorer.graph.feedback import Network
from explorer.graph.held import Holds, nothing_held
from explorer.graph.output import Target
from explorer.graph.plain import plain
from explorer.graph.refs import refs_in
from explorer.language import tr, trn
from explorer.tasks import Task
from explorer.tasks.declared import Drawn
from explorer.tasks.typed import LARGEST
from explorer.training.matching import handing_over, signals_of
from explorer.wording import by_size


class Draft(Struct, frozen=True, eq=False):
    """What edits are made to: θ, and the example sequence of T steps before its targets are worked out.

    drawn: what the task draws for one sequence, from which its rule gives the targets; targets: by index into y, those
    set by hand instead; initial: by node (1, n), the states before the first step; held: what is held by hand.
    """

    parameters: Mapping[str, Array]
    drawn: Drawn
    T: int
    targets: Mapping[Index, float] = field(default_factory=dict)
    initial: Mapping[str, Array] = field(default_factory=dict)
    held: Holds = field(default_factory=dict)

    def batch(self, task: Task) -> Batch:
        """The sequence, its targets and the states before it."""
        batch = task.encode(self.drawn)
        for index, value in self.targets.items():
            batch.y[index] = value
        return replace(batch, initial=self.initial, held=self.held)


class WeightEdit(msgspec.Struct, frozen=True, tag="weight", forbid_unknown_fields=True):
    """Set one entry of a parameter; `index` is (row, column) or (entry,), from 0."""

    name: str
    index: tuple[int, ...]
    value: float

    def applied(self, draft: Draft, task: Task, network: Network, sizes: Sizes) -> Draft:
        check_known(self.name, draft.parameters, tr("parameter"))
        array = draft.parameters[self.name].copy()
        if not has_entry(array, self.index):
            shape = by_size(array.shape)
            raise ExplorerError(
                "{name} is {shape} and has no entry {index}; choose one inside.",
                name=self.name,
                shape=shape,
                index=self.index,
            )
        array[self.index] = _number(self.value, tr("An entry of {name}", name=self.name))
        return replace(draft, parameters={**draft.parameters, self.name: array})


class InputEdit(msgspec.Struct, frozen=True, tag="input", forbid_unknown_fields=True):
    """Make the input of step t another of the task's input steps, by its place among them; the targets follow."""

    t: int
    step: int

    def applied(self, draft: Draft, task: Task, network: Network, sizes: Sizes) -> Draft:
        if not network.inputs or not task.input_steps:
            raise ExplorerError(
                "'{architecture}' on '{task}' reads no symbols that could be set.",
                architecture=network.architecture.title,
                task=task.title,
            )
        n = len(task.input_steps)
        check_step(self.t, len(task.read(draft.drawn)))
        if not 0 <= self.step < n:
            raise ExplorerError(
                "'{task}' has {n} inputs, numbered from 0; there is no {step}.", task=task.title, n=n, step=self.step
            )
        return _with_input(draft, task.input_place(self.t), self.step)


class TargetEdit(msgspec.Struct, frozen=True, tag="target", forbid_unknown_fields=True):
    """Make the target of step t another output symbol, by its place among them."""

    t: int
    symbol: int

    def applied(self, draft: Draft, task: Task, network: Network, sizes: Sizes) -> Draft:
        if task.target is not Target.SYMBOLS:
            raise ExplorerError(
                "The targets of '{task}' are {target}; there are no symbols to set.",
                task=task.title,
                target=task.target,
            )
        row = _target_row(self.t, draft, task, network)
        if not 0 <= self.symbol < task.n_y:
            raise ExplorerError(
                "'{task}' has {n_y} output symbols, numbered from 0; there is no {symbol}.",
                task=task.title,
                n_y=task.n_y,
                symbol=self.symbol,
            )
        return replace(draft, targets={**draft.targets, (row, 0): self.symbol})


class NumberEdit(msgspec.Struct, frozen=True, tag="number", forbid_unknown_fields=True):
    """Set one unit of an input or a target that is made of numbers or bits, by the name of its node, at step t."""

    name: str
    t: int
    unit: int
    value: float

    def applied(self, draft: Draft, task: Task, network: Network, sizes: Sizes) -> Draft:
        signal = signals_of(network.architecture, task).get(self.name)
        if signal is None:
            raise suggest(self.name, signals_of(network.architecture, task), tr("input or target"))
        here = f"{self.name}({self.t})"
        if signal.kind is Target.SYMBOLS:
            raise ExplorerError(
                "{here} is a symbol; choose another of the symbols of '{task}'.", here=here, task=task.title
            )
        value, n = _number(self.value, here), len(signal.units)
        if signal.kind is Target.BITS and value not in (0.0, 1.0):
            raise ExplorerError(
                "{here} is made of bits, so it cannot be {value:g}; choose 0 or 1.", here=here, value=value
            )
        check_unit(self.unit, n, here)
        if self.name == network.target:
            row = _target_row(self.t, draft, task, network)
            return replace(draft, targets={**draft.targets, (row, 0, self.unit): value})
        check_step(self.t, len(task.read(draft.drawn)))
        return _with_input(draft, (self.t - 1, 0, self.unit), value)


def _with_input(draft: Draft, index: Index, value: float) -> Draft:
    drawn = draft.drawn.copy()
    drawn[index] = value
    return replace(draft, drawn=drawn)


def _target_row(t: int, draft: Draft, task: Task, network: Network) -> int:
    """The row of y in which the target of step t stands."""
    last = draft.T if network.target is None else network.node(network.target).span.steps(draft.T, {})[-1]
    check_step(t, last)
    if task.one_output and t != last:
        raise ExplorerError("There is one target, at the end, and none at t = {t}.", t=t)
    return 0 if task.one_output else t - 1


class InitialEdit(msgspec.Struct, frozen=True, tag="initial", forbid_unknown_fields=True):
    """Set one unit of a node's state before the first step, which is zero otherwise, or the first that a task gives."""

    name: str
    unit: int
    value: float

    def applied(self, draft: Draft, task: Task, network: Network, sizes: Sizes) -> Draft:
        node = network.node(self.name)
        if not reads_before_first(network, self.name):
            raise ExplorerError(
                "Nothing reads {name} before the first step, so it has no initial state to set.", name=self.name
            )
        n = dimension(node.size, sizes)
        check_unit(self.unit, n, self.name)
        usual = handing_over(network.architecture, task)(draft.batch(task)).initial
        state = usual.get(self.name, np.zeros((1, n))).copy()
        state[0, self.unit] = _number(self.value, tr("The initial state of {name}", name=self.name))
        return replace(draft, initial={**draft.initial, self.name: state})


class HoldEdit(msgspec.Struct, frozen=True, tag="hold", forbid_unknown_fields=True):
    """Hold one unit of a computed node at a number, at step t, or with `onward` at every step from t on.

    What follows is computed from it. No gradient goes back through it, and training does not hold it.
    """

    name: str
    t: int
    unit: int
    value: float
    onward: bool = False

    def applied(self, draft: Draft, task: Task, network: Network, sizes: Sizes) -> Draft:
        node = network.node(self.name)
        refuse(why_not_held(network, self.name))
        steps, n = node.span.steps(draft.T, sizes), dimension(node.size, sizes)
        if self.t not in steps:
            raise ExplorerError(
                "{node} is computed at t = {first} to {last}, not at {t}; hold it at one of these.",
                node=self.name,
                first=steps.start,
                last=steps.stop - 1,
                t=self.t,
            )
        check_unit(self.unit, n, self.name)
        value = _number(self.value, tr("A unit of {name}", name=self.name))
        held = draft.held.get(self.name, nothing_held(len(steps), n))
        for row in range(self.t - steps.start, len(steps) if self.onward else self.t - steps.start + 1):
            held = held.written(row, self.unit, value)
        return replace(draft, held={**draft.held, self.name: held})

    def steps(self, last: int) -> range:
        """The steps at which it holds its unit, where the last of its node is `last`."""
        return range(self.t, last + 1 if self.onward else self.t + 1)


Edit = WeightEdit | InputEdit | TargetEdit | NumberEdit | InitialEdit | HoldEdit


def without_sequence(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits that stay where another sequence is shown: all but those of its inputs and targets."""
    return tuple(edit for edit in edits if not isinstance(edit, InputEdit | TargetEdit | NumberEdit))


def why_not_held(network: Network, name: str) -> str:
    """Why a node cannot be held, in one sentence; "" if it can."""
    here, output = plain(network.node(name).symbol), network.output
    if network.node(name).given:
        return tr("{node} is given, not computed, so there is nothing to hold: edit it instead.", node=here)
    if isinstance(network.node(name).operation, Gather):
        (source,) = refs_in(network.node(name).operation.sources)
        steps = plain(network.node(source.name).symbol)
        return tr("{node} is nothing but {steps} at all steps: hold {steps} instead.", node=here, steps=steps)
    if output is not None and name == output.loss:
        return tr("{node} is what everything else is judged by: hold a state or an output instead.", node=here)
    if output is not None and name == output.prediction != output.logits:
        logits = plain(network.node(output.logits).symbol)
        return tr(
            "The loss is computed from {logits}, so {node} cannot be held: hold {logits}.", logits=logits, node=here
        )
    if isinstance(network.node(name).operation, Softmax):
        # What comes back to its source is worked out from all of its units as they are computed, held ones too.
        (source,) = refs_in(network.node(name).operation.sources)
        scores = plain(network.node(source.name).symbol)
        return tr("{node} is a softmax, whose units sum to 1: hold {scores} instead.", node=here, scores=scores)
    return ""


def reads_before_first(network: Network, name: str) -> bool:
    """Whether a node is read at a step before the first, so that it has an initial state."""
    return any(ref.name == name and ref.lag > 0 for ref in network.refs)


def check_step(t: int, T: int) -> None:
    """Raise ExplorerError if a sequence of T steps has no step t."""
    if not 1 <= t <= T:
        raise ExplorerError("There is no step {t} in a sequence of {T}; choose one from 1 to {T}.", t=t, T=T)


def check_unit(unit: int, n: int, name: str) -> None:
    """Raise ExplorerError if what has n units has none of this number, from 0."""
    if not 0 <= unit < n:
        raise ExplorerError(
            "{name} has {units}, numbered from 0; there is no {unit}.",
            name=name,
            units=trn("1 unit", "{n:,} units", n),
            unit=unit,
        )


def _number(value: float, what: str) -> float:
    if not abs(value) <= LARGEST:  # also catches NaN
        raise ExplorerError(
            "{what} cannot be {value}; choose a number between −1,000,000 and 1,000,000.", what=what, value=value
        )
    return value


def edit_place(edit: Edit) -> tuple[object, ...]:
    """What an edit changes: of two edits at one place the later replaces the earlier."""
    return type(edit), *(getattr(edit, part, None) for part in ("name", "index", "t", "unit"))
