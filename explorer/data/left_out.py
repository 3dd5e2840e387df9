"""Tell targets that are left out of the loss, which stand as `_`, from the others, and read these: `read_counted`."""

from collections.abc import Callable, Sequence
from itertools import chain

from explorer.data.cells import Column
from explorer.data.data_set import Steps
from explorer.data.source import LEFT_OUT, Cell
from explorer.errors import ExplorerError

Side = Sequence[Sequence[Cell]]
"""The steps of inputs or targets, with a cell for each unit."""


def is_left_out(step: Sequence[Cell]) -> bool:
    """Whether the loss of this step is not to count."""
    return step.count(LEFT_OUT) == len(step)


def read_counted(sides: Sequence[Side], read: Callable[[list[Side]], Column]) -> tuple[Column, tuple[list[float], ...]]:
    """The targets as `read` takes those that count, with zeros in place of the others; and the loss weights, 0 or 1.

    There are no weights where all of them count. Raises ExplorerError where none does.
    """
    if not any(map(is_left_out, chain.from_iterable(sides))):
        return read([*sides]), ()
    counted = [step for step in chain.from_iterable(sides) if not is_left_out(step)]
    if not counted:
        raise ExplorerError("All targets are left out, so that there is no loss; give at least one.")
    column = read([counted])
    found: Steps = column.steps[0]
    rows, none = iter(found), [0.0] * len(found[0])
    steps = [[none if is_left_out(step) else next(rows) for step in side] for side in sides]
    weights = tuple([0.0 if is_left_out(step) else 1.0 for step in side] for side in sides)
    return Column(steps, column.kind, column.names), weights
