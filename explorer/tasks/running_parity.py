"""Running parity: after each bit, say whether the number of ones so far is odd."""

import numpy as np

from explorer.graph.batch import Symbols
from explorer.language import tr
from explorer.tasks.facts import Fact
from explorer.tasks.symbol_task import SymbolTask


class RunningParity(SymbolTask):
    """x(t) is a bit, one-hot; y(t) = x(1) ⊕ … ⊕ x(t), that is 1 if there were an odd number of ones."""

    id = "running_parity"
    title = tr("Running parity")
    lesson = tr(
        "The last answer and the new bit are all it takes, so one bit has to be kept from step to step, and turned "
        "over by each 1."
    )
    lesson_fed_back = tr(
        "The last answer and the new bit are all it takes, so a network that is handed the right last answer learns "
        "each step by itself, while one that lives on its own answers must first get them right."
    )
    networks = tr(
        "A network with a loop through its hidden state learns it, and so does one with a loop through its output "
        "alone, fed the targets or its own output: the last answer is all that has to be passed on."
    )
    order = 1
    input_symbols = ("0", "1")

    def targets(self, symbols: Symbols) -> Symbols:
        return np.bitwise_xor.accumulate(symbols, axis=0)

    def knows(self, drawn: Symbols) -> tuple[Fact, ...]:
        return (Fact("parity", tr("Parity so far"), drawn.cumsum(0) % 2, (tr("even"), tr("odd"))),)


TASK = RunningParity
