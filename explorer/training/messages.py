"""What training reports, here or from a worker: plain records of numbers and arrays, `run` counted from 0."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.graph.operations import Array


@dataclass(frozen=True, eq=False)
class Judged:
    """How well a network does in one mode on the held-out batch, over its predicted steps (T or 1 of them).

    loss: nats per predicted step. accuracy: the share of steps that are right. sequence_accuracy: the share of
    sequences without a mistake. loss_by_step, error_by_step: (steps,), means over the batch, the error being
    1 − accuracy. A loss that overflows is inf, never NaN.
    """

    loss: float
    accuracy: float
    sequence_accuracy: float
    loss_by_step: Array
    error_by_step: Array


@dataclass(frozen=True, eq=False)
class Evaluation:
    """A network judged fed the targets (open loop) and fed its own output (closed loop), on the same batch.

    state_distance: (steps,), the mean over the batch of ‖h_teacher(t) − h_free(t)‖, between the states from
    which the outputs are computed. Without output feedback both modes are one object and there is no distance.
    """

    open_loop: Judged
    closed_loop: Judged
    state_distance: Array | None


@dataclass(frozen=True, eq=False)
class Points:
    """Training losses, nats per predicted step: that of iteration i is of batch i, just before update i."""

    run: int
    iterations: NDArray[np.int64]
    training_loss: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Evaluated:
    """The network as it is after `iteration` updates, judged."""

    run: int
    iteration: int
    evaluation: Evaluation


@dataclass(frozen=True, eq=False)
class Snapshot:
    """θ, flat, as it is after `iteration` updates."""

    run: int
    iteration: int
    theta: Array


@dataclass(frozen=True)
class Divergence:
    """How a run broke: after `iteration` updates its loss or gradient is no finite number.

    `gradient_norm` is that of the last gradient used, or inf if it is the one that broke; `parameter` has the
    largest part of it. `sentence` says so, `remedy` what to do about it.
    """

    iteration: int
    gradient_norm: float
    parameter: str
    sentence: str
    remedy: str


@dataclass(frozen=True)
class Diverged:
    """This run has stopped alone; its θ is back at the last `kept` iteration, at which all was finite."""

    run: int
    kept: int
    divergence: Divergence


@dataclass(frozen=True)
class Finished:
    """This run has made all its iterations, or its training loss fell below the wanted one."""

    run: int
    iteration: int
    below: bool


@dataclass(frozen=True)
class Rate:
    """Iterations per second: of the lock-step, judging included, and of each run by its own computing time.

    The first is over the latest half second, and at the end over everything; the others always are over everything.
    """

    iterations_per_second: float
    by_run: tuple[float, ...]


@dataclass(frozen=True)
class Failed:
    """Nothing is training any more, and why: one sentence that says what to do."""

    sentence: str


Message = Points | Evaluated | Snapshot | Diverged | Finished | Rate | Failed
