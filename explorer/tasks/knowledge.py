"""All that is known at each step of a task's sequences: its own rules, what was read, what is asked for, the step."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.graph.declaration import EVERY, Span
from explorer.graph.output import Target
from explorer.language import tr
from explorer.tasks.base import Task
from explorer.tasks.declared import Drawn
from explorer.tasks.facts import BIT, Fact, earlier, spread


def all_known(task: Task, drawn: Drawn) -> tuple[Fact, ...]:
    """What the task `knows`, what is read, what came before it, what is asked for, and the step; never empty."""
    batch = task.encode(drawn)
    x, y = batch.inputs["x"], batch.y
    T = len(x) if task.one_output else len(y)
    span, names = task.input_span, task.input_steps
    found = list(task.knows(drawn))
    if names:
        read = batch.symbols.get("x", task.read(drawn))
        if span.single:
            found.append(Fact("read", tr("Input"), spread(read[0], T), names))
        else:
            found.append(Fact("read", tr("Symbol read"), read, names, span))
            found.append(Fact("before", tr("Symbol before"), earlier(read, 1), names, span))
    else:
        values = spread(x[0], T) if span.single else x
        found += _of_units(
            "read", tr("Input"), values, task.input_units, task.input_kind, EVERY if span.single else span
        )
    found += _targets(task, spread(y[0], T) if task.one_output else y)
    if not span.single and span != EVERY:
        found.append(Fact("input_step", tr("Step of the input"), _steps(*x.shape[:2]), span=span))
    found.append(Fact("step", tr("Step"), _steps(T, x.shape[1])))
    return tuple(found)


def _steps(count: int, B: int) -> NDArray[np.float64]:
    return np.repeat(np.arange(1.0, count + 1)[:, np.newaxis], B, 1)


def _targets(task: Task, y: NDArray[Any]) -> list[Fact]:
    """What is asked for at each step of the targets (T, B), or (T, B, n_y) where they are not symbols."""
    title = tr("Answer wanted in the end") if task.one_output else tr("Target")
    if y.ndim == 2:
        return [Fact("target", title, y, task.output_units)]
    if task.target_kind is Target.SYMBOLS and task.n_y > 1:
        return [Fact("target", title, y.argmax(2), task.output_units)]
    bits = task.target_kind is not Target.NUMBERS
    return _of_units("target", title, y, task.output_units, Target.BITS if bits else Target.NUMBERS, EVERY)


def _of_units(id: str, title: str, values: NDArray[Any], units: Sequence[str], kind: Target, span: Span) -> list[Fact]:
    """One thing for each unit of bits or numbers (steps, B, n)."""
    bits = kind is Target.BITS
    return [
        Fact(
            f"{id}_{place}",
            title if len(units) == 1 else f"{title}: {unit}",
            (values[..., place] > 1 / 2).astype(np.intp) if bits else values[..., place],
            BIT if bits else (),
            span,
        )
        for place, unit in enumerate(units)
    ]
