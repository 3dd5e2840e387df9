"""Collect the curves that training reports of one run, and how it diverged if it did."""

import numpy as np

from explorer.graph.operations import Array
from explorer.training.grown import Grown
from explorer.training.messages import Diverged, Evaluated, Points

JUDGED = ("open_loop_loss", "closed_loop_loss", "open_loop_accuracy", "closed_loop_accuracy")
"""What is kept of each evaluation, by the names of `Record.judged`'s columns."""


class Record:
    """One run as it is known so far. Memory: 16 bytes for each update and 40 for each evaluation."""

    def __init__(self, name: str):
        self.name = name
        self.diverged: Diverged | None = None
        self._training = Grown((2,))
        self._judged = Grown((1 + len(JUDGED),))

    def take(self, message: Points | Evaluated | Diverged) -> None:
        """Note a message about this run."""
        match message:
            case Points():
                self._training.extend(np.column_stack((message.iterations, message.training_loss)))
            case Evaluated():
                one, other = message.evaluation.open_loop, message.evaluation.closed_loop
                row = (message.iteration, one.loss, other.loss, one.accuracy, other.accuracy)
                self._judged.extend(np.array([row]))
            case Diverged():
                self.diverged = message

    @property
    def training_loss(self) -> Array:
        """(updates, 2): iteration, and the loss of its mini-batch just before the update, nats per predicted step."""
        return self._training.values

    @property
    def judged(self) -> Array:
        """(evaluations, 5): iteration, then JUDGED."""
        return self._judged.values
