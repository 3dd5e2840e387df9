"""Define a toy sequence task: what goes in, what must come out, how well guessing does, and batches of it."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from explorer.errors import ExplorerError
from explorer.graph.arrays import Array
from explorer.graph.batch import Batch
from explorer.graph.declaration import EVERY, LAST, Span
from explorer.graph.output import OutputKind, Target, output_for
from explorer.graph.signature import Signal, Signature
from explorer.language import tr, trn
from explorer.tasks.facts import Knowing
from explorer.tasks.options import Option
from explorer.tasks.typed import Typed, parted, read_values, write_values

_BLOCK_VALUES = 500_000

Drawn = NDArray[Any]
"""What a sequence follows from: a row for each step of the input, and `lookahead` more, for each of B sequences."""

Sized = tuple[int, Batch]
"""A number of steps T, and sequences of so many."""


@dataclass(frozen=True)
class Task(Knowing, ABC):
    """A kind of sequence and its targets: frozen, comparable, picklable; its options are dataclass fields.

    `draw` draws the steps of the input, and `encode` alone makes a batch of them, so that drawn, edited and typed
    sequences cannot disagree. A task is a `SymbolTask` or a `NumberTask`, by what a step of its input is.
    """

    id: ClassVar[str]
    title: ClassVar[str]
    lesson: ClassVar[str]
    """What the task teaches, in one sentence."""
    lesson_fed_back: ClassVar[str] = ""
    """The same for a network that is fed its target or output, where that says more."""
    networks: ClassVar[str]
    """Which networks learn it, which do not, and why, in one sentence: tests/benchmarks/which_network_learns.py."""
    order: ClassVar[int]
    """Place in lists of tasks; learners should meet low numbers first."""
    opens_with: ClassVar[str] = ""
    """The id of the network to meet it with, where one that is shown says too little or too much about it."""
    lookahead: ClassVar[int] = 0
    """How many steps beyond the last of the input the targets depend on."""
    causal: ClassVar[bool] = True
    """Whether what was read up to a step, and `lookahead` more, settles its target as far as anything does."""
    ruled: ClassVar[bool] = True
    """Whether targets follow from the inputs by a rule, so that they change with an input that is edited."""

    def __post_init__(self) -> None:
        for option in self.options():
            option.check(getattr(self, option.name), self.title)

    def teaches(self, fed_back: bool) -> str:
        """What the task teaches with a network that is fed its target or output at the next step, or is not."""
        return (fed_back and self.lesson_fed_back) or self.lesson

    # What a task must say. A task of one kind says so by class variables; own data decide for themselves.

    @property
    @abstractmethod
    def input_kind(self) -> Target:
        """What a step of the input is."""

    @property
    @abstractmethod
    def target_kind(self) -> Target:
        """What the targets are as the task gives them."""

    @property
    @abstractmethod
    def input_units(self) -> tuple[str, ...]:
        """Labels of the input units, n_x of them, each of which can be seen."""

    @property
    @abstractmethod
    def output_units(self) -> tuple[str, ...]:
        """Labels of the output units, n_y of them."""

    @abstractmethod
    def draw(self, rng: np.random.Generator, T: int, B: int) -> Drawn:
        """Draw what B sequences of T steps follow from: `rows(T)` rows of B."""

    @abstractmethod
    def encode(self, drawn: Drawn) -> Batch:
        """Return the input x and the targets that follow from what was drawn; both in arrays of their own."""

    @abstractmethod
    def chance_loss(self, T: int) -> float:
        """Return the loss per predicted step of the best guess that sees neither inputs nor time.

        That is what the output bias c can reach alone, in the unit of the loss.
        """

    @abstractmethod
    def describe_input(self, x: Array) -> str:
        """Return one input vector (n_x,) as a person writes it."""

    @abstractmethod
    def describe_target(self, y: Array) -> str:
        """Return one target, or output in its place, (n_y,) as a person writes it."""

    # What a task may say differently.

    @property
    def target(self) -> Target:
        """What the targets are as the output takes them, which decides the output of a network that learns them."""
        return self.target_kind

    @property
    def input_span(self) -> Span:
        """Where in time the input is: at every step, once for the whole sequence, or in a segment of its own length."""
        return EVERY

    @property
    def weighted(self) -> bool:
        """Whether its batches bring loss weights, by which some steps count more than others, or not at all."""
        return False

    @property
    def one_output(self) -> bool:
        """Whether there is a single target, after the last step."""
        return False

    @property
    def one_hot_inputs(self) -> bool:
        """Whether an input has a single 1, so that what it is multiplied with can be looked up."""
        return False

    @property
    def in_order(self) -> bool:
        """Whether its mini-batches can follow each other, so that a network can carry its states along."""
        return False

    @property
    def inputs_are_previous_targets(self) -> bool:
        """Whether x(t) is y(t − 1), which a network that is fed its targets knows without x."""
        return False

    def draw_on(self, rng: np.random.Generator, T: int, B: int) -> Iterator[Drawn]:
        """Draw for ever, each sequence going on where that of the time before ended; of tasks that are `in_order`."""
        raise AssertionError(f"the sequences of {self.id} are not in order")

    def example(self, number: int, T: int) -> Drawn:
        """Draw the sequence of that number, of T steps: what is looked at, whatever else is drawn."""
        return self.draw(np.random.default_rng([number, 1]), T, 1)

    def length_of(self, number: int) -> int | None:
        """How long the example of that number is; None where it has as many steps as it is asked for."""
        return None

    def shapes(self, T: int, B: int) -> tuple[tuple[int, int], ...]:
        """The steps and sequences of the mini-batches that `batches` yields for T and B."""
        return ((T, B),)

    def batches(self, rng: np.random.Generator, T: int, B: int, in_order: bool = False) -> Iterator[Sized]:
        """Yield T and a mini-batch of B sequences, for ever; `in_order`: each goes on where that before ended.

        Else up to 32 of them are drawn at once: for small ones, numpy's cost per call outweighs the drawing.
        """
        if in_order:
            yield from ((T, self.encode(drawn)) for drawn in self.draw_on(rng, T, B))
        count = max(1, min(32, _BLOCK_VALUES // (T * B * self.n_x)))
        while True:
            block = self.batch(rng, T, B * count)
            for start in range(0, B * count, B):
                yield T, block.sequences(start, start + B)

    def held_out(self, rng: np.random.Generator, T: int, B: int) -> tuple[Sized, ...]:
        """Draw about B sequences to judge by, those of one length together."""
        return ((T, self.batch(rng, T, B)),)

    def input_place(self, t: int) -> tuple[int, ...]:
        """Where in what is drawn for one sequence the symbol of input step t stands."""
        return t - 1, 0

    @property
    def default_length(self) -> int:
        """A length T at which the lesson shows and the graph is easy to look at."""
        return 8

    @property
    def shortest_length(self) -> int:
        """The least T that makes sense."""
        return 1

    def entropy_floor(self, T: int) -> float | None:
        """Return the lowest expected loss per predicted step, in its unit, that any network can reach.

        Zero where, as here, the inputs settle each target; None where it is not known.
        """
        self.check_length(T)
        return 0.0

    def tolerance(self, T: int) -> float:
        """Return how far off an output may be and still be right; 0, as symbols and bits are right or wrong."""
        return 0.0

    def lengths(self, T: int) -> dict[str, int]:
        """The lengths of segments other than T, by the names that spans call them."""
        return {}

    @property
    def note(self) -> str:
        """What a learner must know of the options as they are, in one sentence; "" if nothing."""
        return ""

    @property
    def idle(self) -> frozenset[str]:
        """Options that are not worth a place in a form, as things are: none of them is chosen, or of any use."""
        return frozenset()

    @property
    def input_steps(self) -> tuple[str, ...]:
        """Everything one input step can be, as a person writes it, where it is one of a few."""
        return ()

    # What follows.

    @cached_property
    def signature(self) -> Signature:
        """What it gives and what it asks for, which is matched with what a network takes and gives."""
        x = Signal(
            *("x", self.input_span, self.input_kind, self.input_units),
            one_hot=self.one_hot_inputs,
            previous_target=self.inputs_are_previous_targets,
        )
        place = LAST if self.one_output else EVERY
        y = Signal("y", place, self.target, self.output_units, one_hot=self.target is Target.SYMBOLS)
        return Signature((x,), y)

    @property
    def kind(self) -> OutputKind:
        """The output of a network that learns it."""
        return output_for(self.target)

    @property
    def n_x(self) -> int:
        """Number of input units."""
        return len(self.input_units)

    @property
    def n_y(self) -> int:
        """Number of output units."""
        return len(self.output_units)

    def rows(self, T: int) -> int:
        """How many rows are drawn for sequences of T steps: those of the segment that the input is in, and more."""
        return self.lengths(T).get(self.input_span.length, T) + self.lookahead

    def read(self, drawn: Drawn) -> Drawn:
        """The rows that are input steps, without those that only targets depend on."""
        return drawn[: self.input_span.count(len(drawn) - self.lookahead, {})]

    def typed(self, text: str) -> Typed:
        """The sequence of "inputs", "inputs → targets" or "→ targets", with `lookahead` more inputs than steps.

        Raises ExplorerError for what this task does not know, and for a number of targets that does not fit.
        """
        inputs, targets = parted(text, self.input_steps)
        drawn = self.read_inputs(inputs) if inputs.strip() else None
        y = None if targets is None else self.read_targets(targets)[:, np.newaxis]
        return Typed(drawn, y, self.reading(inputs))

    def written(self, drawn: Drawn, targets: Drawn | None = None) -> str:
        """One sequence (B = 1) in one line, which `typed` reads; with targets where these are given as well."""
        line = self.write_inputs(drawn)
        return line if targets is None else f"{line} → {self.write_targets(targets[:, 0])}"

    def read_inputs(self, text: str) -> Drawn | None:
        """What is drawn otherwise of the one sequence whose inputs are written so; None where there are none."""
        names = self.input_steps or self.input_units
        read = read_values(text, self.input_kind, names, tr("the inputs of '{title}'", title=self.title))
        return read[:, np.newaxis] if len(read) else None

    def reading(self, text: str) -> str:
        """How inputs that are written so were read, in a sentence; "" where that goes without saying."""
        return ""

    def write_inputs(self, drawn: Drawn) -> str:
        """The inputs of one sequence (B = 1) in one line, which `read_inputs` reads."""
        steps = self.input_span.count(len(drawn) - self.lookahead, {}) + self.lookahead
        return write_values(drawn[:steps, 0], self.input_kind, self.input_steps or self.input_units)

    def read_targets(self, text: str) -> Drawn:
        """The targets (steps, …) of one sequence that are written so."""
        return read_values(text, self.target, self.output_units, tr("the targets of '{title}'", title=self.title))

    def write_targets(self, y: Drawn) -> str:
        """The targets (steps, …) of one sequence in one line, which `read_targets` reads."""
        return write_values(y, self.target, self.output_units)

    def is_whole(self, typed: Drawn, T: int) -> bool:
        """Whether what was typed is enough for a sequence of T steps."""
        return len(typed) >= self.rows(T)

    def write_over(self, drawn: Drawn, typed: Drawn) -> None:
        """Put what was typed in the place of what was drawn for more steps, from the first on."""
        drawn[: len(typed)] = typed

    def typed_length(self, typed: Typed, T: int) -> int:
        """The number of steps of a typed sequence, T where its inputs do not tell; ExplorerError if none fits."""
        count = len(typed.drawn) if typed.drawn is not None else self.rows(T)
        if self.input_span.length == "1":
            if typed.drawn is not None and count != 1:
                raise ExplorerError(
                    "'{title}' takes one input for the whole sequence, not {count}; write one.",
                    title=self.title,
                    count=count,
                )
        elif self.rows(T) != count:
            found = next((steps for steps in range(1, 2 * count + 2) if self.rows(steps) == count), None)
            if found is None:
                steps = trn("1 input", "{n:,} inputs", count)
                raise ExplorerError(
                    "No sequence of '{title}' has {steps}; write more of them, or fewer.", title=self.title, steps=steps
                )
            T = found
        typed.check_targets(1 if self.one_output else T, self.title)
        self.check_length(T)
        return T

    @classmethod
    def options(cls) -> tuple[Option, ...]:
        """Return what can be chosen about this task: one Option for each dataclass field."""
        declared = [Option(name=field.name, **field.metadata) for field in fields(cls)]
        return tuple(sorted(declared, key=lambda option: option.common))

    def settings(self) -> dict[str, int | str]:
        """Return the value of every option by name; `get_task(task.id, **task.settings())` == task."""
        return {option.name: getattr(self, option.name) for option in self.options()}

    def batch(self, rng: np.random.Generator, T: int, B: int) -> Batch:
        """Draw B sequences of T steps; the same state of `rng` gives the same batch.

        Raises ExplorerError if T is below `shortest_length` or B below 1.
        """
        self.check_length(T)
        if B < 1:
            raise ExplorerError("A batch needs at least 1 sequence, not {B}; choose a larger batch size.", B=B)
        return self.encode(self.draw(rng, T, B))

    def check_length(self, T: int) -> None:
        """Raise ExplorerError if sequences of T steps are too short for this task."""
        if self.shortest_length > T:
            least = trn("1 step", "{n:,} steps", self.shortest_length)
            raise ExplorerError(
                "'{title}' needs at least {least}, not {T}; make the sequence longer.",
                title=self.title,
                least=least,
                T=T,
            )
