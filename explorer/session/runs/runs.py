"""Keep one run: settings, curves, errors by time step, weights along the way, look, and how it ended.

Memory, at most: 64 MB of snapshots of θ (or 17 of them), 16 MB of errors by time step (or 33 rows), and what
its curves take, see Record.
"""

from collections.abc import Mapping
from enum import StrEnum

import numpy as np

from explorer.graph.arrays import Array
from explorer.graph.compute.memory import views
from explorer.graph.feedback import get_feedback
from explorer.session.beginning import Beginning
from explorer.session.edits import Edit
from explorer.training.commands import Continued, Origin
from explorer.training.messages import Diverged, Evaluated, Evaluation, Finished, Message, Points, Snapshots, Standing
from explorer.training.problem import architecture_of, sizes_of, task_of
from explorer.training.record import Measure as Measure
from explorer.training.record import Record
from explorer.training.settings import RunSettings
from explorer.training.thinned import Thinned, most_snapshots

_STEP_BYTES = 16_000_000
MOST_DRAWN_AGAIN = 200_000
"""Mini-batches that are drawn again at most, for a run to go on with those that would have come: some seconds."""


class Stage(StrEnum):
    """How far a run is."""

    TRAINING = "training"
    FINISHED = "finished"
    DIVERGED = "diverged"
    STOPPED = "stopped"


class StepMeasure(StrEnum):
    """What is judged at each time step; the order is that of the rows of `RunRecord.by_step`."""

    OPEN_ERROR = "open-loop error"
    CLOSED_ERROR = "closed-loop error"
    OPEN_LOSS = "open-loop loss"
    CLOSED_LOSS = "closed-loop loss"
    STATE_DISTANCE = "distance of states"


_ROW = {measure: place for place, measure in enumerate(StepMeasure)}


class RunRecord(Record):
    """One run: its settings, its look, how far it is, and its curves.

    `group` is shared by runs started together; `shade` tells runs apart that are fed the same;
    `colour` is None while what it is fed decides, else #rrggbb.
    """

    def __init__(self, id: int, settings: RunSettings, group: int = 0, shade: int = 0, origin: Origin | None = None):
        self.id, self.settings, self.group, self.shade = id, settings, group, shade
        super().__init__(settings.name, 0 if origin is None else origin.iteration, task_of(settings).kind)
        self.given: str | None = None
        """Its name, if one was given by hand."""
        self.apart = ""
        """What tells it from the others in the list, in words."""
        self.shown = True
        self.colour: str | None = None
        self.stage = Stage.TRAINING
        self.origin = origin
        """Where it branched off another run, or what was shown; None if it began with freshly drawn weights."""
        self.iteration = self.start
        self.reached = False
        """Whether it ended because its loss fell below the one that was wanted."""
        self.by_step: Thinned | None = None
        self.snapshots: Thinned | None = None
        self.standing: Standing | None = None
        """What it last had to go on with, as far as that is known."""

    @property
    def title(self) -> str:
        """What was fed back, or the name that was given by hand."""
        return self.given or self.settings.name

    def take(self, message: Message) -> None:
        """Note what a message about this run says."""
        super().take(message)
        match message:
            case Points():
                self.iteration = max(self.iteration, int(message.iterations[-1]))
            case Evaluated():
                self._note_steps(message.iteration, message.evaluation)
            case Snapshots(_, iterations, thetas):
                if self.snapshots is None:
                    self.snapshots = Thinned(thetas.shape[1:], most_snapshots(thetas[0].nbytes))
                for iteration, theta in zip(iterations.tolist(), thetas, strict=True):
                    self.snapshots.add(iteration, theta)
            case Standing():
                self.standing = message
            case Finished():
                self.stage, self.reached = Stage.FINISHED, message.below
                if self.standing is not None and self.standing.iteration != message.iteration:
                    self.standing = None  # there was none at the end
            case Diverged():  # pragma: no branch - the other messages are about no run
                self.stage = Stage.DIVERGED

    def go_on(self, settings: RunSettings, iteration: int) -> None:
        """Take up training again after a kept iteration; what came later is forgotten."""
        self.settings, self.stage, self.iteration, self.reached = settings, Stage.TRAINING, iteration, False
        self.standing = None
        self.cut(iteration)
        for thinned in (self.by_step, self.snapshots):
            if thinned is not None:
                thinned.cut(iteration)

    def steps(self, measure: StepMeasure) -> tuple[Array, Array]:
        """Iterations (n,) and values by predicted step (n, steps), read-only."""
        if self.by_step is None:
            return np.empty(0), np.empty((0, 1))
        return self.by_step.iterations.astype(float), np.asarray(self.by_step.rows)[:, _ROW[measure]]

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The edits by hand that its weights have grown from."""
        return self.origin.edits if isinstance(self.origin, Beginning) else ()

    @property
    def takes_feedback(self) -> bool:
        """Whether the two ways of judging differ."""
        return self.settings.feedback is not None

    @property
    def fed_targets(self) -> bool:
        """Whether targets are fed back while training, always or now and then."""
        return self.settings.feedback is not None and get_feedback(self.settings.feedback).target

    @property
    def kept(self) -> tuple[int, ...]:
        """The iterations whose weights are kept, ascending."""
        return tuple(self.snapshots.iterations.tolist()) if self.snapshots else ()

    def theta(self, iteration: int) -> tuple[int, Array] | None:
        """The kept weights nearest to an iteration: (their iteration, θ, flat); None if none is kept."""
        return self.snapshots.nearest(iteration) if self.snapshots else None

    @property
    def left_off(self) -> Origin | None:
        """Where it goes on as if it had never been left, or where that cannot be, at its newest kept weights.

        One that was stopped goes some updates back for that, and makes them again.
        """
        standing, found = self.standing, self.theta(self.iteration)
        if standing is not None and standing.iteration - standing.since <= MOST_DRAWN_AGAIN:
            return Continued(standing.theta, standing.iteration, standing.since, standing.moments)
        return None if found is None else Origin(found[1], found[0])

    def weights(self, iteration: int) -> tuple[int, Mapping[str, Array]] | None:
        """As `theta`, by parameter."""
        found = self.theta(iteration)
        return found and (found[0], named_parameters(self.settings, found[1]))

    def _note_steps(self, iteration: int, evaluation: Evaluation) -> None:
        one, other = evaluation.open_loop, evaluation.closed_loop
        distance = evaluation.state_distance
        if distance is None:
            distance = np.zeros_like(one.error_by_step)
        by_step = (one.error_by_step, other.error_by_step, one.loss_by_step, other.loss_by_step, distance)
        if self.by_step is None:
            self.by_step = Thinned((len(by_step), len(distance)), most_rows(len(distance)), np.float32)
        with np.errstate(over="ignore"):
            self.by_step.add(iteration, np.array(by_step, np.float32))


def most_rows(steps: int) -> int:
    """How many judgements by time step are kept of a run with so many predicted steps."""
    return max(32, min(512, _STEP_BYTES // (4 * len(StepMeasure) * steps)))


def named_parameters(settings: RunSettings, theta: Array) -> Mapping[str, Array]:
    """A flat θ as parameters by name, copied and so independent of it."""
    return views(theta.copy(), architecture_of(settings).shapes(sizes_of(settings)))
