"""Train several runs in lock-step, fairly: after each round all have made the same number of updates."""

from collections.abc import Iterator, Sequence
from time import perf_counter

import numpy as np
from msgspec.structs import replace

from explorer.graph.arrays import Array
from explorer.training.messages import Diverged, Evaluated, Finished, Message, Points, Rate, Snapshots, Standing
from explorer.training.run import Run
from explorer.training.side_by_side import SideBySide, going_together
from explorer.training.thinned import most_snapshots, stride_at
from explorer.training.threads import blas_threads

SLICE = 0.01
"""Seconds of training between two looks at the clock's owner: short, so that pausing is immediate."""
_RATE_SECONDS = 0.5


def train(runs: Sequence[Run], slice_seconds: float = SLICE) -> Iterator[list[Message]]:
    """Yield what happened, about every `slice_seconds`, until all runs are at their end; leave any time.

    Message.run is the place of the run in `runs`.
    """
    lockstep = LockStep(runs)
    with blas_threads(run.settings for run in runs):
        while lockstep.training:
            yield [*lockstep.advance(slice_seconds), *lockstep.flush()]


class LockStep:
    """All runs, and whose turn it is; `rounds` counts the updates that every run still training has made."""

    def __init__(self, runs: Sequence[Run]):
        self.rounds = 0
        self._all = tuple(_Lane(index, run) for index, run in enumerate(runs))
        self._groups = [_Group([self._all[place] for place in group]) for group in going_together(runs)]
        """Those that have still something to do."""
        self._turn = 0
        self._busy, self._busy_rounds = 0.0, 0
        self._all_busy = 0.0
        self._started = False

    @property
    def whole_rounds(self) -> int:
        """The number of rounds once the one under way is complete."""
        return self.rounds + (self._turn > 0)

    @property
    def runs(self) -> list[Run]:
        """All runs, those at their end too, as they were given."""
        return [lane.run for lane in self._all]

    @property
    def training(self) -> bool:
        """Whether any run has still something to do."""
        return bool(self._groups)

    def advance(self, seconds: float = SLICE, until_round: int | None = None) -> list[Message]:
        """Train for this long at least (one step at least), or up to a round, and return what happened.

        The losses and weights of runs that go on are kept for `flush`.
        """
        begin, rounds = perf_counter(), self.rounds
        messages: list[Message] = []
        with np.errstate(all="ignore"):
            if not self._started:
                self._started = True
                for lane in self._all:
                    messages += lane.start()
            now = perf_counter()
            while self._groups and self.rounds != until_round:
                group = self._groups[self._turn]
                events = group.step()
                stop = perf_counter()
                for lane in group.lanes:
                    lane.seconds += (stop - now) / len(group.lanes)
                if events:
                    messages += [message for lane in events for message in lane.report()]
                    stop = perf_counter()
                now = stop
                self._next(group)
                if now - begin >= seconds:
                    break
        self._busy += now - begin
        self._busy_rounds += self.rounds - rounds
        self._all_busy += now - begin
        if not self._groups:
            messages.append(self._rate(self.rounds, self._all_busy))
        elif self._busy >= _RATE_SECONDS:
            messages.append(self._rate(self._busy_rounds, self._busy))
            self._busy, self._busy_rounds = 0.0, 0
        return messages

    def flush(self) -> list[Message]:
        """The losses and weights since the last call: one message of each for a run."""
        return [message for lane in self._all for message in lane.flush()]

    def newest(self) -> list[Message]:
        """The same, with the weights of each run that has moved on since they were last reported."""
        return [message for group in self._groups for lane in group.lanes for message in lane.newest()]

    def standing(self) -> list[Standing]:
        """What each run that is not at its end has to go on with, unless that was reported."""
        return [message for group in self._groups for lane in group.lanes for message in lane.standing()]

    def tell_next(self) -> None:
        """Tell the next update of each run."""
        for group in self._groups:
            for lane in group.lanes:
                lane.run.tell_next()

    def _next(self, group: "_Group") -> None:
        group.lanes = [lane for lane in group.lanes if not lane.ended]
        if group.lanes:
            self._turn += 1
        else:
            del self._groups[self._turn]
        if self._turn >= len(self._groups):
            self._turn = 0
            self.rounds += 1

    def _rate(self, rounds: int, seconds: float) -> Rate:
        own = tuple(lane.steps / lane.seconds if lane.seconds else 0.0 for lane in self._all)
        return Rate(rounds / seconds if seconds else 0.0, own)


