"""Name the constant inputs under which a step is looked at: those that a task can give, that of the step at hand."""

from itertools import product

import numpy as np

from explorer.graph.analyse.step_map import Inputs, StepMap
from explorer.graph.output import Target
from explorer.language import tr
from explorer.session.document import Shown
from explorer.tasks import SymbolTask

_MOST_BITS = 3


def inputs_of(shown: Shown, step: StepMap) -> dict[str, Inputs]:
    """What the state's step can be given, by the name that the task has for it; of numbers, all of them zero."""
    if not step.inputs:
        return {tr("no input"): {}}
    if len(step.inputs) > 1:
        return {}
    (name,) = step.inputs
    task = shown.task
    if isinstance(task, SymbolTask):
        return {said: {name: vector} for said, vector in zip(task.input_steps, task.input_vectors, strict=True)}
    if task.input_steps:
        return {said: {name: vector} for said, vector in zip(task.input_steps, np.eye(task.n_x), strict=True)}
    if task.input_kind is Target.BITS and task.n_x <= _MOST_BITS:
        every = product((0.0, 1.0), repeat=task.n_x)
        return {shown.said(name, vector): {name: vector} for vector in map(np.array, every)}
    nothing = np.zeros(task.n_x)
    return {shown.said(name, nothing): {name: nothing}}


def input_at(shown: Shown, step: StepMap, t: int) -> tuple[str, Inputs]:
    """The input of the sequence that is shown, at a step of the state, and how it is said."""
    steps = {name: 1 if shown.network.node(name).span.single else t for name in step.inputs}
    values = {name: shown.trace.value(name, at) for name, at in steps.items()}
    said = ", ".join(shown.said(name, value) for name, value in values.items())
    return said or tr("no input"), values
