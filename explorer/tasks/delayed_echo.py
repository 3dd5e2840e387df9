"""Delayed echo: repeat every symbol k steps after it was heard."""

from string import ascii_lowercase

import numpy as np
from numpy.typing import NDArray

from explorer.graph.batch import Symbols
from explorer.language import tr
from explorer.tasks.facts import Fact, earlier
from explorer.tasks.options import integer_option
from explorer.tasks.symbol_task import SymbolTask

BLANK = "–"

MOST_AGO = 5
"""Steps back to which what was read is worth a list entry of its own."""


class DelayedEcho(SymbolTask):
    """x(t) is a letter, one-hot; y(t) = x(t − k).

    The first k steps have no echo: their target is a blank of its own, the last output symbol. So each target
    is settled by the inputs so far, and the entropy floor is zero.
    """

    id = "delayed_echo"
    title = tr("Delayed echo")
    lesson = tr(
        "What will be needed later is not what is being said now, so the network must keep the last symbols in a "
        "hidden state: its outputs do not hold them."
    )
    networks = tr(
        "A network with a loop through its hidden state learns it; one with a loop through its output alone does not, "
        "whatever it is fed in training, for what is to be echoed stands in no output before it is due."
    )
    order = 2

    k: int = integer_option(
        2, title=tr("Delay k"), minimum=1, maximum=100, help=tr("How many steps later each symbol is repeated.")
    )
    symbols: int = integer_option(
        2, title=tr("Symbols"), minimum=2, maximum=26, help=tr("How many different letters there are to repeat.")
    )

    @property
    def input_symbols(self) -> tuple[str, ...]:
        return tuple(ascii_lowercase[: self.symbols])

    @property
    def output_symbols(self) -> tuple[str, ...]:
        return (*self.input_symbols, BLANK)

    @property
    def default_length(self) -> int:
        return max(8, 2 * self.k)

    @property
    def shortest_length(self) -> int:
        """One more than k, or nothing would ever be repeated."""
        return self.k + 1

    def targets(self, symbols: Symbols) -> Symbols:
        y = np.full_like(symbols, self.symbols)
        y[self.k :] = symbols[: -self.k]
        return y

    def target_distribution(self, T: int) -> NDArray[np.float64]:
        """Blank at k of the T steps, otherwise each letter equally likely."""
        letter = (1 - self.k / T) / self.symbols
        return np.array([letter] * self.symbols + [self.k / T])

    def knows(self, drawn: Symbols) -> tuple[Fact, ...]:
        """What must be kept between being read and being echoed; what came one step ago every task knows."""
        return tuple(
            Fact(f"ago_{n}", tr("Symbol {n} steps ago", n=n), earlier(drawn, n), self.input_symbols)
            for n in range(2, min(self.k, MOST_AGO + 1))
        )


TASK = DelayedEcho
