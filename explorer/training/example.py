"""Follow one sequence: the targets, what comes out fed targets and fed its own output, and after a wrong symbol."""

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.errors import ExplorerError
from explorer.graph.batch import Batch
from explorer.graph.compute.program import Program
from explorer.graph.feedback import (
    MIXED,
    TEACHER_FORCING,
    Feedback,
    why_no_feedback,
)
from explorer.graph.operations import Array
from explorer.training.evaluation import outputs, state_distance
from explorer.training.problem import architecture_of, connected, sizes_of
from explorer.training.settings import RunSettings
from explorer.training.validation import own_loop, validated


class Injection(Struct, frozen=True, eq=False):
    """What comes of feeding back a wrong symbol once.

    outputs: (steps,). distance: (steps,), ‖h − h'‖ from the states of the closed loop without it.
    recovered: the first step after it, counted from 1, from which on all outputs are those without it; None if
    they never are again.
    """

    outputs: NDArray[np.intp]
    distance: Array
    recovered: int | None


class Example(Struct, frozen=True, eq=False):
    """One sequence, (steps,) symbols each, where steps are the predicted ones.

    state_distance: ‖h_teacher(t) − h_free(t)‖; None without output feedback, where both loops are one.
    """

    targets: NDArray[np.number]
    open_loop: NDArray[np.intp]
    closed_loop: NDArray[np.intp]
    state_distance: Array | None
    injection: Injection | None


def follow(
    settings: RunSettings,
    theta: Array,
    batch: Batch,
    rng: np.random.Generator,
    inject: tuple[int, int] | None = None,
) -> Example:
    """Run θ (flat) over a batch of one sequence, of any length; `rng` is for feedback that is sampled.

    `inject` (t, symbol): in closed loop, feed that symbol back as the output of step t, counted from 1. Raises
    ExplorerError if the network feeds nothing back, or if no step follows t.
    """
    settings = validated(settings)
    own = own_loop(settings)
    T = len(batch.inputs["x"])
    batch = replace(batch, uniform=rng.random((T, 1)))

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
        y, mask = _injected(batch.y, *inject, n_y=free.sizes["n_y"])
        injected = replace(batch, y=y, mask=mask)
        injection = _injection(run(MIXED[own.own], injected), free, inject[0])
    return Example(
        targets=batch.y[:, 0],
        open_loop=outputs(taught)[:, 0],
        closed_loop=outputs(free)[:, 0],
        state_distance=state_distance(taught, free) if own else None,
        injection=injection,
    )


def _injected(y: NDArray[np.number], t: int, symbol: int, n_y: int) -> tuple[NDArray[np.number], Array]:
    """Targets and mask of a mixed feedback that feeds `symbol` after step t, and the network's own otherwise."""
    T = len(y)
    if not 1 <= t < T:
        raise ExplorerError(f"A symbol fed back after step {t} of {T} reaches no step; choose one from 1 to {T - 1}.")
    if not 0 <= symbol < n_y:
        raise ExplorerError(f"There is no output symbol {symbol}; choose one from 0 to {n_y - 1}.")
    changed = y.copy()
    changed[t - 1] = symbol
    mask = np.zeros((T, 1))
    mask[t - 1] = 1.0
    return changed, mask


def _injection(disturbed: Program, free: Program, t: int) -> Injection:
    found = outputs(disturbed)[:, 0]
    differing = np.flatnonzero(found != outputs(free)[:, 0])
    recovered = int(differing[-1]) + 2 if differing.size else t + 1
    return Injection(found, state_distance(disturbed, free), recovered if recovered <= len(found) else None)
