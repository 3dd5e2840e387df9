"""Judge a network on a held-out batch, fed the targets and fed its own output (exposure bias is the gap)."""

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.graph.architecture import Architecture
from explorer.graph.compute.program import Program
from explorer.graph.feedback import TEACHER_FORCING
from explorer.graph.operations import Array
from explorer.tasks import Task
from explorer.training.matching import signals_of
from explorer.training.messages import Evaluation, Judged
from explorer.training.problem import architecture_of, connected, sizes_of
from explorer.training.randomness import EVALUATION, generator
from explorer.training.settings import RunSettings
from explorer.training.validation import own_loop


def one_hot_nodes(task: Task, architecture: Architecture) -> tuple[str, ...]:
    """The given nodes that are one-hot in this task: what they are multiplied with can be looked up."""
    return tuple(name for name, signal in signals_of(architecture, task).items() if signal.one_hot)


class Judge:
    """Two programs, forward only, on one batch that depends on nothing but task, length and seed."""

    def __init__(self, settings: RunSettings, task: Task):
        rng = generator(settings.seed, EVALUATION)
        T, B = settings.length, settings.training.evaluation_batch
        batch = task.batch(rng, T, B)
        # The same numbers at each judging: a curve then moves because θ moved.
        batch = replace(batch, uniform=rng.random((T, B)))
        architecture = architecture_of(settings)
        own = own_loop(settings)
        modes = [TEACHER_FORCING, own] if own else [None]
        self._programs = [
            Program(
                connected(settings, mode),
                sizes_of(settings),
                T,
                B,
                one_hot=one_hot_nodes(task, architecture),
            )
            for mode in modes
        ]
        for program in self._programs:
            program.load(batch)
        self._y = batch.y

    def judge(self, theta: Array) -> Evaluation:
        """Return how well θ (flat) does in both modes."""
        judged = []
        with np.errstate(all="ignore"):
            for program in self._programs:
                np.copyto(program.memory.theta, theta)
                program.forward()
                judged.append(judged_outputs(program, self._y))
            distance = state_distance(*self._programs) if len(self._programs) == 2 else None
        return Evaluation(judged[0], judged[-1], distance)


def judged_outputs(program: Program, y: NDArray[np.number]) -> Judged:
    """Compare what a program has computed forward with the targets y (steps, B)."""
    losses = np.nan_to_num(program.loss_per_step, nan=np.inf, posinf=np.inf)
    right = outputs(program) == y
    return Judged(
        loss=float(losses.mean()),
        accuracy=float(right.mean()),
        sequence_accuracy=float(right.all(0).mean()),
        loss_by_step=losses.mean(1),
        error_by_step=1.0 - right.mean(1),
    )


def outputs(program: Program) -> NDArray[np.intp]:
    """The most probable symbol at each predicted step, (steps, B)."""
    assert program.network.output is not None  # or it could not have learnt
    chosen: NDArray[np.intp] = program.memory.steps_of(program.network.output.logits).argmax(2)
    return chosen


def state_distance(first: Program, second: Program) -> Array:
    """‖h − h'‖ at each predicted step, (steps,), between two programs of one architecture.

    States are the nodes from which the output is computed; the distance is the mean over the batch.
    """
    square = sum(
        np.square(first.memory.steps_of(name) - second.memory.steps_of(name)).sum(2)
        for name in first.network.output_states
    )
    distance: Array = np.sqrt(square).mean(1)
    return distance
