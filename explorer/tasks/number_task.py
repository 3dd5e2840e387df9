"""Define a task on numbers or bits: what is drawn, which targets follow from it; how well guessing does is measured."""

from abc import abstractmethod
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from explorer.graph.arrays import Array
from explorer.graph.batch import Batch
from explorer.graph.output import Target
from explorer.tasks.base import Task
from explorer.tasks.entropy import entropy_of_bits
from explorer.tasks.typed import said

Numbers = NDArray[np.float64]

_MEASURED = 400_000
"""Targets by which guessing is measured where its loss is not derived."""


class NumberTask(Task):
    """A task whose input steps and targets are vectors of real numbers, or of bits where `..._kind` says so."""

    input_kind = Target.NUMBERS
    target_kind = Target.NUMBERS

    @abstractmethod
    def draw(self, rng: np.random.Generator, T: int, B: int) -> Numbers:
        """Draw the input steps and what targets depend on beyond: (T + lookahead, B, n_x)."""

    @abstractmethod
    def targets(self, numbers: Numbers) -> Numbers:
        """Return y for the input steps `numbers`, (T + lookahead, B, n_x).

        y is (T, B, n_y), or (1, B, n_y) if there is one output; a new array, never a view of `numbers`.
        """

    def target_moments(self, T: int) -> tuple[Numbers, Numbers]:
        """Return mean and variance of each target unit over all predicted steps of T-step sequences: (n_y,) each.

        Here they are measured, on sequences drawn from a fixed seed, to about one per cent.
        """
        return _measured(self, T)

    def tolerance(self, T: int) -> float:
        """Return a tenth of the spread of the targets, as Hochreiter & Schmidhuber took 0.04 for the adding problem."""
        return 0.1 * float(np.sqrt(self.target_moments(T)[1].mean())) if self.target is Target.NUMBERS else 0.0

    def encode(self, numbers: Numbers) -> Batch:
        """Return input x (T, B, n_x) and targets of `numbers` (T + lookahead, B, n_x)."""
        return Batch(inputs={"x": self.read(numbers).copy()}, y=self.targets(numbers))

    def chance_loss(self, T: int) -> float:
        """Return the loss of always guessing the mean: ½ Σ variance of numbers, Σ entropy of bits in nats."""
        self.check_length(T)
        mean, variance = self.target_moments(T)
        if self.target is Target.BITS:
            return entropy_of_bits(mean)
        return float(variance.sum()) / 2

    def describe_input(self, x: Array) -> str:
        return said(x)

    def describe_target(self, y: Array) -> str:
        return said(y)


@lru_cache(maxsize=16)
def _measured(task: NumberTask, T: int) -> tuple[Numbers, Numbers]:
    count = max(100, _MEASURED // (T * task.n_y))
    y = task.encode(task.draw(np.random.default_rng(0), T, count)).y.reshape(-1, task.n_y)
    return y.mean(0), y.var(0)
