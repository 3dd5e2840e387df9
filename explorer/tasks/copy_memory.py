"""Copy memory: letters, then nothing for a while, then a mark on which the letters are to be repeated."""

from string import ascii_lowercase

import numpy as np
from numpy.typing import NDArray

from explorer.graph.batch import Symbols
from explorer.language import tr
from explorer.tasks.facts import UNKNOWN, Fact
from explorer.tasks.options import integer_option
from explorer.tasks.symbol_task import SymbolTask

BLANK, GO = "–", "!"

MOST_LETTERS = 4
"""Letters to be repeated that are worth a list entry each."""


class CopyMemory(SymbolTask):
    """x(1) … x(k) are letters, then come blanks, and the go mark at t = T − k + 1; y repeats the letters from there.

    Everywhere else the target is a blank. In a sequence that was changed by hand it is the first go mark from which
    the first k inputs are repeated, those that were heard before it, with a blank for what is no letter.
    """

    id = "copy_memory"
    title = tr("Copy memory")
    lesson = tr(
        "The mark says when to answer and the letters what, long before, so the state must hold them unchanged while "
        "nothing comes in."
    )
    networks = tr(
        "With 8 steps a network with a loop through its hidden state learns it at once, with 40 in one of five trials "
        "of 3000 iterations; one with a loop through its output alone gets the blanks right and guesses at the "
        "letters, for blanks that come out in between cannot hold them."
    )
    order = 10

    k: int = integer_option(
        2, title=tr("Letters k"), minimum=1, maximum=50, help=tr("How many letters are to be repeated.")
    )
    symbols: int = integer_option(
        2, title=tr("Symbols"), minimum=2, maximum=26, help=tr("How many different letters there are to repeat.")
    )

    @property
    def input_symbols(self) -> tuple[str, ...]:
        return (*ascii_lowercase[: self.symbols], BLANK, GO)

    @property
    def output_symbols(self) -> tuple[str, ...]:
        return (*ascii_lowercase[: self.symbols], BLANK)

    @property
    def default_length(self) -> int:
        return max(8, 3 * self.k)

    @property
    def shortest_length(self) -> int:
        """Twice k: the go mark follows the letters at once."""
        return 2 * self.k

    def draw(self, rng: np.random.Generator, T: int, B: int) -> Symbols:
        steps = np.full((T, B), self.input_symbols.index(BLANK), np.intp)
        steps[: self.k] = rng.integers(self.symbols, size=(self.k, B))
        steps[T - self.k] = self.input_symbols.index(GO)
        return steps

    def targets(self, symbols: Symbols) -> Symbols:
        is_go = symbols == self.input_symbols.index(GO)
        start = np.where(is_go.any(0), is_go.argmax(0), len(symbols))
        since = np.arange(len(symbols))[:, np.newaxis] - start
        repeated = np.take_along_axis(symbols, since.clip(0), axis=0)
        wanted = (since >= 0) & (since < np.minimum(self.k, start)) & (repeated < self.symbols)
        return np.where(wanted, repeated, self.output_symbols.index(BLANK))

    def target_distribution(self, T: int) -> NDArray[np.float64]:
        """Blank at all but k of the T steps, there each letter equally likely."""
        letter = self.k / T / self.symbols
        return np.array([letter] * self.symbols + [1 - self.k / T])

    def knows(self, drawn: Symbols) -> tuple[Fact, ...]:
        """What is to be done, and each letter that is to be repeated, from when it was read."""
        steps = np.arange(len(drawn))[:, np.newaxis]
        told = np.logical_or.accumulate(drawn == self.input_symbols.index(GO), axis=0)
        phase = np.where(told, 2, np.where(steps < self.k, 0, 1))
        found = [Fact("phase", tr("Phase"), phase, (tr("reading"), tr("waiting"), tr("repeating")))]
        for n in range(1, min(self.k, MOST_LETTERS) + 1):
            kept = (steps >= n - 1) & (drawn[n - 1] < self.symbols)
            letters = np.where(kept, drawn[n - 1], UNKNOWN)
            found.append(Fact(f"letter_{n}", tr("Letter {n}", n=n), letters, self.input_symbols[: self.symbols]))
        return tuple(found)


TASK = CopyMemory
