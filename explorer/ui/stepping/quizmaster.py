"""Ask the learner to predict before a step reveals, where that is turned on: `QuizMaster.asks` holds a step back."""

import numpy as np
from PySide6.QtCore import QObject, Signal

from explorer.session.document import Shown
from explorer.session.quiz.quiz import Quiz
from explorer.ui.stepping.quiz_card import QuizCard


class QuizMaster(QObject):
    """Decides when the card has a question. `revealed`: the answer is given, the step may follow."""

    revealed = Signal()
    turned_off = Signal()

    def __init__(self, card: QuizCard, rng: np.random.Generator) -> None:
        super().__init__(card)
        self._card, self._quiz = card, Quiz(rng)
        self.on = False
        card.answered.connect(lambda _: self.revealed.emit())
        card.closed.connect(self.turned_off)

    def turn(self, on: bool, shown: Shown, cursor: int) -> None:
        """Begin or end the asking: ask at once, or say that from now on there will be questions."""
        if on == self.on:
            return
        self.on = on
        if not on:
            self._card.set_question(None)
        elif not self.asks(shown, cursor):
            self._card.announce()

    def asks(self, shown: Shown, cursor: int) -> bool:
        """Whether a question is asked now; whoever steps on without an answer is let go."""
        if not self.on:
            return False
        if self._card.waiting:
            self._card.set_question(None)
            return False
        question = self._quiz.ask(shown, cursor)
        self._card.set_question(question)
        return question is not None

    def drop(self) -> None:
        """Take a question back that is about what is no longer shown."""
        if self._card.waiting:
            self._card.set_question(None)
