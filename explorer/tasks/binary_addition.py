"""Binary addition: two bits in at each step, the bit of their sum out, least significant first."""

import re
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from explorer.errors import ExplorerError
from explorer.graph.batch import Symbols
from explorer.language import tr
from explorer.reading.symbols import LONGEST
from explorer.tasks.facts import BIT, Fact
from explorer.tasks.symbol_task import SymbolTask

_SUM = re.compile(r"\s*([01]+)\s*\+\s*([01]+)\s*")
_SHOWN = 16
"""Bits of a number up to which a sentence repeats it."""


class BinaryAddition(SymbolTask):
    """x(t) = (a(t), b(t)), two bits as two numbers; y(t) is bit t of a + b.

    The least significant bits come first, and the carry out of the last step is dropped.
    An input step is written "1+0" and its index, 0 to 3, is 2a + b. A whole sum can be typed as one writes it, most
    significant bit first, "100111 + 110010"; it has as many steps as its longest number, and one more where the carry
    would be dropped.
    """

    id = "binary_addition"
    title = tr("Binary addition")
    lesson = tr(
        "The sum bit does not show the carry, so what must be passed on to the next step has to live in the hidden "
        "state and cannot be fed back from the output."
    )
    networks = tr(
        "A network with a loop through its hidden state learns it; one with a loop through its output alone does not, "
        "whatever it is fed in training, for the carry stands in no sum bit."
    )
    order = 3
    one_hot_inputs = False
    input_symbols = ("a", "b")
    output_symbols = ("0", "1")
    input_steps = ("0+0", "0+1", "1+0", "1+1")

    @cached_property
    def input_vectors(self) -> NDArray[np.float64]:
        return np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])

    def read_inputs(self, text: str) -> Symbols | None:
        summands = _summands(text)
        if not summands:
            try:
                return super().read_inputs(text)
            except ExplorerError as error:
                raise ExplorerError(
                    "{error}, or a whole sum such as 100111 + 110010.", error=str(error)[:-1]
                ) from error
        steps = [2 * int(a) + int(b) for a, b in zip(*map(reversed, summands), strict=True)]
        return np.array(steps, np.intp)[:, np.newaxis]

    def reading(self, text: str) -> str:
        summands = _summands(text)
        if not summands:
            return ""
        a, b = summands
        total = f"{int(a, 2) + int(b, 2):0{len(a)}b}"
        written = f"{a} + {b} = {total}" if len(a) <= _SHOWN else tr("The sum of {a} bits", a=len(a))
        return tr(
            "{written} is read from the right: its last bits are step 1, its first bits are step {a}.",
            written=written,
            a=len(a),
        )

    def targets(self, symbols: Symbols) -> Symbols:
        """Return the sum bits without a loop over time.

        The carry out of step t is the common bit of the latest step up to t whose two bits agree (1+1 makes a
        carry, 0+0 swallows it, anything else passes it on), and 0 if there is none.
        """
        a, b = symbols >> 1, symbols & 1
        steps = np.arange(1, len(symbols) + 1)[:, np.newaxis]
        latest_equal = np.maximum.accumulate(np.where(a == b, steps, 0), axis=0)
        nothing = np.zeros_like(a[:1])
        carries = np.take_along_axis(np.concatenate([nothing, a]), latest_equal, axis=0)
        sums: Symbols = a ^ b ^ np.concatenate([nothing, carries[:-1]])
        return sums

    def knows(self, drawn: Symbols) -> tuple[Fact, ...]:
        """The carry out of each step, as one adds by hand."""
        carries = np.zeros_like(drawn)
        carry = np.zeros_like(drawn[0])
        for t, step in enumerate(drawn):
            carries[t] = carry = (step // 2 + step % 2 + carry) // 2
        return (Fact("carry", tr("Carry"), carries, BIT),)


def _summands(text: str) -> tuple[str, str] | None:
    """The two numbers of a sum of more than a step, most significant bit first, with as many bits as their sum needs.

    None where the text is no such sum.
    """
    found = _SUM.fullmatch(text) if len(text) <= LONGEST else None
    if found is None or len(found[0].strip()) == len("1+0"):
        return None
    a, b = found.groups()
    bits = max(len(a), len(b), (int(a, 2) + int(b, 2)).bit_length())
    return a.zfill(bits), b.zfill(bits)


TASK = BinaryAddition
