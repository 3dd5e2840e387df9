"""Define a task on symbols: what the symbols are, which targets follow from them, and how frequent those are."""

from abc import abstractmethod
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from explorer.errors import check_known
from explorer.graph.arrays import Array
from explorer.graph.batch import Batch, Symbols
from explorer.graph.output import Target
from explorer.language import tr
from explorer.tasks.chosen_output import ChosenOutput
from explorer.tasks.typed import said


class SymbolTask(ChosenOutput):
    """A task whose input steps and targets are symbols.

    An input step is one of `input_steps`, written for people, and is worked on by its index there. The symbols of
    targets become bits or numbers where another output than a softmax is chosen: one-hot, or the bit itself.
    """

    input_kind = Target.SYMBOLS
    target_kind = Target.SYMBOLS
    one_hot_inputs = True

    # What such a task must say.

    @property
    @abstractmethod
    def input_symbols(self) -> tuple[str, ...]:
        """Labels of the input units, n_x of them, each of which can be seen: a space is `␣`."""

    @abstractmethod
    def targets(self, symbols: Symbols) -> Symbols:
        """Return y for the input steps `symbols`, indices into `input_steps`: (T + lookahead, B).

        y is (T, B), or (1, B) if there is one output; a new array, never a view of `symbols`.
        """

    # What it may say differently.

    def target_distribution(self, T: int) -> NDArray[np.float64]:
        """Return how often each output symbol is the target, over all predicted steps of T-step sequences.

        As many as there are output symbols, adding up to 1. Here: all equally often.
        """
        n = len(self.output_symbols)
        return np.full(n, 1 / n)

    @property
    def output_symbols(self) -> tuple[str, ...]:
        """Labels of the output units, which y counts through, n_y of them; here: those of the input units."""
        return self.input_symbols

    @property
    def input_steps(self) -> tuple[str, ...]:
        """Everything one input step can be, as a person writes it."""
        return self.input_symbols

    @cached_property
    def input_vectors(self) -> NDArray[np.float64]:
        """The input vector of each of `input_steps`: (number of them, n_x)."""
        return np.eye(self.n_x)

    def draw(self, rng: np.random.Generator, T: int, B: int) -> Symbols:
        """Draw indices into `input_steps`: (T + lookahead, B). Here: independent, all equally likely."""
        return rng.integers(len(self.input_steps), size=(self.rows(T), B)).astype(np.intp, copy=False)

    def step_index(self, step: str) -> int:
        """Return the place of `step` in `input_steps`; ExplorerError if it is not there."""
        check_known(step, self.input_steps, tr("input symbol of '{title}'", title=self.title))
        return self.input_steps.index(step)

    # What follows.

    @property
    def input_units(self) -> tuple[str, ...]:
        return self.input_symbols

    @property
    def target_names(self) -> tuple[str, ...]:
        return self.output_symbols

    def encode(self, symbols: Symbols) -> Batch:
        """Return input x (T, B, n_x) and targets of `symbols`, indices into `input_steps`: (T + lookahead, B)."""
        inputs = self.read(symbols)
        return Batch(
            inputs={"x": self.input_vectors.take(inputs, axis=0)},
            y=self.as_targets(self.targets(symbols)),
            symbols={"x": inputs} if self.one_hot_inputs else {},
        )

    def chance_loss(self, T: int) -> float:
        """Return the least loss for targets that are distributed as `target_distribution(T)`."""
        self.check_length(T)
        return self.least_loss(self.target_distribution(T))

    def describe_input(self, x: Array) -> str:
        """Return a step of `input_steps`, or the numbers of a vector that stands for none."""
        matches = np.flatnonzero((self.input_vectors == x).all(axis=1))
        if matches.size:
            return self.input_steps[int(matches[0])]
        return said(x)

    def describe_target(self, y: Array) -> str:
        """Return the symbol of the largest entry: the 1 of a one-hot target, or what a prediction favours."""
        if self.one_bit:
            return said(y)
        return self.output_symbols[int(y.argmax())]
