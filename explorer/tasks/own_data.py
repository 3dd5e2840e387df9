"""Own data: sequences that a learner brings, of symbols, bits or numbers, as whole sequences or cut into windows."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import sin, sqrt
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from explorer.data.data_set import DataSet, decoded, encoded
from explorer.errors import ExplorerError
from explorer.graph.arrays import Array
from explorer.graph.batch import Batch
from explorer.graph.output import Target
from explorer.tasks.base import Sized
from explorer.tasks.chosen_output import ChosenOutput
from explorer.tasks.number_task import said
from explorer.tasks.options import data_option, integer_option
from explorer.tasks.typed import Typed, parted, read_values, write_values
from explorer.wording import counted

Rows = NDArray[np.float64]
"""A row for each step: its input, then its target; where there is one target, in the last row."""
MOST_CHARACTERS = 40_000_000


def _sample() -> str:
    """Two swings of different periods on top of each other, of which the next value is asked for."""
    values = [[round(sin(0.5 * t) + 0.5 * sin(0.5 * sqrt(5) * t), 2)] for t in range(121)]
    kind, names, pairs = Target.NUMBERS, ("swing",), ((values[:-1], values[1:]),)
    return encoded(DataSet(kind, kind, names, names, pairs, windows=True, previous_target=True, name="sample"))


@dataclass(frozen=True)
class OwnData(ChosenOutput):
    """x(t) and y(t) are those of the data; a row that is drawn holds both, so that an input can be edited alone.

    Whole sequences are learned in mini-batches of one length each. A share of them, chosen by `split`, is held out to
    judge by; of a single series, that is cut into windows, its end.
    """

    id: ClassVar[str] = "own_data"
    title: ClassVar[str] = "Own data"
    lesson: ClassVar[str] = (
        "Sequences of your own, from a file or the clipboard, are learned, drawn and judged like all others; what is "
        "held out shows whether the network has understood more than it has seen."
    )
    networks: ClassVar[str] = (
        "Every network that takes such inputs and gives such outputs can be trained on them; which one learns them is "
        "to be found out."
    )
    order: ClassVar[int] = 100
    ruled: ClassVar[bool] = False

    data: str = data_option(
        _sample(),
        title="Data",
        maximum=MOST_CHARACTERS,
        help="One sequence a line as inputs -> targets, a table with a header, or JSON.",
    )
    share: int = integer_option(
        20, title="Held out %", minimum=0, maximum=90, help="The share that is never trained on, to judge by."
    )
    split: int = integer_option(
        0, title="Split by", minimum=0, maximum=1_000_000, help="Seed by which is chosen what is held out."
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        self._data  # noqa: B018 (data that do not hold together are refused now, not at the first batch)

    @cached_property
    def _data(self) -> DataSet:
        return decoded(self.data)

    # What the data decide.

    @property
    def input_kind(self) -> Target:
        return self._data.inputs

    @property
    def target_kind(self) -> Target:
        return self._data.targets

    @property
    def one_output(self) -> bool:
        return self._data.one_output

    @property
    def one_hot_inputs(self) -> bool:
        return self.input_kind is Target.SYMBOLS

    @property
    def in_order(self) -> bool:
        return self._data.windows and len(self._rows) == 1

    @property
    def inputs_are_previous_targets(self) -> bool:
        return self._data.previous_target

    @property
    def input_units(self) -> tuple[str, ...]:
        return self._data.input_names

    @property
    def target_names(self) -> tuple[str, ...]:
        return self._data.output_names

    @property
    def input_steps(self) -> tuple[str, ...]:
        return self.input_units if self.input_kind is Target.SYMBOLS else ()

    @property
    def idle(self) -> frozenset[str]:
        """Where nothing is chosen by it, the seed of the split."""
        return frozenset(("split",)) if len(self._rows) == 1 or not self.share else frozenset()

    @property
    def note(self) -> str:
        """What is trained on and what is held out."""
        trained, held = self._parts
        if trained is held:
            return "Nothing is held out: runs are judged on what they are trained on."
        if len(self._rows) == 1:
            return f"{len(trained[0])} steps are trained on, the {len(held[0])} after them held out."
        return f"{counted(len(trained), 'sequence')} to train on, {len(held)} held out."

    # The sequences.

    @cached_property
    def _rows(self) -> tuple[Rows, ...]:
        """Every sequence as rows (T, widths)."""
        found = []
        for inputs, targets in self._data.sequences:
            rows = np.zeros((len(inputs), len(inputs[0]) + len(targets[0])))
            rows[:, : self._width] = inputs
            rows[-len(targets) :, self._width :] = targets
            found.append(rows)
        return tuple(found)

    @cached_property
    def _width(self) -> int:
        """How many entries of a row are the input."""
        return 1 if self.input_kind is Target.SYMBOLS else self.n_x

    @cached_property
    def _parts(self) -> tuple[tuple[Rows, ...], tuple[Rows, ...]]:
        """What is trained on, and what is held out: the same where there is nothing to hold out."""
        if len(self._rows) == 1:
            (rows,) = self._rows
            cut = len(rows) - round(len(rows) * self.share / 100)
            return ((rows[:cut],), (rows[cut:],)) if self._data.windows and 0 < cut < len(rows) else (self._rows,) * 2
        count = min(len(self._rows) - 1, max(1, round(len(self._rows) * self.share / 100))) if self.share else 0
        order = np.random.default_rng(self.split).permutation(len(self._rows))
        held = {int(place) for place in order[:count]}
        trained = tuple(rows for place, rows in enumerate(self._rows) if place not in held)
        return trained, tuple(self._rows[place] for place in sorted(held)) if held else trained

    @property
    def default_length(self) -> int:
        return self.length_of(0) or min(12, self._longest)

    @property
    def _longest(self) -> int:
        """The longest windows that there are to train on."""
        return max(map(len, self._parts[0]))

    def check_length(self, T: int) -> None:
        super().check_length(T)
        if self._data.windows and self._longest < T:
            raise ExplorerError(
                f"Windows of {T} steps are longer than the data, of which {self._longest} steps in a row are trained "
                "on; make the sequence shorter, or hold out less."
            )

    def length_of(self, number: int) -> int | None:
        return None if self._data.windows else len(self._rows[number % len(self._rows)])

    def example(self, number: int, T: int) -> Rows:
        if self._data.windows:
            return self.draw(np.random.default_rng([number, 1]), T, 1)
        rows = self._rows[number % len(self._rows)]
        if len(rows) != T:
            raise ExplorerError(f"Sequence {number} of '{self.title}' has {len(rows)} steps, not {T}; set that length.")
        return rows[:, np.newaxis].copy()

    def draw(self, rng: np.random.Generator, T: int, B: int) -> Rows:
        """Windows from anywhere, or whole sequences of T steps, in what is trained on."""
        return self._drawn(self._parts[0], rng, T, B)

    def _drawn(self, part: tuple[Rows, ...], rng: np.random.Generator, T: int, B: int) -> Rows:
        self.check_length(T)
        if self._data.windows:
            ends = np.cumsum([max(0, len(rows) - T + 1) for rows in part])
            chosen = rng.integers(ends[-1], size=B)
            which = np.searchsorted(ends, chosen, side="right")
            starts = chosen - np.where(which > 0, ends[which - 1], 0)
            return np.stack([part[i][start : start + T] for i, start in zip(which, starts, strict=True)], 1)
        alike = [rows for rows in part if len(rows) == T]
        if not alike:
            raise ExplorerError(f"No sequence of '{self.title}' has {T} steps; choose a length that there is.")
        return np.stack([alike[c] for c in rng.integers(len(alike), size=B)], 1)

    def draw_on(self, rng: np.random.Generator, T: int, B: int) -> Iterator[Rows]:
        """Windows each of which goes on where the one before ended; after the end comes the beginning."""
        (rows,) = self._parts[0]
        starts = rng.integers(len(rows), size=B)
        while True:
            yield rows.take(np.arange(T)[:, np.newaxis] + starts, 0, mode="wrap")
            starts = (starts + T) % len(rows)

    # Mini-batches of several lengths.

    @cached_property
    def _groups(self) -> dict[int, list[Rows]]:
        """Whole sequences that are trained on, by their length."""
        return _by_length(self._parts[0])

    def shapes(self, T: int, B: int) -> tuple[tuple[int, int], ...]:
        if self._data.windows:
            return super().shapes(T, B)
        return tuple((length, min(B, len(alike))) for length, alike in self._groups.items())

    def batches(self, rng: np.random.Generator, T: int, B: int, in_order: bool = False) -> Iterator[Sized]:
        """Of whole sequences: each time B of one length, or all of it, as often as there are such among all."""
        if self._data.windows:
            yield from super().batches(rng, T, B, in_order)
        groups = list(self._groups.values())
        often = np.array([len(alike) for alike in groups]) / sum(map(len, groups))
        while True:
            alike = groups[rng.choice(len(groups), p=often)]
            chosen = rng.permutation(len(alike))[:B]
            yield len(alike[0]), self.encode(np.stack([alike[place] for place in chosen], 1))

    def held_out(self, rng: np.random.Generator, T: int, B: int) -> tuple[Sized, ...]:
        part = self._parts[1]
        if self._data.windows:
            if max(map(len, part)) < T:  # windows that at least end in what is held out
                part = tuple(rows[-T:] for rows in self._rows if len(rows) >= T)
            return ((T, self.encode(self._drawn(part, rng, T, B))),)
        chosen = sorted(rng.permutation(len(part))[:B])
        groups = _by_length([part[place] for place in chosen])
        return tuple((length, self.encode(np.stack(alike, 1))) for length, alike in groups.items())

    def encode(self, drawn: Rows) -> Batch:
        given, targets = drawn[..., : self._width], drawn[..., self._width :]
        targets = targets[-1:] if self.one_output else targets
        y = self.as_targets(targets[..., 0].astype(np.intp) if self.target_kind is Target.SYMBOLS else targets.copy())
        if self.input_kind is not Target.SYMBOLS:
            return Batch({"x": given.copy()}, y)
        symbols = given[..., 0].astype(np.intp)
        return Batch({"x": np.eye(self.n_x).take(symbols, 0)}, y, {"x": symbols})

    # What is typed, written and edited.

    def input_place(self, t: int) -> tuple[int, ...]:
        return t - 1, 0, 0

    def typed(self, text: str) -> Typed:
        """ "inputs → targets"; of data that ask for the next input, inputs alone will do, with one more at the end."""
        inputs, targets = parted(text, self.input_steps)
        x = self._read(inputs, self.input_kind, self.input_units, "inputs")
        if targets is not None:
            y = self._read(targets, self.target_kind, self.target_names, "targets")
        elif self.inputs_are_previous_targets and len(x) > 1:
            x, y = x[:-1], x[1:]
        else:
            raise ExplorerError(f"'{self.title}' has no rule for targets; write them as well: inputs -> targets.")
        wanted = 1 if self.one_output else len(x)
        if not len(x) or len(y) != wanted:
            raise ExplorerError(f"Here are {len(x)} inputs and {len(y)} targets; write as many, {max(1, wanted)}.")
        rows = np.zeros((len(x), 1, x.shape[1] + y.shape[1]))
        rows[:, 0, : self._width] = x
        rows[-len(y) :, 0, self._width :] = y
        return Typed(rows, None)

    def _read(self, text: str, kind: Target, names: tuple[str, ...], said: str) -> Rows:
        values = read_values(text, kind, names, f"the {said} of '{self.title}'")
        return values.reshape(len(values), 1 if kind is Target.SYMBOLS else len(names)).astype(np.float64)

    def written(self, drawn: Rows, targets: NDArray[np.number] | None = None) -> str:
        y = self.encode(drawn).y if targets is None else targets
        x = drawn[:, 0, : self._width]
        places = x[:, 0].astype(np.intp) if self.input_kind is Target.SYMBOLS else x
        inputs = write_values(places, self.input_kind, self.input_units)
        return f"{inputs} → {self.write_targets(y[:, 0])}"

    def describe_input(self, x: Array) -> str:
        one_hot = self.input_kind is Target.SYMBOLS and x.max() == 1.0 == x.sum()
        return self.input_units[int(x.argmax())] if one_hot else said(x)

    def describe_target(self, y: Array) -> str:
        several = self.target_kind is Target.SYMBOLS and not self.one_bit
        return self.output_units[int(y.argmax())] if several else said(y)

    # How well guessing does.

    @cached_property
    def _targets(self) -> Rows:
        """All targets that are trained on, (count, width)."""
        rows = [rows[-1:] if self.one_output else rows for rows in self._parts[0]]
        return np.concatenate(rows)[:, self._width :]

    def chance_loss(self, T: int) -> float:
        """That of the frequencies, or of the mean, of the targets that are trained on."""
        self.check_length(T)
        if self.target_kind is Target.NUMBERS:
            return float(self._targets.var(0).sum()) / 2
        if self.target_kind is Target.BITS:
            return self.least_loss(self._targets.mean(0))
        return self.least_loss(np.bincount(self._targets[:, 0].astype(np.intp)) / len(self._targets))

    def entropy_floor(self, T: int) -> float | None:
        """Not known."""
        self.check_length(T)
        return None

    def tolerance(self, T: int) -> float:
        """A tenth of the spread of the targets, where these are numbers."""
        if self.target_kind is Target.NUMBERS:
            return 0.1 * float(np.sqrt(self._targets.var(0).mean()))
        return super().tolerance(T)


def _by_length(sequences: tuple[Rows, ...] | list[Rows]) -> dict[int, list[Rows]]:
    found: dict[int, list[Rows]] = {}
    for rows in sequences:
        found.setdefault(len(rows), []).append(rows)
    return found


TASK = OwnData
