"""Number words: read numbers as they are said in German, three and twenty, then write their digits."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from explorer.graph.batch import Symbols
from explorer.graph.declaration import Span
from explorer.language import tr
from explorer.tasks.facts import Fact, spread
from explorer.tasks.options import integer_option
from explorer.tasks.symbol_task import SymbolTask

UNITS = "123456789"


class NumberWords(SymbolTask):
    """T digits, two by two, are y; x is each pair in three words, in a segment of its own: "3 and 20" is 2 3.

    A last digit without a partner is one word, so x has T + ⌊T/2⌋ of them. There are no zeros. In a sequence that
    was changed by hand a word out of place stands for its digit all the same, and "and" for 1.
    """

    id = "number_words"
    title = tr("Number words")
    lesson = tr(
        "Words and digits differ in number and order, so no digit stands where its word does, and the network has to "
        "read to the end before it writes."
    )
    networks = tr(
        "An encoder and a decoder with tanh states learn it, fed the right digits or their own in training, for the "
        "context holds the whole number before its first digit is written."
    )
    order = 16
    input_span = Span("T_x")
    default_length = 4
    shortest_length = 2
    """Two: one number."""

    digits: int = integer_option(
        4, title=tr("Digits"), minimum=2, maximum=9, help=tr("The largest digit; the least is 1.")
    )

    @property
    def input_symbols(self) -> tuple[str, ...]:
        return (*self.output_symbols, "and", *(f"{unit}0" for unit in self.output_symbols))

    @property
    def output_symbols(self) -> tuple[str, ...]:
        return tuple(UNITS[: self.digits])

    def lengths(self, T: int) -> dict[str, int]:
        return {"T_x": T + T // 2}

    def draw(self, rng: np.random.Generator, T: int, B: int) -> Symbols:
        values = rng.integers(self.digits, size=(T, B))
        words = np.full((self.rows(T), B), self.digits, np.intp)
        words[0::3] = values[[*range(1, T, 2), *range(T - T % 2, T)]]
        words[2::3] = values[0 : T - T % 2 : 2] + self.digits + 1
        return words

    def targets(self, symbols: Symbols) -> Symbols:
        pairs, rest = divmod(len(symbols), 3)
        places = [place for pair in range(pairs) for place in (3 * pair + 2, 3 * pair)]
        if rest:
            places.append(3 * pairs)
        return self._values[symbols[places]]

    @cached_property
    def _values(self) -> NDArray[np.intp]:
        """The digit that each word stands for, less 1."""
        values = np.arange(self.digits)
        return np.concatenate([values, [0], values]).astype(np.intp)

    def knows(self, drawn: Symbols) -> tuple[Fact, ...]:
        """Which digit of a number is written, and what kind of word is read."""
        T, B = len(self.targets(drawn)), drawn.shape[1]
        places = np.arange(T) % 2
        places[T - T % 2 :] = 1
        kinds = np.where(drawn < self.digits, 0, np.where(drawn == self.digits, 1, 2))
        return (
            Fact("place", tr("Digit of its number"), spread(places, B).T, (tr("tens"), tr("units"))),
            Fact("word", tr("Kind of word"), kinds, (tr("units"), tr("and"), tr("tens")), self.input_span),
        )


TASK = NumberWords
