"""Follow one sequence: the targets, what comes out fed targets and fed its own output, and after a wrong one."""

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from explorer.errors import ExplorerError
from explorer.graph.arrays import Array
from explorer.graph.batch import Batch
from explorer.graph.compute.program import Program
from explorer.graph.feedback import MIXED, TEACHER_FORCING, Feedback, why_no_feedback
from explorer.graph.metric import Outputs
from explorer.training.evaluation import alike, outputs, state_distance
from explorer.training.matching import handing_over
from explorer.training.problem import architecture_of, connected, sizes_of, task_of
from explorer.training.settings import RunSettings
from explorer.training.validation import own_loop, validated


class Injection(Struct, frozen=True, eq=False):
    """What comes of feeding back a wrong output once.

    recovered: the first step after it, counted from 1, from which on all outputs are those without it; None if they
    never are again.
    """

    outputs: Outputs
    recovered: int | None


class Example(Struct, frozen=True, eq=False):
    """One sequence, by its predicted steps.

    tolerance: how far off an output may be and still be right. state_distance: ‖h_teacher(t) − h_free(t)‖; None
    without output feedback, where both loops are one.
    """

    targets: Outputs
    open_loop: Outputs
    closed_loop: Outputs
    tolerance: float
    state_distance: Array | None
    injection: Injection | None


def follow(
    settings: RunSettings,
    theta: Array,
    batch: Batch,
    T: int,
    rng: np.random.Generator,
    inject: tuple[int, int | Array] | None = None,
) -> Example:
    """Run θ (flat) over a batch of one sequence of T steps, any number; `rng` is for feedback that is sampled.

    `inject` (t, output): in closed loop, feed that back as the output of step t, counted from 1. Raises ExplorerError
    if the network feeds nothing back, or if no step follows t.
    """
    settings = validated(settings)
    own = own_loop(settings)
    task = task_of(settings)
    batch = replace(handing_over(architecture_of(settings), task)(batch), uniform=rng.random((T, 1)))

    def run(mode: Feedback | None, batch: Batch) -> Program:
        program = Program(connected(settings, mode), sizes_of(settings, T), T, 1)
        np.copyto(program.memory.theta, theta)
        program.load(batch)
        with np.errstate(all="ignore"):
            program.forward()
        return program

    taught = run(TEACHER_FORCING if own else None, batch)
    free = run(own, batch) if own else taught
    injection = None
    if inject is not None:
        if own is None:
            raise ExplorerError(why_no_feedback(architecture_of(settings)))
        assert own.own is not None
        y, mask = _injected(batch.y, T, *inject, n_y=task.n_y)
        injected = replace(batch, y=y, mask=mask)
        injection = _injection(run(MIXED[own.own], injected), free, inject[0], task.tolerance(T))
    return Example(
        targets=batch.y[:, 0],
        open_loop=outputs(taught)[:, 0],
        closed_loop=outputs(free)[:, 0],
        tolerance=task.tolerance(T),
        state_distance=state_distance([taught], [free]) if own else None,
        injection=injection,
    )


def _injected(y: Outputs, T: int, t: int, output: int | Array, n_y: int) -> tuple[Outputs, Array]:
    """Targets and mask of a mixed feedback that feeds `output` after step t, and the network's own otherwise."""
    if not 1 <= t < T:
        raise ExplorerError(
            "A symbol fed back after step {t} of {T} reaches no step; choose one from 1 to {last}.",
            t=t,
            T=T,
            last=T - 1,
        )
    if isinstance(output, int) and not 0 <= output < n_y:
        raise ExplorerError(
            "There is no output symbol {output}; choose one from 0 to {last}.", output=output, last=n_y - 1
        )
    changed = y.copy()
    changed[t - 1] = output
    mask = np.zeros((T, 1))
    mask[t - 1] = 1.0
    return changed, mask


def _injection(disturbed: Program, free: Program, t: int, tolerance: float) -> Injection:
    found = outputs(disturbed)
    differing = np.flatnonzero(~alike(found, outputs(free), tolerance)[:, 0])
    recovered = int(differing[-1]) + 2 if differing.size else t + 1
    return Injection(found[:, 0], recovered if recovered <= len(found) else None)
