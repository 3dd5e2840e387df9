"""Tune: one symbol names a melody, and the network writes it down note by note."""

import numpy as np
from numpy.typing import NDArray

from explorer.graph.batch import Symbols
from explorer.graph.declaration import ONCE
from explorer.language import tr
from explorer.tasks.facts import Fact
from explorer.tasks.symbol_task import SymbolTask

TUNES = {
    "scale": "cdefgfed",
    "joy": "eefggfed",
    "mary": "edcdeeee",
    "jacques": "cdeccdec",
}
"""Five notes up and down, and how the Ode to Joy, Mary Had a Little Lamb and Frère Jacques begin: 8 notes each."""


class Tune(SymbolTask):
    """x, given once, is the name of a tune, one-hot; y(t) is its note t. After its eight notes a tune starts again.

    As many names as steps are drawn, so that a sequence has its length, and the first of them is x.
    """

    id = "tune"
    title = tr("Tune from its name")
    lesson = tr(
        "One symbol says it all at the start, and which note follows depends on the tune and on how far it has got, "
        "so the previous note alone is not enough."
    )
    networks = tr(
        "A network that takes its input once learns it, fed the right notes or its own in training, for its hidden "
        "state tells apart what the previous note alone does not."
    )
    order = 14
    input_span = ONCE
    input_symbols = tuple(TUNES)
    output_symbols = tuple("cdefg")

    def targets(self, symbols: Symbols) -> Symbols:
        return _notes(len(symbols))[:, symbols[0]]

    def target_distribution(self, T: int) -> NDArray[np.float64]:
        """How often each note is in the tunes as far as they are played; each tune is equally likely."""
        notes = _notes(T)
        return np.bincount(notes.ravel(), minlength=self.n_y) / notes.size

    def knows(self, drawn: Symbols) -> tuple[Fact, ...]:
        length = max(map(len, TUNES.values()))
        places = np.zeros_like(drawn) + np.arange(len(drawn))[:, np.newaxis] % length
        return (Fact("place", tr("Place in the tune"), places, tuple(str(n) for n in range(1, length + 1))),)


def _notes(T: int) -> Symbols:
    """Note t of each tune, as its place among c d e f g: (T, tunes)."""
    tunes = np.array([["cdefg".index(note) for note in tune] for tune in TUNES.values()])
    return tunes.T.take(np.arange(T), axis=0, mode="wrap")


TASK = Tune
