"""Fill in the gap: say the letter midway between the one before a gap and the one after it."""

from string import ascii_lowercase

import numpy as np
from numpy.typing import NDArray

from explorer.graph.batch import Symbols
from explorer.language import tr
from explorer.tasks.facts import Fact
from explorer.tasks.options import integer_option
from explorer.tasks.symbol_task import SymbolTask

GAP = "_"


class FillIn(SymbolTask):
    """x(t) is a letter, of a, c, e and so on, or a gap; y(t) is that letter, or what belongs in the gap.

    Between the last letter up to t and the next from t on lies y(t), midway in the alphabet: a _ e means a c e. Where
    there is a letter on one side only, it is that one, and a if there is none. Every second step but the last is a gap.
    """

    id = "fill_in"
    title = tr("Fill in the gap")
    lesson = tr(
        "What belongs in a gap is settled by the letters on both sides of it, so a network that only reads forward "
        "cannot know it, and one that also reads backward can."
    )
    networks = tr(
        "A network that reads both ways learns it; one that only reads forward gets no further than the letters that "
        "are there and one guess in three at a gap, whatever its loops."
    )
    order = 13
    causal = False
    default_length = 7
    shortest_length = 3
    """Three: a gap and a letter on each side."""

    symbols: int = integer_option(
        3, title=tr("Symbols"), minimum=2, maximum=13, help=tr("How many different letters a sequence is made of.")
    )

    @property
    def input_symbols(self) -> tuple[str, ...]:
        return (*ascii_lowercase[: 2 * self.symbols : 2], GAP)

    @property
    def output_symbols(self) -> tuple[str, ...]:
        return tuple(ascii_lowercase[: 2 * self.symbols - 1])

    def draw(self, rng: np.random.Generator, T: int, B: int) -> Symbols:
        steps = rng.integers(self.symbols, size=(T, B)).astype(np.intp, copy=False)
        steps[1:-1:2] = self.symbols
        return steps

    def targets(self, symbols: Symbols) -> Symbols:
        before, after = _latest(symbols, self.symbols), _latest(symbols[::-1], self.symbols)[::-1]
        before, after = np.where(before < 0, after, before), np.where(after < 0, before, after)
        y: Symbols = (before + after).clip(0)
        return y

    def target_distribution(self, T: int) -> NDArray[np.float64]:
        """At a letter each letter is equally likely, in a gap the middle of two of them."""
        letter = np.full(self.symbols, 1 / self.symbols)
        at_letters = np.zeros(self.n_y)
        at_letters[::2] = letter
        gaps = (T - 1) // 2 / T
        frequencies: NDArray[np.float64] = gaps * np.convolve(letter, letter) + (1 - gaps) * at_letters
        return frequencies

    def knows(self, drawn: Symbols) -> tuple[Fact, ...]:
        letters = self.input_symbols[:-1]
        return (
            Fact("last_letter", tr("Last letter"), _latest(drawn, self.symbols), letters),
            Fact("next_letter", tr("Next letter"), _latest(drawn[::-1], self.symbols)[::-1], letters),
        )


def _latest(symbols: Symbols, gap: int) -> Symbols:
    """The last letter up to each step, −1 where there is none."""
    steps = np.arange(1, len(symbols) + 1)[:, np.newaxis]
    places = np.maximum.accumulate(np.where(symbols == gap, 0, steps), axis=0)
    nothing = np.full_like(symbols[:1], -1)
    return np.take_along_axis(np.concatenate([nothing, symbols]), places, axis=0)


TASK = FillIn
