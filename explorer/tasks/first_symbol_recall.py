"""First-symbol recall: read a whole sequence, then name the symbol it began with."""

from string import ascii_lowercase

from explorer.graph.batch import Symbols
from explorer.language import tr
from explorer.tasks.facts import Fact, spread
from explorer.tasks.options import integer_option
from explorer.tasks.symbol_task import SymbolTask


class FirstSymbolRecall(SymbolTask):
    """x(t) is a letter, one-hot; the one target, after the last step, is x(1)."""

    id = "first_symbol_recall"
    title = tr("First-symbol recall")
    lesson = tr(
        "The answer is heard first and asked for last, so the gradient has to travel back through every step to reach "
        "it, and the longer the sequence, the less of it tends to arrive."
    )
    networks = tr(
        "With 8 steps a network with one output and a tanh state learns it at once; with 40 it did within 3000 "
        "iterations in three of five trials only, since the gradient has to come back over every step, and a "
        "recursive tree, of which it passes six levels at most, learned that at once in all five."
    )
    order = 4
    one_output = True

    symbols: int = integer_option(
        2, title=tr("Symbols"), minimum=2, maximum=26, help=tr("How many different letters a sequence is made of.")
    )

    @property
    def input_symbols(self) -> tuple[str, ...]:
        return tuple(ascii_lowercase[: self.symbols])

    def targets(self, symbols: Symbols) -> Symbols:
        return symbols[:1].copy()

    def knows(self, drawn: Symbols) -> tuple[Fact, ...]:
        return (Fact("first", tr("First symbol"), spread(drawn[0], len(drawn)), self.input_symbols),)


TASK = FirstSymbolRecall
