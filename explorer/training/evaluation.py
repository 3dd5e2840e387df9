"""Judge a network on a held-out batch, fed the targets and fed its own output (exposure bias is the gap)."""

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.graph.architecture import Architecture
from explorer.graph.arrays import Array
from explorer.graph.batch import Batch
from explorer.graph.compute.program import Program
from explorer.graph.feedback import TEACHER_FORCING
from explorer.graph.metric import Outputs
from explorer.graph.output import Output
from explorer.tasks import Task
from explorer.training.matching import handing_over, signals_of
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
        batch = handing_over(architecture_of(settings), task)(task.batch(rng, T, B))
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
        self._batch, self._tolerance = batch, task.tolerance(T)

    def judge(self, theta: Array) -> Evaluation:
        """Return how well θ (flat) does in both modes."""
        judged = []
        with np.errstate(all="ignore"):
            for program in self._programs:
                np.copyto(program.memory.theta, theta)
                program.forward()
                judged.append(judged_outputs(program, self._batch, self._tolerance))
            distance = state_distance(*self._programs) if len(self._programs) == 2 else None
        return Evaluation(judged[0], judged[-1], distance)


def judged_outputs(program: Program, batch: Batch, tolerance: float = 0.0) -> Judged:
    """Compare what a program has computed forward with the targets of its batch, see `alike`."""
    metric, weights = _output(program).kind.metric, batch.loss_weights
    losses = np.nan_to_num(program.loss_per_step, nan=np.inf, posinf=np.inf)
    found = outputs(program)
    scores = metric.score(found, batch.y)
    scores = scores if metric.share else np.nan_to_num(scores, nan=np.inf, posinf=np.inf)
    right = alike(found, batch.y, tolerance)
    right = right if weights is None else right | (weights == 0.0)
    return Judged(
        loss=float(_mean(losses, weights)),
        score=float(_mean(scores, weights)),
        sequence_accuracy=float(right.all(0).mean()),
        loss_by_step=_mean(losses, weights, 1),
        error_by_step=metric.error(_mean(scores, weights, 1)),
    )


def _mean(values: Array, weights: Array | None, axis: int | None = None) -> Array:
    """The mean of (steps, B), weighted or not, over both axes or one."""
    if weights is None:
        plain: Array = values.mean(axis)
        return plain
    total = np.asarray(weights.sum(axis))
    added = np.asarray(np.multiply(values, weights, out=np.zeros_like(values), where=weights > 0).sum(axis))
    mean: Array = np.divide(added, total, out=np.zeros_like(total), where=total > 0)
    return mean


def outputs(program: Program) -> Outputs:
    """What is decided at each predicted step, as targets are given: symbols (steps, B), else (steps, B, n)."""
    output = _output(program)
    decided: Outputs = output.kind.metric.decide(program.memory.steps_of(output.logits))
    return decided


def alike(found: Outputs, wanted: Outputs, tolerance: float) -> NDArray[np.bool_]:
    """Whether outputs are the same, (steps, B); numbers where they are no further apart than the tolerance."""
    near: NDArray[np.bool_] = np.abs(found - wanted) <= tolerance
    return np.asarray(near.reshape(*near.shape[:2], -1).all(2))


def _output(program: Program) -> Output:
    assert program.network.output is not None  # or it could not have learnt
    return program.network.output


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
