"""Collect what training reports about one run: its curves, its θ along the way, and how it ended."""

import numpy as np

from explorer.graph.operations import Array
from explorer.training.history import History, most_snapshots
from explorer.training.messages import Diverged, Evaluated, Evaluation, Finished, Message, Points, Snapshot

_MOST_EVALUATIONS = 2000
JUDGED = ("open_loop_loss", "closed_loop_loss", "open_loop_accuracy", "closed_loop_accuracy")
"""The numbers of each evaluation of which every one is kept, by the names of `Record.judged`'s columns."""


class Column:
    """Rows of numbers that grow at one end, in amortised constant time."""

    def __init__(self, width: int):
        self._rows = np.empty((64, width))
        self._count = 0

    def extend(self, rows: Array) -> None:
        """Add rows, (k, width)."""
        needed = self._count + len(rows)
        if needed > len(self._rows):
            grown = np.empty((max(needed, 2 * len(self._rows)), self._rows.shape[1]))
            grown[: self._count] = self._rows[: self._count]
            self._rows = grown
        self._rows[self._count : needed] = rows
        self._count = needed

    @property
    def rows(self) -> Array:
        """All rows, (count, width): a view, not to be written to."""
        return self._rows[: self._count]


class Record:
    """One run as it is known so far.

    Memory: 16 bytes for each update and 40 for each evaluation; at most 2,001 evaluations in full, and 64 MB of
    snapshots or 17 of them (`History`), whichever is more.
    """

    def __init__(self, name: str, evaluate_every: int = 1):
        self.name = name
        self.evaluations: History[Evaluation] = History(_MOST_EVALUATIONS, max(1, evaluate_every))
        self.snapshots: History[Array] | None = None
        self.diverged: Diverged | None = None
        self.finished: Finished | None = None
        self._training = Column(2)
        self._judged = Column(1 + len(JUDGED))

    def take(self, message: Message) -> None:
        """Note a message about this run; Rate and Failed concern none."""
        match message:
            case Points():
                self._training.extend(np.column_stack((message.iterations, message.training_loss)))
            case Evaluated():
                self.evaluations.add(message.iteration, message.evaluation)
                one, other = message.evaluation.open_loop, message.evaluation.closed_loop
                row = (message.iteration, one.loss, other.loss, one.accuracy, other.accuracy)
                self._judged.extend(np.array([row]))
            case Snapshot():
                if self.snapshots is None:
                    self.snapshots = History(most_snapshots(message.theta.nbytes))
                self.snapshots.add(message.iteration, message.theta)
            case Diverged():
                self.diverged = message
            case Finished():
                self.finished = message

    @property
    def training_loss(self) -> Array:
        """(updates, 2): iteration, and the loss of its mini-batch just before the update, nats per predicted step."""
        return self._training.rows

    @property
    def judged(self) -> Array:
        """(evaluations, 5): iteration, then JUDGED."""
        return self._judged.rows
