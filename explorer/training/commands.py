"""What the window asks of the training worker."""

from dataclasses import dataclass

from explorer.graph.operations import Array
from explorer.training.settings import RunSettings


@dataclass(frozen=True, eq=False)
class Origin:
    """Where a run branches off: θ, flat, as it was after `iteration` updates."""

    theta: Array
    iteration: int


@dataclass(frozen=True, eq=False)
class Start:
    """Leave what is running and train these, in lock-step from the start; `paused`: wait for Resume or StepOnce.

    `origins` is empty, or holds for each run where it starts, None for freshly drawn weights.
    """

    settings: tuple[RunSettings, ...]
    origins: tuple[Origin | None, ...] = ()
    paused: bool = False


@dataclass(frozen=True)
class GoOn:
    """Train runs that are at their end on, as if they had been meant to go further from the beginning.

    `iterations` holds for each run of the latest Start or GoOn how many there are to be in all, None to leave it
    out: the others are counted anew, from 0. `paused`: wait for Resume or StepOnce.
    """

    iterations: tuple[int | None, ...]
    paused: bool = False


@dataclass(frozen=True)
class Pause:
    """Stop after the update that is under way."""


@dataclass(frozen=True)
class Resume:
    """Go on after a pause."""


@dataclass(frozen=True)
class StepOnce:
    """Make n updates of every run, then pause."""

    n: int = 1


@dataclass(frozen=True)
class Stop:
    """Forget the runs; wait for the next Start."""


@dataclass(frozen=True)
class Shutdown:
    """End the worker process."""


Command = Start | GoOn | Pause | Resume | StepOnce | Stop | Shutdown
"""Commands for which there is nothing to do, a Pause without runs say, do nothing."""
