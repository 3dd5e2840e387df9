"""Keep the curves that training reports of one run, bounded in memory, and how it diverged if it did."""

from enum import StrEnum

import numpy as np

from explorer.graph.arrays import Array
from explorer.graph.output import SOFTMAX, OutputKind
from explorer.training.messages import Diverged, Divergence, Evaluated, Message, Points
from explorer.training.series import Envelope
from explorer.training.thinned import Thinned

MOST_JUDGEMENTS = 1 << 16


class Measure(StrEnum):
    """What is judged at each evaluation; the order is that in which a record keeps them."""

    OPEN_LOSS = "open-loop loss"
    CLOSED_LOSS = "closed-loop loss"
    OPEN_SCORE = "open-loop score"
    CLOSED_SCORE = "closed-loop score"
    OPEN_SEQUENCES = "open-loop whole-sequence accuracy"
    CLOSED_SEQUENCES = "closed-loop whole-sequence accuracy"


_COLUMN = {measure: place for place, measure in enumerate(Measure)}


class Record:
    """One run as it is known so far; `start` is the iteration that it began at, `kind` that of its output.

    Memory, at most: 5 MB of judgements, and 8 MB + 2.3 bytes an iteration of mini-batch losses.
    """

    def __init__(self, name: str, start: int = 0, kind: OutputKind = SOFTMAX):
        self.name, self.start, self.kind = name, start, kind
        self.divergence: Divergence | None = None
        self.training = Envelope(start + 1)
        """Loss of each mini-batch, per predicted step, just before its update."""
        self.judged = Thinned((len(Measure),), MOST_JUDGEMENTS)

    def take(self, message: Message) -> None:
        """Note what a message about this run says."""
        match message:
            case Points():
                self.training.extend(message.training_loss)
            case Evaluated():
                one, other = message.evaluation.open_loop, message.evaluation.closed_loop
                pairs = ("loss", "score", "sequence_accuracy")
                judged = [getattr(mode, name) for name in pairs for mode in (one, other)]
                self.judged.add(message.iteration, np.array(judged))
            case Diverged():
                self.divergence = message.divergence

    def cut(self, iteration: int) -> None:
        """Forget what came after an iteration."""
        self.training.cut(iteration)
        self.judged.cut(iteration)

    def curve(self, measure: Measure) -> tuple[Array, Array]:
        """Iterations and values, (n,) each, read-only; without feedback both modes are the same."""
        return self.judged.iterations.astype(float), np.asarray(self.judged.rows)[:, _COLUMN[measure]]

    def latest(self, measure: Measure) -> float | None:
        """The newest value; None before the first."""
        return float(np.asarray(self.judged.rows)[-1, _COLUMN[measure]]) if len(self.judged) else None
