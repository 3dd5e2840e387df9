"""What the window asks of the training worker."""

from msgspec import Struct

from explorer.graph.arrays import Array
from explorer.graph.compute.updates import Moments
from explorer.training.settings import RunSettings


class Origin(Struct, frozen=True, eq=False):
    """Where a run branches off: θ, flat, as it was after `iteration` updates."""

    theta: Array
    iteration: int


class Continued(Origin, frozen=True, eq=False):
    """Where a run goes on as if it had never been left, see `Standing`."""

    since: int
    moments: Moments


class Start(Struct, frozen=True, eq=False):
    """Leave what is running and train these, in lock-step from the start; `paused`: wait for Resume or StepOnce.

    `origins` is empty, or holds for each run where it starts, None for freshly drawn weights. `pace`: see SetPace.
    """

    settings: tuple[RunSettings, ...]
    origins: tuple[Origin | None, ...] = ()
    paused: bool = False
    pace: float | None = None


class GoOn(Struct, frozen=True):
    """Train runs that are at their end on, as if they had been meant to go further from the beginning.

    `iterations` holds for each run of the latest Start or GoOn how many there are to be in all, None to leave it
    out: the others are counted anew, from 0. `paused`: wait for Resume or StepOnce. `pace`: see SetPace.
    """

    iterations: tuple[int | None, ...]
    paused: bool = False
    pace: float | None = None


class SetPace(Struct, frozen=True):
    """Make at most so many iterations a second from now on; None: as many as can be made."""

    per_second: float | None


class Pause(Struct, frozen=True):
    """Stop after the update that is under way."""


class Resume(Struct, frozen=True):
    """Go on after a pause."""


class StepOnce(Struct, frozen=True):
    """Make n updates of every run, then pause; `told`: and tell what the last of each was made of, see Told."""

    n: int = 1
    told: bool = False


class StopRuns(Struct, frozen=True):
    """Forget the runs; wait for the next Start."""


class Shutdown(Struct, frozen=True):
    """End the worker process."""


Command = Start | GoOn | SetPace | Pause | Resume | StepOnce | StopRuns | Shutdown
"""Commands for which there is nothing to do, a Pause without runs say, do nothing."""
