"""Make a learner predict: `ask` turns the event that comes next into a question with two or three answers."""

import numpy as np

from explorer.graph.analyse.events import Event, Kind
from explorer.session.document import Shown
from explorer.session.quiz.gradients import gradient_questions, parameter_questions
from explorer.session.quiz.question import Question
from explorer.session.quiz.values import update_question, value_question


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
