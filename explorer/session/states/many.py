"""Run the network that is shown on many sequences of its task, beside what the task knows of each step of them."""

from functools import lru_cache

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from explorer.graph.arrays import Array
from explorer.graph.batch import Batch
from explorer.graph.compute.states import values_of
from explorer.graph.declaration import Sizes, Span
from explorer.session.document import Shown
from explorer.tasks import Fact, Task, all_known
from explorer.tasks.facts import UNKNOWN
from explorer.training.matching import handing_over

POINTS, FEWEST, MOST = 1500, 24, 200
"""About so many steps of all sequences together, and how few or many sequences there are."""
_SEED = 13
_LARGEST = 1e100
"""The square of what is larger is beyond a float."""


class Many(Struct, frozen=True, eq=False):
    """B sequences of T steps, as the task encoded them, and all it knows of them."""

    batch: Batch
    facts: tuple[Fact, ...]
    uniform: Array
    """(T, B): numbers to sample by, for a network that does."""

    @property
    def count(self) -> int:
        """B, the number of sequences."""
        return int(self.uniform.shape[1])


def many_of(shown: Shown) -> Many:
    """The same sequences each time for a task and a length. ExplorerError where it has none of so many steps."""
    return _drawn(shown.task, shown.trace.T)


@lru_cache(maxsize=3)
def _drawn(task: Task, T: int) -> Many:
    rng = np.random.default_rng([_SEED, T])
    B = min(max(FEWEST, POINTS // T), MOST)
    task.check_length(T)
    drawn = task.draw(rng, T, B)
    return Many(task.encode(drawn), all_known(task, drawn), rng.random((T, B)))


def batch_of(shown: Shown, many: Many) -> Batch:
    """The sequences as the network takes them: fed back as in the one that is shown, and begun in the same states."""
    given = replace(many.batch, initial=shown.draft.initial)
    batch = handing_over(shown.architecture, shown.task)(given)
    if not shown.network.inputs and shown.network.output is None:
        return replace(batch, inputs={}, initial=_elsewhere(shown, many.count))
    mask = shown.trace.batch.mask
    return replace(
        batch,
        initial={name: _for_all(rows, many.count) for name, rows in batch.initial.items()},
        mask=None if mask is None else np.repeat(mask, many.count, 1),
        uniform=many.uniform,
    )


def many_values(shown: Shown, many: Many) -> dict[str, Array]:
    """The value of every node, (steps, B, n), by the weights that are shown: states and gates alike.

    What has overflown, or nearly, is NaN.
    """
    values = values_of(shown.network, shown.sizes, shown.trace.T, shown.trace.parameters, batch_of(shown, many))
    for array in values.values():
        array[~(np.abs(array) < _LARGEST)] = np.nan
    return values


def facts_at(shown: Shown, facts: tuple[Fact, ...], name: str) -> tuple[Fact, ...]:
    """Of these facts, those of the steps of a node; at inner nodes of a tree, what is of leaves alone is unknown."""
    span, T, sizes = shown.network.node(name).span, shown.trace.T, shown.sizes
    feedback = shown.network.feedback
    if not shown.network.inputs and not (feedback is not None and feedback.target):
        facts = tuple(fact for fact in facts if fact.id == "step")  # nothing is read that could be known
    found = (_at(fact, span, T, sizes) for fact in facts)
    return tuple(fact for fact in found if fact is not None)


def _at(fact: Fact, span: Span, T: int, sizes: Sizes) -> Fact | None:
    if span.length != fact.span.length or span.last != fact.span.last or (fact.span.tree and not span.tree):
        return None
    missing = span.count(T, sizes) - len(fact.values)
    if not missing:
        return fact
    unknown = UNKNOWN if fact.labelled else np.nan
    return replace(fact, values=np.pad(fact.values, ((0, missing), (0, 0)), constant_values=unknown), span=span)


def _for_all(rows: Array, B: int) -> Array:
    """A state before the first step (…, 1, n) of one sequence, or (…, B, n) of each, for B sequences."""
    return np.repeat(rows, B, -2) if rows.shape[-2] == 1 else rows


def _elsewhere(shown: Shown, B: int) -> dict[str, Array]:
    """For a network that nothing comes into: B random states to begin in, of which the first is the one that is shown.

    Else all sequences were one.
    """
    rng = np.random.default_rng(_SEED)
    found: dict[str, Array] = {}
    for name, rows in shown.trace.initial.items():
        found[name] = rng.uniform(-1.0, 1.0, (len(rows), B, rows.shape[2]))
        found[name][:, :1] = rows
    return found
