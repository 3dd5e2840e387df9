"""Define a task on symbols: what the symbols are, which targets follow from them, and how frequent those are."""

from abc import abstractmethod
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from explorer.errors import suggest
from explorer.graph.arrays import Array
from explorer.graph.batch import Batch
from explorer.graph.metric import Outputs
from explorer.graph.output import OUTPUTS, Target, get_output
from explorer.tasks.base import Task
from explorer.tasks.options import choice_option


@dataclass(frozen=True)
class SymbolTask(Task):
    """A task whose input steps and targets are symbols.

    An input step is one of `input_steps`, written for people, and is worked on by its index there. The symbols of
    targets become bits or numbers where another output than a softmax is chosen: one-hot, or the bit itself.
    """

    input_kind: ClassVar[Target] = Target.SYMBOLS
    one_hot_inputs: ClassVar[bool] = True

    output: str = choice_option(
        tuple(OUTPUTS),
        title="Output",
        help="What is put out for the targets: a softmax over the symbols, or a sigmoid with the cross-entropy, or "
        "linear with the squared error, for each symbol by itself; a bit is then one unit.",
        kw_only=True,
    )

    # What such a task must say.

    @property
    @abstractmethod
    def input_symbols(self) -> tuple[str, ...]:
        """Labels of the input units, n_x of them, each of which can be seen: a space is `␣`."""

    @abstractmethod
    def targets(self, symbols: NDArray[np.intp]) -> NDArray[np.intp]:
        """Return y for the input steps `symbols`, indices into `input_steps`: (T + lookahead, B).

        y is (T, B), or (1, B) if there is one output; a new array, never a view of `symbols`.
        """

    @abstractmethod
    def target_distribution(self, T: int) -> NDArray[np.float64]:
        """Return how often each output symbol is the target, over all predicted steps of T-step sequences.

        Shape (n_y,), adding up to 1.
        """

    # What it may say differently.

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

    def draw(self, rng: np.random.Generator, T: int, B: int) -> NDArray[np.intp]:
        """Draw indices into `input_steps`: (T + lookahead, B). Here: independent, all equally likely."""
        return rng.integers(len(self.input_steps), size=(self.rows(T), B)).astype(np.intp, copy=False)

    def step_index(self, step: str) -> int:
        """Return the place of `step` in `input_steps`; ExplorerError if it is not there."""
        if step not in self.input_steps:
            raise suggest(step, self.input_steps, f"input symbol of '{self.title}'")
        return self.input_steps.index(step)

    # What follows.

    @property
    def input_units(self) -> tuple[str, ...]:
        return self.input_symbols

    @property
    def target(self) -> Target:
        return get_output(self.output).target

    @property
    def one_bit(self) -> bool:
        """Whether a target is 0 or 1, and put out by one unit; not where an input, one-hot, is the previous target."""
        is_bit = self.output_symbols == ("0", "1") and not self.inputs_are_previous_targets
        return is_bit and self.target is not Target.SYMBOLS

    @property
    def output_units(self) -> tuple[str, ...]:
        return ("bit",) if self.one_bit else self.output_symbols

    def as_targets(self, y: NDArray[np.intp]) -> Outputs:
        """The targets y of `targets` as the output takes them: (T, B) symbols, or (T, B, n_y) bits or numbers."""
        if self.target is Target.SYMBOLS:
            return y
        return y[..., np.newaxis].astype(np.float64) if self.one_bit else np.eye(self.n_y).take(y, axis=0)

    def encode(self, symbols: NDArray[np.intp]) -> Batch:
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

    def least_loss(self, probabilities: NDArray[np.float64]) -> float:
        """Return the loss of the best prediction of one target, given how likely each symbol is.

        In nats: the entropy of the symbol, or of each bit by itself; of numbers half the sum of their variances.
        """
        p = probabilities[1:] if self.one_bit else probabilities
        match self.target:
            case Target.SYMBOLS:
                return entropy(p)
            case Target.BITS:
                return entropy_of_bits(p)
            case _:
                return float((p * (1.0 - p)).sum()) / 2

    def tolerance(self, T: int) -> float:
        """A number is right where it is nearer to that of its symbol than to the other."""
        return 0.5 if self.target is Target.NUMBERS else 0.0

    def describe_input(self, x: Array) -> str:
        """Return a step of `input_steps`, or the numbers of a vector that stands for none."""
        matches = np.flatnonzero((self.input_vectors == x).all(axis=1))
        if matches.size:
            return self.input_steps[int(matches[0])]
        return ", ".join(f"{value:.3g}" for value in x)

    def describe_target(self, y: Array) -> str:
        """Return the symbol of the largest entry: the 1 of a one-hot target, or what a prediction favours."""
        if self.one_bit:
            return f"{y[0]:.3g}".replace("-", "−")
        return self.output_symbols[int(y.argmax())]


def entropy(probabilities: NDArray[np.float64]) -> float:
    """Return −Σ p log p in nats; outcomes of probability zero add nothing."""
    positive = probabilities[probabilities > 0]
    # max: one certain outcome gives −0.0, which would be shown with its sign.
    return max(0.0, float(-(positive * np.log(positive)).sum()))


def entropy_of_bits(probabilities: NDArray[np.float64]) -> float:
    """Return the sum of the entropies, in nats, of bits that are 1 with these probabilities."""
    return sum(entropy(np.array([p, 1.0 - p])) for p in probabilities)
