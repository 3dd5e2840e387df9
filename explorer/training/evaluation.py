"""Judge a network on a held-out batch, fed the targets and fed its own output (exposure bias is the gap)."""

from collections.abc import Sequence
from copy import copy
from typing import Any

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
from explorer.training.problem import architecture_of, connected, dtype_of, sizes_of
from explorer.training.randomness import EVALUATION, generator
from explorer.training.settings import RunSettings
from explorer.training.shared import shared_program
from explorer.training.validation import own_loop


def one_hot_nodes(task: Task, architecture: Architecture) -> tuple[str, ...]:
    """The given nodes that are one-hot in this task: what they are multiplied with can be looked up."""
    return tuple(name for name, signal in signals_of(architecture, task).items() if signal.one_hot)


class Judge:
    """Programs, forward only, in two modes on sequences that depend on nothing but task, length and seed."""

    def __init__(self, settings: RunSettings, task: Task):
        rng, architecture = generator(settings.seed, EVALUATION), architecture_of(settings)
        self._batches: list[Batch] = []
        dtype = dtype_of(settings.training)
        self._tolerance = task.tolerance(settings.length)
        own = own_loop(settings)
        modes = [TEACHER_FORCING, own] if own else [None]
        self._programs: list[list[Program]] = [[] for _ in modes]
        """Those of each mode, one for each batch."""
        self._fed_what_is_right = own is not None and own.signal is not None and own.signal.judged
        """Whether an output that is right is fed back as the target itself."""
        handed_over, one_hot = handing_over(architecture, task), one_hot_nodes(task, architecture)
        for T, drawn in task.held_out(rng, settings.length, settings.training.evaluation_batch):
            B = drawn.y.shape[1]
            # The same numbers at each judging: a curve then moves because θ moved.
            batch = replace(handed_over(drawn), uniform=rng.random((T, B)))
            self._batches.append(batch)
            for programs, mode in zip(self._programs, modes, strict=True):
                programs.append(shared_program(connected(settings, mode), sizes_of(settings, T), T, B, dtype, one_hot))

    def judge(self, theta: Array) -> Evaluation:
        """Return how well θ (flat) does in both modes."""
        with np.errstate(all="ignore"):
            taught, own = self._programs[0], self._programs[-1]
            open_loop = self._judged(taught, theta)
            if own is taught:
                return Evaluation(open_loop, open_loop, None)
            if self._never_wrong(open_loop):
                return Evaluation(open_loop, copy(open_loop), np.zeros_like(open_loop.loss_by_step))
            return Evaluation(open_loop, self._judged(own, theta), state_distance(taught, own))

    def _judged(self, programs: Sequence[Program], theta: Array) -> Judged:
        for program, batch in zip(programs, self._batches, strict=True):
            np.copyto(program.memory.theta, theta)
            program.load(batch)
            program.forward()
        return _judged_outputs(programs, self._batches, self._tolerance)

    def _never_wrong(self, judged: Judged) -> bool:
        """Whether, fed the targets, a network is so right that fed its own output it is fed the same, at every step."""
        counted = all(batch.loss_weights is None for batch in self._batches)
        return self._fed_what_is_right and counted and judged.sequence_accuracy == 1.0


def _judged_outputs(programs: Sequence[Program], batches: Sequence[Batch], tolerance: float) -> Judged:
    """Compare what programs have computed forward with the targets of their batches, see `alike`."""
    metric = _output(programs[0]).kind.metric
    decided = [*map(outputs, programs)]
    losses, present = _side_by_side([program.loss_per_step for program in programs])
    losses = _infinite(losses)
    scores, _ = _side_by_side([metric.score(found, batch.y) for found, batch in zip(decided, batches, strict=True)])
    scores = scores if metric.share else _infinite(scores)
    right, _ = _side_by_side([alike(found, batch.y, tolerance) for found, batch in zip(decided, batches, strict=True)])
    given = [batch.loss_weights for batch in batches if batch.loss_weights is not None]
    weights = _side_by_side(given)[0] if given else present
    right = right if weights is None else right | (weights == 0.0)
    return Judged(
        loss=float(_mean(losses, weights)),
        score=float(_mean(scores, weights)),
        sequence_accuracy=float(right.all(0).mean()),
        loss_by_step=_mean(losses, weights, 1),
        error_by_step=metric.error(_mean(scores, weights, 1)),
    )


def _infinite(values: Array) -> Array:
    """The same, infinite where it is no number."""
    return values if np.isfinite(values.sum()) else np.nan_to_num(values, nan=np.inf, posinf=np.inf)


def _side_by_side(parts: Sequence[NDArray[Any]]) -> tuple[NDArray[Any], Array | None]:
    """Arrays (steps, B) of several lengths as one, zeros after the end of the shorter, and a mask that is 0 there.

    None where all are of one length.
    """
    if len({len(part) for part in parts}) == 1:
        return (parts[0] if len(parts) == 1 else np.concatenate(parts, 1)), None
    longest = max(map(len, parts))
    padded = [np.pad(part, ((0, longest - len(part)), (0, 0))) for part in parts]
    present = [np.pad(np.ones(part.shape), ((0, longest - len(part)), (0, 0))) for part in parts]
    return np.concatenate(padded, 1), np.concatenate(present, 1)


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
    decided: Outputs = output.kind.decide(program.memory.steps_of(output.logits))
    return decided


def alike(found: Outputs, wanted: Outputs, tolerance: float) -> NDArray[np.bool_]:
    """Whether outputs are the same, (steps, B); numbers where they are no further apart than the tolerance."""
    near: NDArray[np.bool_] = np.abs(found - wanted) <= tolerance if tolerance else found == wanted
    return np.asarray(near.reshape(*near.shape[:2], -1).all(2))


def _output(program: Program) -> Output:
    assert program.network.output is not None  # or it could not have learnt
    return program.network.output


def state_distance(first: Sequence[Program], second: Sequence[Program]) -> Array:
    """‖h − h'‖ at each predicted step, (steps,), between programs of one architecture, one for each batch.

    States are the nodes from which the output is computed; the distance is the mean over the batches.
    """
    found = [_distances(*pair) for pair in zip(first, second, strict=True)]
    return _mean(*_side_by_side(found), 1)


def _distances(first: Program, second: Program) -> Array:
    """‖h − h'‖ at each predicted step of each sequence, (steps, B)."""
    differences = (first.memory.steps_of(name) - second.memory.steps_of(name) for name in first.network.output_states)
    distances: Array = np.sqrt(sum(np.einsum("tbi,tbi->tb", one, one) for one in differences))
    return distances
