"""Follow one example sequence with the weights of a run: target, output fed targets, output fed itself, the drift."""

import numpy as np
from msgspec import Struct

from explorer.graph.arrays import Array
from explorer.graph.metric import Outputs
from explorer.graph.output import Target
from explorer.language import tr
from explorer.session.runs.runs import RunRecord
from explorer.tasks import Task
from explorer.training.evaluation import alike
from explorer.training.example import Example, follow
from explorer.training.problem import task_of

LONGEST = 400
"""Steps of an example at most: more than can be read."""


class Row(Struct, frozen=True, eq=False):
    """One line: what is said of each predicted step, and whether it is wrong. `first`: the first wrong one, from 0.

    `numbers`: the same as numbers, (steps, n_y), where they are no symbols.
    """

    title: str
    symbols: tuple[str, ...]
    wrong: tuple[bool, ...]
    numbers: Array | None = None

    @property
    def first(self) -> int | None:
        return self.wrong.index(True) if any(self.wrong) else None

    def said(self, place: int) -> str:
        """One predicted step, counted from 0, in words."""
        symbol = self.symbols[place]
        return tr("{symbol} (wrong)", symbol=symbol) if self.wrong[place] else symbol


class Followed(Struct, frozen=True, eq=False):
    """Example `number` of a task, at the weights of `iteration`.

    `inputs` has an entry for each step, "" where none is given; the rows have one for each predicted step, of which the
    first is step `first_step`, counted from 1. `drift`: ‖h_teacher(t) − h_free(t)‖, (steps,), None without output
    feedback. `injected`: the step after which a wrong output was fed back, and the step from which on the outputs are
    again those without it (None: never); None if nothing was injected.
    """

    number: int
    iteration: int
    inputs: tuple[str, ...]
    rows: tuple[Row, ...]
    first_step: int
    drift: Array | None
    injected: tuple[int, int | None] | None
    one: str = "symbol"
    """What an output is called."""
    input_numbers: Array | None = None
    """The inputs as numbers, (steps, n_x), where they are no symbols."""
    curves: bool = False
    """Whether outputs are single real numbers, which are best seen as curves."""
    brackets: str = ""
    """The inputs as an expression in brackets, where these make a tree of them."""


def follow_example(record: RunRecord, iteration: int, number: int, inject: int | None = None) -> Followed | None:
    """Follow example `number` with the kept weights nearest to `iteration`; None if no weights are kept.

    The same number gives the same sequence whatever the run, so runs can be compared on it. `inject` t: after step
    t, the next symbol of the alphabet is fed back instead of the output, or a bit turned round, or a number as far off
    as targets are spread.
    """
    found = record.theta(iteration)
    if found is None:
        return None
    settings = record.settings
    task = task_of(settings)
    T = task.length_of(number) or min(settings.length, LONGEST)
    drawn = task.example(number, T)
    batch = task.encode(drawn)

    def followed(inject: tuple[int, int | Array] | None) -> Example:
        return follow(settings, found[1], batch, T, np.random.default_rng([number, 2]), inject)

    example, metric = followed(None), task.kind.metric
    steps = len(example.targets)
    if inject is not None and settings.feedback is not None and 1 <= inject < steps:
        example = followed((inject, _wrong(task, T, example.closed_loop[inject - 1])))
    rows = [_row(task, tr("target"), example.targets, example)]
    if settings.feedback is None:
        rows.append(_row(task, tr("output"), example.open_loop, example))
    else:
        rows.append(_row(task, tr("fed targets"), example.open_loop, example))
        rows.append(_row(task, tr("fed its own output"), example.closed_loop, example))
    injected = None
    if example.injection is not None and inject is not None:
        rows.append(_row(task, tr("after a wrong {one}", one=metric.one), example.injection.outputs, example))
        injected = (inject, example.injection.recovered)
    inputs = [task.describe_input(x) for x in batch.inputs["x"][:, 0]]
    return Followed(
        number=number,
        iteration=found[0],
        inputs=(*inputs, *[""] * (T - len(inputs))),
        rows=tuple(rows),
        first_step=T - steps + 1,
        drift=example.state_distance,
        injected=injected,
        one=metric.one,
        input_numbers=None if task.input_steps else batch.inputs["x"][:, 0],
        curves=task.target is Target.NUMBERS and task.n_y == 1 and steps > 1,
        brackets=task.write_inputs(drawn) if batch.trees is not None else "",
    )


def _wrong(task: Task, T: int, output: Outputs) -> int | Array:
    """An output that is wrong where this one is right."""
    match task.target:
        case Target.SYMBOLS:
            return (int(output) + 1) % task.n_y
        case Target.BITS:
            return 1.0 - np.asarray(output, float)
        case _:
            return np.asarray(output, float) + 10 * task.tolerance(T)


def _row(task: Task, title: str, outputs: Outputs, example: Example) -> Row:
    wrong = ~alike(outputs[:, np.newaxis], example.targets[:, np.newaxis], example.tolerance)[:, 0]
    if task.target is Target.SYMBOLS:
        return Row(title, tuple(task.output_units[output] for output in outputs), tuple(wrong.tolist()))
    return Row(title, tuple(map(task.describe_target, outputs)), tuple(wrong.tolist()), np.asarray(outputs, float))
