"""aⁿbⁿ: as many b as there were a, again and again; say which symbol comes next."""

import numpy as np

from explorer.graph.batch import Symbols
from explorer.language import tr
from explorer.tasks.facts import Fact
from explorer.tasks.options import integer_option
from explorer.tasks.stream_task import Grammar, Production, StreamTask


class AnBn(StreamTask):
    """Strings of n times a, then n times b, with each n from 1 to `longest` equally likely.

    When the first b comes is chance; from there on all is settled, up to the a that begins the next string.
    """

    id = "a_n_b_n"
    title = "aⁿbⁿ"
    lesson = tr(
        "To tell where the b end the network must have counted the a, so a unit of its state has to go up with each a "
        "and down with each b."
    )
    networks = tr(
        "A network with a loop through its hidden state learns it; one with a loop through its output alone does not, "
        "for no output holds a count; and one with both, trained on the true symbols, fails once it is fed its own, "
        "since the sequence goes on by chance and not as it said."
    )
    order = 8
    input_symbols = ("a", "b")
    shortest_length = 2
    """Two: the second symbol is the first that can be a b."""

    longest: int = integer_option(
        3,
        title=tr("Longest n"),
        minimum=2,
        maximum=50,
        help=tr("The most a in a row; each n up to here is equally likely."),
    )

    @property
    def default_length(self) -> int:
        """About two strings of the longest."""
        return max(8, min(25, 4 * self.longest))

    @property
    def grammar(self) -> Grammar:
        """States are how many a were read, and how many b are still to come."""
        rules: Grammar = {"start": (Production("a", "1 read"),)}
        for n in range(1, self.longest + 1):
            last = 1 / (self.longest + 1 - n)
            ended = Production("b", f"{n - 1} to come", last)
            rules[f"{n} read"] = (ended,) if last == 1 else (Production("a", f"{n + 1} read", 1 - last), ended)
        for n in range(1, self.longest):
            rules[f"{n} to come"] = (Production("b", f"{n - 1} to come"),)
        return {**rules, "0 to come": rules["start"]}

    def knows(self, drawn: Symbols) -> tuple[Fact, ...]:
        depth = np.where(self.read(drawn) == 0, 1.0, -1.0).cumsum(0)
        return (Fact("depth", tr("a less b so far"), depth), *super().knows(drawn))


TASK = AnBn
