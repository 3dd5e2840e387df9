"""Own data: sequences that a learner brings, of symbols, bits or numbers, as whole sequences or cut into windows."""

from collections.abc import Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from explorer.data.source import LEFT_OUT
from explorer.errors import ExplorerError
from explorer.graph.arrays import Array
from explorer.graph.batch import Batch
from explorer.graph.metric import Outputs
from explorer.graph.output import Target
from explorer.language import tr
from explorer.tasks.base import Sized
from explorer.tasks.own_declared import OwnDeclared
from explorer.tasks.own_rows import Rows, windows
from explorer.tasks.typed import Typed, parted, read_counted, read_values, said, write_counted, write_values


class OwnData(OwnDeclared):
    """x(t) and y(t) are those of the data; a row that is drawn holds both, so that an input can be edited alone.

    Whole sequences are learned in mini-batches of one length each. A share of them, chosen by `split`, is held out to
    judge by; of a single series, that is cut into windows, its end.
    """

    id = "own_data"
    title = tr("Own data")
    lesson = tr(
        "Sequences of your own, from a file or the clipboard, are learned, drawn and judged like all others; what is "
        "held out shows whether the network has understood more than it has seen."
    )
    networks = tr(
        "Every network that takes such inputs and gives such outputs can be trained on them; which one learns them is "
        "to be found out."
    )
    order = 100
    ruled = False

    # The sequences.

    @property
    def default_length(self) -> int:
        return self.length_of(0) or min(12, self._longest)

    @property
    def _longest(self) -> int:
        """The longest windows that there are to train on."""
        return max(map(self._layout.steps, self._parts[0]))

    def check_length(self, T: int) -> None:
        super().check_length(T)
        if self._data.windows and self._longest < T:
            raise ExplorerError(
                "Windows of {T} steps are longer than the data, of which {longest} steps in a row are trained on; "
                "make the sequence shorter, or hold out less.",
                T=T,
                longest=self._longest,
            )

    def length_of(self, number: int) -> int | None:
        return None if self._data.windows else self._layout.steps(self._rows[number % len(self._rows)])

    def example(self, number: int, T: int) -> Rows:
        if self._data.windows:
            return super().example(number, T)
        rows = self._rows[number % len(self._rows)]
        if (steps := self._layout.steps(rows)) != T:
            raise ExplorerError(
                "Sequence {number} of '{title}' has {steps} steps, not {T}; set that length.",
                number=number,
                title=self.title,
                steps=steps,
                T=T,
            )
        return rows[:, np.newaxis].copy()

    def draw(self, rng: np.random.Generator, T: int, B: int) -> Rows:
        """Windows from anywhere, or whole sequences of T steps, in what is trained on."""
        return self._drawn(self._parts[0], rng, T, B)

    def _drawn(self, part: tuple[Rows, ...], rng: np.random.Generator, T: int, B: int) -> Rows:
        self.check_length(T)
        if self._data.windows:
            return windows(part, rng, T, B)
        alike = self._layout.by_length(part).get(T)
        if alike is None:
            raise ExplorerError(
                "No sequence of '{title}' has {T} steps; choose a length that there is.", title=self.title, T=T
            )
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
        return self._layout.by_length(self._parts[0])

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
            yield self._layout.steps(alike[0]), self.encode(np.stack([alike[place] for place in chosen], 1))

    def held_out(self, rng: np.random.Generator, T: int, B: int) -> tuple[Sized, ...]:
        part = self._parts[1]
        if self._data.windows:
            if max(map(len, part)) < T:  # windows that at least end in what is held out
                part = tuple(rows[-T:] for rows in self._rows if len(rows) >= T)
            return ((T, self.encode(self._drawn(part, rng, T, B))),)
        chosen = sorted(rng.permutation(len(part))[:B])
        groups = self._layout.by_length([part[place] for place in chosen])
        return tuple((length, self.encode(np.stack(alike, 1))) for length, alike in groups.items())

    def encode(self, drawn: Rows) -> Batch:
        given, weights = self._layout.inputs_of(drawn), self._layout.weights_of(drawn)
        one_hot = self.input_kind is Target.SYMBOLS
        symbols = {"x": given[..., 0].astype(np.intp)} if one_hot else {}
        x = np.eye(self.n_x).take(symbols["x"], 0) if one_hot else given.copy()
        return Batch({"x": x}, self._told(drawn), symbols, loss_weights=weights, trees=self._layout.trees_of(drawn))

    def _told(self, drawn: Rows) -> Outputs:
        targets = self._layout.targets_of(drawn)
        of_symbols = self.target_kind is Target.SYMBOLS
        return self.as_targets(targets[..., 0].astype(np.intp) if of_symbols else targets.copy())

    # What is typed, written and edited.

    def input_place(self, t: int) -> tuple[int, ...]:
        return t - 1, 0, 0

    def typed(self, text: str) -> Typed:
        """ "inputs → targets"; of data that ask for the next input, inputs alone will do, with one more at the end."""
        inputs, targets = parted(text, self.input_steps)
        x = self._read(inputs, self.input_kind, self.input_units, tr("inputs"))
        weights = None
        if targets is not None:
            y, weights = self._read_targets(targets)
        elif self.inputs_are_previous_targets and len(x) > 1:
            x, y = x[:-1], x[1:]
        else:
            raise ExplorerError(
                "'{title}' has no rule for targets; write them as well: inputs -> targets.", title=self.title
            )
        self._layout.check_counts(len(x), len(y))
        return Typed(self._layout.rows(x, y, weights)[:, np.newaxis], None)

    def typed_length(self, typed: Typed, T: int) -> int:
        steps = T if typed.drawn is None else self._layout.steps(typed.drawn)
        self.check_length(steps)
        return steps

    def _read(self, text: str, kind: Target, names: tuple[str, ...], said: str) -> Rows:
        values = read_values(text, kind, names, tr("the {said} of '{title}'", said=said, title=self.title))
        return values.reshape(len(values), 1 if kind is Target.SYMBOLS else len(names)).astype(np.float64)

    def _read_targets(self, text: str) -> tuple[Rows, list[float] | None]:
        """The targets and, where the data have loss weights, how much each counts."""
        if not self._leaves_out:
            return self._read(text, self.target_kind, self.target_names, tr("targets")), None
        said = tr("the {said} of '{title}'", said=tr("targets"), title=self.title)
        values, weights = read_counted(text, self.target_kind, self.target_names, said)
        return values.reshape(len(values), self._layout.targets).astype(np.float64), weights

    @property
    def _leaves_out(self) -> bool:
        """Whether a target that is written as `_` is left out of the loss."""
        return self.weighted and LEFT_OUT not in self.target_names

    def written(self, drawn: Rows, targets: NDArray[np.number] | None = None) -> str:
        y = self.encode(drawn).y if targets is None else targets
        x = self._layout.inputs_of(drawn)[:, 0]
        places = x[:, 0].astype(np.intp) if self.input_kind is Target.SYMBOLS else x
        inputs = write_values(places, self.input_kind, self.input_units)
        weights = self._layout.weights_of(drawn) if self._leaves_out else None
        counts = np.ones(len(y)) if weights is None else weights[:, 0]
        return f"{inputs} → {write_counted(counts.tolist(), lambda steps: self.write_targets(y[steps, 0]))}"

    def describe_input(self, x: Array) -> str:
        one_hot = self.input_kind is Target.SYMBOLS and x.max() == 1.0 == x.sum()
        return self.input_units[int(x.argmax())] if one_hot else said(x)

    def describe_target(self, y: Array) -> str:
        several = self.target_kind is Target.SYMBOLS and not self.one_bit
        return self.output_units[int(y.argmax())] if several else said(y)

    # How well guessing does.

    @cached_property
    def _targets(self) -> tuple[Rows, Rows]:
        """All targets that are trained on, (count, width), and how much each counts, (count,)."""
        told = np.concatenate([self._layout.targets_of(rows) for rows in self._parts[0]])
        weights = [weights for rows in self._parts[0] if (weights := self._layout.weights_of(rows)) is not None]
        count = np.concatenate(weights) if weights else np.ones(len(told))
        return told, count if count.any() else np.ones(len(told))

    def chance_loss(self, T: int) -> float:
        """That of the frequencies, or of the mean, of the targets that are trained on."""
        self.check_length(T)
        targets, weights = self._targets
        if self.target_kind is Target.SYMBOLS:
            return self.least_loss(np.bincount(targets[:, 0].astype(np.intp), weights) / weights.sum())
        mean = np.average(targets, 0, weights)
        if self.target_kind is Target.BITS:
            return self.least_loss(mean)
        return float(np.average((targets - mean) ** 2, 0, weights).sum()) / 2

    def entropy_floor(self, T: int) -> float | None:
        """Not known."""
        self.check_length(T)
        return None

    def tolerance(self, T: int) -> float:
        """A tenth of the spread of the targets, where these are numbers."""
        if self.target_kind is Target.NUMBERS:
            told, counts = self._targets
            return 0.1 * float(np.sqrt(told[counts > 0].var(0).mean()))
        return super().tolerance(T)


TASK = OwnData
