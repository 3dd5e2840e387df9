"""Define a toy sequence task: what goes in, what must come out, how well guessing does, and batches of it."""

from collections.abc import Iterator
from functools import cached_property
from typing import ClassVar

import numpy as np
from msgspec.structs import replace

from explorer.errors import ExplorerError
from explorer.graph.batch import Batch
from explorer.graph.declaration import EVERY, LAST
from explorer.graph.output import OutputKind, Target, output_for
from explorer.graph.signature import Signal, Signature
from explorer.language import tr, trn
from explorer.tasks.declared import DeclaredTask, Drawn
from explorer.tasks.options import Option
from explorer.tasks.typed import Typed, parted, read_values, write_values

_BLOCK_VALUES = 500_000

Sized = tuple[int, Batch]
"""A number of steps T, and sequences of so many."""


class Task(DeclaredTask):
    """A kind of sequence and its targets: frozen, comparable, picklable; its options are what its class declares.

    `draw` draws the steps of the input, and `encode` alone makes a batch of them, so that drawn, edited and typed
    sequences cannot disagree. A task is a `SymbolTask` or a `NumberTask`, by what a step of its input is.
    """

    _options: ClassVar[dict[str, Option]] = {}

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        declared = {
            name: replace(option, name=name)
            for kind in reversed(cls.__mro__)
            for name, option in vars(kind).items()
            if isinstance(option, Option)
        }
        cls._options = dict(sorted(declared.items(), key=lambda item: item[1].common))

    def __init__(self, **chosen: int | str) -> None:
        """Take these options, and by default all others; ExplorerError for a value outside the limits of one."""
        for name, option in self._options.items():
            vars(self)[name] = value = chosen.pop(name, option.default)
            option.check(value, self.title)
        if chosen:
            raise TypeError(f"{type(self).__name__} has no {', '.join(chosen)}")

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen; make another one with another {name}")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and isinstance(other, Task) and self.settings() == other.settings()

    def __hash__(self) -> int:
        return hash((type(self), *map(vars(self).get, self._options)))

    def __repr__(self) -> str:
        # Megabytes of text or data would drown an error report.
        said = (f"{o.name}={getattr(self, o.name)!r}" for o in self.options() if o.kind not in ("text", "data"))
        return f"{type(self).__name__}({', '.join(said)})"

    # What follows from what it says.

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

    @classmethod
    def options(cls) -> tuple[Option, ...]:
        """Return what can be chosen about this task, what is common to many tasks last."""
        return tuple(cls._options.values())

    def settings(self) -> dict[str, int | str]:
        """Return the value of every option by name; `get_task(task.id, **task.settings())` == task."""
        return {name: getattr(self, name) for name in self._options}

    # Sequences.

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

    def draw_on(self, rng: np.random.Generator, T: int, B: int) -> Iterator[Drawn]:
        """Draw for ever, each sequence going on where that of the time before ended; of tasks that are `in_order`."""
        raise AssertionError(f"the sequences of {self.id} are not in order")

    def example(self, number: int, T: int) -> Drawn:
        """Draw the sequence of that number, of T steps: what is looked at, whatever else is drawn."""
        return self.draw(np.random.default_rng([number, 1]), T, 1)

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

    def entropy_floor(self, T: int) -> float | None:
        """Return the lowest expected loss per predicted step, in its unit, that any network can reach.

        Zero where, as here, the inputs settle each target; None where it is not known.
        """
        self.check_length(T)
        return 0.0

    # Sequences as a person writes them.

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
