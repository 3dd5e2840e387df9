"""Let runs that differ in their seed alone make their updates side by side, in one program.

At the sizes of a lesson a numpy call takes most of its time to be called: five networks recurrent through their outputs
are computed in half the time, and one call moves the θ of all. Each run draws its mini-batches and is judged by itself.
It learns what it learns alone, to the last bit where BLAS rounds a product of few rows as one of many, which with
batches of 1 it does not.
"""

from collections.abc import Sequence
from math import inf

import numpy as np

from explorer.graph.batch import Batch
from explorer.graph.compute.program import Program
from explorer.graph.compute.updates import UpdatesTogether
from explorer.training.run import Drawn, Run

_IN_CALL = 12_288
"""Numbers in an array of a call, from which they begin to leave the fastest cache, and more networks gain nothing."""
_IN_ALL = 1 << 20
"""Numbers in an array of all steps: 8 MB, so that memory is that of the runs themselves."""


def going_together(runs: Sequence[Run]) -> list[list[int]]:
    """Group runs, by their places, that may step side by side; both in their order."""
    groups: list[list[int]] = []
    for place, run in enumerate(runs):
        entries = run.program.entries_in_call
        most = min(_IN_CALL // entries, _IN_ALL // (entries * run.program.T))
        group = next((g for g in groups if len(g) < most and run.goes_with(runs[g[0]])), None)
        if group is None:
            groups.append([place])
        else:
            group.append(place)
    return groups


class SideBySide:
    """Makes updates of runs that go together, always of the same network, and keeps what it needs for so many."""

    def __init__(self) -> None:
        self._together = 0
        self._programs: dict[tuple[int, int], Program] = {}
        """For so many runs `together`, by the number of steps and sequences of each."""
        self._updates: UpdatesTogether | None = None

    def step(self, runs: Sequence[Run]) -> list[float]:
        """Make one update of each; return what `Run.step` would."""
        if len(runs) != self._together:  # some have ended: programs for more take memory for nothing
            self._together = len(runs)
            self._programs.clear()
            self._updates = None
        drawn = [run.draw() for run in runs]
        if len(runs) == 1 or len({(one.steps, one.size) for one in drawn}) > 1:
            return [run.learn(one) for run, one in zip(runs, drawn, strict=True)]
        if self._updates is None:
            self._updates = UpdatesTogether([run.updates for run in runs])
        updates, program = self._updates, self._program(runs, drawn[0])
        memory = program.memory
        np.copyto(memory.theta, updates.theta)
        program.load(Batch.side_by_side([one.batch for one in drawn]))
        program.forward()
        if program.careful:  # for one of them, and each is to be rounded as if it were alone
            return [run.learn(one) for run, one in zip(runs, drawn, strict=True)]
        program.backward()
        np.copyto(updates.gradient, memory.theta_gradient)
        if runs[0].settings.training.carry_state:
            states = program.last_states()
            for number, (run, one) in enumerate(zip(runs, drawn, strict=True)):
                mine = slice(number * one.size, (number + 1) * one.size)
                run.past = {name: rows[:, mine] for name, rows in states.items()}
        losses = program.losses.tolist()
        ready = [run.prepare(loss) for run, loss in zip(runs, losses, strict=True)]
        updates.move(ready)
        return [
            run.finish(one, loss) if moved else inf
            for run, one, loss, moved in zip(runs, drawn, losses, ready, strict=True)
        ]

    def _program(self, runs: Sequence[Run], drawn: Drawn) -> Program:
        key = drawn.steps, drawn.size
        if key not in self._programs:
            self._programs[key] = runs[0].program_for(drawn.steps, len(runs) * drawn.size, len(runs))
        return self._programs[key]
