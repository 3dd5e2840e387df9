"""Let a kept run write on from a prompt, a slice of time at a time: `Generation`."""

from collections.abc import Iterator
from time import perf_counter

import numpy as np

from explorer.errors import ExplorerError
from explorer.session.runs.runs import RunRecord
from explorer.tasks.next_symbol import NextSymbol
from explorer.training.generate import Writer
from explorer.training.problem import task_of

LONGEST = 240
"""Characters written after the prompt."""
LONGEST_PROMPT = 60


class Generation:
    """Writes with the kept weights of one run.

    `text` is what it has written after `prompt`, with the weights of `iteration`, `done` whether that is all.
    Raises ExplorerError for a run that cannot write.
    """

    def __init__(self, run: RunRecord) -> None:
        found = run.theta(run.iteration)
        if found is None:
            raise ExplorerError("This run has no weights yet; it can write once it has begun.")
        self._run, self._writer = run, Writer(run.settings, found[1])
        self._steps: Iterator[str] = iter(())
        self.iteration, self.prompt, self.text, self.done = found[0], "", "", True

    def begin(self, prompt: str, iteration: int, temperature: float, draw: int) -> None:
        """Write anew, with the weights nearest to an iteration.

        `draw` numbers the chances taken at a temperature above 0: the same number, the same text. Raises
        ExplorerError for a prompt or temperature that cannot be, and leaves what was written.
        """
        if len(prompt) > LONGEST_PROMPT:
            raise ExplorerError(
                "The prompt has {prompt} characters; give at most {most}.", prompt=len(prompt), most=LONGEST_PROMPT
            )
        steps = self._writer.steps(prompt, np.random.default_rng([draw, 3]), temperature)
        found = self._run.theta(iteration)
        assert found is not None  # weights once kept stay kept, or others nearby
        self._writer.take(found[1])
        self._steps, self.iteration = steps, found[0]
        self.prompt, self.text, self.done = prompt, "", False

    def write_on(self, seconds: float) -> None:
        """Write for about so long, one time step at least; `done` once there are LONGEST of them."""
        end = perf_counter() + seconds
        while not self.done:
            self.text += next(self._steps)
            self.done = len(self.text) >= LONGEST
            if perf_counter() >= end:
                return


def first_prompt(run: RunRecord) -> str:
    """What to begin with in the text that a run learns; "" where it learns none."""
    task = task_of(run.settings)
    return (task.text.strip() or task.text)[:3] if isinstance(task, NextSymbol) else ""
