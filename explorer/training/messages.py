"""What training reports, here or from a worker: plain records of numbers and arrays, `run` counted from 0."""

from typing import Annotated

import numpy as np
from msgspec import Meta, Struct
from numpy.typing import NDArray

from explorer.graph.arrays import Array
from explorer.graph.batch import Batch
from explorer.graph.compute.updates import Moments, Update


class Judged(Struct, frozen=True, eq=False):
    """How well a network does in one mode on the held-out batch, over its predicted steps (T or 1 of them).

    loss: per predicted step, in its unit. score: by the metric of the output. sequence_accuracy: the share of sequences
    without a mistake, numbers being right within the tolerance of the task. loss_by_step, error_by_step:
    (steps,), means over the batch, see `Metric.error`. A loss or an error that overflows is inf, never NaN. Where
    the batch has loss weights, all are weighted means, 0 at steps without any.
    """

    loss: float
    score: float
    sequence_accuracy: float
    loss_by_step: Array
    error_by_step: Array


class Evaluation(Struct, frozen=True, eq=False):
    """A network judged fed the targets (open loop) and fed its own output (closed loop), on the same batch.

    state_distance: (steps,), the mean over the batch of ‖h_teacher(t) − h_free(t)‖, between the states from
    which the outputs are computed. Without output feedback both modes are one object and there is no distance.
    """

    open_loop: Judged
    closed_loop: Judged
    state_distance: Array | None


class Points(Struct, frozen=True, eq=False):
    """Training losses per predicted step, in their unit: that of iteration i is of batch i, just before update i."""

    run: int
    iterations: NDArray[np.int64]
    training_loss: NDArray[np.float64]


class Evaluated(Struct, frozen=True, eq=False):
    """The network as it is after `iteration` updates, judged."""

    run: int
    iteration: int
    evaluation: Evaluation


class Snapshots(Struct, frozen=True, eq=False):
    """θ, flat, as it is after so many updates: a row for each of `iterations` (n,), ascending."""

    run: int
    iterations: NDArray[np.int64]
    thetas: Array


class Standing(Struct, frozen=True, eq=False):
    """What a run has to go on with after `iteration` updates, in another process or at another time: θ, flat, and more.

    `since`: the iteration at which its mini-batches began to be drawn.
    """

    run: int
    iteration: int
    theta: Array
    since: int
    moments: Moments


class Divergence(Struct, frozen=True):
    """How a run broke: after `iteration` updates its loss or gradient is no finite number.

    `parameter` has the largest part of the last gradient used, "" before the first. `sentence` says so, `remedy` what
    to do about it.
    """

    iteration: Annotated[int, Meta(ge=0, le=2**62)]
    parameter: str
    sentence: str
    remedy: str


class Diverged(Struct, frozen=True):
    """This run has stopped alone; its θ is back at the last `kept` iteration, at which all was finite."""

    run: int
    kept: int
    divergence: Divergence


class Finished(Struct, frozen=True):
    """This run has made all its iterations, or its training loss fell below the wanted one."""

    run: int
    iteration: int
    below: bool


class Told(Struct, frozen=True, eq=False):
    """What update `iteration` of a run was made of.

    theta, after: flat, before and after it. sequence: the first of the `size` sequences of its mini-batch, with all
    that chance decided. gradient: of the loss, the mean over the mini-batch, flat, as no decay or clipping has changed
    it. `update` says what the optimiser made of it.
    """

    run: int
    iteration: int
    theta: Array
    after: Array
    sequence: Batch
    steps: int
    size: int
    gradient: Array
    update: Update


class Rate(Struct, frozen=True):
    """Iterations per second: of the lock-step, judging included, and of each run by its own computing time.

    The first is over the latest half second, and at the end over everything; the others always are over everything.
    Time in which runs are computed side by side counts in equal shares.
    """

    iterations_per_second: float
    by_run: tuple[float, ...]


class Failed(Struct, frozen=True):
    """Nothing is training any more, and why: one sentence that says what to do; `runs`: of these alone."""

    sentence: str
    runs: tuple[int, ...] | None = None


Message = Points | Evaluated | Snapshots | Standing | Told | Diverged | Finished | Rate | Failed
