"""Embedded Reber grammar: the second symbol comes back as the last but one (Hochreiter & Schmidhuber 1997, exp. 1)."""

import numpy as np

from explorer.graph.batch import Symbols
from explorer.language import tr
from explorer.tasks.facts import UNKNOWN, Fact
from explorer.tasks.stream_task import Grammar, Production, StreamTask

REBER = {
    "0": "B1",
    "1": "T2 P3",
    "2": "S2 X4",
    "3": "T3 V5",
    "4": "X3 S6",
    "5": "P4 V6",
    "6": "Eend",
}
"""Reber's grammar: from each state a symbol and the state after it, two of them equally likely."""


class EmbeddedReber(StreamTask):
    """Strings B, T or P, a string of Reber's grammar, the same T or P again, E; one after another.

    Strings one after another are those of Gers, Schmidhuber & Cummins (2000); the first of a sequence is whole.
    """

    id = "embedded_reber"
    title = tr("Embedded Reber grammar")
    lesson = tr(
        "The last few symbols tell what can follow, but for the last symbol but one of a string, which repeats the "
        "second and has to be kept while the grammar in between is read."
    )
    networks = tr(
        "With 20 steps a network with a loop through its hidden state learns it; one with a loop through its output "
        "alone does not, for it sees neither the state of the grammar nor the second symbol; and one with both, "
        "trained on the true symbols, fails once it is fed its own, since the sequence goes on by chance and not as "
        "it said."
    )
    order = 9
    input_symbols = tuple("BTPSXVE")
    default_length = 20
    """More than a string, most of which are of 9 to 14 symbols."""
    shortest_length = 2
    """Two: what comes second is chance, and what comes third is the first that follows from anything."""

    @property
    def grammar(self) -> Grammar:
        rules: Grammar = {
            "start": (Production("B", "kind"),),
            "kind": (Production("T", "T0", 1 / 2), Production("P", "P0", 1 / 2)),
            "last": (Production("E", "start"),),
        }
        for kind in "TP":
            for state, written in REBER.items():
                choices = written.split()
                rules[kind + state] = tuple(Production(c[0], kind + c[1:], 1 / len(choices)) for c in choices)
            rules[f"{kind}end"] = (Production(kind, "last"),)
        return rules

    def knows(self, drawn: Symbols) -> tuple[Fact, ...]:
        """The node, the same without the second symbol, and the second symbol by itself, until it has come back."""
        whole = super().knows(drawn)
        names = (*self.grammar, "")  # the last stands for UNKNOWN
        inner = ("start", "kind", *REBER, "end", "last")
        within = [inner.index(name if name in inner else name[1:]) if name else UNKNOWN for name in names]
        kinds = ["TP".index(name[0]) if name[:1] in ("T", "P") else UNKNOWN for name in names]
        nodes = whole[0].values
        return (
            Fact("inner_node", tr("Node of Reber's grammar"), np.array(within)[nodes], inner),
            Fact("kind", tr("Second symbol"), np.array(kinds)[nodes], ("T", "P")),
            *whole,
        )


TASK = EmbeddedReber
