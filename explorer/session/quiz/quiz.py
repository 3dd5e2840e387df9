"""Make a learner predict: a `Quiz` asks about concepts, and now and then with `ask` about the event that comes next."""

import numpy as np

from explorer.graph.analyse.events import Event, Kind
from explorer.session.document import Shown
from explorer.session.quiz.concepts import concepts
from explorer.session.quiz.gradients import gradient_questions, parameter_questions
from explorer.session.quiz.question import Question
from explorer.session.quiz.values import update_question, value_question

ONE_IN = 3
"""Of so many questions at most one is about the event that comes next, where there are others to ask."""


class Quiz:
    """A sequence of questions that varies in kind: that which was asked the longest ago comes first."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng, self._asked = rng, 0
        self._kinds = [str(kind) for kind in rng.permutation(sorted(concepts()))]

    def ask(self, shown: Shown, cursor: int) -> Question | None:
        """A question while `cursor` events are shown; None where there is none to ask."""
        turn = self._asked % ONE_IN == ONE_IN - 1
        order = (self._about_next, self._about_concept) if turn else (self._about_concept, self._about_next)
        found = next((question for made in order if (question := made(shown, cursor)) is not None), None)
        self._asked += found is not None
        return found

    def _about_concept(self, shown: Shown, cursor: int) -> Question | None:
        with np.errstate(all="ignore"):  # what overflows is not asked about
            for kind in self._kinds:
                question = concepts()[kind](shown, cursor, self._rng)
                if question is not None:
                    self._kinds.remove(kind)
                    self._kinds.append(kind)
                    return question
        return None

    def _about_next(self, shown: Shown, cursor: int) -> Question | None:
        return ask(shown, cursor, self._rng)


def ask(shown: Shown, cursor: int, rng: np.random.Generator) -> Question | None:
    """A question about the event after `cursor` events; None where there is none to ask.

    Nothing is asked whose answer hangs on less than 1e-9, or on what is no number. The same state of `rng` asks the
    same question.
    """
    if cursor >= len(shown.events):
        return None
    with np.errstate(all="ignore"):  # what overflows is not asked about
        found = _questions(shown, shown.events[cursor], rng)
    return found[rng.integers(len(found))] if found else None


def _questions(shown: Shown, event: Event, rng: np.random.Generator) -> list[Question]:
    match event.kind:
        case Kind.VALUE:
            found = [value_question(shown, event, rng)]
        case Kind.GRADIENT:
            return gradient_questions(shown, event, rng)
        case Kind.PARAMETER_GRADIENT:
            return parameter_questions(shown, event, rng)
        case Kind.UPDATE | Kind.LOSS_AFTER:
            found = [update_question(shown, event, rng)]
        case Kind.TOTAL_LOSS:  # pragma: no branch - there are no other kinds
            found = []
    return [question for question in found if question is not None]