class _Group:
    """Lanes whose runs step side by side."""

    def __init__(self, lanes: "list[_Lane]"):
        self.lanes = lanes
        self._side_by_side = SideBySide()

    def step(self) -> "list[_Lane]":
        """One update of each; those that have something to report beside the loss."""
        losses = self._side_by_side.step([lane.run for lane in self.lanes])
        return [lane for lane, loss in zip(self.lanes, losses, strict=True) if lane.stepped(loss)]


class _Lane:
    """One run and its reports."""

    def __init__(self, index: int, run: Run):
        self.index, self.run = index, run
        self.steps, self.seconds = 0, 0.0
        self.ended = False
        self._losses: list[float] = []
        self._kept: list[tuple[int, Array]] = []
        """Weights by iteration."""
        self._last = run.settings.training.iterations
        self._every = run.settings.training.evaluate_every
        self._most = most_snapshots(run.weights.nbytes)
        self._below = False
        self._reported = self._stood = -1

    def start(self) -> list[Message]:
        """Where the run starts from."""
        return [*self.newest(), *self._evaluated()]

    def stepped(self, loss: float) -> bool:
        """Note an update; whether there is something to report beside the loss."""
        run = self.run
        if run.diverged:
            self.ended = True
            return True
        self.steps += 1
        self._losses.append(loss)
        iteration = run.iteration
        wanted = run.settings.training.stop_below
        self._below = wanted is not None and loss < wanted
        self.ended = self._below or iteration >= self._last
        due = self._every and iteration % self._every == 0
        return bool(due or run.told or self.ended or iteration % stride_at(iteration, self._most) == 0)

    def report(self) -> list[Message]:
        """What is due at this iteration."""
        run = self.run
        if run.diverged:
            self._keep()
            return [*self.flush(), Diverged(self.index, run.iteration, run.diverged)]
        messages: list[Message] = [] if run.told is None else [replace(run.told, run=self.index)]
        if self.ended or run.iteration % stride_at(run.iteration, self._most) == 0:
            self._keep()
        if self._every and (self.ended or run.iteration % self._every == 0):
            messages += self._evaluated()
        if self.ended:
            messages += [*self.flush(), *self.standing(), Finished(self.index, run.iteration, self._below)]
        return messages

    def flush(self) -> list[Message]:
        """The losses and weights since the last call."""
        run, found = self.run, list[Message]()
        if self._losses:
            losses, last = np.array(self._losses), run.diverged.iteration if run.diverged else run.iteration
            found.append(Points(self.index, np.arange(last - len(losses) + 1, last + 1), losses))
        if self._kept:
            iterations, thetas = zip(*self._kept, strict=True)
            found.append(Snapshots(self.index, np.array(iterations), np.array(thetas)))
        self._losses.clear()
        self._kept.clear()
        return found

    def newest(self) -> list[Message]:
        """The losses and weights that have not been reported."""
        if self._reported != self.run.iteration:
            self._keep()
        return self.flush()

    def standing(self) -> list[Standing]:
        """What the run has to go on with, unless that was reported."""
        standing = self.run.standing if self._stood != self.run.iteration else None
        self._stood = self.run.iteration
        return [] if standing is None else [replace(standing, run=self.index)]

    def _keep(self) -> None:
        self._reported = self.run.iteration
        self._kept.append((self.run.iteration, self.run.weights))

    def _evaluated(self) -> list[Message]:
        if not self._every:
            return []
        return [Evaluated(self.index, self.run.iteration, self.run.evaluate())]
