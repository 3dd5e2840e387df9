"""Let runs that differ in seed or training alone compute their mini-batches side by side, in one program.

At the sizes of a lesson a numpy call takes most of its time to be called: five networks recurrent through their outputs
are computed in half the time. Each run draws its mini-batches and moves its θ by itself. It learns what it learns
alone, to the last bit where BLAS rounds a product of few rows as one of many, which with batches of 1 it does not.
"""

from collections.abc import Sequence

import numpy as np

from explorer.graph.compute.program import Program
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
    """Makes updates of runs that go together, always of the same network, and keeps the programs for it."""

    def __init__(self) -> None:
        self._together = 0
        self._programs: dict[tuple[int, int], Program] = {}
        """For so many runs `together`, by the number of steps and sequences of each."""

    def step(self, runs: Sequence[Run]) -> list[float]:
        """Make one update of each; return what `Run.step` would."""
        if len(runs) != self._together:  # some have ended: programs for more take memory for nothing
            self._together = len(runs)
            self._programs.clear()
        drawn = [run.draw() for run in runs]
        if len(runs) == 1 or len({(one.steps, one.size) for one in drawn}) > 1:
            return [run.learn(one) for run, one in zip(runs, drawn, strict=True)]
        program = self._program(runs, drawn[0])
        memory = program.memory
        for number, (run, one) in enumerate(zip(runs, drawn, strict=True)):
            np.copyto(memory.theta[number], run.theta)
            program.load(one.batch, number)
        program.forward()
        if program.careful:  # for one of them, and each is to be rounded as if it were alone
            return [run.learn(one) for run, one in zip(runs, drawn, strict=True)]
        program.backward()
        carried = any(run.settings.training.carry_state for run in runs)
        states = program.last_states() if carried else {}
        found = []
        for number, (run, one, loss) in enumerate(zip(runs, drawn, program.losses.tolist(), strict=True)):
            np.copyto(run.gradient, memory.theta_gradient[number])
            mine = slice(number * one.size, (number + 1) * one.size)
            if run.settings.training.carry_state:
                run.past = {name: rows[:, mine] for name, rows in states.items()}
            found.append(run.update(one, loss))
        return found

    def _program(self, runs: Sequence[Run], drawn: Drawn) -> Program:
        key = drawn.steps, drawn.size
        if key not in self._programs:
            self._programs[key] = runs[0].program_for(drawn.steps, len(runs) * drawn.size, len(runs))
        return self._programs[key]
