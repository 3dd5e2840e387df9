"""Change one thing by hand, where it is drawn: a weight, an input, a target, an initial state."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from explorer.architectures import get_architecture
from explorer.errors import ExplorerError, suggest
from explorer.graph.declaration import Ref, Sizes, dimension
from explorer.graph.feedback import Network
from explorer.graph.operations import Array
from explorer.graph.trace import Batch
from explorer.graph.unfold import Vertex
from explorer.tasks import Task

if TYPE_CHECKING:
    from explorer.session.document import Document

Parameters = dict[str, Array]
Index = tuple[int, ...]
LARGEST = 1e6


class WeightEdit(msgspec.Struct, frozen=True, tag="weight", forbid_unknown_fields=True):
    """Set one entry of a parameter; `index` is (row, column) or (entry,), from 0."""

    name: str
    index: tuple[int, ...]
    value: float

    def applied(
        self, parameters: Parameters, batch: Batch, task: Task, network: Network, sizes: Sizes
    ) -> tuple[Parameters, Batch]:
        if self.name not in parameters:
            raise suggest(self.name, parameters, "parameter")
        array = parameters[self.name].copy()
        if len(self.index) != array.ndim or any(not 0 <= i < n for i, n in zip(self.index, array.shape, strict=True)):
            shape = " × ".join(map(str, array.shape))
            raise ExplorerError(f"{self.name} is {shape} and has no entry {self.index}; choose one inside.")
        array[self.index] = _number(self.value, f"An entry of {self.name}")
        return {**parameters, self.name: array}, batch


class InputEdit(msgspec.Struct, frozen=True, tag="input", forbid_unknown_fields=True):
    """Make the input of step t another of the task's input steps, by its place among them; y stays as it is."""

    t: int
    step: int

    def applied(
        self, parameters: Parameters, batch: Batch, task: Task, network: Network, sizes: Sizes
    ) -> tuple[Parameters, Batch]:
        vectors = task.input_vectors
        check_step(self.t, len(batch.x))
        if not 0 <= self.step < len(vectors):
            raise ExplorerError(f"'{task.title}' has {len(vectors)} inputs, numbered from 0; there is no {self.step}.")
        x = batch.x.copy()
        x[self.t - 1, 0] = vectors[self.step]
        return parameters, replace(batch, x=x)


class TargetEdit(msgspec.Struct, frozen=True, tag="target", forbid_unknown_fields=True):
    """Make the target of step t another output symbol, by its place among them."""

    t: int
    symbol: int

    def applied(
        self, parameters: Parameters, batch: Batch, task: Task, network: Network, sizes: Sizes
    ) -> tuple[Parameters, Batch]:
        check_step(self.t, len(batch.x))
        if not 0 <= self.symbol < task.n_y:
            known = f"'{task.title}' has {task.n_y} output symbols, numbered from 0"
            raise ExplorerError(f"{known}; there is no {self.symbol}.")
        y = batch.y.copy()
        if len(y) == 1 and self.t != len(batch.x):
            raise ExplorerError(f"There is one target, at the last step, and none at step {self.t}.")
        y[-1 if len(y) == 1 else self.t - 1, 0] = self.symbol
        return parameters, replace(batch, y=y)


class InitialEdit(msgspec.Struct, frozen=True, tag="initial", forbid_unknown_fields=True):
    """Set one unit of a node's state before the first step, which is zero otherwise."""

    name: str
    unit: int
    value: float

    def applied(
        self, parameters: Parameters, batch: Batch, task: Task, network: Network, sizes: Sizes
    ) -> tuple[Parameters, Batch]:
        known = {node.name: node for node in network.nodes}
        if self.name not in known:
            raise suggest(self.name, known, "node")
        read = [source for node in network.nodes for source in node.operation.sources]
        if not any(isinstance(s, Ref) and s.name == self.name and s.lag > 0 for s in read):
            raise ExplorerError(f"Nothing reads {self.name} before the first step, so it has no initial state to set.")
        n = dimension(known[self.name].size, sizes)
        if not 0 <= self.unit < n:
            raise ExplorerError(f"{self.name} has {n} units, numbered from 0; there is no {self.unit}.")
        initial: dict[str, Array] = dict(batch.initial or {})
        state = initial.get(self.name, np.zeros((1, n))).copy()
        state[0, self.unit] = _number(self.value, f"The initial state of {self.name}")
        initial[self.name] = state
        return parameters, replace(batch, initial=initial)


Edit = WeightEdit | InputEdit | TargetEdit | InitialEdit


def check_step(t: int, T: int) -> None:
    """Raise ExplorerError if a sequence of T steps has no step t."""
    if not 1 <= t <= T:
        raise ExplorerError(f"There is no step {t} in a sequence of {T}; choose one from 1 to {T}.")


def _number(value: float, what: str) -> float:
    if not abs(value) <= LARGEST:  # also catches NaN
        raise ExplorerError(f"{what} cannot be {value}; choose a number between −1,000,000 and 1,000,000.")
    return value


def edit_place(edit: Edit) -> tuple[object, ...]:
    """What an edit changes: of two edits at one place the later replaces the earlier."""
    match edit:
        case WeightEdit(name, index):
            return WeightEdit, name, index
        case InputEdit(t) | TargetEdit(t):
            return type(edit), t
        case InitialEdit(name, unit):  # pragma: no branch - there are no other edits
            return InitialEdit, name, unit


class Edited(Struct, frozen=True):
    """What has been changed by hand: inputs, targets and initial states as vertices, and entries by parameter."""

    vertices: frozenset[Vertex]
    entries: Mapping[str, frozenset[Index]]


def edited(document: "Document") -> Edited:
    """What a drawing of this document should mark as changed by hand. An initial state is the vertex at t = 0.

    A fed-back signal switched by hand is not among them: its switch shows that by itself.
    """
    architecture = get_architecture(document.architecture)
    vertices, entries = set(), dict[str, set[Index]]()
    for edit in document.edits:
        match edit:
            case WeightEdit(name, index):
                entries.setdefault(name, set()).add(index)
            case InputEdit(t):
                vertices.add(Vertex(architecture.input, t))
            case TargetEdit(t):
                vertices.add(Vertex(architecture.target, t))
            case InitialEdit(name):  # pragma: no branch - there are no other edits
                vertices.add(Vertex(name, 0))
    return Edited(frozenset(vertices), {name: frozenset(indices) for name, indices in entries.items()})
