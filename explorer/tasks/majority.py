"""Majority: read a whole sequence of bits, then say whether at least half of them were ones."""

from math import comb

import numpy as np
from numpy.typing import NDArray

from explorer.graph.batch import Symbols
from explorer.language import tr
from explorer.tasks.facts import Fact
from explorer.tasks.symbol_task import SymbolTask


class Majority(SymbolTask):
    """x(t) is a bit, one-hot; the one target, after the last step, is 1 if at least half of the bits are 1.

    A tie, possible at even T, therefore counts as 1. That keeps the answer free of the order of the bits, at
    the price of making 1 the likelier answer at even T, which `target_distribution` takes into account.
    """

    id = "majority"
    title = tr("Majority")
    lesson = tr(
        "Every bit weighs the same wherever it stands (1 wins a tie), so the network must keep a running count, and "
        "it learns that from one error signal at the very end."
    )
    networks = tr(
        "With 8 steps a network with one output and a tanh state learns it at once, since each bit has to add the "
        "same to the state wherever it stands."
    )
    order = 5
    one_output = True
    input_symbols = ("0", "1")

    def targets(self, symbols: Symbols) -> Symbols:
        ones = symbols.sum(axis=0, keepdims=True)
        y: Symbols = (2 * ones >= len(symbols)).astype(np.intp)
        return y

    def target_distribution(self, T: int) -> NDArray[np.float64]:
        """Without ties both are equally likely; the share of ties, a binomial probability, goes to 1."""
        # Whole numbers divided last: 2 ** T alone is too large for a float from T = 1024 on.
        tie = comb(T, T // 2) / 2**T if T % 2 == 0 else 0.0
        return np.array([(1 - tie) / 2, (1 + tie) / 2])

    def knows(self, drawn: Symbols) -> tuple[Fact, ...]:
        return (Fact("lead", tr("Ones less zeros so far"), (2.0 * drawn - 1.0).cumsum(0)),)


TASK = Majority
