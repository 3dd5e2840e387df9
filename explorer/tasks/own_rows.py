"""Lay out a sequence of one's own in rows, `RowLayout`, so that it is drawn, edited and encoded as one array."""

from collections.abc import Iterable, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.data.data_set import DataSet, Steps
from explorer.errors import ExplorerError
from explorer.graph.output import Target
from explorer.graph.tree import balanced
from explorer.grouping import by_key

Rows = NDArray[np.float64]
"""A row for each step, see RowLayout; where there is one target, it is in the last row."""


class RowLayout(Struct, frozen=True):
    """A row holds an input, a target, then the loss weight of its step, then the two children of an inner node.

    So many entries each; without loss weights or trees there are none. Inputs that are in a segment of their own have
    so many rows `apart` before those of the targets; else both share rows.
    """

    inputs: int
    targets: int
    apart: int
    weighted: bool
    trees: bool
    one_output: bool

    @staticmethod
    def of(data: DataSet) -> "RowLayout":
        """How the sequences of these data are laid out."""
        inputs, targets = (
            1 if kind is Target.SYMBOLS else len(names)
            for kind, names in ((data.inputs, data.input_names), (data.targets, data.output_names))
        )
        apart = 0 if data.inputs_in == "T" else len(data.sequences[0][0])
        return RowLayout(inputs, targets, apart, bool(data.weights), bool(data.trees), data.one_output)

    def rows(
        self,
        inputs: Steps | Rows,
        targets: Steps | Rows,
        weights: list[float] | None = None,
        tree: list[tuple[int, int]] | None = None,
    ) -> Rows:
        """One sequence, (rows, width); weights are 1 and a tree is balanced where it is not given."""
        count = self.apart + len(targets) if self.apart else len(inputs)
        end = self.inputs + self.targets
        rows = np.zeros((count, end + self.weighted + 2 * self.trees))
        rows[: len(inputs), : self.inputs] = inputs
        rows[-len(targets) :, self.inputs : end] = targets
        if self.weighted:
            rows[-len(targets) :, end] = 1.0 if weights is None else weights
        if self.trees and count > 1:
            rows[:-1, -2:] = balanced(count).inner if tree is None else tree
        return rows

    def steps(self, rows: Rows) -> int:
        """T, the number of steps that the targets are counted in."""
        return len(rows) - self.apart

    def check_counts(self, x: int, y: int) -> None:
        """Raise ExplorerError unless a sequence can have so many inputs and so many targets."""
        wanted = max(1, y) if self.apart else 1 if self.one_output else max(1, x)
        if x and y == wanted and x == (self.apart or x):
            return
        if self.apart:
            raise ExplorerError(
                "Here are {x} inputs and {y} targets; write {apart} inputs and {wanted} targets.",
                x=x,
                y=y,
                apart=self.apart,
                wanted=wanted,
            )
        raise ExplorerError("Here are {x} inputs and {y} targets; write as many, {wanted}.", x=x, y=y, wanted=wanted)

    def by_length(self, sequences: Iterable[Rows]) -> dict[int, list[Rows]]:
        """The sequences of each number of steps."""
        return by_key(sequences, self.steps)

    def inputs_of(self, rows: Rows) -> Rows:
        """The inputs of sequences (rows, …, width)."""
        return rows[: self.apart or len(rows), ..., : self.inputs]

    def targets_of(self, rows: Rows) -> Rows:
        """Their targets."""
        return self._predicted(rows)[..., self.inputs : self.inputs + self.targets]

    def weights_of(self, rows: Rows) -> Rows | None:
        """Their loss weights, if they have any."""
        return self._predicted(rows)[..., self.inputs + self.targets].copy() if self.weighted else None

    def trees_of(self, rows: Rows) -> NDArray[np.intp] | None:
        """Their trees (2, T − 1, B), as `Batch` takes them, if they have any."""
        return rows[:-1, :, -2:].transpose(2, 0, 1).astype(np.intp) if self.trees else None

    def _predicted(self, rows: Rows) -> Rows:
        return rows[-1:] if self.one_output else rows[self.apart :]


def held_apart(
    sequences: tuple[Rows, ...], windows: bool, share: float, split: int
) -> tuple[tuple[Rows, ...], tuple[Rows, ...]]:
    """What is trained on, and the share that is held out: the same where there is nothing to hold out.

    Of a single sequence that is cut into windows that is its end, of several some that the seed `split` chooses.
    """
    if len(sequences) == 1:
        (rows,) = sequences
        cut = len(rows) - round(len(rows) * share)
        return ((rows[:cut],), (rows[cut:],)) if windows and 0 < cut < len(rows) else (sequences, sequences)
    count = min(len(sequences) - 1, max(1, round(len(sequences) * share))) if share else 0
    held = {int(place) for place in np.random.default_rng(split).permutation(len(sequences))[:count]}
    trained = tuple(rows for place, rows in enumerate(sequences) if place not in held)
    return trained, tuple(sequences[place] for place in sorted(held)) if held else trained


def windows(sequences: Sequence[Rows], rng: np.random.Generator, T: int, B: int) -> Rows:
    """B windows of T rows, (T, B, …), from anywhere in the sequences, one of which at least is as long."""
    ends = np.cumsum([max(0, len(rows) - T + 1) for rows in sequences])
    chosen = rng.integers(ends[-1], size=B)
    which = np.searchsorted(ends, chosen, side="right")
    starts = chosen - np.where(which > 0, ends[which - 1], 0)
    return np.stack([sequences[i][start : start + T] for i, start in zip(which, starts, strict=True)], 1)
