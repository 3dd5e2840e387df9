"""Truth value of a bracketed expression: (a b) is 1 unless both a and b are, all the way up a tree."""

import numpy as np
from numpy.typing import NDArray

from explorer.graph.batch import Batch, Symbols
from explorer.graph.declaration import TREE
from explorer.graph.tree import trees_of
from explorer.language import tr
from explorer.tasks.brackets import bracketed, expression
from explorer.tasks.facts import BIT, Fact
from explorer.tasks.symbol_task import SymbolTask


class TruthValue(SymbolTask):
    """x(1) … x(T) are the bits of an expression, such as ((1 0) 1), one-hot; the one target is its value.

    A bracket stands for "not both" (Sheffer's stroke), by which every truth function can be written. A sequence is
    drawn as its T bits and, below them, how many brackets close after each; every bracketing is equally likely.
    """

    id = "truth_value"
    title = tr("Truth value")
    lesson = tr(
        "A bracket is 1 unless both of its parts are, so (0 (1 1)) is 1 and ((0 1) 1) is 0: the same bits mean "
        "something else when they are bracketed otherwise, and each expression has a tree of its own."
    )
    networks = tr(
        "A recursive tree learns it at once, with 16 bits as with 4, since it joins what the brackets join; a chain "
        "with one output reads the bits without their brackets, so it did in none of five trials, whatever the length."
    )
    order = 17
    opens_with = "recursive_tree"
    one_output = True
    causal = False
    input_symbols = ("0", "1")
    default_length = 4
    """As many leaves as fig. 10.14 has."""
    shortest_length = 2
    """Two, for a bracket."""

    def rows(self, T: int) -> int:
        return 2 * T

    def read(self, drawn: Symbols) -> Symbols:
        return drawn[: len(drawn) // 2]

    def read_inputs(self, text: str) -> Symbols | None:
        bits, closings = bracketed(text)
        return np.array([*bits, *closings], np.intp)[:, np.newaxis] if bits else None

    def write_inputs(self, drawn: Symbols) -> str:
        half = len(drawn) // 2
        return expression(drawn[:half, 0].tolist(), drawn[half:, 0].tolist())

    def is_whole(self, typed: Symbols, T: int) -> bool:
        """As brackets go with their number of bits."""
        return len(typed) == self.rows(T)

    def write_over(self, drawn: Symbols, typed: Symbols) -> None:
        count = min(len(drawn), len(typed)) // 2
        drawn[:count] = typed[:count]

    def draw(self, rng: np.random.Generator, T: int, B: int) -> Symbols:
        return np.concatenate([rng.integers(2, size=(T, B)).astype(np.intp, copy=False), _closings(rng, T, B)])

    def encode(self, symbols: Symbols) -> Batch:
        bits, trees = self.read(symbols), trees_of(symbols[len(symbols) // 2 :])
        y = self.as_targets(_values(bits, trees)[-1:].copy())
        return Batch({"x": self.input_vectors.take(bits, axis=0)}, y, {"x": bits}, trees=trees)

    def targets(self, symbols: Symbols) -> Symbols:
        return _values(self.read(symbols), trees_of(symbols[len(symbols) // 2 :]))[-1:].copy()

    def knows(self, drawn: Symbols) -> tuple[Fact, ...]:
        bits, trees = self.read(drawn), trees_of(drawn[len(drawn) // 2 :])
        counts = np.ones((2 * len(bits) - 1, bits.shape[1]))
        for step, children in enumerate(trees.swapaxes(0, 1), len(bits)):
            counts[step] = np.take_along_axis(counts, children - 1, 0).sum(0)
        return (
            Fact("value", tr("Value of the part"), _values(bits, trees), BIT, TREE),
            Fact("bits", tr("Bits in the part"), counts, span=TREE),
        )

    def target_distribution(self, T: int) -> NDArray[np.float64]:
        """By the two parts that the outermost bracket joins: with k leaves on the left, of T, in C(k−1) C(T−k−1) trees.

        C are the Catalan numbers, here as multiples of 4^k, which cancel.
        """
        trees, ones = np.zeros(T + 1), np.zeros(T + 1)
        trees[1], ones[1] = 0.25, 0.5
        for n in range(2, T + 1):
            trees[n] = trees[n - 1] * (n - 1.5) / n
            parts = (trees * ones)[1:n]
            ones[n] = 1.0 - parts @ parts[::-1] / trees[n]
        return np.array([1.0 - ones[T], ones[T]])


def _values(bits: Symbols, trees: Symbols) -> Symbols:
    """The values of all parts of expressions, (2T − 1, B), the whole last.

    By their bits (T, B) and their trees (2, T − 1, B).
    """
    values, sequences = np.concatenate([bits, np.zeros_like(bits[1:])]), np.arange(bits.shape[1])
    for step, children in enumerate(trees.swapaxes(0, 1), len(bits)):
        left, right = values[children - 1, sequences]
        values[step] = 1 - left * right
    return values


def _closings(rng: np.random.Generator, T: int, B: int) -> Symbols:
    """How many brackets close after each leaf, (T, B), every way to set T − 1 pairs of brackets being equally likely.

    Of T leaves and T − 1 closing brackets in a circle, in any order, a single leaf can be the first for every bracket
    to find two parts to join (cycle lemma).
    """
    steps = np.ones((2 * T - 1, B), np.intp)
    steps[T:] = -1
    steps = rng.permuted(steps, axis=0)
    heights = steps.cumsum(0)
    lowest = len(steps) - heights[::-1].argmin(0)  # the step after the last of them
    steps = np.take_along_axis(steps, (np.arange(len(steps))[:, np.newaxis] + lowest) % len(steps), 0)
    leaves = (steps > 0).cumsum(0) - 1
    closings = np.zeros((T, B), np.intp)
    places, sequences = np.nonzero(steps < 0)
    np.add.at(closings, (leaves[places, sequences], sequences), 1)
    return closings


TASK = TruthValue
