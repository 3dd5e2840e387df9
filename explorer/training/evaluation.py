"""Judge a network on a held-out batch, fed the targets and fed its own output (exposure bias is the gap)."""

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.graph.architecture import Architecture
from explorer.graph.compute.program import Program
from explorer.graph.feedback import TEACHER_FORCING
from explorer.graph.operations import Array
from explorer.graph.output import Target
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
        self._y, self._tolerance = batch.y, task.tolerance(T)

    def judge(self, theta: Array) -> Evaluation:
        """Return how well θ (flat) does in both modes."""
        judged = []
        with np.errstate(all="ignore"):
            for program in self._programs:
                np.copyto(program.memory.theta, theta)
                program.forward()
                judged.append(judged_outputs(program, self._y, self._tolerance))
            distance = state_distance(*self._programs) if len(self._programs) == 2 else None
        return Evaluation(judged[0], judged[-1], distance)


def judged_outputs(program: Program, y: NDArray[np.number], tolerance: float = 0.0) -> Judged:
    """Compare what a program has computed forward with the targets y, (steps, B) or (steps, B, n_y)."""
    losses = np.nan_to_num(program.loss_per_step, nan=np.inf, posinf=np.inf)
    right = alike(outputs(program), y, tolerance)
    return Judged(
        loss=float(losses.mean()),
        accuracy=float(right.mean()),
        sequence_accuracy=float(right.all(0).mean()),
        loss_by_step=losses.mean(1),
        error_by_step=1.0 - right.mean(1),
    )


def outputs(program: Program) -> NDArray[np.number]:
    """What comes out at each predicted step: the likeliest symbol, (steps, B), or bits or numbers, (steps, B, n_y)."""
    output, memory = program.network.output, program.memory
    assert output is not None  # or it could not have learnt
    logits = memory.steps_of(output.logits)
    match output.kind.target:
        case Target.SYMBOLS:
            return np.asarray(logits.argmax(2))
        case Target.BITS:
            return (logits > 0).astype(np.float64)
        case _:
            return memory.steps_of(output.prediction).copy()


def alike(found: NDArray[np.number], wanted: NDArray[np.number], tolerance: float) -> NDArray[np.bool_]:
    """Whether outputs are the same, (steps, B); numbers where they are no further apart than the tolerance."""
    near: NDArray[np.bool_] = np.abs(found - wanted) <= tolerance
    return np.asarray(near.reshape(*near.shape[:2], -1).all(2))


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
