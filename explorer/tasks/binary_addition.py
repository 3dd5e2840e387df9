"""Binary addition: two bits in at each step, the bit of their sum out, least significant first."""

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from explorer.tasks.symbol_task import SymbolTask


@dataclass(frozen=True)
class BinaryAddition(SymbolTask):
    """x(t) = (a(t), b(t)), two bits as two numbers; y(t) is bit t of a + b.

    The least significant bits come first, and the carry out of the last step is dropped.
    An input step is written "1+0" and its index, 0 to 3, is 2a + b.
    """

    id: ClassVar[str] = "binary_addition"
    title: ClassVar[str] = "Binary addition"
    lesson: ClassVar[str] = (
        "The sum bit does not show the carry, so what must be passed on to the next step has to live in the "
        "hidden state and cannot be fed back from the output."
    )
    networks: ClassVar[str] = (
        "A network with a loop through its hidden state learns it; one with a loop through its output alone does "
        "not, whatever it is fed in training, for the carry stands in no sum bit."
    )
    order: ClassVar[int] = 3
    one_hot_inputs: ClassVar[bool] = False

    @property
    def input_symbols(self) -> tuple[str, ...]:
        return ("a", "b")

    @property
    def output_symbols(self) -> tuple[str, ...]:
        return ("0", "1")

    @property
    def input_steps(self) -> tuple[str, ...]:
        return ("0+0", "0+1", "1+0", "1+1")

    @cached_property
    def input_vectors(self) -> NDArray[np.float64]:
        return np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])

    def targets(self, symbols: NDArray[np.intp]) -> NDArray[np.intp]:
        """Return the sum bits without a loop over time.

        The carry out of step t is the common bit of the latest step up to t whose two bits agree (1+1 makes a
        carry, 0+0 swallows it, anything else passes it on), and 0 if there is none.
        """
        a, b = symbols >> 1, symbols & 1
        steps = np.arange(1, len(symbols) + 1)[:, np.newaxis]
        latest_equal = np.maximum.accumulate(np.where(a == b, steps, 0), axis=0)
        nothing = np.zeros_like(a[:1])
        carries = np.take_along_axis(np.concatenate([nothing, a]), latest_equal, axis=0)
        sums: NDArray[np.intp] = a ^ b ^ np.concatenate([nothing, carries[:-1]])
        return sums

    def target_distribution(self, T: int) -> NDArray[np.float64]:
        """Both equally likely: given b(t) and the carry, the fair bit a(t) decides."""
        return np.full(2, 1 / 2)


TASK = BinaryAddition
