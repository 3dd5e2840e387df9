"""Reversal: read a string to its end, then write it backwards."""

from string import ascii_lowercase

from explorer.graph.batch import Symbols
from explorer.graph.declaration import Span
from explorer.language import tr
from explorer.tasks.facts import Fact, spread
from explorer.tasks.options import integer_option
from explorer.tasks.symbol_task import SymbolTask


class Reversal(SymbolTask):
    """x(1) … x(T) are letters, one-hot, in a segment of their own; y(t) = x(T + 1 − t), in a segment after it."""

    id = "reversal"
    title = tr("Reversing a string")
    lesson = tr(
        "All is read before the first letter is written, so the whole string has to be in what the encoder hands to "
        "the decoder, whatever its length."
    )
    networks = tr(
        "An encoder and a decoder with tanh states learn it at once with 4 letters; with 10, and 16 hidden units, not "
        "every trial is done within 3000 iterations, for one context has to hold them all; with attention nearly all "
        "are, in a third of the iterations."
    )
    order = 15
    input_span = Span("T_x")
    default_length = 4
    shortest_length = 2
    """Two, or there is nothing to reverse."""

    symbols: int = integer_option(
        2, title=tr("Symbols"), minimum=2, maximum=26, help=tr("How many different letters a string is made of.")
    )

    @property
    def input_symbols(self) -> tuple[str, ...]:
        return tuple(ascii_lowercase[: self.symbols])

    def lengths(self, T: int) -> dict[str, int]:
        return {"T_x": T}

    def targets(self, symbols: Symbols) -> Symbols:
        return symbols[::-1].copy()

    def knows(self, drawn: Symbols) -> tuple[Fact, ...]:
        """What has to be kept longest, while the string is read and while it is written."""
        first, title = spread(drawn[0], len(drawn)), tr("First letter")
        return (
            Fact("first", title, first, self.input_symbols),
            Fact("first_read", title, first, self.input_symbols, self.input_span),
        )


TASK = Reversal
