"""Define a toy sequence task: what goes in, what must come out, how well guessing does, and batches of it."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from explorer.errors import ExplorerError, suggest
from explorer.graph.batch import Batch
from explorer.graph.declaration import EVERY, LAST, Span
from explorer.graph.output import Target
from explorer.graph.signature import Signal, Signature
from explorer.tasks.options import Option
from explorer.wording import counted


@dataclass(frozen=True)
class Task(ABC):
    """A kind of sequence and its targets: frozen, comparable, picklable; its options are dataclass fields.

    An input step is one of `input_steps`, written for people, and is worked on by its index there. `encode`
    turns indices into a Batch and alone asks for targets, so drawn and typed sequences cannot disagree.
    """

    id: ClassVar[str]
    title: ClassVar[str]
    lesson: ClassVar[str]
    """What the task teaches, in one sentence."""
    order: ClassVar[int]
    """Place in lists of tasks; learners should meet low numbers first."""
    target: ClassVar[Target] = Target.SYMBOLS
    """What the targets are, which must be what the network's output is compared with."""
    one_output: ClassVar[bool] = False
    """Whether there is a single target, after the last step."""
    one_hot_inputs: ClassVar[bool] = True
    lookahead: ClassVar[int] = 0
    """How many symbols beyond the last input step the targets depend on."""
    input_span: ClassVar[Span] = EVERY
    """Where in time the input is: at every step, once for the whole sequence, or in a segment of its own length."""
    inputs_are_previous_targets: ClassVar[bool] = False
    """Whether x(t) is y(t − 1), which a network that is fed its targets knows without x."""

    def __post_init__(self) -> None:
        for option in self.options():
            option.check(getattr(self, option.name), self.title)

    # What a task must say.

    @property
    @abstractmethod
    def input_symbols(self) -> tuple[str, ...]:
        """Labels of the input units, n_x of them, each of which can be seen: a space is `␣`."""

    @property
    @abstractmethod
    def output_symbols(self) -> tuple[str, ...]:
        """Labels of the output units, which y counts through, n_y of them."""

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

    # What a task may say differently.

    @property
    def default_length(self) -> int:
        """A length T at which the lesson shows and the graph is easy to look at."""
        return 8

    @property
    def shortest_length(self) -> int:
        """The least T that makes sense."""
        return 1

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
        return rng.integers(len(self.input_steps), size=(T + self.lookahead, B)).astype(np.intp, copy=False)

    def entropy_floor(self, T: int) -> float | None:
        """Return the lowest expected loss per predicted step, in nats, that any network can reach.

        Zero where, as here, the inputs so far settle each target; None where it is not known.
        """
        self.check_length(T)
        return 0.0

    def split(self, typed: str) -> list[str]:
        """Cut what a person typed on one line into input steps; blanks only separate."""
        if max(map(len, self.input_steps)) > 1:
            return typed.split()
        return [character for character in typed if not character.isspace()]

    def step_index(self, step: str) -> int:
        """Return the place of `step` in `input_steps`; ExplorerError if it is not there."""
        if step not in self.input_steps:
            raise suggest(step, self.input_steps, f"input symbol of '{self.title}'")
        return self.input_steps.index(step)

    def lengths(self, T: int) -> dict[str, int]:
        """The lengths of segments other than T, by the names that spans call them."""
        return {}

    # What follows.

    @cached_property
    def signature(self) -> Signature:
        """What it gives and what it asks for, which is matched with what a network takes and gives."""
        x = Signal("x", self.input_span, Target.SYMBOLS, self.input_symbols, self.inputs_are_previous_targets)
        y = Signal("y", LAST if self.one_output else EVERY, self.target, self.output_symbols)
        return Signature((x,), y)

    @property
    def n_x(self) -> int:
        """Number of input units."""
        return len(self.input_symbols)

    @property
    def n_y(self) -> int:
        """Number of output units."""
        return len(self.output_symbols)

    @classmethod
    def options(cls) -> tuple[Option, ...]:
        """Return what can be chosen about this task: one Option for each dataclass field."""
        return tuple(Option(name=field.name, **field.metadata) for field in fields(cls))

    def settings(self) -> dict[str, int | str]:
        """Return the value of every option by name; `get_task(task.id, **task.settings())` == task."""
        return {option.name: getattr(self, option.name) for option in self.options()}

    def batch(self, rng: np.random.Generator, T: int, B: int) -> Batch:
        """Draw B sequences of T steps; the same state of `rng` gives the same batch.

        Raises ExplorerError if T is below `shortest_length` or B below 1.
        """
        self.check_length(T)
        if B < 1:
            raise ExplorerError(f"A batch needs at least 1 sequence, not {B}; choose a larger batch size.")
        return self.encode(self.draw(rng, T, B))

    def encode(self, symbols: NDArray[np.intp]) -> Batch:
        """Return input x (T, B, n_x) and targets of `symbols`, indices into `input_steps`: (T + lookahead, B)."""
        inputs = symbols[: len(symbols) - self.lookahead]
        return Batch(
            inputs={"x": self.input_vectors.take(inputs, axis=0)},
            y=self.targets(symbols),
            symbols={"x": inputs} if self.one_hot_inputs else {},
        )

    def from_symbols(self, inputs: str | Sequence[str]) -> Batch:
        """Return the batch (B = 1) of one sequence that a person made up, with its targets.

        `inputs`: one of `input_steps` for each step, `lookahead` more at the end; or a line to `split`.
        Raises ExplorerError for an unknown symbol and for a sequence that is too short.
        """
        steps = self.split(inputs) if isinstance(inputs, str) else inputs
        needed = self.shortest_length + self.lookahead
        if len(steps) < needed:
            raise self._too_short(needed, "input symbol", len(steps))
        indices = [self.step_index(step) for step in steps]
        return self.encode(np.array(indices, dtype=np.intp)[:, np.newaxis])

    def chance_loss(self, T: int) -> float:
        """Return the loss per predicted step, in nats, of the best guess that sees neither inputs nor time.

        That is the entropy of `target_distribution(T)`: what the output bias c can reach alone.
        """
        self.check_length(T)
        return entropy(self.target_distribution(T))

    def describe_input(self, x_row: NDArray[np.float64]) -> str:
        """Return one input vector (n_x,) as a person writes it: a step of `input_steps`, else its numbers."""
        matches = np.flatnonzero((self.input_vectors == x_row).all(axis=1))
        if matches.size:
            return self.input_steps[int(matches[0])]
        return ", ".join(f"{value:.3g}" for value in x_row)

    def check_length(self, T: int) -> None:
        """Raise ExplorerError if sequences of T steps are too short for this task."""
        if self.shortest_length > T:
            raise self._too_short(self.shortest_length, "step", T)

    def _too_short(self, needed: int, what: str, given: int) -> ExplorerError:
        least = counted(needed, what)
        return ExplorerError(f"'{self.title}' needs at least {least}, not {given}; make the sequence longer.")


def entropy(probabilities: NDArray[np.float64]) -> float:
    """Return −Σ p log p in nats; outcomes of probability zero add nothing."""
    positive = probabilities[probabilities > 0]
    # max: one certain outcome gives −0.0, which would be shown with its sign.
    return max(0.0, float(-(positive * np.log(positive)).sum()))
